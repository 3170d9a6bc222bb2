"""What a person did by hand in a calendar stays, and mirroring speaks to nobody."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
import requests
from icalendar import Calendar, vCalAddress, vDDDTypes
from journeys_cli import digitalnetzwerk
from journeys_feed import COURSES, Feed, courses, with_feed
from journeys_town import THREE, Town, row

from network.ports import CalendarWish

EDITOR = "max.kreis"
INVITED = (
    "ORGANIZER;CN=Anbieter:mailto:anbieter@provider.example",
    "ATTENDEE;CN=Anna;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:anna.brakel@probe.example",
    "ATTENDEE;SCHEDULE-AGENT=SERVER:mailto:max.kreis@probe.example",
    "REQUEST-STATUS:2.0;Success",
    "BEGIN:VALARM",
    "ACTION:EMAIL",
    "TRIGGER:-PT15M",
    "ATTENDEE:mailto:bernd.brakel@probe.example",
    "SUMMARY:Erinnerung",
    "DESCRIPTION:Erinnerung",
    "END:VALARM",
)


@pytest.fixture
def edited(town: Town) -> Town:
    """A town whose calendar one person may edit; the trainings stand there."""
    town.swap("share: {administrations: all}", f"share: {{administrations: all}}\n    edit: {{people: [{EDITOR}]}}")
    assert town.apply().code == 0
    return town


def edit(town: Town, title: str, change: Callable[[Any], None]) -> None:
    """As a calendar client does it: the whole object back, with invitations as the server pleases."""
    seen = town.entry(f"SUMMARY:{title}", EDITOR)
    calendar = Calendar.from_ical(seen.data)
    change(calendar.walk("VEVENT")[0])
    answer = requests.put(
        town.sandbox.url + quote(seen.href),
        data=calendar.to_ical(),
        headers={"Content-Type": "text/calendar; charset=utf-8", "If-Match": f'"{seen.etag}"'},
        auth=(EDITOR, f"sandbox-{EDITOR}"),
        timeout=10,
    )
    assert answer.status_code == 204


def read(town: Town, title: str, account: str = "anna.brakel") -> Any:
    return Calendar.from_ical(town.entry(f"SUMMARY:{title}", account).data).walk("VEVENT")[0]


def set_to(name: str, words: str) -> Callable[[Any], None]:
    def change(event: Any) -> None:
        event.pop(name, None)
        event.add(name, words)

    return change


def invite(event: Any) -> None:
    event["ORGANIZER"] = vCalAddress(f"mailto:{EDITOR}@probe.example")
    event.add("ATTENDEE", vCalAddress("mailto:dora.nieheim@probe.example"))


def at_ten(*rest: list[object]) -> list[list[object]]:
    return [row(1, "OZG Grundlagen", start="10:00"), *THREE[1:], *rest]


def test_an_edit_by_hand_is_not_undone(edited: Town) -> None:
    edit(edited, "OZG Grundlagen", set_to("LOCATION", "Raum 204, zweiter Stock"))
    before = edited.mark()
    run = edited.apply()
    assert run.code == 0
    assert sum(each.kept for each in run.plan.scopes) == 1
    assert edited.calendar_writes(before) == []
    assert read(edited, "OZG Grundlagen")["LOCATION"] == "Raum 204, zweiter Stock"


@pytest.mark.parametrize("name", ["LOCATION", "DESCRIPTION", "X-RAUM", "COMMENT"])
def test_a_remark_stays_when_the_source_changes_the_time(edited: Town, name: str) -> None:
    edit(edited, "OZG Grundlagen", set_to(name, "bitte Laptop mitbringen"))
    edited.save(at_ten())
    assert edited.apply().code == 0
    event = read(edited, "OZG Grundlagen")
    assert event[name] == "bitte Laptop mitbringen"
    assert f"{event['DTSTART'].dt:%H:%M}" == "10:00"
    assert edited.plan().code == 0


def test_a_guest_stays_and_hears_nothing_from_us(edited: Town) -> None:
    edit(edited, "OZG Grundlagen", invite)
    sent = list(edited.sandbox.mails)
    assert [(each.sender, each.recipient) for each in sent] == [
        (f"{EDITOR}@probe.example", "dora.nieheim@probe.example")
    ]
    edited.save(at_ten())
    assert edited.apply().code == 0
    event = read(edited, "OZG Grundlagen", EDITOR)
    assert "dora.nieheim@probe.example" in str(event["ATTENDEE"])
    assert f"{event['DTSTART'].dt:%H:%M}" == "10:00"
    assert edited.sandbox.mails == sent
    edited.save([row(1, "OZG Grundlagen", status="fällt aus", start="10:00"), *THREE[1:]])
    assert edited.apply().code == 0
    assert edited.sandbox.mails == sent


def test_where_both_changed_the_same_the_source_wins_and_the_other_value_is_kept(edited: Town) -> None:
    edit(edited, "OZG Grundlagen", set_to("DESCRIPTION", "von Hand"))
    changed = list(THREE[0])
    changed[3] = "Neuer Inhalt"
    edited.save([changed, *THREE[1:]])
    assert edited.apply().code == 0
    assert "Neuer Inhalt" in read(edited, "OZG Grundlagen")["DESCRIPTION"]
    assert "von Hand" in edited.memory()


@pytest.mark.parametrize(
    ("rule", "stands", "gave_way"),
    [
        ("source", "Nieheim", "Ort „Raum 204, zweiter Stock“"),
        ("nextcloud", "Raum 204, zweiter Stock", "Ort „Nieheim“"),
        ("newest", "Nieheim", "Ort „Raum 204, zweiter Stock“"),
        ("ask", "Raum 204, zweiter Stock", ""),
    ],
)
def test_explain_shows_what_gave_way(edited: Town, rule: str, stands: str, gave_way: str) -> None:
    edited.swap("    settle: 10 minutes", f"    settle: 10 minutes\n    on_conflict: {rule}")
    edit(edited, "OZG Grundlagen", set_to("LOCATION", "Raum 204, zweiter Stock"))
    changed = list(THREE[0])
    changed[7] = "Nieheim"
    edited.save([changed, *THREE[1:]])
    runs = [edited.apply() for _ in range(2)]
    assert [run.code for run in runs] == [0, 0]
    assert read(edited, "OZG Grundlagen")["LOCATION"] == stands
    said = digitalnetzwerk("-c", str(edited.config), "explain", "OZG Grundlagen", environment=edited.environment).out
    lost = [line.partition(": ")[2] for line in said.splitlines() if "wich dem" in line]
    assert lost == ([f"{gave_way} wich dem, was an anderer Stelle geändert wurde"] if gave_way else [])
    asked = [[each.code for scope in run.plan.scopes for each in scope.problems] for run in runs]
    assert asked == ([["conflict"]] * 2 if rule == "ask" else [[], []])


@pytest.mark.parametrize(("hand", "stands"), [("20200101T000000Z", "Kreishaus"), ("20990101T000000Z", "Raum 204")])
def test_with_newest_the_later_change_of_a_feed_and_of_a_person_stands(
    town: Town, feed: Feed, hand: str, stands: str
) -> None:
    feed.says(courses(more=("LAST-MODIFIED:20260101T000000Z",)))
    with_feed(town, feed, ", on_conflict: newest")
    town.swap("from: [kurse], share: {administrations: all}", f"from: [kurse], edit: {{people: [{EDITOR}]}}")
    assert town.apply().code == 0

    def change(event: Any) -> None:
        set_to("LOCATION", "Raum 204")(event)
        event["LAST-MODIFIED"] = vDDDTypes(datetime.strptime(hand, "%Y%m%dT%H%M%S%z"))

    edit(town, "Rhetorik", change)
    later = courses(more=("LAST-MODIFIED:20260201T000000Z",)).replace(b"Bildungshaus", b"Kreishaus")
    feed.says(later)
    assert town.apply().code == 0
    assert read(town, "Rhetorik", EDITOR)["LOCATION"] == stands


def test_a_feeds_organiser_guests_and_alarms_never_arrive(town: Town, feed: Feed) -> None:
    feed.says(courses(more=INVITED))
    assert with_feed(town, feed).apply().code == 0
    assert town.titles(calendar="Kurse") == sorted(COURSES)
    for title in COURSES:
        standing = town.entry(f"SUMMARY:{title}").data.decode()
        assert not [
            word for word in ("ORGANIZER", "ATTENDEE", "VALARM", "REQUEST-STATUS", "METHOD") if word in standing
        ]
    feed.says(courses(more=INVITED, hour=14))
    assert town.apply().code == 0
    feed.says(courses(more=("STATUS:CANCELLED", *INVITED), hour=14))
    assert town.apply().code == 0
    assert town.titles(calendar="Kurse") == sorted(f"Fällt aus: {each}" for each in COURSES)
    assert town.sandbox.mails == []


@pytest.mark.parametrize("line", ["CLASS:PRIVATE", "CLASS:CONFIDENTIAL"])
def test_what_a_feed_calls_private_is_not_published(town: Town, feed: Feed, line: str) -> None:
    feed.says(courses().replace(b"SUMMARY:Rhetorik", f"SUMMARY:Rhetorik\r\n{line}".encode()))
    run = with_feed(town, feed).apply()
    assert run.code == 0
    assert "Rhetorik" not in town.titles(calendar="Kurse")
    assert len(town.titles(calendar="Kurse")) == len(COURSES) - 1
    assert [each.where for each in run.problems if "kurs-0" in each.where or "Rhetorik" in each.message.de]


def rename_calendar(town: Town, name: str) -> None:
    """As the coordinator does it in the web interface, logged in with the service account."""
    client = town.other_client()
    (seen,) = (each for each in client.calendars.calendars() if each.uri == "dnw-schulungen")
    client.calendars.change_calendar(seen.href, CalendarWish(name, seen.color, "Europe/Berlin", seen.description))


def test_a_calendar_renamed_by_hand_keeps_its_name_and_is_reported(town: Town) -> None:
    town.apply()
    rename_calendar(town, "Fortbildungen")
    before = town.mark()
    run = town.apply()
    assert [each.code for each in run.problems] == ["renamed_by_hand"] and "Fortbildungen" in run.problems[0].message.de
    assert town.writes(before) == []
    assert town.titles(calendar="Fortbildungen") == sorted(each[2] for each in THREE)


def test_a_calendar_renamed_by_hand_gets_its_name_back_where_that_is_wanted(town: Town) -> None:
    town.swap("    name: Schulungen\n", "    name: Schulungen\n    on_rename: put_back\n")
    town.apply()
    rename_calendar(town, "Fortbildungen")
    (change,) = town.plan().plan.changes
    assert "„Fortbildungen“ umbenannt" in change.reason.de
    assert town.apply().code == 0
    assert town.titles() == sorted(each[2] for each in THREE)
    assert town.plan().code == 0
