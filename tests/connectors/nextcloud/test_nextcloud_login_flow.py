"""Login flow v2 against a server with habits: the grant comes once, and the token goes to nobody else."""

from __future__ import annotations

import json

import pytest
from nextcloud_scripted_server import Reply, scripted

from connectors.nextcloud.login_flow import start
from network.errors import ServerFault


@pytest.fixture
def script():
    with scripted() as found:
        yield found


def begun(url: str) -> Reply:
    body = {"poll": {"token": "marke", "endpoint": f"{url}/login/v2/poll"}, "login": f"{url}/login/v2/flow/abc"}
    return Reply(200, json.dumps(body).encode())


GRANTED = Reply(200, b'{"server":"https://x.example","loginName":"max","appPassword":"geheim-geheim"}')


def test_the_grant_comes_when_the_person_agreed(script):
    script.say(begun(script.url), Reply(404, b"[]"), GRANTED, Reply(404, b"[]"))
    flow = start(script.url, name="Digitalnetzwerk Kreis Höxter".encode().decode("latin-1"))
    assert flow.login_url == f"{script.url}/login/v2/flow/abc"
    assert flow.poll() is None
    grant = flow.poll()
    assert (grant.login_name, grant.app_password) == ("max", "geheim-geheim")
    assert "geheim" not in repr(grant)
    assert flow.poll() is None
    assert [asked.path for asked in script.asked] == ["/index.php/login/v2", *["/login/v2/poll"] * 3]
    assert script.asked[1].body == b"token=marke"
    assert all("Authorization" not in asked.headers for asked in script.asked)


def test_a_port_that_the_server_forgot_is_put_back(script):
    script.say(begun("http://127.0.0.1"), GRANTED)
    flow = start(f"{script.url}/")
    assert flow.login_url == f"{script.url}/login/v2/flow/abc"
    assert flow.poll() is not None


def test_the_token_stays_with_the_server_that_was_named(script):
    with scripted() as other:
        script.say(begun(other.url), GRANTED)
        flow = start(script.url)
        assert flow.poll() is not None
        assert other.asked == []


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"[]", b"{}", b'{"poll":{"token":"x"}}'])
def test_what_is_no_nextcloud_is_said_to_be_none(script, body):
    script.say(Reply(200, body))
    with pytest.raises(ServerFault):
        start(script.url)
