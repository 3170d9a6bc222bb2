"""Events as they really come out of other people's programs, and what is wrong or delicate about each.

They are kept as raw lines: nothing here may be corrected on the way into the feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from plugin.demo.lesson import MON, THU, TUE, WED, Weekday


def dirty_events(base: date) -> Iterator[str]:
    """The lines of nine events around the Monday `base`."""
    for event in (
        _without_uid,
        _outlook_zone,
        _german_zone,
        _same_uid_twice,
        _broken_line,
        _private,
        _cancelled,
        _ends_too_early,
    ):
        yield from event(base)


def _without_uid(base: date) -> list[str]:
    return _event("", "Kurs ohne Kennung", _hours(base, 3, MON))


def _outlook_zone(base: date) -> list[str]:
    """Outlook's own name of the time zone, and no VTIMEZONE for it."""
    times = _hours(base, 5, WED, zone="W. Europe Standard Time")
    return _event("UID:kurs-2202@studieninstitut.example", "Kurs mit Outlook-Zeitzone", times)


def _german_zone(base: date) -> list[str]:
    """What a German Windows calls the same zone."""
    times = _hours(base, 5, THU, zone='"Mitteleuropäische Zeit"')
    return _event("UID:kurs-2203@studieninstitut.example", "Kurs mit deutscher Zeitzone", times)


def _same_uid_twice(base: date) -> list[str]:
    uid = "UID:kurs-2204@studieninstitut.example"
    first = _event(uid, "Zwei Kurse\\, eine Kennung: Teil A", _hours(base, 6, MON))
    return first + _event(uid, "Zwei Kurse\\, eine Kennung: Teil B", _hours(base, 7, MON))


def _broken_line(base: date) -> list[str]:
    """A line break inside a text, as a hand-made export writes it."""
    broken = ["COMMENT:Bitte mitbringen:", "Taschenrechner und Gesetzestexte"]
    times = _hours(base, 8, TUE)
    return _event("UID:kurs-2206@studieninstitut.example", "Kurs mit zerbrochener Zeile", [*times, *broken])


def _private(base: date) -> list[str]:
    times = [*_hours(base, 2, THU), "CLASS:PRIVATE"]
    return _event("UID:intern-7@studieninstitut.example", "Personalgespräch (nicht öffentlich)", times)


def _cancelled(base: date) -> list[str]:
    times = [*_hours(base, 4, THU), "STATUS:CANCELLED"]
    return _event("UID:kurs-2208@studieninstitut.example", "Kurs findet nicht statt", times)


def _ends_too_early(base: date) -> list[str]:
    """Ends before it begins."""
    day = f"{base + timedelta(weeks=9, days=TUE):%Y%m%d}"
    times = [f"DTSTART;TZID=Europe/Berlin:{day}T140000", f"DTEND;TZID=Europe/Berlin:{day}T100000"]
    return _event("UID:kurs-2209@studieninstitut.example", "Kurs endet vor dem Beginn", times)


def _event(uid: str, title: str, lines: list[str]) -> list[str]:
    identity = [uid] if uid else []
    text = [f"SUMMARY:{title}", "DESCRIPTION:Anmeldung beim Studieninstitut. (Beispiel)"]
    return ["BEGIN:VEVENT", *identity, *text, *lines, "END:VEVENT"]


def _hours(base: date, week: int, weekday: Weekday, *, zone: str = "Europe/Berlin") -> list[str]:
    day = f"{base + timedelta(weeks=week, days=weekday):%Y%m%d}"
    return [f"DTSTART;TZID={zone}:{day}T090000", f"DTEND;TZID={zone}:{day}T120000"]
