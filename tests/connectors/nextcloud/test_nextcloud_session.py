"""The hardened session: what it bears, what it repeats, what it refuses, and what it never gives away."""

from __future__ import annotations

import base64
import gzip
import itertools
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nextcloud_scripted_server import Reply, scripted

from connectors.nextcloud import AdminLogin, Clock, connect
from connectors.nextcloud.account import Account
from connectors.nextcloud.credential import Breaker, Credential
from connectors.nextcloud.pace import Pace
from connectors.nextcloud.session import Line, Transport
from connectors.nextcloud.tally import Tally
from network.errors import (
    InsecureTransport,
    LoginRefused,
    PersonMustAct,
    RightMissing,
    ServerBusy,
    ServerFault,
    SourceUnreadable,
    Unreachable,
)

CERTIFICATE = str(Path(__file__).with_name("self_signed.pem"))
READS = ["GET", "OPTIONS", "PROPFIND", "REPORT"]
WRITES = ["PUT", "POST", "DELETE", "MKCOL", "MKCALENDAR", "MOVE", "PROPPATCH"]
BROKEN = [Reply(502), Reply(503), Reply(504), Reply(hang_up=True), Reply(body=b"x", claim=10)]


class TestClock:
    """Time that passes only when somebody sleeps."""

    __test__ = False

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.sleep, lambda: 0.5)


@pytest.fixture
def time():
    return TestClock()


@pytest.fixture
def script():
    with scripted() as found:
        yield found


@pytest.fixture
def account(script, time):
    """Makes an account at the scripted server; keyword arguments are those of the transport."""

    def make(url: str = "", password: str = "geheim-123", **transport) -> Account:
        credential = Credential(url or script.url, "dienst", lambda: password)
        clock = time.clock()
        line = Line(credential, Breaker(credential), Transport(**transport), Pace(clock), Tally(), clock)
        return Account(line)

    return make


def server(script, time, **arguments):
    return connect(script.url, "dienst", arguments.pop("password", "geheim-123"), clock=time.clock(), **arguments)


# ------------------------------------------------------------------------------------------------ repeating


@pytest.mark.parametrize("broken", BROKEN, ids=lambda reply: str(reply.status) + ("-cut" if reply.claim else ""))
@pytest.mark.parametrize("method", READS)
def test_a_read_is_tried_again(script, account, time, method, broken):
    script.say(broken, broken, Reply(200, b"da"))
    assert account().send(method, "/x").status_code == 200
    assert len(script.asked) == 3
    assert time.slept == [0.75, 1.5]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda reply: str(reply.status) + ("-cut" if reply.claim else ""))
@pytest.mark.parametrize("method", WRITES)
def test_a_write_is_sent_once(script, account, method, broken):
    script.say(broken)
    with pytest.raises((ServerBusy, ServerFault, Unreachable)):
        account().send(method, "/x", data=b"y")
    assert len(script.asked) == 1


def test_tries_come_to_an_end(script, account):
    script.say(Reply(502))
    with pytest.raises(ServerFault):
        account().send("GET", "/x")
    assert len(script.asked) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 412, 423, 500, 507])
def test_a_plain_refusal_of_a_read_is_not_repeated(script, account, status):
    script.say(Reply(status))
    with pytest.raises(Exception, match=r"."):
        account().send("GET", "/x")
    assert len(script.asked) == 1


def test_a_write_whose_answer_broke_off_says_that_its_fate_is_open(script, account):
    script.say(Reply(hang_up=True))
    with pytest.raises(Unreachable) as caught:
        account().send("PUT", "/x", data=b"y")
    assert "nächste Lauf sieht nach" in caught.value.message.de


def test_a_silent_server_is_given_up_on(script, account):
    script.say(Reply(delay=1.0))
    with pytest.raises(Unreachable):
        account(read=0.1).send("PUT", "/x")
    assert len(script.asked) == 1


def test_an_answer_that_drips_for_ever_is_given_up_on(script):
    ticks = itertools.count()
    hurried = Clock(lambda: float(next(ticks)), lambda _: None, lambda: 0.5)  # a second passes with every look
    credential = Credential(script.url, "dienst", lambda: "x")
    transport = Transport(whole=2.0)
    line = Line(credential, Breaker(credential), transport, Pace(hurried), Tally(), hurried)
    script.say(Reply(body=b"x" * 300_000))
    with pytest.raises(Unreachable):
        Account(line).send("PUT", "/x")


def test_nobody_there_is_unreachable(account):
    with scripted() as gone:
        url = gone.url
    with pytest.raises(Unreachable):
        account(url).send("GET", "/x")


# ------------------------------------------------------------------------------------------------ pace


def test_after_429_nobody_asks_until_the_pause_is_over(script, account, time):
    script.say(Reply(429), Reply(200))
    found = account()
    with pytest.raises(ServerBusy) as caught:
        found.send("GET", "/x")
    assert caught.value.wait == 60
    with ThreadPoolExecutor(4) as threads:
        errors = [threads.submit(found.send, "GET", "/x").exception() for _ in range(8)]
    assert {type(error) for error in errors} == {ServerBusy}
    assert len(script.asked) == 1
    time.time += 60
    assert found.send("GET", "/x").status_code == 200


def test_one_busy_answer_costs_one_object_and_a_short_pause(script, account, time):
    script.say(Reply(503), Reply(201))
    found = account()
    with pytest.raises(ServerBusy):
        found.send("PUT", "/a", data=b"x")
    assert found.send("PUT", "/b", data=b"x").status_code == 201
    assert time.slept == [5.0]


def test_a_server_that_stays_busy_is_left_alone_for_longer_each_time(script, account, time):
    script.say(Reply(503))
    found = account()
    for _ in range(20):
        with pytest.raises(ServerBusy):
            found.send("PUT", "/a", data=b"x")
    assert len(script.asked) == 3
    assert time.slept == [5.0, 10.0]


def test_maintenance_is_not_asked_twice(script, account):
    script.say(Reply(503, headers={"X-Nextcloud-Maintenance-Mode": "1"}))
    with pytest.raises(ServerBusy) as caught:
        account().send("GET", "/x")
    assert len(script.asked) == 1 and caught.value.wait == 300


def test_too_many_wrong_logins_of_the_address_name_the_command(script, account):
    script.say(Reply(429, b'{"message":"Reached maximum delay"}'))
    with pytest.raises(ServerBusy) as caught:
        account().send("GET", "/x")
    assert caught.value.wait == 1800
    assert "occ security:bruteforce:reset" in caught.value.remedy.de


def test_a_reported_delay_slows_the_next_request_down_a_little(script, account, time):
    script.say(Reply(200, headers={"X-Nextcloud-Bruteforce-Throttled": "25600ms"}), Reply(200))
    found = account()
    found.send("GET", "/x")
    found.send("GET", "/x")
    assert time.slept == [1.0]


# ------------------------------------------------------------------------------------------------ login


def test_a_wrong_password_is_sent_exactly_once(script, time):
    script.say(Reply(401, b'{"ocs":{"meta":{"statuscode":997,"message":"Current user is not logged in"},"data":[]}}'))
    told: list[str] = []
    found = server(script, time, on_login_refused=told.append)
    for call in (found.calendars.calendars, found.teams.teams, found.directory.groups, found.features):
        with pytest.raises(LoginRefused) as caught:
            call()
    assert len(script.asked) == 1
    assert "App-Passwort" in caught.value.remedy.de
    assert len(told) == 1


def test_a_wrong_password_is_sent_once_by_many_threads(script, time):
    script.say(Reply(401, delay=0.05))
    found = server(script, time)
    with ThreadPoolExecutor(8) as threads:
        calls = [threads.submit(found.calendars.calendars) for _ in range(16)]
    assert {type(call.exception()) for call in calls} == {LoginRefused}
    assert len(script.asked) == 1


def test_a_refused_credential_stays_refused_after_a_restart_until_it_changes(script, time):
    script.say(Reply(401))
    refused: set[str] = set()
    with pytest.raises(LoginRefused):
        server(script, time, on_login_refused=refused.add).teams.teams()
    with pytest.raises(LoginRefused):
        server(script, time, refused=refused.__contains__).teams.teams()
    assert len(script.asked) == 1
    with pytest.raises(LoginRefused):
        server(script, time, refused=refused.__contains__, password="neu").teams.teams()
    assert len(script.asked) == 2


def test_what_is_kept_of_a_refused_credential_does_not_give_it_away(script, time):
    script.say(Reply(401))
    kept: list[str] = []
    for _ in range(2):
        with pytest.raises(LoginRefused):
            server(script, time, on_login_refused=kept.append).teams.teams()
    assert kept[0] == kept[1] and len(kept[0]) == 32
    assert "geheim" not in kept[0]


def test_not_for_you_is_no_refused_login(script, time):
    script.say(Reply(401, b'{"ocs":{"meta":{"statuscode":997,"message":""},"data":[]}}'))
    found = server(script, time)
    for _ in range(2):
        with pytest.raises(RightMissing):
            found.directory.groups()
    assert len(script.asked) == 2


def test_a_refused_privileged_login_leaves_the_everyday_one_working(script, time):
    found = server(script, time, rights=AdminLogin("anders", "falsch"))
    script.say(Reply(401))
    for _ in range(2):
        with pytest.raises(LoginRefused):
            found.directory.create_group("g", "G")
    assert len(script.asked) == 1
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}'))
    assert found.teams.teams() == ()


def test_names_and_passwords_go_out_in_utf_8(script, account):
    account(password="Größe:ß€").send("GET", "/x")
    sent = script.asked[0].headers["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == "dienst:Größe:ß€"


def test_a_secret_shows_nowhere(script, time, caplog):
    caplog.set_level(logging.DEBUG)
    secret = AdminLogin("anders", "geheim-456")
    found = server(script, time, rights=secret)
    script.say(Reply(500, b"geheim? nein"))
    with pytest.raises(ServerFault) as caught:
        found.teams.teams()
    shown = " ".join((repr(found), repr(secret), repr(found._account.line), repr(caught.value), caplog.text))
    shown += str(caught.value.__cause__) + str(vars(caught.value))
    assert "geheim-123" not in shown and "geheim-456" not in shown
    assert base64.b64encode(b"dienst:geheim-123").decode() not in shown


# ------------------------------------------------------------------------------------------------ transport


def test_a_certificate_that_nobody_vouches_for_is_an_error(time):
    with scripted(CERTIFICATE) as secure:
        with pytest.raises(InsecureTransport) as caught:
            server(secure, time).teams.teams()
        assert secure.asked == []
        assert "ca_file" in caught.value.remedy.de


def test_a_certificate_of_the_own_data_centre_is_accepted_with_its_file(time):
    with scripted(CERTIFICATE) as secure:
        secure.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}'))
        assert server(secure, time, ca_file=CERTIFICATE).teams.teams() == ()


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_verification_can_be_turned_off(time):
    with scripted(CERTIFICATE) as secure:
        secure.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}'))
        assert server(secure, time, verify=False).teams.teams() == ()


def test_a_redirect_to_another_host_gets_no_credentials(script, account):
    with scripted() as other:
        script.say(Reply(302, headers={"Location": f"{other.url}/remote.php"}))
        with pytest.raises(PersonMustAct) as caught:
            account().send("GET", "/x")
        assert caught.value.code == "redirected" and other.url in caught.value.message.de
        assert other.asked == []


def test_an_address_on_another_host_is_not_asked_at_all(script, account):
    with scripted() as other:
        with pytest.raises(PersonMustAct):
            account().session.get(f"{other.url}/x")
        assert other.asked == []


def test_a_redirect_on_the_same_host_is_followed_for_reads_only(script, account):
    moved = Reply(301, headers={"Location": "/neu/"})
    script.say(moved, Reply(200))
    account().send("PROPFIND", "/alt", data=b"<x/>")
    assert [(asked.method, asked.path, asked.body) for asked in script.asked] == [
        ("PROPFIND", "/alt", b"<x/>"),
        ("PROPFIND", "/neu/", b"<x/>"),
    ]
    script.say(moved)
    with pytest.raises(PersonMustAct):
        account().send("PUT", "/alt", data=b"x")
    assert len(script.asked) == 3


def test_redirects_in_a_circle_come_to_an_end(script, account):
    script.say(Reply(302, headers={"Location": "/x"}))
    with pytest.raises(PersonMustAct):
        account().send("GET", "/x")
    assert len(script.asked) == 4


def test_environment_and_netrc_have_no_say(script, account, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login fremd password fremd\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    account().send("GET", "/x")
    sent = script.asked[0].headers["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent) == b"dienst:geheim-123"


def test_a_configured_proxy_is_used(script, account):
    account("http://cloud.example", proxy=script.url).send("GET", "/x")
    assert script.asked[0].path == "http://cloud.example/x"


def test_every_request_says_who_we_are_and_that_it_is_no_form(script, account):
    account(user_agent="digitalnetzwerk/1").send("DELETE", "/x")
    headers = script.asked[0].headers
    assert headers["OCS-APIRequest"] == "true" and headers["User-Agent"] == "digitalnetzwerk/1"


# ------------------------------------------------------------------------------------------------ answers


def test_an_answer_without_end_is_not_taken_in(script, account):
    script.say(Reply(200, b"x" * 2000))
    with pytest.raises(SourceUnreadable):
        account(most_bytes=1999).send("GET", "/x")
    assert len(script.asked) == 1


def test_a_small_answer_that_unpacks_to_a_large_one_is_not_taken_in(script, account):
    script.say(Reply(200, gzip.compress(b"x" * 5_000_000), {"Content-Encoding": "gzip"}))
    with pytest.raises(SourceUnreadable):
        account(most_bytes=1_000_000).send("GET", "/x")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
]><d:multistatus xmlns:d="DAV:"><d:response><d:href>&b;</d:href></d:response></d:multistatus>"""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Bitte anmelden</body></html>",
        b"<!DOCTYPE html><html><head><title>Login</title></head></html>",
        b'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/rem',
        b'<?xml version="1.0"?><d:error xmlns:d="DAV:"/>',
        b'{"ocs":{}}',
        b"\xff\xfe\x00",
        LAUGHS,
    ],
    ids=["nothing", "html", "html5", "cut", "other-xml", "json", "garbage", "entities"],
)
def test_what_is_no_multistatus_is_a_fault_of_the_server(script, time, body):
    script.say(Reply(207, body, {"Content-Type": "text/html"}))
    with pytest.raises(ServerFault):
        server(script, time).calendars.calendars()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Bitte anmelden</body></html>",
        b'{"ocs":{"meta":{"statuscode":200},',
        b'{"ocs":{"meta":{}}}',
        b'{"ocs":[]}',
        b"[]",
        b"null",
        b"7",
        b'<?xml version="1.0"?><ocs><meta>',
        b'{"ocs":' + b"[" * 200_000,
    ],
    ids=["nothing", "html", "cut", "no-code", "list", "bare-list", "null", "number", "xml", "deep"],
)
def test_what_is_no_ocs_answer_is_a_fault_of_the_server(script, time, body):
    script.say(Reply(200, body))
    for call in (server(script, time).teams.teams, server(script, time).features):
        with pytest.raises(ServerFault):
            call()


@pytest.mark.parametrize("data", [b"null", b"[]", b"{}", b'"x"', b"[1, null, []]", b'[{"id": null}]', b'{"groups": 7}'])
def test_data_of_another_shape_is_empty_and_never_a_crash(script, time, data):
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":%s}}' % data))
    found = server(script, time)
    for call in (found.teams.teams, found.directory.groups, found.rooms.rooms, found.folders.folders, found.features):
        call()


# ------------------------------------------------------------------------------------------------ many at once


def test_requests_are_counted_from_all_threads(script, time):
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}'))
    found = server(script, time)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: found.teams.teams(), range(40)))
    assert found.counts == {"GET": 40}


def test_every_thread_has_cookies_of_its_own(script, account):
    script.say(*(Reply(200, headers={"Set-Cookie": f"nc_session_id={number}"}) for number in range(9)))
    found = account()
    barrier = threading.Barrier(4)

    def twice(_: int) -> None:
        found.send("GET", "/x")
        barrier.wait()
        found.send("GET", "/x")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(twice, range(4)))
    later = [asked.headers.get("Cookie") for asked in script.asked[4:]]
    assert sorted(filter(None, later)) == [f"nc_session_id={number}" for number in range(4)]


def test_two_accounts_never_share_a_cookie(script, time):
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}', {"Set-Cookie": "nc_session_id=a"}))
    one, two = server(script, time), connect(script.url, "anders", "x", clock=time.clock())
    one.teams.teams()
    two.teams.teams()
    assert "Cookie" not in script.asked[1].headers


# ------------------------------------------------------------------------------------------------ the wrapper's traps


def test_a_server_below_a_path_does_not_move_the_others(script, time):
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}'))
    below = connect(f"{script.url}/cloud/", "dienst", "x", clock=time.clock())
    above = server(script, time)
    for found in (below, above, below):
        found.teams.teams()
        found.features()
    paths = [asked.path.partition("?")[0].partition("/ocs/")[0] for asked in script.asked]
    assert paths == ["/cloud", "/cloud", "", "", "/cloud", "/cloud"]


def test_ocs_writes_keep_their_header_after_webdav_writes(script, time):
    found = server(script, time)
    library = found._wrapper.library
    script.say(Reply(201))
    library.upload_file_contents(b"x", "/a.txt")
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":[]}}'))
    found.teams.describe_team("t", "d")
    assert script.asked[-1].method == "PUT" and script.asked[-1].headers["OCS-APIRequest"] == "true"


def test_ids_are_quoted(script, time):
    script.say(Reply(200, b'{"ocs":{"meta":{"statuscode":200},"data":{"users":[]}}}'))
    server(script, time).directory.members("Größe #1? & Co/x")
    assert script.asked[0].path.startswith("/ocs/v2.php/cloud/groups/Gr%C3%B6%C3%9Fe%20%231%3F%20%26%20Co/x/users?")
