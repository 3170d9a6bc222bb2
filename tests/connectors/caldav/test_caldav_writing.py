"""The calendar of a connector with `mode: two-way` where it is written, on real CalDAV servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from caldav_servers import LOGIN, SERVERS, Asked, CaldavServer, calendar_file, event
from sources_kit import BERLIN, NOW, Memory, codes

from connectors.registry import Surroundings, training_source, written_calendar
from connectors.sources.http import Answer, Bounds, RequestsFetcher, WebRequest
from network.errors import (
    AgainLater,
    BadInput,
    NotThere,
    PreconditionFailed,
    Refused,
    RightMissing,
)
from network.model import Delivery, SourceState
from network.ports import SourceCalendar
from network.settings import CaldavCalendar

NAME = "a.ics"
GUEST = "ATTENDEE:mailto:gast@hand.example"


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CaldavServer]:
    """A server with the calendar "Planung" and one event in it."""
    with SERVERS[request.param](tmp_path) as made:
        made.make()
        made.put(NAME, event("a@hand.example", "Rhetorik"))
        yield made


class Line(RequestsFetcher):
    """Notes what is sent; `answers` may answer in the server's place."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[WebRequest] = []
        self.answers: Callable[[WebRequest], Answer | None] = lambda _: None

    def send(self, request: WebRequest, bounds: Bounds) -> Answer:
        self.sent.append(request)
        return self.answers(request) or super().send(request, bounds)


def around(line: Line, password: str) -> Surroundings:
    return Surroundings(
        files=None,  # type: ignore[arg-type]
        calendars=None,  # type: ignore[arg-type]
        directory=None,  # type: ignore[arg-type]
        fetcher=line,
        zone=BERLIN,
        language="de",
        environment={"P": password},
    )


def settings(server: CaldavServer) -> CaldavCalendar:
    written = {"type": "caldav", "url": server.url + server.planning, "username": LOGIN[0], "password": "env:P"}
    return CaldavCalendar.model_validate({**written, "timeout": "5 seconds", "mode": "two-way"})


def written(server: CaldavServer, line: Line | None = None, password: str = LOGIN[1]) -> SourceCalendar:
    return written_calendar("planung", settings(server), around(line or Line(), password))


def delivered(server: CaldavServer, memory: Memory) -> Delivery:
    return training_source("planung", settings(server), memory, around(Line(), LOGIN[1])).deliver(NOW)


def place(server: CaldavServer, name: str = NAME) -> str:
    return f"{server.planning}{name}"


def etag(server: CaldavServer) -> str:
    seen = written(server).read(place(server))
    assert seen is not None
    return seen.etag


def test_an_object_is_read_replaced_made_and_deleted(server: CaldavServer) -> None:
    calendar = written(server)
    calendar.replace(place(server), calendar_file(event("a@hand.example", "Rhetorik II")), etag=etag(server))
    calendar.create("b.ics", calendar_file(event("b@hand.example", "Datenschutz")))
    assert {
        name: b"SUMMARY:" + title in server.stored()[name]
        for name, title in ((NAME, b"Rhetorik II"), ("b.ics", b"Datenschutz"))
    } == {NAME: True, "b.ics": True}
    calendar.delete(place(server), etag=etag(server))
    assert (set(server.stored()), calendar.read(place(server))) == ({"b.ics"}, None)


def test_whoever_was_faster_is_not_overwritten(server: CaldavServer) -> None:
    calendar, before = written(server), etag(server)
    server.put(NAME, event("a@hand.example", "Schneller"))
    data = calendar_file(event("a@hand.example", "Langsamer"))
    for late in (
        lambda: calendar.replace(place(server), data, etag=before),
        lambda: calendar.create(NAME, data),
        lambda: calendar.delete(place(server), etag=before),
    ):
        with pytest.raises(PreconditionFailed):
            late()
    assert b"Schneller" in server.stored()[NAME]


def test_what_is_gone_already_is_said_to_be_gone(server: CaldavServer) -> None:
    calendar, before = written(server), etag(server)
    server.delete(NAME)
    with pytest.raises(NotThere):
        calendar.delete(place(server), etag=before)


def test_every_write_says_that_nobody_is_to_be_invited(server: CaldavServer) -> None:
    line = Line()
    calendar = written(server, line)
    calendar.replace(place(server), calendar_file(event("a@hand.example", "Neu")), etag=etag(server))
    calendar.delete(place(server), etag=etag(server))
    writes = [each for each in line.sent if each.method in ("PUT", "DELETE")]
    assert [each.headers["x-nc-scheduling"] for each in writes] == ["false", "false"]


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, BadInput), (403, BadInput), (507, BadInput), (423, AgainLater), (503, AgainLater), (500, AgainLater)],
)
def test_a_refusal_costs_one_object_or_waits_and_never_speaks_for_nextcloud(
    server: CaldavServer, status: int, error: type[Exception]
) -> None:
    line = Line()
    line.answers = lambda request: Answer(status) if request.method == "PUT" else None
    with pytest.raises(error) as refusal:
        written(server, line).create("b.ics", calendar_file(event("b@hand.example", "B")))
    assert refusal.value.where == "connectors.planung"  # type: ignore[attr-defined]
    # an exact AgainLater: any other of its kind would tell that Nextcloud has fallen silent
    assert error is not AgainLater or type(refusal.value) is AgainLater


def test_an_account_that_may_only_read_is_told_before_anything_is_sent(server: CaldavServer) -> None:
    line = Line()

    def reading_only(request: WebRequest) -> Answer | None:
        if request.method != "PROPFIND":
            return None
        answer = RequestsFetcher().send(request, Bounds())
        kept = answer.content.replace(b"write", b"x-write").replace(b":all", b":x-all").replace(b"<all", b"<x-all")
        return Answer(answer.status, answer.headers, kept)

    line.answers = reading_only
    with pytest.raises(RightMissing) as refusal:
        written(server, line).create("b.ics", calendar_file(event("b@hand.example", "B")))
    assert (refusal.value.code, "mode: read" in refusal.value.remedy.de) == ("source_read_only", True)
    assert {each.method for each in line.sent} == {"PROPFIND"}


def test_a_refused_login_is_shown_once_a_run(server: CaldavServer) -> None:
    line = Line()
    calendar = written(server, line, password="falsch")
    for _ in range(3):
        with pytest.raises(RightMissing) as refusal:
            calendar.create("b.ics", calendar_file(event("b@hand.example", "B")))
        assert refusal.value.code == "login_refused"
    assert len(line.sent) == 1


def test_a_server_that_would_write_to_guests_is_left_alone(server: CaldavServer) -> None:
    line = Line()
    line.answers = lambda request: (
        Answer(200, {"dav": "1, calendar-access, calendar-auto-schedule"}) if request.method == "OPTIONS" else None
    )
    calendar = written(server, line)
    server.put(NAME, event("a@hand.example", "Rhetorik", more=["ORGANIZER:mailto:e@hand.example", GUEST]))
    data = calendar_file(event("a@hand.example", "Neu", more=["ORGANIZER:mailto:e@hand.example", GUEST]))
    for attempt in (
        lambda: calendar.replace(place(server), data, etag=etag(server)),
        lambda: calendar.delete(place(server), etag=etag(server)),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.code == "guests_in_source"
    calendar.create("b.ics", calendar_file(event("b@hand.example", "Ohne Gast")))
    assert not {each.method for each in line.sent} & {"DELETE"}


def test_a_calendar_that_bears_our_mark_is_no_source_that_could_be_written(server: CaldavServer) -> None:
    def marked(asked: Asked) -> tuple[int, bytes] | None:
        answer = (
            "<multistatus xmlns='DAV:'><response><href>{path}</href><propstat><prop><resourcetype><collection/>"
            "<calendar xmlns='urn:ietf:params:xml:ns:caldav'/></resourcetype>"
            "<marker xmlns='urn:digitalnetzwerk'>kreis/kurse</marker></prop><status>HTTP/1.1 200 OK</status></propstat>"
            "</response></multistatus>"
        )
        return (207, answer.format(path=asked.path).encode()) if asked.method == "PROPFIND" else None

    server.instead = marked
    with pytest.raises(BadInput) as refusal:
        written(server).create("b.ics", calendar_file(event("b@hand.example", "B")))
    assert refusal.value.code == "own_calendar"
    found = delivered(server, Memory())
    assert (found.state, codes(found)) == (SourceState.FAILED, ["own_calendar"])


def test_an_unchanged_calendar_still_costs_one_request_and_an_empty_one_counts(server: CaldavServer) -> None:
    memory = Memory()
    offers = list(delivered(server, memory).offers())
    assert [(each.place, bool(each.etag)) for each in offers] == [(place(server), True)]
    server.asked.clear()
    assert (delivered(server, memory).state, server.methods()) == (SourceState.UNCHANGED, ["PROPFIND 0"])
    server.delete(NAME)
    found = delivered(server, memory)
    assert (found.counts, list(found.offers())) == (True, [])
