"""Exchange groups: which there are, what for, who takes part, who leads, when they meet next, and the way in.

All staff of the network may know that a group exists, so that they can join it or ask its leads; a group of one
administration's own file is told to that administration alone. Dates, minutes and links are for members: for whom
Nextcloud shows the calendar, the folder, the room. In a pilot nobody but the pilots hears of anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_sync.records import minutes_document
from network.meetings import Meeting
from network.plan import Scope, ScopeKind
from network.ports import Principal, Record
from network.settings import ExchangeGroup, Settings, task_list_key
from network.state import StateStore
from plugin.last_look import LastLook
from plugin.overviews.doors import Door, Place, app_address, file_address, room_address, team_address
from plugin.overviews.meant import as_meant
from plugin.overviews.onlooker import Onlooker
from plugin.wishes.access import selectors
from plugin.wishes.meetings import group_meetings
from workspace_sync.marks import team_of
from workspace_sync.people import People, people_meant, teams_meant
from workspace_sync.remembered import MINUTES, ROOM, TEAM, TEAM_MEMBER, member_key
from workspace_sync.steps import TeamRef, Who

MOST_MINUTES = 12


class Belonging(StrEnum):
    """Whether somebody is in a group: through the configuration and its lists, or taken in by hand (also their own)."""

    NONE = "none"
    BY_RULE = "by_rule"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who leads a group. `name` as the people lists have it, else the account."""

    account: str
    name: str
    administration: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting. `name` is the file's."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group as one person may see it. `represented`: names of administrations that somebody of theirs is in for.

    `leads` is empty for whom no names are shown. `may_join`: the person can take themselves in, now. `meetings`: those
    to come, as they stand in the calendar; empty for whom Nextcloud doesn't show it.
    """

    key: str
    name: str
    topic: str
    represented: tuple[str, ...]
    leads: tuple[Lead, ...]
    is_open: bool
    belonging: Belonging
    may_join: bool
    meetings: tuple[Meeting, ...] = ()
    doors: tuple[Door, ...] = ()
    minutes: tuple[Minutes, ...] = ()

    @property
    def is_mine(self) -> bool:
        return self.belonging is not Belonging.NONE

    @property
    def next_meeting(self) -> Meeting | None:
        return next(iter(self.meetings), None)


def groups_shown(settings: Settings, state: StateStore, onlooker: Onlooker, now: datetime) -> tuple[GroupShown, ...]:
    """All that this person may know of, their own first, then by name."""
    meant, people = as_meant(settings, state)
    known = _Known.of(meant, people, state, onlooker, now)
    found = (known.shown(each) for each in meant.exchange_groups.values() if knows(each, onlooker, meant))
    return tuple(sorted(found, key=lambda each: (not each.is_mine, each.name.casefold())))


def knows(group: ExchangeGroup, onlooker: Onlooker, settings: Settings) -> bool:
    """Whether this person may know that the group exists."""
    if onlooker.oversees or str(scope_of(group)) in onlooker.scopes:
        return True
    if settings.network.pilot or not onlooker.takes_part(settings):
        return False
    return not group.owner or group.owner in onlooker.administrations


def is_open(group: ExchangeGroup, settings: Settings) -> bool:
    """Whether staff may take themselves in, and stay; in a pilot and in a preview nobody does."""
    if group.added_by_hand == "remove":
        return False
    return group.open and not settings.network.pilot and settings.network.mode == "live"


def belonging(group: ExchangeGroup, settings: Settings, state: StateStore, onlooker: Onlooker) -> Belonging:
    """By what we remember of the team: whom a run took in belongs by rule, in person or through their group."""
    if str(scope_of(group)) not in onlooker.scopes:
        return Belonging.NONE
    ours = {record.key for record in state.records(str(scope_of(group)), TEAM_MEMBER)}
    team = team_of(scope_of(group))
    is_by_rule = any(member_key(team, who) in ours for who in _ways(onlooker, settings))
    return Belonging.BY_RULE if is_by_rule else Belonging.BY_HAND


def leads_of(group: ExchangeGroup, settings: Settings, people: People) -> Iterator[Lead]:
    for account in group.lead:
        rows = [each for each in people.persons if each.account.casefold() == account.casefold()]
        name = next((each.name for each in rows if each.name), account)
        key = next((each.administration for each in rows if each.administration), "")
        home = settings.administrations.get(key)
        yield Lead(account, name, home.name if home is not None else "")


def scope_of(group: ExchangeGroup) -> Scope:
    return Scope(ScopeKind.EXCHANGE_GROUP, group.key)


def _ways(onlooker: Onlooker, settings: Settings) -> Iterator[Who]:
    """As what somebody can stand in a team."""
    yield Principal("user", onlooker.account)
    for key in onlooker.administrations:
        if key in settings.administrations:
            yield Principal("group", settings.administrations[key].group)
    yield from (TeamRef(scope) for scope in onlooker.scopes)


@dataclass(frozen=True, slots=True)
class _Known:
    """What all groups of one look share."""

    settings: Settings
    people: People
    state: StateStore
    onlooker: Onlooker
    now: datetime
    look: LastLook
    meetings: Mapping[str, tuple[Meeting, ...]]

    @classmethod
    def of(cls, settings: Settings, people: People, state: StateStore, onlooker: Onlooker, now: datetime) -> _Known:
        of_groups = group_meetings(settings, state, now) if onlooker.calendars else {}
        meetings = {
            key: tuple(each for each in found.standing if each.end > now)
            for key, found in of_groups.items()
            if key in onlooker.calendars
        }
        return cls(settings, people, state, onlooker, now, LastLook.of(state), meetings)

    def shown(self, group: ExchangeGroup) -> GroupShown:
        scope, found = str(scope_of(group)), belonging(group, self.settings, self.state, self.onlooker)
        is_open_now = is_open(group, self.settings)
        return GroupShown(
            key=group.key,
            name=group.name,
            topic=group.description,
            represented=self._represented(group),
            leads=tuple(leads_of(group, self.settings, self.people)) if self.onlooker.sees_names else (),
            is_open=is_open_now,
            belonging=found,
            may_join=is_open_now and found is Belonging.NONE and self._may_join(group, scope),
            meetings=self.meetings.get(group.key, ()),
            doors=tuple(self._doors(group, scope)),
            minutes=tuple(self._minutes(scope)),
        )

    def _may_join(self, group: ExchangeGroup, scope: str) -> bool:
        """What a login knows may be hours old: the lists tell whether somebody has left since."""
        onlooker = self.onlooker
        is_there = not self.people.persons or onlooker.account in self.people.accounts
        is_staff = onlooker.takes_part(self.settings) and (not group.owner or group.owner in onlooker.administrations)
        return is_there and is_staff and bool(self.state.records(scope, TEAM))

    def _represented(self, group: ExchangeGroup) -> tuple[str, ...]:
        """Of the configuration, in its order: all towns that are meant, and those of single people."""
        every = tuple(key for key, each in self.settings.administrations.items() if "workspaces" in each.services)
        accounts = {*group.lead, *self.look.teams.get(team_of(scope_of(group)), ())}
        teams: set[str] = set()
        for selector in selectors(group.members, every):
            teams |= teams_meant(selector)
            accounts |= people_meant(selector, self.people)
        folded = {each.casefold() for each in accounts}
        theirs = {each.administration for each in self.people.persons if each.account.casefold() in folded}
        return tuple(
            each.name
            for key, each in self.settings.administrations.items()
            if key in theirs or team_of(Scope(ScopeKind.ADMINISTRATION, key)) in teams
        )

    def _doors(self, group: ExchangeGroup, scope: str) -> Iterator[Door]:
        onlooker, settings = self.onlooker, self.settings
        if scope in onlooker.folders:
            yield Door(Place.FOLDER, file_address(settings, onlooker.folders[scope]))
        if scope in onlooker.rooms:
            yield from (Door(Place.ROOM, room_address(settings, each.remote)) for each in self._records(scope, ROOM))
        if group.key in onlooker.calendars and "calendar" in onlooker.apps:
            yield Door(Place.CALENDAR, app_address(settings, "calendar"))
        if task_list_key(group.key) in onlooker.calendars and "tasks" in onlooker.apps:
            yield Door(Place.TASKS, app_address(settings, "tasks"))
        if scope in onlooker.scopes and "contacts" in onlooker.apps:
            yield from (Door(Place.TEAM, team_address(settings, each.remote)) for each in self._records(scope, TEAM))

    def _minutes(self, scope: str) -> Iterator[Minutes]:
        """The newest first; for whom Nextcloud shows the folder that they lie in."""
        if scope not in self.onlooker.folders:
            return
        found = sorted(self._records(scope, MINUTES), key=lambda each: each.key, reverse=True)
        for each in map(minutes_document, found[:MOST_MINUTES]):
            yield Minutes(each.path.rpartition("/")[2], file_address(self.settings, each.id))

    def _records(self, scope: str, kind: str) -> tuple[Record, ...]:
        return tuple(self.state.records(scope, kind))
