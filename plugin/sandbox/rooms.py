"""Talk rooms: who is in them, and how groups and teams fill and empty them.

A group or team that is taken in brings its people at once and stays linked: joiners come, leavers go, except whom
somebody made a moderator. Taking the group out takes its people out, with the same exception. Of what happens inside of
a team, in its groups and teams, only little is noticed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal, Numbers
from plugin.sandbox.teams import USER as USER_MEMBER
from plugin.sandbox.teams import Teams, new_key

OWNER, MODERATOR, USER = 1, 2, 3
USERS, GROUPS, TEAMS = "users", "groups", "circles"


@dataclass(frozen=True, slots=True)
class Attendee:
    """`kind` is users, groups or circles; `level` 1 owner, 2 moderator, 3 user."""

    number: int
    kind: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Message:
    number: int
    author: str
    text: str
    at: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """`brought` remembers whom each linked group or team (by attendee number) has brought, and of a team (NUMBER/of)
    which members it and the teams inside of it had then."""

    number: int
    token: str
    name: str
    kind: int
    description: str = ""
    object_type: str = ""
    object_id: str = ""
    listable: int = 0
    read_only: int = 0
    lobby: int = 0
    active: int = 0
    attendees: tuple[Attendee, ...] = ()
    brought: dict[str, tuple[str, ...]] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()

    def attendee(self, number: int) -> Attendee | None:
        return next((one for one in self.attendees if one.number == number), None)

    def entry(self, kind: str, name: str) -> Attendee | None:
        return next((one for one in self.attendees if (one.kind, one.name) == (kind, name)), None)


class Rooms:
    def __init__(self, journal: Journal, numbers: Numbers, accounts: Accounts, teams: Teams, clock: Clock) -> None:
        self._numbers = numbers
        self._accounts = accounts
        self._teams = teams
        self._clock = clock
        self.all = journal.table("rooms", Room)

    def create(self, name: str, owner: str, kind: int, description: str, object_type: str, object_id: str) -> Room:
        room = Room(
            self._numbers.next("room"), new_key(8).lower(), name, kind, description, object_type, object_id,
            active=int(self._clock.seconds()),
        )  # fmt: skip
        self.save(room)
        return self.add(room, USERS, owner, OWNER)

    def save(self, room: Room) -> Room:
        self.all[room.token] = room
        return room

    def of_person(self, uid: str) -> list[Room]:
        rooms = [self.current(room) for room in list(self.all.values())]
        return [room for room in rooms if room.entry(USERS, uid)]

    def add(self, room: Room, kind: str, name: str, level: int = USER) -> Room:
        if room.entry(kind, name):
            return room
        attendee = Attendee(self._numbers.next("attendee"), kind, name, level)
        room = self.save(replace(room, attendees=(*room.attendees, attendee)))
        return room if kind == USERS else self.current(room)

    def remove(self, room: Room, attendee: Attendee) -> Room:
        room = self.save(_without(room, attendee))
        if attendee.kind == USERS:
            return room
        people = room.brought.get(str(attendee.number), ())
        gone = (str(attendee.number), f"{attendee.number}/of")
        brought = {key: names for key, names in room.brought.items() if key not in gone}
        return self._dismiss(self.save(replace(room, brought=brought)), people)

    def forget(self, kind: str, name: str) -> None:
        """Take this person, group or team out of every room."""
        for room in list(self.all.values()):
            if attendee := room.entry(kind, name):
                self.remove(room, attendee)

    def set_level(self, room: Room, attendee: Attendee, level: int) -> Room:
        changed = tuple(replace(one, level=level) if one.number == attendee.number else one for one in room.attendees)
        return self.save(replace(room, attendees=changed))

    def say(self, room: Room, author: str, text: str, reference: str) -> Message:
        message = Message(self._numbers.next("message"), author, text, int(self._clock.seconds()), reference)
        self.save(replace(room, messages=(*room.messages, message)))
        return message

    def current(self, room: Room) -> Room:
        """The room with its linked groups and teams followed, as far as Talk does."""
        for link in [one for one in room.attendees if one.kind != USERS]:
            if link.kind == TEAMS:
                room = self._follow_team(room, link)
                continue
            now, before = self._people(link), room.brought.get(str(link.number), ())
            if set(now) == set(before):
                continue
            room = self.save(replace(room, brought={**room.brought, str(link.number): now}))
            for uid in now:
                if uid not in before:
                    room = self.add(room, USERS, uid)
            room = self._dismiss(room, tuple(uid for uid in before if uid not in now))
        return room

    def _follow_team(self, room: Room, link: Attendee) -> Room:
        """Who is new in the team, or in a team inside of it, comes; of a group everybody who is in it then. A person
        who leaves the team itself goes. Everything else that happens inside is not noticed: people stay away, or stay.
        """
        number, of = str(link.number), f"{link.number}/of"
        members = self._teams.everywhere_in(link.name)
        known, before = set(room.brought.get(of, ())), set(room.brought.get(number, ()))
        if known == members.keys():
            return room
        added = {uid for key in members.keys() - known for uid in self._teams.people_of(members[key])}
        direct = f"{link.name}/{USER_MEMBER}/"
        left = {key.removeprefix(direct) for key in known - members.keys() if key.startswith(direct)}
        gone = left - self._teams.people(link.name)
        brought = {number: tuple(sorted((before | added) - gone)), of: tuple(sorted(members))}
        room = self.save(replace(room, brought={**room.brought, **brought}))
        for uid in sorted(added):
            room = self.add(room, USERS, uid)
        return self._dismiss(room, tuple(gone))

    def _dismiss(self, room: Room, people: tuple[str, ...]) -> Room:
        still = {uid for names in room.brought.values() for uid in names}
        for uid in people:
            attendee = room.entry(USERS, uid)
            if attendee and attendee.level == USER and uid not in still:
                room = self.save(_without(room, attendee))
        return room

    def _people(self, link: Attendee) -> tuple[str, ...]:
        if link.kind == GROUPS:
            group = self._accounts.groups.get(link.name)
            return group.members if group else ()
        return tuple(sorted(self._teams.people(link.name)))


def _without(room: Room, attendee: Attendee) -> Room:
    return replace(room, attendees=tuple(one for one in room.attendees if one.number != attendee.number))
