"""Answers that never arrive, and answers that say no: one failure costs one object, and the next run makes it good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from kills_moments import MOMENTS
from kills_picture import Picture
from kills_town import Town, new_town

from network.report import Outcome, Result
from plugin.assembly import open_service

LEAVES = (
    "group_member", "team_members", "team_level", "room_attendee", "room_moderator", "folder_rights",
    "entry", "calendar_share", "notes",
)  # fmt: skip
FOUNDATIONS = ("group", "team_mark", "room", "folder_mark", "folder_grant", "template_folder", "calendar_mark")
STATUSES = (412, 423, 500, 507)
WAITING = {"waits_for_foundation", "waits_for_team"}


@dataclass(frozen=True)
class Undisturbed:
    picture: Picture
    writes: list[str]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    with new_town(tmp_path_factory.mktemp("undisturbed")) as town:
        assert town.apply().code == 0
        return Undisturbed(town.picture(), town.writes())


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with new_town(tmp_path) as made:
        yield made


def pattern(name: str) -> tuple[str, str]:
    """Method and path as the sandbox wants them for a fault."""
    method, _, path = MOMENTS[name].partition(" ")
    return method, path


def undone(town: Town) -> list[Outcome]:
    """What a run did not do."""
    with open_service(town.config, environment={"NEXTCLOUD_PASSWORD": town.password}) as service:
        report = service.apply().report
    assert report is not None
    return [each for each in report.outcomes if each.result is not Result.DONE]


def failed(outcomes: list[Outcome]) -> list[str]:
    """Codes of what failed by itself; everything else only waits for it."""
    codes = [each.problem.code for each in outcomes if each.problem is not None]
    assert len(codes) == len(outcomes)
    return [code for code in codes if code not in WAITING]


def converges(town: Town, wanted: Picture) -> None:
    town.sandbox.world.faults.clear()
    assert town.apply().code == 0
    assert town.picture() == wanted
    assert town.writes_of_another_run() == []


# ---------------------------------------------------------------------------------------- lost answers


@pytest.mark.parametrize("name", ("group", "team", "room", "folder", "folder_mark", "calendar", "calendar_mark"))
def test_what_was_made_and_never_answered_is_found_by_the_next_run(
    name: str, town: Town, undisturbed: Undisturbed
) -> None:
    town.sandbox.drop_after(*pattern(name))
    assert failed(undone(town)) == ["unreachable"]
    converges(town, undisturbed.picture)


def test_nine_lost_answers_cost_nine_objects(town: Town, undisturbed: Undisturbed) -> None:
    for name in LEAVES:
        town.sandbox.drop_after(*pattern(name))
    assert failed(undone(town)) == ["unreachable"] * len(LEAVES)
    assert len(town.writes()) == len(undisturbed.writes)
    converges(town, undisturbed.picture)


@pytest.mark.parametrize("name", ("team", "folder", "calendar"))
def test_what_was_made_and_denied_is_found_by_the_next_run(name: str, town: Town, undisturbed: Undisturbed) -> None:
    """A proxy loses patience while Nextcloud is still at work."""
    town.sandbox.fail_after(*pattern(name), 504)
    assert failed(undone(town)) == ["server_fault"]
    converges(town, undisturbed.picture)


def test_a_server_that_falls_silent_is_not_asked_for_everything(town: Town, undisturbed: Undisturbed) -> None:
    town.sandbox.drop_after("*", "/(circles|cloud|spreed|groupfolders|dav)/", count=10_000)
    assert town.apply().code == 4
    assert len(town.writes()) <= 3
    converges(town, undisturbed.picture)


# ---------------------------------------------------------------------------------------- answers that say no


@pytest.mark.parametrize("status", STATUSES)
def test_nine_refused_writes_cost_nine_objects(status: int, town: Town, undisturbed: Undisturbed) -> None:
    for name in LEAVES:
        town.sandbox.fail_next(*pattern(name), status)
    assert len(undone(town)) == len(LEAVES)
    converges(town, undisturbed.picture)


def test_a_busy_answer_costs_one_object_and_a_moment(town: Town, undisturbed: Undisturbed) -> None:
    town.sandbox.fail_next(*pattern("entry"), 503)
    assert failed(undone(town)) == ["server_busy"]
    converges(town, undisturbed.picture)


@pytest.mark.parametrize(("name", "status"), list(zip(FOUNDATIONS, cycle(STATUSES), strict=False)))
def test_a_refused_foundation_costs_what_stands_on_it(
    name: str, status: int, town: Town, undisturbed: Undisturbed
) -> None:
    town.sandbox.fail_next(*pattern(name), status)
    assert len(failed(undone(town))) == 1
    converges(town, undisturbed.picture)


@pytest.mark.parametrize("name", ("team", "entry"))
def test_a_server_that_asks_for_a_pause_gets_it(name: str, town: Town, undisturbed: Undisturbed) -> None:
    """After 429 nothing more is sent in this run."""
    town.sandbox.fail_next(*pattern(name), 429)
    assert set(failed(undone(town))) == {"server_busy"}
    method, _ = pattern(name)
    assert [each.status for each in town.sandbox.requests if each.method == method][-1] == 429
    converges(town, undisturbed.picture)
