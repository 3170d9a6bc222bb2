"""A chat room of ours: that it exists, is called and marked right, and who is in it and moderates.

The server brings the people of a team in and out by itself, except those who were made moderators: they would stay.
So everybody whom nothing explains is looked at one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from network.plan import Action, Kind
from network.ports import AttendeeSeen, Principal, RoomSeen
from workspace_sync import words
from workspace_sync.identity import RoomFound, State, find_room
from workspace_sync.marks import with_mark
from workspace_sync.planners.brought import NOBODY, Brought, brought_record, followed, known_as_brought
from workspace_sync.planners.descriptions import describe
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.naming import renaming
from workspace_sync.planners.reachable import as_there, reachable
from workspace_sync.planners.teams import title
from workspace_sync.remembered import ATTENDEE, ROOM, UNKNOWN, attendee_record, content, room_record
from workspace_sync.situation import Situation
from workspace_sync.steps import (
    AddAttendee,
    BringAttendee,
    CreateRoom,
    DescribeRoom,
    RemoveAttendee,
    RenameRoom,
    SetModerator,
    Who,
    written,
)
from workspace_sync.wish import AddedByHand, OnRename

_LONGEST_DESCRIPTION = 1800


@dataclass(frozen=True, slots=True)
class RoomWish:
    """`attendees` with True for those who moderate; they are added in this order.

    `explained` are accounts that are there through a team or group; `knows_all` is False when we can't see who all
    those are. `leaving` are accounts that lose their right in this very plan; `brought` those whom the team brings,
    `left_behind` those of groups and inner teams that go out of it.
    """

    name: str
    sentence: str
    attendees: Mapping[Who, bool]
    explained: Collection[str]
    leaving: Collection[str]
    knows_all: bool
    added_by_hand: AddedByHand
    on_rename: OnRename = "keep"
    brought: Brought = NOBODY
    left_behind: Collection[str] = ()


def plan_room(draft: Draft, wish: RoomWish, situation: Situation) -> None:
    if situation.actual.rooms is None:
        if "rooms" in situation.actual.unreadable:
            draft.report(situation.actual.unreadable["rooms"])
        return
    found = find_room(draft.scope, wish.name, situation)
    if found.state is State.LOST and found.seen is not None:
        owners = [row.who.id for row in situation.actual.attendees.get(found.seen.token, ()) if row.is_owner]
        draft.report(words.ownership_lost(draft.place, wish.name, ", ".join(sorted(owners))))
    elif found.state is State.TAKEN:
        draft.report(words.name_taken(draft.place, wish.name, words.ROOM, words.TAKE_OR_RENAME))
    elif found.seen is None:
        _make(draft, wish, situation)
    else:
        _correct(draft, wish, found, found.seen, situation)
        _attendees(draft, wish, found.seen, situation)


def _make(draft: Draft, wish: RoomWish, situation: Situation) -> None:
    reason = words.WAS_REMOVED if situation.remembered.room(draft.scope) is not None else words.WANTED
    step = CreateRoom(wish.name, with_mark(_sentence(wish), situation.network.id, str(draft.scope)))
    draft.change(Action.CREATE, Kind.ROOM, ROOM, wish.name, reason, step)
    _forget_absent(draft, wish.attendees, situation)
    for who, moderates in wish.attendees.items():
        _add(draft, who, moderates=moderates)
    if wish.brought.people or known_as_brought(draft.scope, situation.remembered):
        draft.remember(brought_record(draft.scope, wish.brought.people))


def _add(draft: Draft, who: Who, *, moderates: bool) -> None:
    key = f"{ROOM} > {written(who)}"
    draft.change(Action.GRANT, Kind.MEMBER, key, _title(who), words.GRANTED, AddAttendee(who, moderates))


def _correct(draft: Draft, wish: RoomWish, found: RoomFound, seen: RoomSeen, situation: Situation) -> None:
    record = situation.remembered.room(draft.scope) if found.state is State.OURS else None
    if record is None:
        draft.remember(room_record(draft.scope, seen.token, seen.name))
    rename = renaming(draft, content(record).name, seen.name, wish.name, wish.on_rename)
    if rename is not None:
        draft.change(Action.UPDATE, Kind.ROOM, ROOM, wish.name, rename.reason, RenameRoom(wish.name, rename.lost))
    description = describe(str(draft.scope), _sentence(wish), content(record).description, seen.description, situation)
    if description is not None:
        step = DescribeRoom(description.text, description.is_ours, description.lost)
        draft.change(Action.UPDATE, Kind.ROOM, f"{ROOM} description", seen.name, description.reason, step)


def _sentence(wish: RoomWish) -> str:
    """The server takes 2000 characters, the mark among them."""
    return wish.sentence[:_LONGEST_DESCRIPTION]


def _attendees(draft: Draft, wish: RoomWish, seen: RoomSeen, situation: Situation) -> None:
    if seen.token not in situation.actual.attendees:
        draft.report(situation.actual.unreadable[f"room {seen.token}"])
        return
    ourselves = Principal("user", situation.actual.account)
    there = {situation.named(row.who): row for row in situation.actual.attendees[seen.token] if row.who != ourselves}
    draft.there(Kind.MEMBER, map(written, there))
    wish = replace(wish, attendees=as_there(wish.attendees, there))
    for who, moderates in wish.attendees.items():
        if who not in there:
            _add(draft, who, moderates=moderates)
    stale = _follow_groups(draft, wish, there, situation)
    records = situation.remembered.records(draft.scope, ATTENDEE)
    by_hand: list[str] = []
    for who, row in sorted(there.items(), key=lambda item: written(item[0])):
        if who in wish.attendees:
            _moderation(draft, who, row, moderates=wish.attendees[who])
            if written(who) not in records:
                draft.remember(attendee_record(draft.scope, who))
        elif who.id in stale:
            _remove(draft, who, row, was_brought=True)
        elif who.id in situation.people.gone or _has_to_go(wish, who, row, is_ours=written(who) in records):
            _remove(draft, who, row)
        elif who.id in wish.explained and written(who) in records:
            _moderation(draft, who, row, moderates=False)
            draft.forget(records[written(who)])  # from now on he is there through the team alone
        elif who.id not in wish.leaving:
            _moderation(draft, who, row, moderates=False)
            if who.id not in wish.explained and wish.knows_all:
                by_hand.append(who.id)
    _forget_absent(draft, (*there, *wish.attendees), situation)
    draft.kept += len(by_hand)
    if by_hand and wish.added_by_hand == "report":
        draft.report(words.added_by_hand(draft.place, wish.name, by_hand))


def _follow_groups(
    draft: Draft, wish: RoomWish, there: Mapping[Who, AttendeeSeen], situation: Situation
) -> frozenset[str]:
    """Adds whom the server forgot to bring, or somebody threw out; gives those whom nothing brings any more."""
    before = known_as_brought(draft.scope, situation.remembered)
    people = {who.id for who in there if who.kind == "user"}
    named = {who.id for who in wish.attendees if who.kind == "user"}
    is_linked = any(who.kind != "user" and who in wish.attendees for who in there)
    found = followed(
        wish.brought, people, {*wish.explained, *named, *wish.leaving}, before or frozenset(), is_linked=is_linked
    )
    nobody = {record.key.removeprefix("user:") for record in situation.remembered.everywhere(UNKNOWN)}
    if wish.knows_all and found.known - nobody != (before or frozenset()) - nobody:
        draft.remember(brought_record(draft.scope, found.known))
    joining: dict[Who, int] = {Principal("user", each): 1 for each in found.joining - situation.people.gone - named}
    wanted = as_there(reachable(draft, joining, there, situation), there)
    for who in sorted((each for each in wanted if each not in there), key=written):
        key, step = f"{ROOM} > {written(who)}", BringAttendee(who.id, who.id in wish.brought.people)
        draft.change(Action.GRANT, Kind.MEMBER, key, _title(who), words.BELONGS, step)
    return found.stale if wish.knows_all else frozenset()


def _forget_absent(draft: Draft, present: Iterable[Who], situation: Situation) -> None:
    known = {written(who) for who in present}
    for key, record in situation.remembered.records(draft.scope, ATTENDEE).items():
        if key not in known:
            draft.forget(record)


def _has_to_go(wish: RoomWish, who: Who, row: AttendeeSeen, *, is_ours: bool) -> bool:
    if who.kind != "user":
        return True
    if who.id in wish.explained:
        return False
    if who.id in wish.leaving:
        return is_ours or row.is_moderator  # the server takes out everybody else together with the team's member
    if who.id in wish.left_behind and wish.knows_all:
        return True
    return is_ours or (wish.added_by_hand == "remove" and wish.knows_all)


def _moderation(draft: Draft, who: Who, row: AttendeeSeen, *, moderates: bool) -> None:
    if row.is_owner or row.is_moderator == moderates or who.kind != "user":
        return
    draft.change(
        Action.GRANT if moderates else Action.REVOKE,
        Kind.MEMBER,
        f"{ROOM} > {written(who)} moderates",
        _title(who),
        words.LEADS if moderates else words.LEADS_NO_MORE,
        SetModerator(row.id, who, moderates),
        loses=not moderates,
        lost=(written(who),),
    )


def _remove(draft: Draft, who: Who, row: AttendeeSeen, *, was_brought: bool = False) -> None:
    key = f"{ROOM} > {written(who)}"
    step = RemoveAttendee(row.id, who, was_brought)
    draft.change(
        Action.REVOKE, Kind.MEMBER, key, _title(who), words.NOT_GRANTED, step, loses=True, lost=(written(who),)
    )


def _title(who: Who) -> str:
    """Says that it is about the room, because the same people are in the team."""
    return f"{title(who)} (Talk)"
