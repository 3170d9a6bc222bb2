"""Grants on a Team folder as a whole: what each team has, what it shall have, and what nothing grants.

Rights go to teams only. Where sub-folders have rights of their own, a grant is only the most that a team has anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from network.plan import Action, Kind, ScopeKind
from network.ports import FolderSeen, Principal
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import taken_name
from workspace_sync.marks import SERVICE_TEAM, scope_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.sub_folders import Node
from workspace_sync.planners.teams import title
from workspace_sync.remembered import FOLDER, TAKEN
from workspace_sync.situation import Situation
from workspace_sync.steps import GrantFolder, RevokeFolder, TeamRef, Who
from workspace_sync.wish import EVERYTHING


@dataclass(frozen=True, slots=True)
class Rights:
    """Permission bits by team key; the service team is added here. `shrink` says why somebody gets less than before.

    `nodes` are sub-folders with rights of their own; nobody has more than `most` anywhere.
    """

    teams: Mapping[str, int] = field(default_factory=dict)
    shrink: Text = words.NOT_GRANTED
    nodes: tuple[Node, ...] = ()
    most: int = EVERYTHING

    @property
    def grants(self) -> Mapping[str, int]:
        """What each team needs on the folder as a whole: all that it may do in any place."""
        bits = dict(self.teams)
        for node in self.nodes:
            for team, here in node.teams.items():
                bits[team] = bits.get(team, 0) | here
        return {team: here & self.most for team, here in bits.items() if here & self.most}


@dataclass(frozen=True, slots=True)
class Grants:
    """What has to be done about the grants on the whole folder."""

    revoked: tuple[tuple[Principal, Who], ...]
    less: Mapping[str, tuple[int, int]]  # team key → bits wanted, bits there
    more: Mapping[str, tuple[int, int]]
    present: tuple[str, ...]

    @property
    def loses(self) -> bool:
        return bool(self.revoked or self.less)


def plan_rights(draft: Draft, rights: Rights, seen: FolderSeen | None, situation: Situation) -> None:
    """Revokes what nothing grants, grants what is missing; the service team last, it opens the way for the template."""
    grants = compare_grants(rights, seen, situation)
    draft.there(Kind.SHARE, grants.present)
    revoke(draft, grants, rights)
    for team, (wanted, there) in {**grants.less, **grants.more}.items():
        grant(draft, team, wanted, there, rights.shrink)


def compare_grants(rights: Rights, seen: FolderSeen | None, situation: Situation) -> Grants:
    """What is there against what is wanted; teams that don't exist because their name is taken are left out."""
    wanted = {**rights.grants, SERVICE_TEAM: EVERYTHING}
    there: dict[str, int] = {}
    revoked: list[tuple[Principal, Who]] = []
    for who, bits in sorted(seen.grants if seen is not None else ()):
        known = situation.named(who)
        if isinstance(known, TeamRef) and known.key in wanted:
            there[known.key] = bits
        else:
            revoked.append((who, known))
    differing = {
        team: (wanted[team], there.get(team, 0))
        for team in sorted(wanted, key=lambda key: (key == SERVICE_TEAM, key))
        if there.get(team) != wanted[team] and not is_unusable(team, situation)
    }
    less = {team: bits for team, bits in differing.items() if bits[1] & ~bits[0]}
    more = {team: bits for team, bits in differing.items() if team not in less}
    present = (*(_stranger(who) for who, _ in revoked), *map(_right, there))
    return Grants(tuple(revoked), less, more, present)


def revoke(draft: Draft, grants: Grants, rights: Rights, *, foundation: bool = False) -> None:
    """Whoever has no right at all."""
    for who, known in grants.revoked:
        reason = rights.shrink if isinstance(known, TeamRef) else words.NOBODY_GRANTS
        draft.change(
            Action.REVOKE,
            Kind.SHARE,
            _stranger(who),
            title(known),
            reason,
            RevokeFolder(who),
            loses=True,
            foundation=foundation,
        )


def _stranger(who: Principal) -> str:
    return f"{FOLDER} > {who.kind}:{who.id}"


def _right(team: str) -> str:
    return f"{FOLDER} > team:{team}"


def grant(
    draft: Draft,
    team: str,
    wanted: int,
    there: int,
    shrink: Text,
    *,
    foundation: bool | None = None,
    goes_along: bool = False,
    is_ceiling: bool = False,
) -> None:
    """A team's bits, more or less than they are. `goes_along`: it waits for what the guard holds back, and counts
    nothing itself."""
    loses = bool(there & ~wanted)
    is_service = team == SERVICE_TEAM
    granted = words.at_most() if is_ceiling else words.may(wanted)
    draft.change(
        Action.REVOKE if loses else Action.GRANT,
        Kind.SHARE,
        _right(team),
        "Dienstkonto" if is_service else team,
        shrink if loses else words.SERVICE_NEEDS_IT if is_service else granted,
        GrantFolder(team, wanted),
        loses=loses or goes_along,
        foundation=is_service if foundation is None else foundation,
        lost=() if goes_along else None,
    )


def is_unusable(team: str, situation: Situation) -> bool:
    """Somebody else has the name of the team: it doesn't exist, and its own scope says so.

    An administration's team gets another name then, in the same run.
    """
    if team.startswith(f"{ScopeKind.ADMINISTRATION}:"):
        return False
    noted = situation.remembered.record(scope_of(team), TAKEN, team)
    if noted is None or situation.team_id(team) is not None:
        return False
    is_seen = any(each.name == noted.content for each in situation.actual.teams or ())
    return is_seen or taken_name(team, situation) is not None
