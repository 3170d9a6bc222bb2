"""Promises 1 to 5, 11 and 13 as they concern calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from calendar_world import World, actions, calendar, training

from calendar_sync.wish import Grant, Missing, SourceRules, Then, Where, calendar_scope, group_grant
from connectors.memory.calendars import MemoryCalendars
from connectors.memory.ledger import MemoryLedger
from network.ical.component import CalendarObject, Component, Property
from network.ical.feed import split
from network.ical.reading import clean_object
from network.ical.values import text_of
from network.ical.writing import event
from network.model import Question, Session, SourceState, Status
from network.ports import CalendarWish, Record, ShareRow
from network.report import Result
from network.text import Text

STOPPED = calendar_scope("schulungen")


def many(count: int = 12, **more: object) -> World:
    world = World(trainings=[training(str(n), day=100 + n) for n in range(count)], **more)  # type: ignore[arg-type]
    world.apply()
    return world


# ------------------------------------------------------------------------------------------------ who is who


def test_a_source_that_changes_every_key_on_each_fetch_causes_no_write() -> None:
    world = many()
    for run in range(3):
        world.trainings = [replace(each, key=f"{run}-{each.key}") for each in reversed(world.trainings)]
        writes = world.writes()
        assert world.pending() == []
        world.apply()
        assert world.writes() == writes
    world.trainings = [replace(each, place="Brakel") for each in world.trainings]
    world.apply()
    assert {text_of(each.main, "LOCATION") for each in world.objects().values()} == {"Brakel"}
    assert len(world.objects()) == 12


def test_after_the_state_was_lost_changed_keys_still_cause_no_write() -> None:
    world = many()
    world.ledger = MemoryLedger()
    world.trainings = [replace(each, key=f"neu-{each.key}") for each in world.trainings]
    assert world.pending() == []


def test_an_old_key_given_to_a_new_training_gets_a_uid_of_its_own() -> None:
    world = World(trainings=[training("1", "Alt", day=100)])
    world.apply()
    world.trainings = [training("1", "Neu", day=120), training("2", "Alt", day=100)]
    world.released = frozenset({STOPPED})
    world.settle()
    # The key decides: what stood under 1 is now "Neu", and "Alt" is a new entry.
    assert world.titles() == ["Alt", "Neu"]
    world.trainings = [training("3", "Neu", day=120)]
    world.apply()
    world.trainings = [training("1", "Ganz anders", day=150), training("3", "Neu", day=120)]
    world.settle()
    assert "Ganz anders" in world.titles() and "Neu" in world.titles()


def test_equal_trainings_pair_in_feed_order_and_stay_apart() -> None:
    world = World(trainings=[training("1", "Gleich"), training("2", "Gleich")])
    world.apply()
    world.trainings = [training("a", "Gleich"), training("b", "Gleich")]
    assert world.pending() == [] and len(world.objects()) == 2


def test_the_order_of_a_source_is_irrelevant() -> None:
    forward, backward = World(trainings=[training(str(n)) for n in range(8)]), World()
    backward.trainings = list(reversed(forward.trainings))
    assert forward.plan().scopes == backward.plan().scopes


def test_a_training_that_changes_its_calendar_is_moved_and_no_loss_for_the_guard() -> None:
    it, rest = calendar("it", where=Where(tags=("it",))), calendar("rest", where=Where(not_tags=("IT",)))
    world = World([it, rest], [training(str(n)) for n in range(6)])
    world.apply()
    names = set(world.objects("rest"))
    world.trainings = [replace(each, tags=("It",)) for each in world.trainings]
    planned = world.plan()
    assert actions(planned) == ["move entry"] * 6 and planned.scopes[1].unsafe is None
    world.apply(planned)
    assert set(world.objects("it")) == names and world.objects("rest") == {}
    assert world.pending() == []


def test_a_move_waits_while_one_of_its_calendars_is_stopped() -> None:
    it, rest = calendar("it", where=Where(tags=("it",))), calendar("rest", where=Where(not_tags=("it",)))
    world = World([it, rest], [training(str(n)) for n in range(8)])
    world.apply()
    world.trainings = [replace(each, status=Status.DRAFT) for each in world.trainings[:4]] + [
        replace(each, tags=("it",)) for each in world.trainings[4:]
    ]
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[1].unsafe is not None
    assert [each.action for each in planned.scopes[0].held] == ["move"] * 4


def test_a_trashed_twin_does_not_stop_a_move() -> None:
    it, rest = calendar("it", where=Where(tags=("it",))), calendar("rest", where=Where(not_tags=("it",)))
    world = World([it, rest], [training("1"), training("2")])
    world.apply()
    [twin] = (each for each in world.objects("rest").values() if text_of(each.main, "SUMMARY") == "Schulung 1")
    world.put("zwilling.ics", twin, "it")
    world.server.delete(world.href("it") + "zwilling.ics", if_match="")
    world.trainings[0] = replace(world.trainings[0], tags=("it",))
    world.settle()
    assert world.titles("it") == ["Schulung 1"] and world.titles("rest") == ["Schulung 2"]


# ------------------------------------------------------------------------------------------------ absence


def test_rows_cut_for_three_hours_and_put_back_cause_no_write() -> None:
    world = many()
    cut, writes = world.trainings[:5], world.writes()
    world.trainings = world.trainings[5:]
    for _ in range(12):
        world.later(minutes=15)
        assert world.apply().outcomes == ()
    world.trainings += cut
    world.apply()
    assert world.writes() == writes and world.pending() == []
    assert world.ledger.records(kind="absence") == ()


def test_a_missing_training_is_asked_about_after_a_day_and_three_fetches_and_never_cancelled() -> None:
    world = many()
    world.trainings = world.trainings[1:]
    world.apply()
    world.later(hours=23)
    world.apply()
    world.apply()
    assert world.plan().questions == ()
    world.later(hours=2)
    world.apply()
    [(connector, question)] = world.plan().questions
    assert connector == "plan"
    assert "„Schulung 0“ fehlt seit dem 04.01.2027. Fällt die Schulung aus?" in question.message.de
    [row] = world.ledger.records(kind="absence")
    world.later(days=30)
    world.apply()
    assert len(world.objects()) == 12
    assert '"asked_at":"2027-01-05T09' in row.content and world.ledger.records(kind="absence")[0].content.count(
        "2027-01-05T09"
    )


def test_a_preview_counts_nothing_and_stores_nothing() -> None:
    world = many()
    world.trainings = world.trainings[1:]
    before = world.ledger.records()
    for _ in range(5):
        world.later(days=1)
        world.plan()
    assert world.ledger.records() == before


def test_a_failed_fetch_counts_for_nothing() -> None:
    world = many()
    kept, world.trainings = world.trainings, []
    world.state, world.counts = SourceState.FAILED, False
    for _ in range(5):
        world.later(days=1)
        assert world.apply().outcomes == ()
    assert world.ledger.records(kind="absence") == () and len(world.objects()) == 12
    world.state, world.trainings = SourceState.KEPT, kept[1:]
    for _ in range(5):
        world.later(days=1)
        world.apply()
    assert world.ledger.records(kind="absence") == ()


def with_rules(then: Then, count: int = 12, day: int = 100) -> World:
    rules = SourceRules("plan", missing=Missing(then=then))
    world = World([calendar(sources=(rules,))], [training(str(n), day=day + n) for n in range(count)])
    world.apply()
    return world


def miss(world: World, runs: int = 4) -> None:
    for _ in range(runs):
        world.later(hours=12)
        world.apply()


def test_a_provider_may_have_missing_trainings_cancelled_and_they_come_back_whole() -> None:
    world = with_rules(Then.CANCEL)
    gone = world.trainings.pop(0)
    miss(world)
    assert "Fällt aus: Schulung 0" in world.titles()
    name = world.name_of("Fällt aus: Schulung 0")
    world.trainings.append(gone)
    world.apply()
    assert world.name_of("Schulung 0") == name
    assert world.objects()[name].main.value("STATUS") == "CONFIRMED" and world.pending() == []


@pytest.mark.parametrize("protected", ["soon", "registered"])
def test_absence_never_removes_what_is_close_or_has_registrations(protected: str) -> None:
    world = with_rules(Then.REMOVE, day=10 if protected == "soon" else 100)
    if protected == "registered":
        world.registered = frozenset({("plan", "0")})
    world.trainings = world.trainings[1:]
    miss(world)
    assert len(world.objects()) == 12 and len(world.plan().questions) == 1


def test_past_trainings_stay_as_long_as_the_calendar_keeps_them() -> None:
    world = with_rules(Then.REMOVE, count=3, day=20)
    world.later(days=60)
    world.trainings = []
    miss(world, 6)
    assert len(world.objects()) == 3
    world.later(days=400)
    world.apply()
    assert world.objects() == {}


def test_a_key_that_is_asked_about_is_held() -> None:
    world = many()
    world.questions = (Question("row_struck_through", "0", "Zeile 2", Text("gestrichen", "struck")),)
    world.trainings = [replace(each, place="Brakel") for each in world.trainings[:2]] + world.trainings[2:]
    assert [each.title for each in world.plan().scopes[0].changes] == ["Schulung 1 (12.04.2027)"]


# ------------------------------------------------------------------------------------------------ guard


def test_a_calendar_stops_at_three_lost_entries_and_additions_go_on() -> None:
    world = many()
    world.trainings = [replace(each, status=Status.DRAFT) for each in world.trainings[:3]] + [
        *world.trainings[3:],
        training("neu", day=50),
    ]
    planned = world.plan()
    assert planned.scopes[0].unsafe is not None and actions(planned) == ["create entry"]
    world.apply(planned)
    assert len(world.objects()) == 13
    world.released = frozenset({STOPPED})
    world.settle()
    assert len(world.objects()) == 10


def test_while_entries_would_be_lost_nobody_loses_sight_of_the_calendar() -> None:
    world = many()
    world.calendars = [calendar(grants=())]
    assert actions(world.plan()) == ["revoke share"]
    world.trainings = []
    world.trainings = [training(str(n), day=100 + n, status=Status.DRAFT) for n in range(12)]
    planned = world.plan()
    assert actions(planned) == [] and len(planned.scopes[0].held) == 13


# ------------------------------------------------------------------------------------------------ sharing


def teams(world: World, *names: str) -> tuple[Grant, ...]:
    for name in names:
        scope = f"administration:{name}"
        world.ledger.remember(Record(scope, "team", scope, remote=f"id-{name}"))
    return tuple(Grant(team=f"administration:{name}", title=name) for name in names)


def test_eleven_teams_cost_two_requests_and_then_only_differences() -> None:
    world = World(trainings=[training("1")])
    grants = teams(world, *(f"stadt-{n}" for n in range(11)))
    world.calendars = [calendar(grants=grants)]
    world.apply()
    assert world.server.requests["share"] == 2 and len(world.server.calendars()[0].shares) == 11
    world.calendars = [calendar(grants=grants[1:])]
    assert actions(world.plan()) == ["revoke share"]
    world.apply()
    assert world.server.requests["share"] == 3 and len(world.server.calendars()[0].shares) == 10


def test_what_nothing_grants_is_revoked_and_a_wrong_access_is_corrected() -> None:
    world = World(trainings=[training("1")])
    grants = teams(world, "brakel", "hoexter", "nieheim", "warburg")
    world.calendars = [calendar(grants=grants)]
    world.apply()
    granted = world.server.calendars()[0].shares
    world.server.share(world.href(), (), ["circles/id-brakel"])
    world.server.share(world.href(), [ShareRow("users/fremd"), ShareRow("circles/id-brakel", read_write=True)], ())
    world.settle()
    assert set(world.server.calendars()[0].shares) == set(granted)


def test_an_unknown_principal_is_noticed_and_not_posted_on_every_run() -> None:
    world = World(server=MemoryCalendars(knows=lambda who: who != "groups/alle"), trainings=[training("1")])
    report = world.apply()
    assert [each.problem.code for each in report.outcomes if each.problem] == ["share_refused"]
    posts = world.server.requests["share"]
    planned = world.plan()
    assert actions(planned) == [] and [each.code for each in planned.scopes[0].problems] == ["share_refused"]
    world.later(hours=25)
    world.apply()
    assert world.server.requests["share"] == posts + 1


def test_a_team_that_is_not_there_yet_is_waited_for() -> None:
    world = World([calendar(grants=(Grant(team="administration:brakel", title="Brakel"),))], [training("1")])
    report = world.apply()
    assert report.outcomes[-1].result is Result.DEFERRED
    teams(world, "brakel")
    world.settle()
    assert [each.principal for each in world.server.calendars()[0].shares] == ["circles/id-brakel"]


def test_lost_team_ids_revoke_nobody() -> None:
    world = World(trainings=[training("1")])
    grants = teams(world, "brakel", "hoexter")
    world.calendars = [calendar(grants=grants)]
    world.apply()
    world.ledger = MemoryLedger()
    assert "revoke share" not in actions(world.plan())


def test_a_group_is_spelled_as_the_server_reads_it() -> None:
    assert group_grant("Austausch OZG/E-Akte").principal == "groups/Austausch+OZG%2FE-Akte"


# ------------------------------------------------------------------------------------------------ calendars


def test_a_foreign_calendar_at_our_address_is_left_alone() -> None:
    world = World(trainings=[training("1")])
    world.server.create_calendar("dnw-schulungen", CalendarWish("Fremd", "#000000", "Europe/Berlin", ""))
    day = date(2027, 1, 1)
    foreign = event(start=day, end=day + timedelta(days=1), summary="Fremd")
    world.put("fremd.ics", CalendarObject("fremd", (foreign,)))
    writes = world.writes()
    planned = world.plan()
    assert actions(planned) == [] and [each.code for each in planned.scopes[0].problems] == ["name_taken"]
    world.apply(planned)
    assert world.writes() == writes and world.titles() == ["Fremd"]


def test_a_calendar_keeps_the_colour_that_a_person_gave_it_until_the_wish_changes() -> None:
    world = many(1)
    world.server.change_calendar(world.href(), CalendarWish("Schulungen", "#ff0000", "Europe/Berlin", ""))
    planned = world.plan()
    assert actions(planned) == [] and planned.scopes[0].kept == 1
    world.calendars = [calendar(properties=CalendarWish("Fortbildung", "#00679e", "Europe/Berlin", ""))]
    world.settle()
    assert world.server.calendars()[0].name == "Fortbildung"


def test_a_calendar_that_left_the_configuration_is_hidden_then_deleted_and_comes_back_whole() -> None:
    world = many()
    world.calendars = []
    planned = world.plan()
    assert planned.scopes[0].unsafe is not None and actions(planned) == []
    world.released = frozenset({STOPPED})
    world.apply()
    [seen] = world.server.calendars()
    assert seen.shares == () and not seen.trashed and len(world.objects()) == 12
    assert world.pending() == []
    world.later(days=20)
    world.calendars = [calendar()]
    world.settle()
    assert len(world.server.calendars()[0].shares) == 1
    world.calendars = []
    world.apply()
    world.later(days=29)
    assert world.pending() == []
    world.later(days=2)
    world.apply()
    assert world.server.calendars()[0].trashed and world.pending() == []
    world.calendars = [calendar()]
    writes = world.server.requests["put"]
    world.settle()
    [seen] = world.server.calendars()
    assert not seen.trashed and len(world.objects()) == 12 and world.server.requests["put"] == writes


def test_a_calendar_made_anew_at_our_address_is_filled_again() -> None:
    world = many()
    world.server.delete_calendar(world.href(), purge=True)
    world.server.create_calendar("dnw-schulungen", CalendarWish("Neu", "#000000", "Europe/Berlin", ""))
    world.settle()
    assert len(world.objects()) == 12 and world.server.calendars()[0].marker == "kreis/schulungen"


def test_a_calendar_somebody_put_into_the_trash_bin_is_restored() -> None:
    world = many()
    world.server.delete_calendar(world.href(), purge=False)
    assert actions(world.plan()) == ["restore calendar"]
    world.settle()
    assert not world.server.calendars()[0].trashed and len(world.objects()) == 12


# ------------------------------------------------------------------------------------------------ silence


def test_nothing_that_speaks_to_people_is_written_whatever_a_source_sends() -> None:
    feed = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20270301T090000Z\nDTEND:20270301T100000Z\nSUMMARY:Kurs\n"
        "ORGANIZER:mailto:a@b.example\nATTENDEE:mailto:c@d.example\nBEGIN:VALARM\nTRIGGER:-PT1H\nACTION:EMAIL\n"
        "END:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    [raw] = split(feed.encode(), max_events=9)
    source = clean_object(raw, timezone="Europe/Berlin")
    session = replace(training("x").sessions[0], source_object=source)
    world = World(trainings=[training("x", sessions=(session,))])
    world.apply()
    hrefs = [href for href, _ in world.server.changes(world.href(), "").changed]
    [stored] = world.server.objects(world.href(), hrefs)
    assert b"SUMMARY:Kurs" in stored.data
    for word in (b"ORGANIZER", b"ATTENDEE", b"VALARM", b"METHOD"):
        assert word not in stored.data


def test_a_series_keeps_its_exceptions_under_our_uid() -> None:
    feed = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:s\nDTSTART:20270301T090000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Reihe\n"
        "END:VEVENT\nBEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20270308T090000Z\nDTSTART:20270309T090000Z\nSUMMARY:Reihe\n"
        "STATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    [raw] = split(feed.encode(), max_events=9)
    source = clean_object(raw, timezone="Europe/Berlin")
    session = Session(1, training("s").sessions[0].start, training("s").sessions[0].end, source)
    world = World(trainings=[training("s", sessions=(session,))])
    world.apply()
    [item] = world.objects().values()
    assert [text_of(each, "SUMMARY") for each in item.components] == ["Reihe", "Fällt aus: Reihe"]
    assert item.components[1].value("RECURRENCE-ID") == "20270308T090000Z"
    assert world.pending() == []
    # A person moves one date by hand; the source then renames the whole series.
    moved = Component(
        "VEVENT", (Property("RECURRENCE-ID", "20270315T090000Z"), Property("DTSTART", "20270316T090000Z"))
    )
    [name] = world.objects()
    world.put(name, replace(item, components=(*item.components, moved)))
    renamed = tuple(
        replace(each, properties=tuple(p for p in each.properties if p.name != "SUMMARY")) for each in source.components
    )
    source = replace(
        source, components=tuple(replace(e, properties=(*e.properties, Property("SUMMARY", "Neu"))) for e in renamed)
    )
    world.trainings = [training("s", sessions=(replace(session, source_object=source),))]
    world.settle()
    [item] = world.objects().values()
    assert len(item.components) == 3 and text_of(item.main, "SUMMARY") == "Neu"
