"""Chat rooms and who is in them. The room carries our mark from its first moment: its description is made with it."""

from __future__ import annotations

from contextlib import suppress

from network.errors import AlreadyThere, NotThere
from network.ports import Principal
from network.problems import Problem
from workspace_sync.executors.desk import Desk, unknown_account
from workspace_sync.planners.brought import accounts_in, brought_record
from workspace_sync.remembered import ATTENDEE, BROUGHT, ROOM, Written, attendee_record, room_record
from workspace_sync.steps import (
    AddAttendee,
    BringAttendee,
    CarryAttendee,
    CreateRoom,
    DeleteRoom,
    DescribeRoom,
    ReleaseRoom,
    RemoveAttendee,
    RenameRoom,
    SetModerator,
    TakeRoom,
    Who,
    written,
)


def create(desk: Desk, step: CreateRoom) -> None:
    token = desk.server.rooms.create_room(step.name, step.description)
    desk.ledger.remember(room_record(desk.scope, token, step.name, step.description))


def take(desk: Desk, step: TakeRoom) -> None:
    desk.server.rooms.describe_room(step.token, step.description)
    desk.ledger.remember(room_record(desk.scope, step.token, step.name))


def rename(desk: Desk, step: RenameRoom) -> None:
    desk.lost(ROOM, "name", step.lost)
    desk.server.rooms.rename_room(desk.room, step.name)
    desk.rewrite(ROOM, ROOM, Written(step.name))


def describe(desk: Desk, step: DescribeRoom) -> None:
    desk.lost(ROOM, "description", step.lost)
    desk.server.rooms.describe_room(desk.room, step.description)
    if step.is_ours:
        desk.rewrite(ROOM, ROOM, Written(description=step.description))


def add_attendee(desk: Desk, step: AddAttendee) -> Problem | None:
    """Who is there already through a team stays as he is and is made a moderator where that is wanted.

    What comes back names an account that the server doesn't know.
    """
    room, who = desk.room, desk.principal(step.who)
    desk.ledger.remember(attendee_record(desk.scope, step.who))
    try:
        with suppress(AlreadyThere):
            desk.server.rooms.add_attendee(room, who)
    except NotThere:
        return _without(desk, step.who)
    if step.moderates:
        row = next((each for each in desk.server.rooms.attendees(room) if _is_same(each.who, who)), None)
        if row is None:
            return _without(desk, step.who)
        if not row.is_moderator:
            desk.server.rooms.set_moderator(room, row.id, moderates=True)
        if row.who != who:
            desk.ledger.forget(str(desk.scope), ATTENDEE, written(step.who))
            desk.ledger.remember(attendee_record(desk.scope, row.who))
    return None


def _without(desk: Desk, who: Who) -> Problem:
    desk.ledger.forget(str(desk.scope), ATTENDEE, written(who))
    return desk.note_unknown([who])


def _is_same(seen: Principal, wanted: Principal) -> bool:
    """The server takes capitals in an account for small letters."""
    return seen.kind == wanted.kind and seen.id.casefold() == wanted.id.casefold()


def bring_attendee(desk: Desk, step: BringAttendee) -> Problem | None:
    room, who = desk.room, Principal("user", step.account)
    try:
        with suppress(AlreadyThere):
            desk.server.rooms.add_attendee(room, who)
    except NotThere:
        return desk.note_unknown([who])
    if step.with_many:
        desk.ledger.remember(brought_record(desk.scope, _brought(desk) | {step.account}))
    return None


def set_moderator(desk: Desk, step: SetModerator) -> None:
    desk.server.rooms.set_moderator(desk.room, step.attendee, moderates=step.moderates)


def remove_attendee(desk: Desk, step: RemoveAttendee) -> None:
    with suppress(NotThere):  # gone together with a team or group
        desk.server.rooms.remove_attendee(desk.room, step.attendee)
    desk.ledger.forget(str(desk.scope), ATTENDEE, written(step.who))
    if step.was_brought:
        desk.ledger.remember(brought_record(desk.scope, _brought(desk) - {step.who.id}))


def carry_attendee(desk: Desk, step: CarryAttendee) -> None:
    """The old account goes out only once the new one is in; perhaps the team has brought both about already."""
    room, new = desk.room, Principal("user", step.new)
    try:
        with suppress(AlreadyThere):
            desk.server.rooms.add_attendee(room, new)
    except NotThere as error:
        raise unknown_account(new) from error
    with suppress(NotThere):
        desk.server.rooms.remove_attendee(room, step.attendee)


def delete(desk: Desk, step: DeleteRoom) -> None:
    with suppress(NotThere):
        desk.server.rooms.delete_room(desk.room)
    forget(desk)


def release(desk: Desk, step: ReleaseRoom) -> None:
    desk.server.rooms.describe_room(desk.room, step.description)
    forget(desk)


def forget(desk: Desk) -> None:
    for kind in (ATTENDEE, BROUGHT, ROOM):
        for record in desk.ledger.records(str(desk.scope), kind):
            desk.ledger.forget(record.scope, kind, record.key)


def _brought(desk: Desk) -> frozenset[str]:
    return accounts_in(desk.ledger.record(str(desk.scope), BROUGHT, ROOM)) or frozenset()
