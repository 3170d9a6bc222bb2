"""`--json` prints exactly one document, before and after the command, for success and for every kind of error."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import THREE, Town, row

KEYS = {"format", "command", "fingerprint", "scopes", "sources", "summary", "requests", "mails", "problems"}
SCOPE_KEYS = {"scope", "fingerprint", "unsafe", "kept", "changes"}
CHANGE_KEYS = {"action", "kind", "key", "title", "reason", "outcome"}
SOURCE_KEYS = {"connector", "state", "items", "quarantined", "requests"}
PROBLEM_KEYS = {"code", "where", "message", "remedy"}
SUMMARY_KEYS = {
    *("create", "update", "move", "cancel", "remove", "grant", "revoke"),
    *("kept", "done", "failed", "deferred", "skipped"),
}
EIGHT = [row(number, f"Schulung {number}") for number in range(1, 9)]
PLACES = (lambda words: ("--json", *words), lambda words: (*words, "--json"))


def say(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


def checked(said: Said, code: int, command: str) -> Said:
    """One document with all keys of the contract."""
    found = said.document
    assert said.code == code, found["problems"]
    assert set(found) >= KEYS
    assert (found["format"], found["command"]) == (1, command)
    assert set(found["summary"]) == SUMMARY_KEYS
    assert all(set(each) == SCOPE_KEYS for each in found["scopes"])
    assert all(set(each) >= CHANGE_KEYS for scope in found["scopes"] for each in scope["changes"])
    assert all(set(each) == SOURCE_KEYS for each in found["sources"])
    assert all(set(each) == PROBLEM_KEYS for each in found["problems"])
    return said


@pytest.mark.parametrize("place", PLACES, ids=["before", "after"])
def test_plan_apply_plan(town: Town, place: object) -> None:
    assert callable(place)
    planned = checked(say(town, *place(["plan"])), 10, "plan").document
    assert planned["summary"]["create"] == 8
    assert {each["outcome"] for scope in planned["scopes"] for each in scope["changes"]} == {None}
    assert "PUT" not in planned["requests"]
    before = town.mark()
    applied = checked(say(town, *place(["apply"])), 0, "apply").document
    assert applied["fingerprint"] == planned["fingerprint"]
    assert {each["outcome"] for scope in applied["scopes"] for each in scope["changes"]} == {"done"}
    assert applied["mails"] == 0
    assert [each["state"] for each in applied["sources"]] == ["fresh", "fresh"]
    assert sum(applied["requests"].values()) == len(town.sandbox.requests) - before
    assert checked(say(town, *place(["plan"])), 0, "plan").document["scopes"] != []


def test_a_change_names_its_action_kind_and_reason(town: Town) -> None:
    say(town, "apply")
    town.save([row(1, "OZG Grundlagen", start="10:00"), *THREE[1:]])
    found = checked(say(town, "apply", "--json"), 0, "apply").document
    (change,) = (each for scope in found["scopes"] for each in scope["changes"])
    assert (change["action"], change["kind"], change["outcome"]) == ("update", "entry", "done")
    assert change["title"].startswith("OZG Grundlagen")
    assert "Zeit" in change["reason"]


@pytest.mark.parametrize("place", PLACES, ids=["before", "after"])
def test_every_mistake_of_the_configuration_at_once_is_exit_code_2(town: Town, place: object) -> None:
    assert callable(place)
    town.swap("mode: live", "mode: lieve")
    town.swap("from: [plan]", "from: [plann]")
    found = checked(say(town, *place(["apply"])), 2, "apply").document
    assert [each["where"] for each in found["problems"]] == ["netz.yaml:6", "netz.yaml:29"]
    assert town.writes() == []


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["plan", "--wrong"], "plan"),
        (["apply", "--release-unsafe"], "apply"),
        (["apply", "--scope", "nonsense"], "apply"),
        (["answer", "plan", "1", "keep"], "answer"),
        (["nonsense"], ""),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("place", PLACES, ids=["before", "after"])
def test_wrong_usage_is_exit_code_2(town: Town, place: object, words: list[str], command: str) -> None:
    assert callable(place)
    found = checked(say(town, *place(words)), 2, command).document
    assert len(found["problems"]) == 1


def test_a_password_that_is_not_set_is_exit_code_2(town: Town) -> None:
    said = digitalnetzwerk("-c", str(town.config), "apply", "--json", environment={"NEXTCLOUD_PASSWORD": ""})
    (problem,) = checked(said, 2, "apply").document["problems"]
    assert problem["where"] == "env:NEXTCLOUD_PASSWORD"


def test_something_failed_is_exit_code_1(town: Town) -> None:
    town.sandbox.fail_next("PUT", r"\.ics$", 507)
    found = checked(say(town, "apply", "--json"), 1, "apply").document
    assert (found["summary"]["failed"], found["summary"]["done"]) == (1, 11)
    assert checked(say(town, "apply", "--json"), 0, "apply").document["summary"]["done"] == 1


def test_a_guard_is_exit_code_3_and_so_is_another_plan(town: Town) -> None:
    town.save(EIGHT)
    say(town, "apply")
    town.swap("from: [plan]", "from: [plan]\n    where: {tags: [nichts]}")
    stopped = checked(say(town, "apply", "--json"), 3, "apply").document
    (scope,) = (each for each in stopped["scopes"] if each["scope"] == "calendar:schulungen")
    assert scope["unsafe"]
    assert [each["outcome"] for each in scope["changes"]] == [None] * 8
    changed = checked(say(town, "apply", "--json", "--fingerprint", "AAAAAAAA"), 3, "apply").document
    assert [each["code"] for each in changed["problems"]] == ["plan_changed"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads are tried once. The pauses between tries have tests of their own."""
    monkeypatch.setattr("connectors.nextcloud.session.TRIES", 1)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("command", ["plan", "apply"])
def test_nobody_at_the_address_is_exit_code_4(town: Town, command: str) -> None:
    town.swap(town.sandbox.url, "http://127.0.0.1:9")
    found = checked(say(town, command, "--json"), 4, command).document
    assert [each["code"] for each in found["problems"]] == ["unreachable"]


@pytest.mark.usefixtures("impatient")
def test_a_server_that_says_nothing_is_exit_code_4(town: Town) -> None:
    with silence() as url:
        town.swap(f"url: {town.sandbox.url}", f"url: {url}\n  timeout: 1 second")
        found = checked(say(town, "plan", "--json"), 4, "plan").document
    assert [each["code"] for each in found["problems"]] == ["unreachable"]


@contextmanager
def silence() -> Iterator[str]:
    """A server that takes every request and never answers."""
    closing = threading.Event()

    class Silent(BaseHTTPRequestHandler):
        def handle(self) -> None:
            closing.wait(60)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "words", [["check"], ["status"], ["groups"], ["schema"], ["explain", "E-Akte"], ["check", "--online"]], ids=" ".join
)
def test_every_other_command_prints_one_document_too(town: Town, words: list[str]) -> None:
    say(town, "apply")
    assert say(town, *words, "--json").document == say(town, "--json", *words).document
