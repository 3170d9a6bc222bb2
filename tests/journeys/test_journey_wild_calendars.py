"""Feeds as programs really write them, and as nobody should: each event is written or held back with a code, in bounds.

The whole way, from the feed to what staff see. No event costs another one, or the run.
"""

from __future__ import annotations

import resource
from collections.abc import Iterable
from datetime import timedelta

import pytest
from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import FAR, Town

from network.report import Result
from plugin.render.run import Run

DAY = f"{FAR:%Y%m%d}"
GOOD = event("good@provider.example", "Rhetorik")


def vevent(uid: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"))


def wild(uid: str, *lines: str, start: str = f"DTSTART;TZID=Europe/Berlin:{DAY}T090000") -> str:
    return vevent(uid, start, f"SUMMARY:{uid}", *lines)


VTIMEZONE = "\r\n".join(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Customized Time Zone",
        "BEGIN:STANDARD",
        "DTSTART:16011028T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010325T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    )
)
OUTLOOK = vevent(
    "040000008200E00074C5B7101A82E00800000000B0",
    f'DTSTART;TZID="W. Europe Standard Time":{DAY}T090000',
    f'DTEND;TZID="W. Europe Standard Time":{DAY}T120000',
    "SUMMARY;LANGUAGE=de:outlook",
    "LOCATION;LANGUAGE=de:Kreishaus\\, Saal",
    "X-ALT-DESC;FMTTYPE=text/html:<!DOCTYPE HTML><body>x</body>",
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
    "ORGANIZER;CN=Chefin:MAILTO:chefin@provider.example",
    'ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN="Beispiel, Max":MAILTO:max@provider.example',
    "CLASS:PUBLIC",
    "PRIORITY:5",
    "TRANSP:OPAQUE",
    "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\nEND:VALARM",
)
EXCHANGE = vevent(
    "exchange@provider.example",
    f"DTSTART;TZID=Customized Time Zone:{DAY}T090000",
    "DURATION:PT90M",
    "SUMMARY:exchange",
    "RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=3;BYDAY=MO,TU,WE,TH,FR,SA,SU;WKST=MO",
    "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
)
GOOGLE = vevent(
    "google@google.com",
    f"DTSTART:{DAY}T080000Z",
    f"DTEND:{DAY}T100000Z",
    "SUMMARY:google",
    'DESCRIPTION:<a href="https://meet.example/x">Link</a>\\n\\n-::~:~::~:~',
    "CREATED:00001231T000000Z",
    "LAST-MODIFIED:20260101T000000Z",
    "SEQUENCE:0",
    "STATUS:TENTATIVE",
    "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/x",
)
LOTUS = vevent(
    "3FA0D5C8A1B2C3D4C12580E5003B1F2A-Lotus_Notes_Generated",
    f'DTSTART;TZID="Mitteleuropäische Zeit":{DAY}T090000',
    f'DTEND;TZID="Mitteleuropäische Zeit":{DAY}T110000',
    "SUMMARY:lotus",
    f'RDATE;VALUE=PERIOD;TZID="Mitteleuropäische Zeit":{DAY}T090000/{DAY}T110000',
    'ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN="Max Beispiel/Kreis":mailto:max@provider.example',
    "X-LOTUS-BROADCAST:FALSE",
    "CLASS:PUBLIC",
)
WRITTEN = {
    "floating": wild("floating", start=f"DTSTART:{DAY}T090000"),
    "all day": wild("all day", f"DTEND;VALUE=DATE:{DAY}", start=f"DTSTART;VALUE=DATE:{DAY}"),
    "no length": wild("no length"),
    "exdate of another kind": wild("exdate of another kind", "RRULE:FREQ=DAILY;COUNT=5", f"EXDATE;VALUE=DATE:{DAY}"),
    "rdate period": wild("rdate period", f"RDATE;VALUE=PERIOD:{DAY}T150000Z/PT1H"),
    "count huge": wild("count huge", "RRULE:FREQ=DAILY;COUNT=999999999"),
    "nul bytes": wild("nul bytes", "DESCRIPTION:a\x00b\x07c"),
    "ten megabytes": wild("ten megabytes", "DESCRIPTION:" + "Zehn Megabyte. " * 700_000),
    "until before start": wild("until before start", "RRULE:FREQ=DAILY;UNTIL=19990101T000000Z"),
    "exceptions alone": wild("exceptions alone", f"RECURRENCE-ID;TZID=Europe/Berlin:{DAY}T090000"),
    "lists of many days": wild(
        "lists of many days", "RDATE:" + ",".join(f"{FAR + timedelta(days=n):%Y%m%d}T070000Z" for n in range(300))
    ),
    "no rule fits": wild("no rule fits", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2"),
    "empty lines": wild("empty lines", "", "LOCATION:", "CATEGORIES:,,", "URL:"),
}
HELD_BACK = {
    "secondly": (wild("secondly", "RRULE:FREQ=SECONDLY;COUNT=100000000"), "bad_rule"),
    "rule of nothing": (wild("rule of nothing", "RRULE:FREQ=NEVER"), "bad_rule"),
    "zone of nobody": (wild("zone of nobody", start=f"DTSTART;TZID=Mond/Meer:{DAY}T090000"), "unknown_timezone"),
    "year 0": (wild("year 0", start="DTSTART:00000101T090000Z"), "bad_date"),
    "year 9999": (wild("year 9999", start="DTSTART:99991231T235959Z"), "bad_date"),
    "no start": (vevent("no start", "SUMMARY:no start"), "no_start"),
    "backwards": (wild("backwards", "DURATION:-PT5H"), "ends_before_start"),
    "for ever": (wild("for ever", "DURATION:P99999999D"), "bad_duration"),
    "private": (wild("private", "CLASS:PRIVATE"), "not_public"),
    "every day taken out": (
        wild(
            "every day taken out",
            "RRULE:FREQ=DAILY;COUNT=2",
            *(f"EXDATE;TZID=Europe/Berlin:{FAR + timedelta(days=n):%Y%m%d}T090000" for n in range(2)),
        ),
        "no_occurrence",
    ),
    "no content line": (wild("no content line", "das ist keine Zeile"), "broken_line"),
    "changed for ever": (
        wild("changed for ever", "RRULE:FREQ=DAILY")
        + "\r\n"
        + wild("changed for ever", f"RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:{DAY}T090000"),
        "endless_range",
    ),
    "deep nesting": (wild("deep nesting", *["BEGIN:VALARM"] * 40, *["END:VALARM"] * 40), "broken_line"),
    "100,000 days": (
        wild(
            "100,000 days",
            "RDATE:" + ",".join(f"{FAR + timedelta(days=n):%Y%m%d}T{n % 24:02}0000Z" for n in range(100_000)),
        ),
        "too_large",
    ),
}


def read(town: Town, feed: Feed, content: bytes) -> Run:
    feed.says(content)
    with_feed(town, feed).swap("timeout: 1 second", "timeout: 20 seconds")
    return town.apply()


def held_back(run: Run, uid: str) -> list[str]:
    return [each.code for each in run.problems if each.where == f"kurse: {uid}"]


def failed(run: Run) -> list[str]:
    assert run.report is not None
    return [f"{each.change.title} {each.problem}" for each in run.report.outcomes if each.result is not Result.DONE]


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r", b"\r\r\n"], ids=["CRLF", "LF", "CR", "CRCRLF"])
def test_what_programs_write_arrives_whatever_ends_their_lines(town: Town, feed: Feed, line_end: bytes) -> None:
    content = feed_of(VTIMEZONE, OUTLOOK, EXCHANGE, GOOGLE, LOTUS).replace(b"\r\n", line_end)
    assert read(town, feed, content).code == 0
    assert town.titles(calendar="Kurse") == ["exchange", "google", "lotus", "outlook"]
    for title in ("exchange", "lotus", "outlook"):
        text = town.entry(f"SUMMARY:{title}" if title != "outlook" else ":outlook").data.decode()
        assert f"DTSTART;TZID=Europe/Berlin:{DAY}T090000" in text
        assert not [word for word in ("ORGANIZER", "ATTENDEE", "VALARM", "X-MICROSOFT", "X-LOTUS") if word in text]


def test_a_fold_in_the_middle_of_a_character_is_none(town: Town, feed: Feed) -> None:
    folded = feed_of(GOOD).replace(b"SUMMARY:Rhetorik", b"SUMMARY:Gr" + b"\xc3\r\n \xbc\xc3\r\n \x9fe")
    assert read(town, feed, folded).code == 0
    assert town.titles(calendar="Kurse") == ["Grüße"]


def test_wild_events_are_written_and_a_second_run_writes_nothing(town: Town, feed: Feed) -> None:
    run = read(town, feed, feed_of(GOOD, *WRITTEN.values()))
    assert (failed(run), run.code) == ([], 0)
    assert town.titles(calendar="Kurse") == sorted(["Rhetorik", *WRITTEN])
    before = town.mark()
    assert town.apply().code == 0
    assert town.calendar_writes(before) == []


def test_what_can_not_be_understood_is_held_back_alone_and_says_why(town: Town, feed: Feed) -> None:
    run = read(town, feed, feed_of(GOOD, *(each for each, _ in HELD_BACK.values())))
    assert (failed(run), run.code) == ([], 0)
    assert town.titles(calendar="Kurse") == ["Rhetorik"]
    assert {uid: held_back(run, uid) for uid in HELD_BACK} == {uid: [code] for uid, (_, code) in HELD_BACK.items()}


def test_one_uid_for_everything_loses_nobody(town: Town, feed: Feed) -> None:
    events = [event("same@provider.example", title, day=FAR + timedelta(days=n)) for n, title in enumerate("abc")]
    assert read(town, feed, feed_of(*events, events[0])).code == 0
    assert town.titles(calendar="Kurse") == ["a", "b", "c"]


def test_components_without_end_cost_themselves(town: Town, feed: Feed) -> None:
    bottomless = "\r\n".join(("BEGIN:VEVENT", "UID:x", *("BEGIN:X-A" for _ in range(100_000)), "END:VEVENT"))
    assert read(town, feed, feed_of(GOOD, bottomless)).code == 0
    assert town.titles(calendar="Kurse") == ["Rhetorik"]


def test_rules_without_end_cost_no_more_than_others(town: Town, feed: Feed) -> None:
    """Counted in seconds of this process: a rule that was followed to its end would take hours."""
    rules: Iterable[str] = (
        "FREQ=DAILY;COUNT=2147483647",
        "FREQ=YEARLY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=" + ",".join(map(str, range(60))) + ";COUNT=1000000",
        "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO;UNTIL=89991231T000000Z",
    )
    events = [wild(f"rule {number}", f"RRULE:{rule}") for number, rule in enumerate(rules)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    run = read(town, feed, feed_of(GOOD, *events))
    assert run.code == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 30
