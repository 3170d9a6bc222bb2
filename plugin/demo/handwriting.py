"""How a person writes a training into a table: dates and times now as Excel has them, now as one types them.

Which training is written in which way is fixed by its number, so that every form of the demonstration can be found.
"""

from __future__ import annotations

from datetime import date, time

from plugin.demo.lesson import Row
from plugin.demo.places import OPEN

Cell = str | int | date | time | None

NUMBER, STATUS, TITLE, CONTENT, DATE, START, END = "Nr.", "Status", "Titel", "Inhalt", "Datum", "Beginn", "Ende"
PLACE, LINK, SEATS, TOPICS, AUDIENCE = "Ort", "Online-Link", "Plätze", "Themen", "Zielgruppe"
CONTACT, DEADLINE, CONCEPT, ACCESS = "Ansprechperson", "Anmeldeschluss", "Schulungskonzept", "Barrierefreiheit"
REMARK = "Bemerkung (intern)"
HEADERS = (
    *(NUMBER, STATUS, TITLE, CONTENT, DATE, START, END, PLACE, LINK, SEATS, TOPICS, AUDIENCE),
    *(CONTACT, DEADLINE, CONCEPT, ACCESS, REMARK),
)

HIDDEN = frozenset({123})
STRUCK_THROUGH = frozenset({124, 218})
WEEK_ONLY = frozenset({229})
SEATS_AS_TEXT = frozenset({203})

REMARKS = {
    107: "Dozent vom Rechenzentrum",
    113: "Warteliste führt Erika",
    124: "doch nicht? mit Personalrat klären",
    132: "Dozentin erkrankt, Ersatz im Herbst",
    218: "gestrichen, Mittel reichen nicht",
    229: "Termin mit Referent klären",
}

_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August")
MONTHS = (*_MONTHS, "September", "Oktober", "November", "Dezember")
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def cells(row: Row) -> dict[str, Cell]:
    """The row as typed, by header."""
    start, end = _times(row)
    return {
        NUMBER: row.key,
        STATUS: row.status,
        TITLE: row.title,
        CONTENT: row.description,
        DATE: _dates(row),
        START: start,
        END: end,
        PLACE: row.place,
        LINK: row.link or None,
        SEATS: str(row.seats) if row.key in SEATS_AS_TEXT else row.seats,
        TOPICS: ", ".join(row.tags),
        AUDIENCE: row.audience,
        CONTACT: row.contact,
        DEADLINE: row.register_until and typed_date(row.register_until, row.key // 2),
        CONCEPT: row.concept or None,
        ACCESS: row.accessibility or None,
        REMARK: REMARKS.get(row.key),
    }


def typed_date(day: date, hand: int) -> date | str:
    """One day in one of six hands; in three of them it is a date of Excel."""
    match hand % 6:
        case 0:
            return f"{day:%d.%m.%Y}"
        case 2:
            return f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]} {day.year}"
        case 4:
            return f"{day.day}.{day.month}.{day:%y}"
        case _:
            return day


def _dates(row: Row) -> Cell:
    if row.first_day is None or row.last_day is None:
        return OPEN if row.status == "veröffentlicht" else None
    if row.key in WEEK_ONLY:
        return f"KW {row.first_day.isocalendar().week}"
    if row.last_day > row.first_day:
        return span(row.first_day, row.last_day)
    return typed_date(row.first_day, row.key)


def span(first: date, last: date) -> str:
    """`12.-14.03.2027`, and over the turn of a month or a year `30.12.2026-01.01.2027`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d.}-{last:%d.%m.%Y}"
    return f"{first:%d.%m.%Y}-{last:%d.%m.%Y}"


def _times(row: Row) -> tuple[Cell, Cell]:
    if row.start is None or row.end is None:
        return None, None
    match row.key % 7:
        case 1:
            return f"{_short(row.start)}–{_short(row.end)} Uhr", None
        case 2:
            return f"{_short(row.start)} Uhr", f"{_short(row.end)} Uhr"
        case 3:
            return f"{row.start:%H.%M}", f"{row.end:%H.%M}"
        case 4:
            return f"{row.start:%H:%M}", f"{row.end:%H:%M}"
        case _:
            return row.start, row.end


def _short(at: time) -> str:
    return f"{at.hour}.{at.minute:02}" if at.minute else f"{at.hour}"
