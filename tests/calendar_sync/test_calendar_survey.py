"""What is read and what is not: tokens, sweeps, calendars made anew, and answers that lie."""

from __future__ import annotations

from dataclasses import replace

from calendar_world import HOME, NETWORK, World, training

from calendar_sync.records import recall
from calendar_sync.survey import look
from network.ports import CalendarWish

WISH = CalendarWish("Schulungen", "#00679e", "Europe/Berlin", "")


def settled(count: int = 3) -> World:
    world = World(trainings=[training(str(n)) for n in range(count)])
    world.apply()
    world.server.requests.clear()
    return world


def test_only_what_moved_is_read() -> None:
    world = settled()
    world.edit("Schulung 1", "LOCATION:Raum 7")
    world.server.requests.clear()
    world.apply()
    assert dict(world.server.requests) == {"calendars": 1, "changes": 1, "objects": 1}
    world.server.requests.clear()
    world.apply()
    assert dict(world.server.requests) == {"calendars": 1}


def test_once_a_day_everything_is_listed_and_nothing_read_twice() -> None:
    world = settled()
    world.later(hours=23)
    world.apply()
    assert world.server.requests["changes"] == 0
    world.later(hours=2)
    world.apply()
    assert (world.server.requests["changes"], world.server.requests["objects"]) == (1, 0)
    world.apply()
    assert world.server.requests["changes"] == 1


def test_verification_finds_what_the_token_kept_quiet_about() -> None:
    world = settled()
    stored = world.server._calendars["dnw-schulungen"].objects
    stored.pop(sorted(stored)[0])  # a restore of the server's database, for example
    assert world.pending() == []
    remembered = recall(world.ledger)
    seen = look(world.target, remembered, ["schulungen"], network=NETWORK, now=world.now, verify=True)
    assert len(seen.calendars["schulungen"].entries) == 2


def test_a_calendar_purged_and_made_anew_with_our_mark_is_listed_in_full() -> None:
    world = settled()
    world.server.delete_calendar(world.href(), purge=True)
    world.server.create_calendar("dnw-schulungen", WISH)
    world.server.mark_calendar(world.href(), "kreis/schulungen")
    assert world.server.calendars()[0].sync_token < recall(world.ledger).calendars["schulungen"].token
    world.settle()
    assert len(world.objects()) == 3


def test_a_calendar_at_our_address_that_belongs_to_another_network_is_left_alone_and_said_so() -> None:
    mark = "nachbarkreis/schulungen"
    world = World(trainings=[training("1")])
    world.server.create_calendar("dnw-schulungen", WISH)
    world.server.mark_calendar(world.href(), mark)
    planned = world.plan()
    [scope] = [each for each in planned.scopes if each.scope.key == "schulungen"]
    assert scope.changes == () and [each.code for each in scope.problems] == ["name_taken"]
    assert world.apply(planned).outcomes == () and world.server.calendars()[0].marker == mark


def test_an_object_that_nobody_can_read_is_left_alone() -> None:
    world = settled()
    stored = world.server._calendars["dnw-schulungen"]
    name = sorted(stored.objects)[0]
    stored.objects[name] = replace(stored.objects[name], data=b"kaputt")
    stored.note(name, 2)
    planned = world.plan()
    assert planned.scopes[0].foreign == 1
    assert [each.code for each in planned.scopes[0].problems] == ["name_taken"]
    assert world.apply(planned).outcomes == ()


def test_an_entry_deleted_and_restored_within_one_delta_is_found_again() -> None:
    """The server's change log calls it deleted."""
    world = settled()
    world.delete("Schulung 1")
    [trashed] = world.server.trashed_objects()
    world.server.restore_object(trashed)
    world.settle()
    assert len(world.objects()) == 3 and world.pending() == []


def test_somebody_elses_calendar_that_is_shared_with_us_is_not_ours() -> None:
    world = World(trainings=[training("1")])
    world.server.create_calendar("dnw-schulungen_shared_by_erika", WISH)
    world.server.mark_calendar(f"{HOME}dnw-schulungen_shared_by_erika/", "kreis/schulungen")
    world.server._calendars["dnw-schulungen_shared_by_erika"].is_own = False
    world.settle()
    assert len(world.objects()) == 1 and len(world.server.calendars()) == 2


def test_the_mark_of_another_network_is_not_ours() -> None:
    world = World(trainings=[training("1")])
    world.server.create_calendar("anderswo", WISH)
    world.server.mark_calendar(f"{HOME}anderswo/", "anderer-kreis/schulungen")
    world.settle()
    assert {each.uri: each.marker for each in world.server.calendars()} == {
        "anderswo": "anderer-kreis/schulungen",
        "dnw-schulungen": "kreis/schulungen",
    }
