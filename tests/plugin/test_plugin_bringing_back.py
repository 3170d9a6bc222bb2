"""Which calendars somebody ought to see, and what it takes to show one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from calendar_sync.records import TEAM, CalendarMemory
from calendar_sync.wish import DesiredCalendar, Grant
from network.errors import AgainLater, NotThere
from network.ports import CalendarSeen, CalendarWish, Record, ShareRow
from network.state import StateStore, open_state
from plugin.bringing_back import Granted, bring_back

HREF = "/remote.php/dav/calendars/dienst/dnw-schulungen/"
WISH = DesiredCalendar("schulungen", CalendarWish("Schulungen", "#00679e", "Europe/Berlin", ""), ())
BY_TEAM = Grant(team="administration:brakel")
BY_NAME = Grant(principal="users/Anna.Brakel", read_write=True)


@dataclass
class Calendars:
    """Takes shares like Nextcloud: first what is set, then what is removed. `deaf` takes nothing."""

    rows: tuple[ShareRow, ...] = (ShareRow("circles/abc"),)
    trashed: bool = False
    deaf: bool = False
    posts: list[tuple[tuple[ShareRow, ...], tuple[str, ...]]] = field(default_factory=list)

    def calendars(self) -> tuple[CalendarSeen, ...]:
        return (CalendarSeen("dnw-schulungen", HREF, "Schulungen", "1", trashed=self.trashed, shares=self.rows),)

    def share(self, href: str, grant: Sequence[ShareRow], revoke: Sequence[str]) -> None:
        assert href == HREF
        self.posts.append((tuple(grant), tuple(revoke)))
        if not self.deaf:
            kept = {each.principal: each for each in (*self.rows, *grant)}
            self.rows = tuple(each for name, each in kept.items() if name not in revoke)


@pytest.fixture
def state() -> StateStore:
    held = open_state(None)
    held.remember(CalendarMemory("schulungen", href=HREF).record())
    held.remember(Record("administration:brakel", TEAM, "administration:brakel", "circles-id"))
    held.remember(Record("administration:brakel", TEAM, "administration:brakel", "abc"))
    return held


def back(calendars: Calendars, state: StateStore, *grants: Grant) -> None:
    bring_back(calendars, state, Granted(WISH, grants), "anna.brakel")  # type: ignore[arg-type]  # as much as is used


def test_what_a_team_grants_comes_back_by_a_share_that_does_not_stay(state: StateStore) -> None:
    calendars = Calendars()
    back(calendars, state, BY_TEAM)
    assert calendars.posts == [((ShareRow("users/anna.brakel"),), ("users/anna.brakel",))]
    assert calendars.rows == (ShareRow("circles/abc"),)


def test_what_the_person_is_granted_by_name_stays_as_it_is_granted(state: StateStore) -> None:
    calendars = Calendars()
    back(calendars, state, BY_TEAM, BY_NAME)
    assert calendars.posts == [((ShareRow("users/anna.brakel", True),), ())]
    assert ShareRow("users/anna.brakel", True) in calendars.rows


@pytest.mark.parametrize(
    "calendars", [Calendars(rows=()), Calendars(rows=(ShareRow("circles/other"),)), Calendars(trashed=True)]
)
def test_what_is_not_shared_yet_is_not_touched(state: StateStore, calendars: Calendars) -> None:
    with pytest.raises(NotThere) as refused:
        back(calendars, state, BY_TEAM)
    assert refused.value.code == "not_shared_yet"
    assert calendars.posts == []


def test_what_nextcloud_did_not_do_is_told(state: StateStore) -> None:
    with pytest.raises(AgainLater):
        back(Calendars(deaf=True), state, BY_NAME)


def test_a_share_that_stays_although_it_was_taken_away_is_told(state: StateStore) -> None:
    calendars = Calendars(rows=(ShareRow("circles/abc"), ShareRow("users/Anna.Brakel")), deaf=True)
    with pytest.raises(AgainLater):
        back(calendars, state, replace(BY_TEAM))
