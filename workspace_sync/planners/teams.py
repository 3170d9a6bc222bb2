"""A team of ours: that it exists, is called and marked right, and holds whom the wish names, with the right level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from network.plan import Action, Kind
from network.ports import Principal, Record, TeamMemberSeen, TeamSeen
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import State, TeamFound, find_team
from workspace_sync.marks import scope_of, with_mark
from workspace_sync.planners.descriptions import describe
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.naming import renaming
from workspace_sync.remembered import TAKEN, TEAM, TEAM_MEMBER, content, member_key, member_record, team_record
from workspace_sync.situation import Situation
from workspace_sync.steps import (
    AddMembers,
    ConfigureTeam,
    CreateTeam,
    DescribeTeam,
    DropNumberedTeam,
    RemoveMember,
    RenameTeam,
    SetLevel,
    TakeTeam,
    TeamRef,
    Who,
    written,
)
from workspace_sync.wish import AddedByHand, OnRename

MEMBER, MODERATOR, OWNER = 1, 4, 9
VISIBLE, OPEN = 8, 16
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class TeamWish:
    """`members` with the level that each shall have. `is_whole` is False while a people source says nothing.

    `otherwise` is the team's name where something else has `name`; without it such a team is not made. `awaited` were
    in it and can't be added now: they are not forgotten.
    """

    key: str
    name: str
    sentence: str
    members: Mapping[Who, int] = field(default_factory=dict)
    is_open: bool = False
    added_by_hand: AddedByHand = "report"
    is_whole: bool = True
    otherwise: str = ""
    on_rename: OnRename = "keep"
    has_folder: bool = False
    awaited: frozenset[Who] = frozenset()


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody who has to go out of the team: `membership` is what the interface wants to hear."""

    who: Who
    membership: str
    reason: Text = words.NOT_GRANTED


@dataclass(frozen=True, slots=True)
class TeamOutlook:
    """What a team will look like after this plan. Not usable: nothing may be granted to it."""

    is_usable: bool
    departures: tuple[Departure, ...] = ()
    by_hand: frozenset[str] = frozenset()


def plan_team(draft: Draft, wish: TeamWish, situation: Situation) -> TeamOutlook:
    """Adds what creates and corrects the team, and its joiners. Who has to go is for `plan_departures`, later."""
    found = find_team(wish.key, wish.name, situation)
    if found.state is State.LOST and found.seen is not None:
        draft.report(words.ownership_lost(draft.place, wish.name, _owner(found.seen, situation)))
        return TeamOutlook(is_usable=False)
    if found.state is State.TAKEN:
        if situation.remembered.record(scope_of(wish.key), TAKEN, wish.key) is None:
            draft.remember(Record(scope_of(wish.key), TAKEN, wish.key, content=wish.name))
        draft.report(words.name_taken(draft.place, wish.name, words.TEAM, words.RENAME_OR_HAND_OVER))
        return TeamOutlook(is_usable=False)
    if found.state is State.NUMBERED and found.seen is not None and not wish.otherwise:
        step = DropNumberedTeam(wish.key, found.seen.id, found.seen.name)
        draft.change(Action.REMOVE, Kind.TEAM, wish.key, found.seen.name, words.SURPLUS, step)
        draft.report(words.name_taken(draft.place, wish.name, words.TEAM, words.RENAME_OR_HAND_OVER))
        return TeamOutlook(is_usable=False)
    taken = situation.remembered.record(scope_of(wish.key), TAKEN, wish.key)
    if taken is not None:
        draft.forget(taken)
    if found.seen is None or found.state in (State.UNFINISHED, State.NUMBERED):
        _make(draft, wish, found, situation)
        _add(draft, wish, list(wish.members), situation)
        _forget_absent(draft, wish, {}, situation)
        return TeamOutlook(is_usable=True)
    if found.state is State.MARKED:
        draft.remember(team_record(wish.key, found.seen.id, found.seen.name))
    draft.settle(situation.remembered.intent(scope_of(wish.key), TEAM, wish.key))
    _correct(draft, wish, found, found.seen, situation)
    return _members(draft, wish, found.seen, situation)


def plan_departures(draft: Draft, wish: TeamWish, outlook: TeamOutlook) -> None:
    """Takes out whom nothing grants. After the room, whose rows of the same people go first."""
    for departure in outlook.departures:
        draft.change(
            Action.REVOKE,
            Kind.MEMBER,
            member_key(wish.key, departure.who),
            title(departure.who),
            departure.reason,
            RemoveMember(wish.key, departure.membership, departure.who),
            loses=True,
            lost=(written(departure.who),),
        )


def title(who: Who) -> str:
    """As plans show it: accounts and our own teams by key as they are, groups and foreign teams with their kind."""
    return who.id if who.kind == "user" or isinstance(who, TeamRef) else written(who)


def titles(many: Sequence[Who]) -> str:
    """At most eight by name: a plan stays readable when a large group begins."""
    shown = ", ".join(title(who) for who in many[:_SHOWN])
    return shown if len(many) <= _SHOWN else f"{shown}, … ({len(many)})"


def rows(team: TeamSeen, situation: Situation) -> dict[Who, TeamMemberSeen]:
    """The members of a team that was looked at, without the service account; our own teams by key."""
    members = situation.actual.members.get(team.id, ())
    ourselves = Principal("user", situation.actual.account)
    return {situation.named(each.who): each for each in members if each.who != ourselves}


def _owner(team: TeamSeen, situation: Situation) -> str:
    """The account that the team belongs to; empty when nobody can see that."""
    return next((row.who.id for row in situation.actual.members.get(team.id, ()) if row.level == OWNER), "")


def present(key: str, situation: Situation) -> frozenset[Who]:
    """Who is in the team of this key now; nobody where it is not there or was not looked at."""
    seen = situation.actual.team(situation.team_id(key) or "")
    return frozenset(rows(seen, situation)) if seen is not None else frozenset()


def _make(draft: Draft, wish: TeamWish, found: TeamFound, situation: Situation) -> None:
    description = with_mark(wish.sentence, situation.network.id, wish.key)
    if found.seen is not None:
        step = TakeTeam(wish.key, found.seen.id, found.seen.name, description)
        draft.change(Action.ADOPT, Kind.TEAM, wish.key, wish.name, words.UNFINISHED, step, foundation=True)
        if found.state is State.NUMBERED:
            rename = RenameTeam(wish.key, wish.otherwise)
            draft.change(Action.UPDATE, Kind.TEAM, f"{wish.key} name", wish.otherwise, words.UNFINISHED, rename)
        if wish.is_open:
            _configure(draft, wish, found.seen.config)
        return
    reason = words.WAS_REMOVED if situation.remembered.team(wish.key) is not None else words.WANTED
    create = CreateTeam(wish.key, wish.name, description, _config(wish, 0), wish.otherwise, wish.has_folder)
    draft.change(Action.CREATE, Kind.TEAM, wish.key, wish.name, reason, create, foundation=True)


def _correct(draft: Draft, wish: TeamWish, found: TeamFound, seen: TeamSeen, situation: Situation) -> None:
    record = situation.remembered.team(wish.key) if found.state is State.OURS else None
    rename = renaming(draft, content(record).name, seen.name, wish.name, wish.on_rename)
    if rename is not None:
        name = RenameTeam(wish.key, wish.name, rename.lost, wish.otherwise)
        draft.change(Action.UPDATE, Kind.TEAM, wish.key, wish.name, rename.reason, name)
    description = describe(wish.key, wish.sentence, content(record).description, seen.description, situation)
    if description is not None:
        step = DescribeTeam(wish.key, description.text, description.is_ours, description.lost)
        draft.change(Action.UPDATE, Kind.TEAM, f"{wish.key} description", seen.name, description.reason, step)
    _configure(draft, wish, seen.config)


def _configure(draft: Draft, wish: TeamWish, there: int) -> None:
    if there != _config(wish, there):
        step = ConfigureTeam(wish.key, _config(wish, there))
        draft.change(Action.UPDATE, Kind.TEAM, f"{wish.key} open", wish.name, words.WISH_MOVED, step)


def _config(wish: TeamWish, there: int) -> int:
    return there & ~(VISIBLE | OPEN) | (VISIBLE | OPEN if wish.is_open else 0)


def _members(draft: Draft, wish: TeamWish, seen: TeamSeen, situation: Situation) -> TeamOutlook:
    if seen.id not in situation.actual.members:
        draft.report(situation.actual.unreadable[f"team {seen.id}"])
        return TeamOutlook(is_usable=True)
    there = rows(seen, situation)
    records = situation.remembered.records(draft.scope, TEAM_MEMBER)
    draft.there(Kind.MEMBER, map(written, there))
    _add(draft, wish, [who for who in wish.members if who not in there], situation)
    outlook = _outlook(draft, wish, there, situation)
    _level(draft, wish, {who: row for who, row in there.items() if who in wish.members or who.id in outlook.by_hand})
    for who in sorted(wish.members, key=written):
        if who in there and member_key(wish.key, who) not in records:
            draft.remember(member_record(wish.key, who))
    _forget_absent(draft, wish, there, situation)
    return outlook


def _add(draft: Draft, wish: TeamWish, missing: list[Who], situation: Situation) -> None:
    if not missing:
        return
    who = tuple(sorted(missing, key=written))
    leads = tuple(each.id for each in who if wish.members[each] >= MODERATOR)
    records = situation.remembered.records(draft.scope, TEAM_MEMBER)
    again = any(member_key(wish.key, each) in records for each in who)
    draft.change(
        Action.GRANT,
        Kind.MEMBER,
        f"{wish.key} members",
        titles(who),
        words.GRANTED_AGAIN if again else words.GRANTED,
        AddMembers(wish.key, who, leads),
    )


def _level(draft: Draft, wish: TeamWish, there: Mapping[Who, TeamMemberSeen]) -> None:
    """Whoever stays has the level that the wish gives, and nobody added by hand has more than a member's."""
    for who, row in sorted(there.items(), key=lambda item: written(item[0])):
        level = wish.members.get(who, MEMBER)
        if row.level in (level, OWNER):
            continue
        is_less = level < row.level
        draft.change(
            Action.REVOKE if is_less else Action.GRANT,
            Kind.MEMBER,
            f"{member_key(wish.key, who)} level",
            title(who),
            words.LEADS_NO_MORE if is_less else words.LEADS,
            SetLevel(wish.key, row.id, who, level),
            loses=is_less,
            lost=(written(who),),
        )


def _forget_absent(draft: Draft, wish: TeamWish, there: Mapping[Who, TeamMemberSeen], situation: Situation) -> None:
    wanted = {member_key(wish.key, who) for who in (*wish.members, *there, *wish.awaited)}
    for key, record in situation.remembered.records(draft.scope, TEAM_MEMBER).items():
        if key.startswith(f"{wish.key} > ") and key not in wanted:
            draft.forget(record)


def _why(who: Who, *, is_ours: bool, is_gone: bool) -> Text:
    if is_gone:
        return words.LEFT_NETWORK
    if is_ours:
        return words.NOT_GRANTED
    return words.ADDED_BY_HAND if who.kind == "user" else words.NOBODY_GRANTS


def _outlook(draft: Draft, wish: TeamWish, there: Mapping[Who, TeamMemberSeen], situation: Situation) -> TeamOutlook:
    records = situation.remembered.records(draft.scope, TEAM_MEMBER)
    departures: list[Departure] = []
    by_hand: set[str] = set()
    for who in sorted(set(there) - set(wish.members), key=written):
        is_ours = member_key(wish.key, who) in records
        is_gone = who.kind == "user" and who.id in situation.people.gone
        has_to_go = is_ours or is_gone or who.kind != "user" or wish.added_by_hand == "remove"
        if has_to_go and who.kind == "user" and not wish.is_whole and not is_gone:
            continue  # the wish is not known whole: who seems to be left out may only be unheard of
        if has_to_go:
            departures.append(Departure(who, there[who].id, _why(who, is_ours=is_ours, is_gone=is_gone)))
        else:
            by_hand.add(who.id)
    draft.kept += len(by_hand)
    if by_hand and wish.added_by_hand == "report":
        draft.report(words.added_by_hand(draft.place, wish.name, sorted(by_hand)))
    return TeamOutlook(is_usable=True, departures=tuple(departures), by_hand=frozenset(by_hand))
