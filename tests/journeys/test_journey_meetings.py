"""The calendar and the tasks of an exchange group, as its lead, a member and an outsider find them in Nextcloud."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from journeys_cli import digitalnetzwerk
from journeys_town import TODAY, Town

from network.errors import NotThere
from network.plan import Kind
from network.ports import CalendarSeen, ObjectSeen

LEAD, MEMBER, OUTSIDER = "erika.kreis", "anna.brakel", "dora.nieheim"
BERLIN = ZoneInfo("Europe/Berlin")
FIRST = TODAY + timedelta(days=3)
MEETINGS = 9
TASK = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Probe//DE\r\nBEGIN:VTODO\r\nUID:auftrag-1\r\nDTSTAMP:20260101T000000Z\r\n"
    b"SUMMARY:Glasfaser in den Schulen\r\nSTATUS:IN-PROCESS\r\nDUE;VALUE=DATE:20270301\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def seen(town: Town, account: str, name: str = "Austausch OZG") -> CalendarSeen | None:
    """The calendar of this name as the person sees it."""
    calendars = town.as_staff(account).calendars.calendars()
    return next((each for each in calendars if each.name.startswith(f"{name} (")), None)


def entries(town: Town, account: str = MEMBER) -> dict[str, ObjectSeen]:
    """Day → the meeting of that day, as the person reads it."""
    calendar, server = seen(town, account), town.as_staff(account)
    assert calendar is not None
    hrefs = [href for href, _ in server.calendars.changes(calendar.href, "").changed]
    return {f"{event(each)['DTSTART'].dt:%Y-%m-%d}": each for each in server.calendars.objects(calendar.href, hrefs)}


def event(found: ObjectSeen) -> Event:
    (only,) = Calendar.from_ical(found.data).walk("VEVENT")
    return only


def day(weeks: int) -> str:
    return f"{FIRST + timedelta(weeks=weeks)}"


def move(town: Town, on: str, hours: int) -> None:
    """The lead drags a meeting to another time, in any calendar program."""
    found = entries(town, LEAD)[on]
    calendar = Calendar.from_ical(found.data)
    (only,) = calendar.walk("VEVENT")
    for name in ("DTSTART", "DTEND"):
        moved = only[name].dt + timedelta(hours=hours)
        del only[name]
        only.add(name, moved)
    town.as_staff(LEAD).calendars.put(found.href, calendar.to_ical(), if_match=found.etag)


def test_lead_and_member_see_the_years_meetings_and_an_outsider_sees_nothing(group_town: Town) -> None:
    assert group_town.apply().code == 0
    for account in (LEAD, MEMBER):
        found = entries(group_town, account)
        assert sorted(found)[:3] == [day(0), day(2), day(4)]
        assert len(found) == MEETINGS
    first = event(entries(group_town)[day(0)])
    assert (first["SUMMARY"], first["LOCATION"]) == ("Austausch OZG", "Rathaus")
    assert first["DTSTART"].dt == datetime(FIRST.year, FIRST.month, FIRST.day, 10, tzinfo=BERLIN)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=90)
    assert seen(group_town, OUTSIDER) is None
    assert seen(group_town, OUTSIDER, "Aufgaben Austausch OZG") is None


def test_a_second_run_asks_one_question_and_writes_nothing(group_town: Town) -> None:
    group_town.apply()
    before = group_town.mark()
    run = group_town.apply()
    assert (run.code, run.plan.changes) == (0, ())
    asked = [each for each in group_town.sandbox.requests[before:] if "/dav/calendars/" in each.path]
    assert [each.method for each in asked] == ["PROPFIND"]
    assert group_town.writes(before) == []


def test_only_the_lead_may_change_a_meeting(group_town: Town) -> None:
    group_town.apply()
    move(group_town, day(2), 3)
    found = entries(group_town, MEMBER)[day(2)]
    with pytest.raises(NotThere):
        group_town.as_staff(MEMBER).calendars.put(found.href, found.data, if_match=found.etag)


def test_a_meeting_that_the_lead_moved_stays_there_whatever_the_rule_says_about_its_time(group_town: Town) -> None:
    group_town.apply()
    move(group_town, day(2), 3)
    before = group_town.mark()
    run = group_town.apply()
    assert group_town.calendar_writes(before) == []
    assert sum(each.kept for each in run.plan.scopes) == 1
    group_town.swap('at: "10:00"', 'at: "14:30"')
    group_town.swap("place: Rathaus", "place: Kreishaus")
    group_town.apply()
    found = entries(group_town)
    assert event(found[day(2)])["DTSTART"].dt.hour == 13
    assert event(found[day(4)])["DTSTART"].dt.hour == 14
    assert {str(event(each)["LOCATION"]) for each in found.values()} == {"Kreishaus"}


def test_what_took_place_stays_when_the_rule_goes(group_town: Town) -> None:
    group_town.apply()
    group_town.wait(days=20)
    text = group_town.config.read_text()
    rule = next(line for line in text.splitlines() if "meetings:" in line)
    group_town.swap(rule, "    calendar: true")
    planned = group_town.plan()
    group_town.apply(fingerprint=planned.plan.fingerprint, release_unsafe=True)
    assert sorted(entries(group_town)) == [day(0), day(2)]


def test_a_group_under_another_key_is_pointed_at_as_the_group_that_it_is(group_town: Town) -> None:
    group_town.apply()
    group_town.swap("  ozg:", "  online-zugang:")
    said = {each.where: each.message.de for each in group_town.plan().problems if each.code == "looks_like_a_rename"}
    assert set(said) == {"exchange_groups.online-zugang"}
    assert "exchange_groups.ozg steht nicht mehr da" in said["exchange_groups.online-zugang"]


def test_the_whole_group_writes_in_its_list_of_tasks_and_we_never_touch_a_task(group_town: Town) -> None:
    group_town.apply()
    name = "Aufgaben Austausch OZG"
    tasks = seen(group_town, MEMBER, name)
    assert tasks is not None
    assert tasks.components == ("VTODO",)
    group_town.as_staff(MEMBER).calendars.put(f"{tasks.href}auftrag.ics", TASK, if_match="")
    before = group_town.mark()
    run = group_town.apply()
    assert group_town.writes(before) == []
    assert not [each for each in group_town.sandbox.requests[before:] if "multiget" in each.path]
    assert sum(each.foreign for each in run.plan.scopes) == 1
    for_lead = seen(group_town, LEAD, name)
    assert for_lead is not None
    (task,) = group_town.as_staff(LEAD).calendars.objects(for_lead.href, [f"{for_lead.href}auftrag.ics"])
    assert b"Glasfaser" in task.data
    assert group_town.apply(verify=True).plan.changes == ()


def test_a_list_with_tasks_that_leaves_the_configuration_waits_for_a_person(group_town: Town) -> None:
    group_town.apply()
    name = "Aufgaben Austausch OZG"
    tasks = seen(group_town, MEMBER, name)
    assert tasks is not None
    group_town.as_staff(MEMBER).calendars.put(f"{tasks.href}auftrag.ics", TASK, if_match="")
    group_town.swap("    tasks: true\n", "")
    stopped = group_town.apply()
    (scope,) = [each for each in stopped.plan.scopes if each.unsafe is not None]
    assert str(scope.unsafe) == "eine Liste mit 1 Aufgaben würde verschwinden"
    assert seen(group_town, MEMBER, name) is not None
    group_town.apply(fingerprint=stopped.plan.fingerprint, release_unsafe=True)
    assert seen(group_town, MEMBER, name) is None
    group_town.config.write_text(group_town.config.read_text() + "    tasks: true\n")
    group_town.apply()
    again = seen(group_town, MEMBER, name)
    assert again is not None
    assert [
        each.href for each in group_town.as_staff(MEMBER).calendars.objects(again.href, [f"{again.href}auftrag.ics"])
    ]


def test_a_lead_written_in_other_capitals_is_the_same_person(group_town: Town) -> None:
    group_town.swap("lead: [erika.kreis]", "lead: [Erika.Kreis]")
    assert group_town.apply().code == 0
    move(group_town, day(2), 3)
    before = group_town.mark()
    again = group_town.apply(verify=True)
    assert (again.code, again.plan.changes, group_town.writes(before)) == (0, (), [])


def test_a_lead_who_steps_back_reads_on_and_nobody_has_to_decide(group_town: Town) -> None:
    group_town.apply()
    group_town.swap("lead: [erika.kreis]", "lead: [bernd.brakel]")
    run = group_town.apply()
    assert run.code == 0
    rows = {each.principal: each.read_write for each in own_rows(group_town)}
    assert [who for who, writes in rows.items() if writes] == ["users/bernd.brakel"]
    assert len(rows) == 2


def own_rows(town: Town) -> tuple[object, ...]:
    own = next(each for each in town.other_client().calendars.calendars() if each.uri == "dnw-ozg")
    return own.shares


# ---------------------------------------------------------------------------------------------------- minutes

FOLDER = "/Austausch OZG/Protokolle"
MINUTES = f"{FOLDER}/{FIRST} Protokoll.md"


def link(town: Town, on: str = f"{FIRST}") -> str:
    """Where the meeting's entry leads to."""
    found = event(entries(town)[on]).get("ATTACH")
    return str(found) if found else ""


def read(town: Town, path: str = MINUTES, account: str = MEMBER) -> str:
    return town.as_staff(account).files.read(path, max_bytes=100_000).decode()


def test_a_week_before_the_minutes_lie_in_the_folder_and_the_meeting_leads_to_them(group_town: Town) -> None:
    run = group_town.apply()
    assert run.code == 0
    text = read(group_town)
    assert text.startswith("# Protokoll Austausch OZG\n")
    assert f"Datum: {FIRST:%d.%m.%Y}, 10:00 bis 11:30 Uhr\nOrt: Rathaus\nLeitung: erika.kreis\n" in text
    assert f"Datum: {FIRST + timedelta(weeks=2):%d.%m.%Y}\n" in text
    seen_by_member = group_town.as_staff(MEMBER).files.stat(MINUTES)
    assert seen_by_member is not None
    assert link(group_town) == f"{group_town.sandbox.url}/index.php/f/{seen_by_member.id}"
    attached = event(entries(group_town)[day(0)])["ATTACH"]
    assert attached.params["FILENAME"] == MINUTES
    assert attached.params["X-NC-FILE-ID"] == seen_by_member.id
    assert link(group_town, day(2)) == ""


def test_only_when_the_next_meeting_is_near_its_minutes_come(group_town: Town) -> None:
    group_town.apply()
    group_town.wait(days=11)
    run = group_town.apply()
    assert [each.title for each in run.plan.changes if each.kind is Kind.DOCUMENT] == [f"{day(2)} Protokoll"]
    assert link(group_town, day(2))
    before = group_town.mark()
    assert group_town.apply().plan.changes == ()
    assert group_town.writes(before) == []


def test_minutes_that_somebody_wrote_renamed_or_deleted_are_never_made_again(group_town: Town) -> None:
    group_town.apply()
    staff = group_town.as_staff(MEMBER)
    there = staff.files.stat(MINUTES)
    assert there is not None
    staff.files.write(MINUTES, "Wir beschließen.".encode(), if_match=there.etag)
    before = group_town.mark()
    assert group_town.apply(verify=True).plan.changes == ()
    assert read(group_town) == "Wir beschließen."
    staff.files.delete(MINUTES)
    group_town.wait(hours=2)
    assert group_town.apply(verify=True).plan.changes == ()
    assert group_town.writes(before) == []
    assert staff.files.stat(MINUTES) is None


def test_a_template_that_the_group_brought_goes_before_ours(group_town: Town) -> None:
    group_town.apply()
    staff = group_town.as_staff(LEAD)
    staff.files.write(f"{FOLDER}/Vorlage Protokoll.docx", office_document("Am {date} in {place} &amp; {unbekannt}"))
    group_town.wait(days=11)
    group_town.apply()
    path = f"{FOLDER}/{day(2)} Protokoll.docx"
    with ZipFile(BytesIO(staff.files.read(path, max_bytes=100_000))) as found:
        text = found.read("word/document.xml").decode()
        assert found.namelist() == ["[Content_Types].xml", "word/document.xml"]
    assert (
        text
        == f"<w:t>Am {date.fromisoformat(day(2)):%d.%m.%Y}, 10:00 bis 11:30 Uhr in Rathaus &amp; {{unbekannt}}</w:t>"
    )
    assert event(entries(group_town)[day(2)])["ATTACH"].params["FMTTYPE"].endswith("wordprocessingml.document")


def office_document(text: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return held.getvalue()


def test_a_meeting_moved_near_gets_its_minutes_under_the_day_on_which_it_takes_place(group_town: Town) -> None:
    group_town.apply()
    move(group_town, day(4), -24 * 25)
    group_town.apply()
    group_town.apply()
    moved = f"{FIRST + timedelta(days=3)}"
    assert f"{moved} Protokoll.md" in [
        each.path.rsplit("/", 1)[1] for each in group_town.as_staff(MEMBER).files.list(FOLDER)
    ]
    assert link(group_town, moved)


def test_killed_between_document_and_link_the_next_run_links_the_same_document(group_town: Town) -> None:
    group_town.sandbox.fail_next("PUT", "/dav/calendars/", 507, count=1_000)
    assert group_town.apply().code == 1
    there = group_town.as_staff(MEMBER).files.stat(MINUTES)
    assert there is not None
    group_town.sandbox.world.faults.clear()
    group_town.apply()
    assert link(group_town).endswith(f"/{there.id}")
    assert [each.path for each in group_town.as_staff(MEMBER).files.list(FOLDER)].count(MINUTES) == 1


def test_without_any_memory_the_minutes_are_found_again(group_town: Town) -> None:
    group_town.apply()
    linked = link(group_town)
    group_town.lose_memory()
    before = group_town.mark()
    assert group_town.apply().code == 0
    puts = [each for each in group_town.writes(before) if each.startswith("PUT") and each.endswith(".ics")]
    assert len(puts) == 1  # the meeting whose minutes had to be found again, with what it says already
    assert link(group_town) == linked
    assert group_town.apply().plan.changes == ()


def test_a_document_that_fails_costs_the_link_alone(group_town: Town) -> None:
    group_town.sandbox.fail_next("PUT", f"{FIRST}.*Protokoll.md", 507, count=1_000)
    run = group_town.apply()
    assert run.code == 1
    assert len(entries(group_town)) == MEETINGS
    assert link(group_town) == ""
    group_town.sandbox.world.faults.clear()
    group_town.apply()
    assert link(group_town)


def test_the_way_back_takes_untouched_minutes_with_the_folder(group_town: Town) -> None:
    group_town.apply()
    group_town._do(lambda service: service.carry_out(service.plan_removal()))
    assert seen(group_town, LEAD) is None
    assert group_town.as_staff(LEAD).files.stat("/Austausch OZG") is None


# ---------------------------------------------------------------------------------------------------- what is told


def said(town: Town, *words: str) -> str:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment).out


def test_plan_status_and_explain_call_things_by_their_names(group_town: Town) -> None:
    planned = said(group_town, "plan")
    assert "9 Treffen eintragen" in planned
    assert "1 Aufgabenliste anlegen" in planned
    group_town.apply()
    move(group_town, day(2), 3)
    found = entries(group_town, LEAD)[day(4)]
    group_town.as_staff(LEAD).calendars.delete(found.href, if_match=found.etag)
    group_town.apply()
    assert f"Nächste Treffen: Austausch OZG {FIRST:%d.%m.%Y} 10:00" in said(group_town, "status")
    assert f"Next meetings: Austausch OZG {FIRST:%d.%m.%Y} 10:00" in said(group_town, "--language", "en", "status")
    told = said(group_town, "explain", "calendar:ozg")
    assert "folgt aus exchange_groups.ozg.meetings (netz.yaml:" in told
    assert "von Hand geändert: das bleibt so" in told
    assert "von Hand gelöscht: es findet nicht statt" in told
    assert "calendar:ozg: Treffen, zuletzt geschrieben" in told
    assert f"von uns einmal angelegt als {MINUTES}" in said(group_town, "explain", "exchange_group:ozg")
    assert "changed by hand: that stays" in said(group_town, "--language", "en", "explain", "calendar:ozg")
