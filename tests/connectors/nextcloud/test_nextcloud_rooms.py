"""Chat rooms, where Talk is installed."""

from __future__ import annotations

import pytest

from network.errors import NotThere
from network.ports import Principal


@pytest.fixture
def room(server, name):
    if not server.features().rooms:
        pytest.skip("this Nextcloud has no Talk")
    token = server.rooms.create_room(name, "Austausch [dnw:x/y]")
    yield token
    if any(each.token == token for each in server.rooms.rooms()):
        server.rooms.delete_room(token)


def seen(server, room):
    return next((each for each in server.rooms.rooms() if each.token == room), None)


def attendees(server, room):
    return {each.who: each for each in server.rooms.attendees(room)}


def test_a_new_room_holds_only_us(server, room, name):
    found = seen(server, room)
    assert (found.name, found.description, found.is_owner) == (name, "Austausch [dnw:x/y]", True)
    us = attendees(server, room)
    assert set(us) == {Principal("user", server.account)}
    assert us[Principal("user", server.account)].is_owner and us[Principal("user", server.account)].is_moderator


def test_name_and_description_change(server, room, name):
    server.rooms.rename_room(room, f"Größe {name}")
    server.rooms.describe_room(room, "Neu")
    assert (seen(server, room).name, seen(server, room).description) == (f"Größe {name}", "Neu")


def test_a_team_brings_its_people_and_they_see_the_room(place, server, room, team):
    server.teams.add_members(team, [Principal("user", "anna.kreis")])
    server.rooms.add_attendee(room, Principal("team", team))
    server.rooms.add_attendee(room, Principal("team", team))
    assert set(attendees(server, room)) == {
        Principal("user", server.account),
        Principal("team", team),
        Principal("user", "anna.kreis"),
    }
    found = seen(place.staff("anna.kreis"), room)
    assert found is not None and not found.is_owner
    assert seen(place.staff("anna.brakel"), room) is None


def test_a_person_becomes_moderator_and_goes(server, room):
    anna = Principal("user", "anna.brakel")
    server.rooms.add_attendee(room, anna)
    server.rooms.set_moderator(room, attendees(server, room)[anna].id, moderates=True)
    assert attendees(server, room)[anna].is_moderator
    server.rooms.set_moderator(room, attendees(server, room)[anna].id, moderates=False)
    assert not attendees(server, room)[anna].is_moderator
    server.rooms.remove_attendee(room, attendees(server, room)[anna].id)
    assert anna not in attendees(server, room)


def test_unknown_people_and_deleted_rooms_are_told(server, room):
    with pytest.raises(NotThere):
        server.rooms.add_attendee(room, Principal("user", "gibt.es.nicht"))
    server.rooms.delete_room(room)
    assert seen(server, room) is None
    with pytest.raises(NotThere):
        server.rooms.attendees(room)
