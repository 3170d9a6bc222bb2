"""Freshness: how soon what a source says stands in Nextcloud, with outages of sources and of Nextcloud; promise 10."""

from datetime import timedelta

import pytest
from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import FAR, THREE, Town, row

from network.state import open_state
from network.state.arrivals import ArrivalLog, Awaited
from plugin.findings import Freshness
from plugin.render.status import status_document, status_text

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TARGET = 40 * MINUTE  # twice the interval of 15 minutes, and 10 minutes to settle
SOON = timedelta(seconds=30)


def of(town: Town, connector: str = "plan") -> Freshness:
    return next(each for each in town.status().freshness if each.connector == connector)


def is_about(delay: timedelta | None, wanted: timedelta) -> bool:
    return delay is not None and wanted <= delay < wanted + SOON


def test_what_stood_in_the_source_at_first_is_not_counted(town: Town) -> None:
    before = of(town)
    assert (before.as_of, before.share, before.is_met) == (None, None, False)
    town.apply()
    after = of(town)
    assert after.as_of is not None and after.is_met
    assert (after.share, after.total, after.target, after.interval) == (None, 0, TARGET, 15 * MINUTE)


def test_a_change_counts_from_the_last_look_that_found_the_source_as_it_was(town: Town) -> None:
    town.apply()
    town.wait(minutes=5)
    town.apply()
    town.save([*THREE[:2], row(3, "IT-Sicherheit", start="10:00"), row(4, "Vergaberecht")])
    town.wait(minutes=15)
    town.apply()
    found = of(town)
    assert (found.total, found.in_time, found.share, found.waiting) == (2, 2, 1.0, 0)
    assert is_about(found.worst, 15 * MINUTE)


def test_a_source_that_fails_for_long_makes_what_it_says_late(town: Town, feed: Feed) -> None:
    with_feed(town, feed)
    town.apply()
    feed.says(b"", 503)
    for _ in range(3):
        town.wait(hours=1)
        town.apply()
    found = of(town, "kurse")
    assert is_about(found.age, 3 * HOUR) and not found.is_met
    assert of(town).is_met
    feed.says(feed_of(event("neu@provider.example", "Rhetorik neu", day=FAR)))
    town.wait(hours=1)
    town.apply()
    found = of(town, "kurse")
    assert (found.total, found.in_time, found.share, found.is_kept) == (1, 0, 0.0, False)
    assert is_about(found.worst, 4 * HOUR)
    assert found.is_met


def test_an_outage_of_nextcloud_for_a_day_is_seen_in_age_and_delay(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    town.sandbox.fail_next("PROPFIND", ".*", 503, 1000)
    for _ in range(3):
        town.wait(hours=8)
        with pytest.raises(Exception, match="503"):
            town.apply()
    assert is_about(of(town).age, 24 * HOUR)
    town.sandbox.clear_faults()
    town.apply()
    found = of(town)
    assert (found.total, found.in_time) == (1, 0)
    assert is_about(found.worst, 24 * HOUR)
    assert found.is_met


def test_an_entry_that_is_refused_stays_awaited_until_it_stands_there(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht"), row(5, "Haushalt")])
    town.wait(minutes=10)
    town.sandbox.fail_next("PUT", r"\.ics$", 503, 1)
    town.apply()
    found = of(town)
    assert (found.total, found.waiting, found.overdue) == (1, 1, 0)
    assert is_about(found.age, 10 * MINUTE) and found.is_met
    town.sandbox.fail_next("PUT", r"\.ics$", 503, 1)
    town.wait(minutes=50)
    town.apply()
    found = of(town)
    assert (found.total, found.in_time, found.waiting, found.overdue, found.share) == (2, 1, 1, 1, 0.5)
    assert is_about(found.age, HOUR) and not found.is_met
    town.wait(hours=1)
    town.apply()
    found = of(town)
    assert (found.total, found.in_time, found.waiting, found.share) == (2, 1, 0, 0.5)
    assert is_about(found.worst, 2 * HOUR)


def test_status_says_what_is_too_old_and_what_waits(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(minutes=30)
    town.sandbox.fail_next("PUT", r"\.ics$", 503, 1)
    town.apply()
    town.wait(hours=3)
    status = town.status()
    german = "nicht aktuell: 4 Stunden alt, vorgesehen sind höchstens 40 Minuten; 1 Eintrag wartet noch auf Nextcloud; 0 % von 1 Änderungen in 7 Tagen rechtzeitig sichtbar"
    assert f"    {german}\n" in status_text(status, "de")
    (row_of_plan,) = [each for each in status_document(status, "de")["freshness"] if each["connector"] == "plan"]
    assert (row_of_plan["is_met"], row_of_plan["waiting"], row_of_plan["share"]) == (False, 1, 0.0)
    assert row_of_plan["target"] == TARGET.total_seconds()


def test_what_nobody_wants_any_more_never_arrives_and_is_not_awaited(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    town.sandbox.fail_next("PUT", r"\.ics$", 503, 1)
    town.wait(minutes=10)
    town.apply()
    assert of(town).waiting == 1
    town.save([*THREE, row(4, "Vergaberecht", status="Entwurf")])
    town.wait(minutes=20)
    town.apply()
    found = of(town)
    assert (found.total, found.waiting) == (0, 0)


def test_what_the_configuration_brings_is_no_change_of_a_source(town: Town) -> None:
    town.apply()
    town.wait(minutes=20)
    town.swap(
        "calendars:\n", "calendars:\n  zweiter: {name: Zweiter, from: [plan], share: {administrations: [kreis]}}\n"
    )
    town.apply()
    assert len(town.titles("erika.kreis", "Zweiter")) == 3
    assert of(town).total == 0


def test_a_part_that_was_not_carried_out_stays_awaited(town: Town) -> None:
    from network.plan import Scope, ScopeKind

    town.swap(
        "calendars:\n", "calendars:\n  zweiter: {name: Zweiter, from: [plan], share: {administrations: [kreis]}}\n"
    )
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(minutes=20)
    town.apply(scope=Scope(ScopeKind.CALENDAR, "schulungen"))
    assert (of(town).total, of(town).waiting) == (1, 1)
    town.wait(minutes=5)
    town.apply()
    assert (of(town).total, of(town).waiting) == (2, 0)
    assert is_about(of(town).worst, 25 * MINUTE)


def test_people_that_were_not_asked_are_as_old_as_they_are(town: Town) -> None:
    town.apply()
    town.wait(minutes=30)
    town.apply()
    assert is_about(of(town, "beschaeftigte").age, 30 * MINUTE)


def test_days_go_after_their_time(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(minutes=15)
    town.apply()
    assert len(of(town).days) == 1
    town.wait(days=8)
    assert of(town).days == ()
    town.save([*THREE, row(4, "Vergaberecht"), row(5, "Haushalt")])
    town.wait(days=90)
    town.apply()
    log = ArrivalLog(open_state(town.config.with_name("daten") / "state.sqlite").engine)
    assert len(log.days(since=FAR - timedelta(days=400))) == 1


def test_what_was_written_before_a_kill_arrived_when_it_was_written(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(minutes=15)
    state = open_state(town.config.with_name("daten") / "state.sqlite")
    before = of(town).looked_at
    town.apply()
    (record,) = [each for each in state.records(kind="entry") if "Vergaberecht" in each.content]
    assert before is not None
    ArrivalLog(state.engine).expect([Awaited(record.scope, record.key, "plan", before)])  # killed before it was counted
    state.engine.dispose()
    town.wait(minutes=15)
    town.apply()
    found = of(town)
    assert (found.total, found.in_time, found.waiting) == (2, 2, 0)
    assert is_about(found.worst, 15 * MINUTE)
