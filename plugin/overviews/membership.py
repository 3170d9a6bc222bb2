"""Joining an open exchange group, and leaving one again: what somebody could do in Nextcloud themselves.

The service account, which owns the team, takes the person in; nobody's token is kept for it. To the planners that is a
member taken in by hand, who stays (`added_by_hand`). Folder and calendars hang on the team and follow at once; the room
is looked at, and put right where Talk did not follow. Refuses to take out whom the configuration or a list puts there:
the next run would bring them back.

No lease is taken: a run that is under way looks at teams as they are, and people join in Nextcloud at any moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from calendar_sync.records import CALENDAR
from connectors.nextcloud import NextcloudServer
from network.errors import AppMissing, NotThere
from network.plan import Scope, ScopeKind
from network.ports import Principal
from network.state import StateStore
from plugin.overviews.groups import Belonging, GroupShown
from workspace_sync.marks import team_of
from workspace_sync.remembered import FOLDER, ROOM, TEAM, TEAM_MEMBER, member_key


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands towards a group now, as Nextcloud itself tells it after the change.

    `calendars` (keys) and `folder` (its number as a file) are those that hang on the group's team.
    """

    scope: str
    is_in: bool
    is_in_room: bool = False
    calendars: tuple[str, ...] = ()
    folder: str = ""


def may_leave(group: GroupShown) -> bool:
    return group.belonging is Belonging.BY_HAND


def join(server: NextcloudServer, state: StateStore, group: GroupShown, account: str) -> Standing:
    """Takes the person into the team. `server` is the service account. Raises NotThere when the team is gone.

    Only for a group that this person may join (`GroupShown.may_join`).
    """
    ours = _Ours.of(state, group)
    server.teams.add_members(ours.team, (Principal("user", account),))
    return _standing(server, state, ours, account)


def leave(server: NextcloudServer, state: StateStore, group: GroupShown, account: str) -> Standing:
    """Takes the person out of the team, if they stand in it by themselves. Raises NotThere when the team is gone."""
    ours, person = _Ours.of(state, group), Principal("user", account)
    is_by_rule = state.record(ours.scope, TEAM_MEMBER, member_key(team_of(Scope.parse(ours.scope)), person)) is not None
    for row in () if is_by_rule else server.teams.members(ours.team):
        if row.who == person:
            with suppress(NotThere):  # somebody was faster
                server.teams.remove_member(ours.team, row.id)
    return _standing(server, state, ours, account)


@dataclass(frozen=True, slots=True)
class _Ours:
    """What we keep for the group. `room` and `folder` are empty where it has none."""

    scope: str
    team: str
    room: str
    folder: str

    @classmethod
    def of(cls, state: StateStore, group: GroupShown) -> _Ours:
        scope = str(Scope(ScopeKind.EXCHANGE_GROUP, group.key))

        def remote(kind: str) -> str:
            return next((each.remote for each in state.records(scope, kind)), "")

        return cls(scope, remote(TEAM), remote(ROOM), remote(FOLDER))


def _standing(server: NextcloudServer, state: StateStore, ours: _Ours, account: str) -> Standing:
    person = Principal("user", account)
    is_in = any(row.who == person for row in server.teams.members(ours.team))
    folders = server.own_view.team_folders() if is_in and ours.folder else {}
    return Standing(
        scope=ours.scope,
        is_in=is_in,
        is_in_room=bool(ours.room) and _follows(server, ours.room, person, is_in=is_in),
        calendars=tuple(sorted(_calendars(server, state, ours.team))),
        folder=folders.get(ours.folder, ""),
    )


def _follows(server: NextcloudServer, room: str, person: Principal, *, is_in: bool) -> bool:
    """Whether the person is in the room in the end. Talk follows the team; where it does not, we do."""
    try:
        there = {row.who: row for row in server.rooms.attendees(room)}
        if is_in and person not in there:
            server.rooms.add_attendee(room, person)
        elif not is_in and person in there:
            server.rooms.remove_attendee(room, there[person].id)
        return is_in and any(row.who == person for row in server.rooms.attendees(room))
    except (AppMissing, NotThere):
        return False


def _calendars(server: NextcloudServer, state: StateStore, team: str) -> Iterator[str]:
    """Keys of our calendars that the team sees, as the rows of their shares say."""
    keys = {record.remote: record.key for record in state.records(kind=CALENDAR)}
    for each in server.calendars.calendars():
        if each.href in keys and any(row.principal == f"circles/{team}" for row in each.shares):
            yield keys[each.href]
