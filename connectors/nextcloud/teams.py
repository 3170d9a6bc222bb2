"""Teams as an ordinary account sees them: those it belongs to, and open ones. None of this needs a confirmed password.

Writes go one at a time: two teams made at once leave Nextcloud 34 with a violated key on its table of memberships and
an answer 400, although the team was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from connectors.nextcloud.answers import data
from connectors.nextcloud.calls.teams import TeamCalls
from connectors.nextcloud.json_data import Row, inner, number, row, rows, text
from connectors.nextcloud.team_spaces import TeamSpaces
from connectors.nextcloud.wrapper import Wrapper
from network.errors import NotThere, Refused, RightMissing
from network.ports import Principal, PrincipalKind, TeamMemberSeen, TeamSeen
from network.text import Text

OWNER = 9
BATCH = 50
ACCOUNT, GROUP, TEAM = 1, 2, 16
TYPES: dict[PrincipalKind, int] = {"user": ACCOUNT, "group": GROUP, "team": TEAM}
SHORTEST, LONGEST = 3, 127


class NextcloudTeams:
    def __init__(self, wrapper: Wrapper) -> None:
        self._wrapper = wrapper
        self.spaces = TeamSpaces(wrapper)
        self._one_at_a_time = Lock()

    def teams(self) -> tuple[TeamSeen, ...]:
        return tuple(_team(each) for each in rows(data(self._wrapper.teams.list())))

    def members(self, team: str) -> tuple[TeamMemberSeen, ...]:
        with self._known(team):
            found = rows(data(self._wrapper.teams.members(team)))
        return tuple(seen for each in found if (seen := _member(each)) is not None)

    def create_team(self, name: str, *, with_folder: bool = False) -> TeamSeen:
        _check_name(name)
        with self._one_at_a_time:
            return _team(row(data(self._wrapper.teams.create(name, with_folder=with_folder))))

    def describe_team(self, team: str, description: str) -> None:
        with self._writing(team) as calls:
            calls.set(team, "description", description)

    def rename_team(self, team: str, name: str) -> None:
        _check_name(name)
        with self._writing(team) as calls:
            calls.set(team, "name", name)

    def configure_team(self, team: str, config: int) -> None:
        with self._writing(team) as calls:
            calls.set(team, "config", config)

    def add_members(self, team: str, who: Sequence[Principal]) -> None:
        for start in range(0, len(who), BATCH):
            some = who[start : start + BATCH]
            with self._writing(team) as calls:
                calls.add(team, [(each.id, TYPES[each.kind]) for each in some])

    def remove_member(self, team: str, membership: str) -> None:
        with self._writing(team) as calls:
            calls.remove(team, membership)

    def set_level(self, team: str, membership: str, level: int) -> None:
        with self._writing(team) as calls:
            calls.set_level(team, membership, level)

    def own_folder(self, team: str) -> int | None:
        with self._known(team):
            return self.spaces.of(team)

    def detach_folder(self, team: str) -> None:
        with self._one_at_a_time, self._known(team):
            self.spaces.detach(team)

    def delete_team(self, team: str, *, keeps_folder: bool = True) -> None:
        if keeps_folder:
            self.detach_folder(team)
        with self._writing(team) as calls:
            calls.delete(team)

    @contextmanager
    def _writing(self, team: str) -> Iterator[TeamCalls]:
        with self._one_at_a_time, self._known(team):
            yield self._wrapper.teams

    @contextmanager
    def _known(self, team: str) -> Iterator[None]:
        """A team that is gone is refused with 403, as if it were somebody else's: the list tells which it is."""
        try:
            yield
        except RightMissing as error:
            if any(each.id == team for each in self.teams()):
                raise
            raise NotThere(
                Text("Dieses Team gibt es nicht mehr.", "This team is there no more."), where=error.where
            ) from error


def _check_name(name: str) -> None:
    # too long a name comes back as a raw database error
    if not SHORTEST <= len(name.strip()) <= LONGEST:
        raise Refused(
            Text(
                f"Ein Teamname hat {SHORTEST} bis {LONGEST} Zeichen, „{name}“ hat {len(name.strip())}.",
                f'A team name has {SHORTEST} to {LONGEST} characters, "{name}" has {len(name.strip())}.',
            ),
            where=name,
            code="team_name",
        )


def _team(source: Row) -> TeamSeen:
    level = number(inner(source, "initiator"), "level")
    return TeamSeen(
        text(source, "id"),
        text(source, "displayName") or text(source, "name"),  # only the first one tells of a "(2)"
        text(source, "description"),
        number(source, "config"),
        level == OWNER,
        level > 0,
    )


def _member(source: Row) -> TeamMemberSeen | None:
    """A group is listed like a team, type 16 and its display name as id: what it is stands in basedOn."""
    kind, based_on = number(source, "userType"), inner(source, "basedOn")
    if kind == ACCOUNT:
        who = Principal("user", text(source, "userId"))
    elif kind == GROUP or (kind == TEAM and number(based_on, "source") == GROUP):
        who = Principal("group", text(based_on, "name").removeprefix("group:") or text(source, "userId"))
    elif kind == TEAM:
        who = Principal("team", text(source, "singleId"))
    else:
        return None  # mail addresses, contacts, apps: not ours to judge
    return TeamMemberSeen(text(source, "id"), who, number(source, "level"))
