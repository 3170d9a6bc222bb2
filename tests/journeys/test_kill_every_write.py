"""`kill -9` at every write of an apply: the next apply reaches the same end as if nothing had happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from kills_client import DieAtBooks, without_intents
from kills_moments import MOMENTS
from kills_picture import Picture
from kills_town import Town, new_town

from network.errors import Locked
from network.state import leases
from plugin.assembly import open_service

STRIDE = 12  # boundaries that one test takes in turn: 1, 13, 25 …; 2, 14, 26 …
TWICE = re.compile(r"\(2\)|\(3\)")


@dataclass(frozen=True)
class Undisturbed:
    """What an apply makes that nobody kills, and the writes that it takes."""

    picture: Picture
    writes: list[str]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    with new_town(tmp_path_factory.mktemp("undisturbed")) as town:
        assert town.apply().code == 0
        found = Undisturbed(town.picture(), town.writes())
        assert town.writes_of_another_run() == []
    return found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with new_town(tmp_path) as made:
        yield made


def converges(town: Town, wanted: Picture, moment: str) -> None:
    """One more run ends well and everything stands as it should; another one writes nothing."""
    said = town.apply()
    assert town.picture() == wanted, moment
    assert said.code == 0, (moment, said)
    assert town.writes_of_another_run() == [], moment


def is_like(seen: Picture, wanted: Picture) -> bool:
    """Whether what was looked at stands as it should."""
    return all(wanted[kind] == lines for kind, lines in seen.items())


def test_there_are_boundaries_enough_and_of_every_kind(undisturbed: Undisturbed) -> None:
    assert len(undisturbed.writes) > 30
    for name, what in MOMENTS.items():
        assert any(re.search(what, write) for write in undisturbed.writes), name
    assert not any(TWICE.search(line) for lines in undisturbed.picture.values() for line in lines)


@pytest.mark.parametrize("first", range(1, STRIDE + 1))
def test_killed_right_after_a_write_the_next_run_reaches_the_same_end(
    first: int, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    total = len(undisturbed.writes)
    for number in range(first, total + 1, STRIDE):
        with new_town(tmp_path / str(number)) as town:
            hit = town.apply_and_kill("after", number)
            assert number == total or not is_like(town.picture(()), undisturbed.picture), "a kill is a kill"
            converges(town, undisturbed.picture, f"{number}: {hit}")


def test_killed_right_before_a_write_the_next_run_reaches_the_same_end(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    """What was written before is remembered by now, what comes next is intended but does not exist."""
    for number in range(2, len(undisturbed.writes) + 1, 8):
        with new_town(tmp_path / str(number)) as town:
            hit = town.apply_and_kill("before", number)
            converges(town, undisturbed.picture, f"before {number}: {hit}")


@pytest.mark.parametrize("number", (2, 5, 11, 23, 47))
def test_killed_between_two_writes_to_our_own_books_it_converges(
    number: int, undisturbed: Undisturbed, town: Town
) -> None:
    assert town.start(DieAtBooks(number)).was_killed()
    converges(town, undisturbed.picture, f"book entry {number}")


@pytest.mark.parametrize("name", ("team", "entry"))
def test_killed_with_several_writes_under_way_it_converges(name: str, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """Requests that had left the client are still carried out after its death."""
    with new_town(tmp_path, parallel=4) as town:
        hit = town.apply_and_kill("after", 1, MOMENTS[name])
        converges(town, undisturbed.picture, hit)


def test_killed_again_and_again_it_gets_there(undisturbed: Undisturbed, town: Town) -> None:
    kills = 0
    while len(town.writes()) < len(undisturbed.writes) - 7:
        town.apply_and_kill("after", 7)
        kills += 1
    assert kills >= 5
    converges(town, undisturbed.picture, f"{kills} kills")


def test_killed_while_it_puts_right_what_somebody_broke_it_goes_on(undisturbed: Undisturbed, town: Town) -> None:
    """The next run looks again, although no wish changed and everything was verified a moment ago."""
    assert town.apply().code == 0
    world = town.sandbox.world
    for team in list(world.teams.all.values()):
        for member in team.members:
            if member.name == "brakel":
                world.teams.remove(team.key, member.key)
    for folder in list(world.team_folders.all.values()):
        for name in list(folder.applicable):
            folder = world.team_folders.revoke(folder, name)
    town.apply_and_kill("after", 2, verify=True)
    converges(town, undisturbed.picture, "drift")


# ---------------------------------------------------------------------------------------- the state database is lost

BESIDE_ITS_GROUP = 3  # the third team is called like its group: the server numbers it, and we give it another name
LOSSES = [
    ("group_member", 1), ("team", 1), ("team", BESIDE_ITS_GROUP), ("team_mark", BESIDE_ITS_GROUP), ("team_members", 1),
    ("room", 1), ("folder_mark", 1), ("folder_rights", 1), ("calendar", 1), ("entry", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number"), LOSSES)
def test_killed_and_its_state_deleted_it_reaches_the_same_end(
    name: str, number: int, undisturbed: Undisturbed, town: Town
) -> None:
    hit = town.apply_and_kill("after", number, MOMENTS[name])
    town.lose_state()
    converges(town, undisturbed.picture, hit)


def test_a_bare_folder_whose_maker_lost_his_memory_is_named_and_adopted(undisturbed: Undisturbed, town: Town) -> None:
    """A Team folder can't be marked in the request that makes it. Nobody but a person can know that it is ours."""
    town.apply_and_kill("after", 1, MOMENTS["folder"])
    town.lose_state()
    assert "name_taken" in town.apply().problems
    with open_service(town.config, environment={"NEXTCLOUD_PASSWORD": town.password}) as service:
        service.carry_out(service.plan_adoption("exchange_group:ozg"))
    converges(town, undisturbed.picture, "adopted")


def test_the_state_deleted_after_a_whole_run_costs_reads_alone(undisturbed: Undisturbed, town: Town) -> None:
    assert town.apply().code == 0
    town.lose_state()
    assert town.writes_of_another_run() == []
    assert town.picture() == undisturbed.picture


# ---------------------------------------------------------------------------------------- controls


def test_without_intents_a_killed_run_would_leave_an_orphan(undisturbed: Undisturbed, town: Town) -> None:
    town.apply_and_kill("after", 1, MOMENTS["folder"], without_intents)
    assert "name_taken" in town.apply().problems
    assert town.picture() != undisturbed.picture


def test_a_picture_shows_what_is_there_twice(town: Town) -> None:
    town.apply()
    before = town.picture()
    town.sandbox.world.teams.create("Stadt Brakel", "digitalnetzwerk")
    assert any("Stadt Brakel (2)" in line for line in town.picture()["teams"])
    assert town.picture() != before


def test_the_lease_of_a_dead_holder_would_stop_the_next_run(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.apply_and_kill("after", 1, MOMENTS["team"])
    monkeypatch.setattr(leases, "has_died", lambda holder: False)
    assert town.apply().problems == (Locked.code,)
    monkeypatch.undo()
    assert town.apply().code == 0
