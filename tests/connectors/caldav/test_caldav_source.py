"""Calendars that somebody keeps on a real CalDAV server: what is asked, what is delivered, what goes wrong."""

from __future__ import annotations

import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from caldav_servers import LOGIN, SERVERS, Asked, CaldavServer, event
from sources_kit import BERLIN, NOW, Memory, codes, trainings

from connectors.registry import Surroundings, training_source
from connectors.sources.http import RequestsFetcher
from network.errors import BadInput
from network.model import Delivery, SourceState
from network.settings import CaldavCalendar

FRESH, UNCHANGED, KEPT, FAILED = SourceState.FRESH, SourceState.UNCHANGED, SourceState.KEPT, SourceState.FAILED
DAY = timedelta(days=1)


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CaldavServer]:
    """A server with the calendar "Planung" and two events in it."""
    with SERVERS[request.param](tmp_path) as made:
        made.make()
        made.put("a.ics", event("a@hand.example", "Rhetorik"))
        made.put("b ü.ics", event("b@hand.example", "Datenschutz"))
        yield made


def deliver(
    server: CaldavServer,
    memory: Memory,
    *,
    at: datetime = NOW,
    password: str = LOGIN[1],
    sweep_every: timedelta = timedelta(days=1),
    **settings: object,
) -> Delivery:
    """What a look at it gives; `server.asked` begins anew with each."""
    server.asked.clear()
    written = {"type": "caldav", "url": server.url + server.planning, "username": LOGIN[0], "password": "env:P"}
    connector = CaldavCalendar.model_validate({**written, "timeout": "2 seconds", **settings})
    around = Surroundings(
        files=None,  # type: ignore[arg-type]
        calendars=None,  # type: ignore[arg-type]
        directory=None,  # type: ignore[arg-type]
        fetcher=RequestsFetcher(),
        zone=BERLIN,
        language="de",
        environment={"P": password},
        sweep_every=sweep_every,
    )
    return training_source("planung", connector, memory, around).deliver(at)


def titles(delivery: Delivery) -> list[str]:
    return sorted(each.title for each in trainings(delivery).values())


def test_every_event_is_offered_under_its_uid(server: CaldavServer) -> None:
    found = deliver(server, Memory())
    assert (found.state, found.counts) == (FRESH, True)
    assert {key: each.title for key, each in trainings(found).items()} == {
        "a@hand.example": "Rhetorik",
        "b@hand.example": "Datenschutz",
    }
    assert server.methods() == ["PROPFIND 0", "PROPFIND 1", "calendar-multiget"]


def test_an_unchanged_calendar_costs_one_request_and_counts(server: CaldavServer) -> None:
    memory = Memory()
    before = {each.key: each.digest for each in deliver(server, memory).offers()}
    found = deliver(server, memory)
    assert (found.state, found.counts, server.methods()) == (UNCHANGED, True, ["PROPFIND 0"])
    assert {each.key: each.digest for each in found.offers()} == before


def test_only_what_moved_is_fetched(server: CaldavServer) -> None:
    memory = Memory()
    before = {each.key: each.digest for each in deliver(server, memory).offers()}
    server.put("a.ics", event("a@hand.example", "Rhetorik II"))
    found = deliver(server, memory)
    assert titles(found) == ["Datenschutz", "Rhetorik II"]
    assert b"<" in server.asked[-1].body
    assert (b"/a.ics" in server.asked[-1].body, b"b%20%C3%BC" in server.asked[-1].body) == (True, False)
    assert server.methods() == ["PROPFIND 0", "sync-collection", "calendar-multiget"]
    moved = {each.key for each in found.offers() if before[each.key] != each.digest}
    assert moved == {"a@hand.example"}


def test_a_moved_event_keeps_its_key_also_in_a_new_file(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    server.delete("a.ics")
    server.put("neu.ics", event("a@hand.example", "Rhetorik", start="20270401T080000Z"))
    found = trainings(deliver(server, memory))
    assert set(found) == {"a@hand.example", "b@hand.example"}
    assert found["a@hand.example"].sessions[0].start.isoformat() == "2027-04-01T08:00:00+00:00"


def test_a_deleted_event_is_no_longer_offered(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    server.delete("b ü.ics")
    found = deliver(server, memory)
    assert (titles(found), found.counts) == (["Rhetorik"], True)
    # asked for once more: deleted and restored between two looks, Nextcloud calls it deleted
    assert server.methods() == ["PROPFIND 0", "sync-collection", "calendar-multiget"]


def test_once_a_day_all_etags_are_compared(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    server.put("a.ics", event("a@hand.example", "Rhetorik II"))
    assert memory.kept is not None
    # a server that says "nothing moved" although something did
    memory.kept = replace(memory.kept, etag=_state_now(server))
    assert titles(deliver(server, memory, at=NOW + DAY / 2)) == ["Datenschutz", "Rhetorik"]
    assert titles(deliver(server, memory, at=NOW + DAY)) == ["Datenschutz", "Rhetorik II"]
    assert server.methods() == ["PROPFIND 0", "PROPFIND 1", "calendar-multiget"]


def test_how_often_they_are_compared_stands_in_the_configuration(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory, sweep_every=DAY / 24)
    assert deliver(server, memory, at=NOW + DAY / 48, sweep_every=DAY / 24).state is UNCHANGED
    assert server.methods() == ["PROPFIND 0"]
    deliver(server, memory, at=NOW + DAY / 24, sweep_every=DAY / 24)
    assert server.methods() == ["PROPFIND 0", "PROPFIND 1"]


def _state_now(server: CaldavServer) -> str:
    memory = Memory()
    deliver(server, memory)
    assert memory.kept is not None
    return memory.kept.etag


def test_an_unknown_token_means_look_at_everything_and_fetch_what_moved(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    assert memory.kept is not None
    memory.kept = replace(memory.kept, etag=memory.kept.etag[:-8] + "00000000")
    server.put("a.ics", event("a@hand.example", "Rhetorik II"))
    assert titles(deliver(server, memory)) == ["Datenschutz", "Rhetorik II"]
    assert server.methods() == ["PROPFIND 0", "sync-collection", "PROPFIND 1", "calendar-multiget"]


@pytest.mark.parametrize("refusal", [(501, b""), (400, b""), (403, b""), (207, b"<multistatus xmlns='DAV:'/>")])
def test_without_sync_collection_etags_are_compared(server: CaldavServer, refusal: tuple[int, bytes]) -> None:
    memory = Memory()
    deliver(server, memory)
    server.put("a.ics", event("a@hand.example", "Rhetorik II"))
    server.instead = lambda asked: refusal if b"sync-collection" in asked.body else None
    assert titles(deliver(server, memory)) == ["Datenschutz", "Rhetorik II"]
    assert server.methods() == ["PROPFIND 0", "sync-collection", "PROPFIND 1", "calendar-multiget"]


def test_an_answer_that_was_cut_off_is_not_believed(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    server.delete("b ü.ics")
    cut = (
        f"<multistatus xmlns='DAV:'><response><href>{server.planning}</href><status>HTTP/1.1 507 x</status>"
        "</response><sync-token>x</sync-token></multistatus>"
    ).encode()
    server.instead = lambda asked: (207, cut) if b"sync-collection" in asked.body else None
    assert titles(deliver(server, memory)) == ["Rhetorik"]


def test_a_calendar_is_found_by_its_name_and_then_remembered(server: CaldavServer) -> None:
    server.make("Andere", server.root + "andere/")
    memory = Memory()
    named = {"url": server.url + "/", "calendar": "Planung"}
    assert titles(deliver(server, memory, **named)) == ["Datenschutz", "Rhetorik"]
    found = deliver(server, memory, **named)
    assert (found.state, server.methods()) == (UNCHANGED, ["PROPFIND 0"])


def test_a_calendar_that_was_made_anew_elsewhere_is_found_by_its_name_again(server: CaldavServer) -> None:
    memory = Memory()
    named = {"url": server.url + server.root, "calendar": "planung"}
    deliver(server, memory, **named)
    server.delete_calendar()
    server.make("Planung", server.root + "zweite/")
    found = deliver(server, memory, **named)
    assert (found.state, codes(found), titles(found)) == (KEPT, ["source_empty"], ["Datenschutz", "Rhetorik"])


def test_a_name_that_nothing_has_is_a_problem_that_lists_what_there_is(server: CaldavServer) -> None:
    found = deliver(server, Memory(), url=server.url + "/", calendar="Plan")
    assert (found.state, codes(found)) == (FAILED, ["calendar_not_found"])
    assert found.problems[0].remedy.en == "calendar: one of Planung"


def test_a_calendar_that_is_gone_leaves_everything_as_it_was(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    server.delete_calendar()
    found = deliver(server, memory)
    assert (found.state, found.counts, codes(found)) == (KEPT, False, ["source_not_found"])
    assert titles(found) == ["Datenschutz", "Rhetorik"]


def test_a_refused_login_is_shown_once_a_day(server: CaldavServer) -> None:
    memory = Memory()
    deliver(server, memory)
    found = deliver(server, memory, password="falsch")
    assert (found.state, codes(found), len(server.asked)) == (KEPT, ["login_refused"], 1)
    deliver(server, memory, password="falsch", at=NOW + DAY / 2)
    assert server.asked == []
    assert deliver(server, memory).state is UNCHANGED


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, b""), "source_not_found"),
        ((403, b""), "right_missing"),
        ((429, b""), "server_busy"),
        ((500, b""), "server_fault"),
        ((302, b""), "redirects"),
        ((200, b"<html>Anmelden</html>"), "not_caldav"),
        ((207, b"<html>Anmelden</html>"), "not_caldav"),
        ((207, b"<!DOCTYPE x [<!ENTITY a 'b'>]><multistatus xmlns='DAV:'>&a;</multistatus>"), "not_caldav"),
    ],
)
@pytest.mark.parametrize("method", ["PROPFIND", "multiget"])
def test_a_bad_answer_is_a_problem_and_no_exception(
    server: CaldavServer, answer: tuple[int, bytes], code: str, method: str
) -> None:
    memory = Memory()
    deliver(server, memory)
    server.put("a.ics", event("a@hand.example", "Rhetorik II"))
    server.instead = lambda asked: answer if method in (asked.method, _kind(asked)) else None
    found = deliver(server, memory)
    assert (found.state, found.counts, codes(found)) == (KEPT, False, [code])
    assert titles(found) == ["Datenschutz", "Rhetorik"]
    server.instead = lambda _: None
    assert titles(deliver(server, memory)) == ["Datenschutz", "Rhetorik II"]


def _kind(asked: Asked) -> str:
    return "multiget" if b"calendar-multiget" in asked.body else ""


def test_a_slow_server_is_given_up_on(server: CaldavServer) -> None:
    def wait(_: Asked) -> None:
        time.sleep(1.5)

    server.instead = wait
    assert codes(deliver(server, Memory(), timeout="1 second")) == ["timed_out"]


def test_more_than_the_configuration_allows_is_refused(server: CaldavServer) -> None:
    memory = Memory()
    assert codes(deliver(server, memory, max_items=1)) == ["too_many_events"]
    assert codes(deliver(server, memory, max_bytes="1 KB")) == ["too_large"]
    server.put("a.ics", event("a@hand.example", "Rhetorik", more=[f"COMMENT:{'x' * 60}"] * 200))
    assert codes(deliver(server, memory, max_bytes="10 KB")) == ["too_large"]
    assert codes(deliver(server, memory, max_items=2)) == []


def test_what_we_wrote_ourselves_is_no_source(server: CaldavServer) -> None:
    ours = ["X-DIGITALNETZWERK-NETWORK:probe", "X-DIGITALNETZWERK-UID:dnw-1"]
    server.put("dnw-1.ics", event("dnw-1", "Von uns", more=ours))
    found = deliver(server, Memory())
    assert (titles(found), codes(found)) == (["Datenschutz", "Rhetorik"], ["own_entries"])


def test_who_was_invited_is_not_kept(server: CaldavServer) -> None:
    guests = ["ORGANIZER:mailto:chefin@brakel.example", "ATTENDEE;CN=Anna:mailto:anna@brakel.example"]
    server.put("a.ics", event("a@hand.example", "Rhetorik", more=guests))
    memory = Memory()
    deliver(server, memory)
    assert memory.kept is not None
    assert b"brakel.example" not in memory.kept.content
    assert b"Rhetorik" in memory.kept.content


def test_a_private_event_costs_itself_alone(server: CaldavServer) -> None:
    server.put("c.ics", event("c@hand.example", "Zahnarzt", more=["CLASS:PRIVATE"]))
    found = {each.key: each for each in deliver(server, Memory()).offers()}
    assert len(found) == 3
    with pytest.raises(BadInput) as refusal:
        found["c@hand.example"].parse()
    assert refusal.value.code == "not_public"


def test_no_request_ever_has_a_limit(server: CaldavServer) -> None:
    memory = Memory()
    seen: list[Asked] = []
    for title in ("Rhetorik II", "Rhetorik III"):
        deliver(server, memory)
        seen += server.asked
        server.put("a.ics", event("a@hand.example", title))
    assert seen
    assert not [each for each in seen if b"limit" in each.body]


def test_a_dry_run_keeps_nothing(server: CaldavServer) -> None:
    memory = Memory(writes=False)
    assert deliver(server, memory).state is FRESH
    assert (memory.kept, memory.notes) == (None, {})


def test_certificates_of_ones_own_are_believed_where_they_are_named(tmp_path: Path) -> None:
    nobody = CaldavServer(lambda *_: [])
    with _behind_tls(tmp_path) as (url, certificate):
        assert codes(deliver(nobody, Memory(), url=url)) == ["insecure_transport"]
        assert codes(deliver(nobody, Memory(), url=url, ca_file=str(certificate))) == ["source_not_found"]


class NothingThere(BaseHTTPRequestHandler):
    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def _behind_tls(folder: Path) -> Iterator[tuple[str, Path]]:
    """A server with a certificate that it has made itself."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*made, certificate, *names], check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), NothingThere)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"https://localhost:{server.server_port}/planung/", certificate
    server.shutdown()
    server.server_close()
