"""Fetching from an address: what servers really do, over real sockets, and what is remembered of it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sources_kit import BERLIN, NOW, Memory, codes, trainings

from connectors.feed.source import FeedOfTrainings
from connectors.sources.http import Answer, Bounds, RequestsFetcher, WebRequest
from connectors.sources.web import WebPlace
from network.model import Delivery, SourceState
from network.secrets import Secret

EVENT = "BEGIN:VEVENT\r\nUID:a@x.example\r\nDTSTART:20270312T080000Z\r\nSUMMARY:Kurs\r\nEND:VEVENT\r\n"
FEED = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{EVENT}END:VCALENDAR\r\n".encode()
PAGE = b"<!DOCTYPE html><title>Anmelden</title>"

Respond = Callable[[BaseHTTPRequestHandler], None]


class Provider:
    """A server on this machine; `respond` writes the whole answer. `asked` are the headers of each request."""

    def __init__(self) -> None:
        self.respond: Respond = answer(200, FEED)
        self.asked: list[Mapping[str, str]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked.append(dict(self.headers))
                provider.respond(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # the client went away, which is what some tests are about

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/geheim-token/kurse.ics?key=geheim"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


def answer(status: int, content: bytes = b"", **headers: str) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return respond


def fetch(provider: Provider, memory: Memory, *, seconds: float = 5, max_bytes: int = 10**6) -> Delivery:
    place = WebPlace(provider.url, RequestsFetcher(), bounds=Bounds(seconds, max_bytes))
    return FeedOfTrainings("kurse", place, memory, zone=BERLIN, language="de").deliver(NOW)


def test_an_unchanged_feed_is_asked_for_conditionally_and_counts(provider: Provider) -> None:
    memory = Memory()
    provider.respond = answer(200, FEED, ETag='"1"', Last_Modified="Tue, 12 Jan 2027 10:00:00 GMT")
    assert fetch(provider, memory).state is SourceState.FRESH
    provider.respond = answer(304)
    delivery = fetch(provider, memory)
    assert (delivery.state, delivery.counts, len(trainings(delivery))) == (SourceState.UNCHANGED, True, 1)
    assert "If-None-Match" not in provider.asked[0]
    assert provider.asked[1]["If-None-Match"] == '"1"'
    assert provider.asked[1]["If-Modified-Since"] == "Tue, 12 Jan 2027 10:00:00 GMT"


def test_an_equal_feed_from_a_server_that_knows_no_conditions_is_unchanged(provider: Provider) -> None:
    memory = Memory()
    fetch(provider, memory)
    assert fetch(provider, memory).state is SourceState.UNCHANGED


def drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte now and then: every single read is quick enough."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_content(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def says_more_than_it_sends(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(FEED) + 100))
    handler.end_headers()
    handler.wfile.write(FEED)


def announces_200_megabytes(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(200 * 1024**2))
    handler.end_headers()
    handler.wfile.write(FEED)


def breaks_off_a_chunk(handler: BaseHTTPRequestHandler) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"1000\r\n" + FEED)
    handler.close_connection = True


BAD_ANSWERS = {
    "404": (answer(404, PAGE), "source_not_found"),
    "410": (answer(410), "source_not_found"),
    "401": (answer(401), "login_refused"),
    "403": (answer(403), "right_missing"),
    "429": (answer(429, Retry_After="120"), "server_busy"),
    "503": (answer(503), "server_busy"),
    "500": (answer(500, PAGE), "server_fault"),
    "418": (answer(418), "unexpected_answer"),
    "an unusual status": (answer(299), "unexpected_answer"),
    "nothing": (answer(200, b""), "source_empty"),
    "a login page": (answer(200, PAGE), "login_page"),
    "half a feed": (answer(200, FEED[: len(FEED) // 2]), "truncated"),
    "a calendar without events": (answer(200, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "source_empty"),
    "some text": (answer(200, b"Hallo"), "not_a_calendar"),
    "too much, announced": (announces_200_megabytes, "too_large"),
    "too much, unannounced": (endless, "too_large"),
    "a bomb": (answer(200, gzip.compress(b"x" * 20_000_000), Content_Encoding="gzip"), "too_large"),
    "half a gzip": (answer(200, gzip.compress(FEED)[:-10], Content_Encoding="gzip"), "truncated"),
    "no gzip at all": (answer(200, FEED, Content_Encoding="gzip"), "truncated"),
    "an unknown encoding": (answer(200, FEED, Content_Encoding="br"), "encoding"),
    "less than announced": (says_more_than_it_sends, "truncated"),
    "half a chunk": (breaks_off_a_chunk, "truncated"),
    "a circle": (answer(302, Location="/geheim-token/kurse.ics"), "redirects"),
    "a redirect to nowhere": (answer(302), "redirects"),
    "a redirect to nonsense": (answer(302, Location="http://[kaputt"), "unexpected_answer"),
    "a redirect to a file": (answer(302, Location="file:///etc/passwd"), "redirects"),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer_keeps_the_last_good_feed_and_says_which_it_was(provider: Provider, name: str) -> None:
    memory = Memory()
    fetch(provider, memory)
    provider.respond, code = BAD_ANSWERS[name]
    delivery = fetch(provider, memory)
    assert (delivery.state, delivery.counts, codes(delivery)) == (SourceState.KEPT, False, [code])
    assert len(trainings(delivery)) == 1
    assert "geheim" not in repr(delivery.problems)
    first = fetch(provider, Memory())
    assert (first.state, codes(first), trainings(first)) == (SourceState.FAILED, [code], {})


@pytest.mark.parametrize("respond", [lambda handler: time.sleep(3), drip, drip_content])
def test_a_server_that_says_nothing_or_drips_is_left_in_time(provider: Provider, respond: Respond) -> None:
    provider.respond = respond
    began = time.monotonic()
    delivery = fetch(provider, Memory(), seconds=0.3)
    assert time.monotonic() - began < 2
    assert codes(delivery) == ["timed_out"]


def test_a_server_that_is_not_there_is_unreachable(provider: Provider) -> None:
    provider.server.server_close()
    assert codes(fetch(provider, Memory())) == ["unreachable"]


def test_a_packed_feed_is_unpacked(provider: Provider) -> None:
    provider.respond = answer(200, gzip.compress(FEED), Content_Encoding="gzip")
    assert len(trainings(fetch(provider, Memory()))) == 1


class Script:
    """A Fetcher that answers from a list of addresses, and notes who was shown which login."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.logins: dict[str, str] = {}

    def send(self, request: WebRequest, bounds: Bounds) -> Answer:
        self.logins[request.url] = request.headers.get("Authorization", "")
        return self.answers[request.url]


def look(script: Script, url: str, *, settle: timedelta = timedelta(0)) -> Delivery:
    place = WebPlace(url, script, bounds=Bounds(), settle=settle, login=lambda: ("kurse", "geheim"))
    return FeedOfTrainings("kurse", place, Memory(), zone=BERLIN, language="de").deliver(NOW)


def test_a_login_is_shown_to_its_own_host_alone() -> None:
    script = Script(
        {
            "https://a.example/1": Answer(302, {"location": "/2"}),
            "https://a.example/2": Answer(307, {"location": "https://b.example/3"}),
            "https://b.example/3": Answer(200, {}, FEED),
        }
    )
    assert look(script, "https://a.example/1").state is SourceState.FRESH
    assert script.logins["https://a.example/1"] == script.logins["https://a.example/2"] != ""
    assert script.logins["https://b.example/3"] == ""


def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    script = Script({"https://a.example/1": Answer(302, {"location": "http://a.example/2"})})
    assert codes(look(script, "https://a.example/1")) == ["redirects"]
    assert list(script.logins) == ["https://a.example/1"]


def test_a_feed_that_changed_a_moment_ago_settles_where_settling_is_asked_for() -> None:
    modified = f"{(NOW - timedelta(minutes=1)).astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"
    script = Script({"https://a.example/1": Answer(200, {"last-modified": modified}, FEED)})
    assert look(script, "https://a.example/1", settle=timedelta(minutes=10)).state is SourceState.SETTLING
    assert look(script, "https://a.example/1").state is SourceState.FRESH


def test_a_refused_login_is_not_repeated_for_a_day_unless_it_changes() -> None:
    memory, script, password = Memory(), Script({"https://a.example/1": Answer(401)}), ["falsch"]
    asked: list[datetime] = []

    def ask(after: timedelta) -> list[str]:
        script.logins.clear()
        place = WebPlace("https://a.example/1", script, bounds=Bounds(), login=lambda: ("kurse", password[0]))
        feed = FeedOfTrainings("kurse", place, memory, zone=BERLIN, language="de")
        found = codes(feed.deliver(NOW + after))
        asked.extend(NOW + after for _ in script.logins)
        return found

    hours = timedelta(hours=1)
    assert [ask(number * hours) for number in (0, 1, 23)] == [["login_refused"]] * 3
    assert asked == [NOW]
    ask(25 * hours)
    assert asked == [NOW, NOW + 25 * hours]
    password[0] = "richtig"
    script.answers = {"https://a.example/1": Answer(200, {}, FEED)}
    assert ask(26 * hours) == []
    assert "falsch" not in str(memory.notes)


def test_a_login_that_can_not_be_read_is_a_problem_and_no_exception() -> None:
    place = WebPlace(
        "https://a.example/1", Script({}), bounds=Bounds(), login=lambda: ("kurse", Secret("env:NOT_SET").reveal({}))
    )
    delivery = FeedOfTrainings("kurse", place, Memory(), zone=BERLIN, language="de").deliver(datetime.now(UTC))
    assert codes(delivery) == ["secret_missing"]
