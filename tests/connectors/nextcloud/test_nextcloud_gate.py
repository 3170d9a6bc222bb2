"""Right before every writing request somebody may be asked whether it is still ours to write."""

import pytest
from nextcloud_scripted_server import Reply, scripted

from connectors.nextcloud import connect
from network.errors import Locked
from network.text import Text


def test_within_a_guard_every_write_is_asked_for_and_no_read():
    asked = []
    with scripted() as script:
        script.say(Reply(201), Reply(200), Reply(204))
        server = connect(script.url, "dienst", "geheim-123")
        with server.asking(lambda: asked.append(len(script.asked))):
            server._account.send("PUT", "/a", data=b"x")
            server._account.send("GET", "/a")
            server._account.send("DELETE", "/a")
        server.close()
    assert asked == [0, 2]


def test_who_may_not_write_sends_nothing():
    def locked() -> None:
        raise Locked(Text("vergeben", "taken"))

    with scripted() as script:
        server = connect(script.url, "dienst", "geheim-123")
        with server.asking(locked), pytest.raises(Locked):
            server._account.send("PUT", "/a", data=b"x")
        assert script.asked == []
        script.say(Reply(201))
        server._account.send("PUT", "/a", data=b"x")
        assert len(script.asked) == 1
        server.close()
