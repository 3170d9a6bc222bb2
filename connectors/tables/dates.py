"""Days as people write them into a table: "12.03.2027", "12.-14.03.2027", "12., 19. und 26.3.27", "n. n.", "KW 12".

Pure, and knows nothing of rows. Refuses whatever has two readings: "ab 12.03.2027", "12/03/2027", a date without a
year. Times that stand behind a date ("12.03.2027, 9–12 Uhr") are handed on as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from connectors.tables.calendar_words import MONTHS, OPEN, WEEKDAYS, one_of
from connectors.tables.refusal import no
from connectors.tables.sheets import Value, text_of
from network.text import Text
from network.written.refusal import NotUnderstood, shortened

LONGEST = timedelta(days=180)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_HALF_A_YEAR = 6
_LONGEST_TEXT = 1000
_EXCEL_BEGAN = date(1899, 12, 30)

_FILLER = re.compile(r"(?:am|vom|von|den|der|dem|on|the|from)\s+", re.IGNORECASE)
_WEEKDAY = re.compile(rf"({one_of(WEEKDAYS)})\b\.?\s*,?\s*", re.IGNORECASE)
_SEVERAL_WEEKDAYS = re.compile(
    rf"(?:{one_of(WEEKDAYS)})\b\.?(?:\s*(?:-|/|,|\+|&|und|bis|u\.)\s*(?:{one_of(WEEKDAYS)})\b\.?)+\s*,?\s*",
    re.IGNORECASE,
)
_WEEKDAY_BEHIND = re.compile(rf"\s*\(\s*({one_of(WEEKDAYS)})\.?\s*\)", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:T|\b)(?!\d{2}:)")
_NAMED = re.compile(rf"(?P<day>\d{{1,2}})\.?\s*(?P<name>{one_of(MONTHS)})\b\.?(?:\s*(?P<year>\d{{4}}))?", re.IGNORECASE)
_GERMAN = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})"
    r"(?:\.\s?(?P<year>\d{4})(?!\d)|\.(?P<short>\d{2})(?![\d:.])(?!\s*(?:uhr|h)\b)|\.(?!\d)|(?=\s*(?:-|bis)))",
    re.IGNORECASE,
)
_DAY_ONLY = re.compile(r"(?P<day>\d{1,2})(?:\.(?!\d)|(?=\s*-\s*\d{1,2}\.))")
_RANGE = re.compile(r"\s*(?:-|bis(?:\s+zum)?|to|until)\s*", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,?\s*(?:;|\n|\+|&|,|/|und|u\.|sowie|and)\s*)+", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?:\s*(?:uhr|h)\b)?"
_TIMES = re.compile(
    rf"\s*(?:,|\||\()?\s*(?P<times>(?:jeweils\s+|täglich\s+)?(?:um\s+|von\s+|ab\s+|from\s+|at\s+)?{_CLOCK}(?:\s*(?:-|bis|to)\s*{_CLOCK})?"
    r"|ganztägig|ganztags|all[ -]day)\)?(?![\d.:])",
    re.IGNORECASE,
)
_SURELY_TIMES = re.compile(r"uhr|h\b|:|\d\.\d\d|ganzt|all", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """One day, or several in a row (`last` is one of them). `times` is what was written behind them.

    `weekday_differs`: a weekday stands beside it, and it is another one.
    """

    first: date
    last: date
    times: str = ""
    weekday_differs: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    day: int
    month: int | None
    year: int | None
    weekday: int | None = None
    opens_range: bool = False
    times: str = ""


def read_days(value: Value) -> tuple[Days, ...]:
    """The days in a cell, in order; empty when the date is open. Raises NotUnderstood."""
    match value:
        case datetime():
            times = "" if value.time() == time() else f"{value:%H:%M:%S}"
            return (_sane(Days(value.date(), value.date(), times), value.date().isoformat()),)
        case date():
            return (_sane(Days(value, value), value.isoformat()),)
        case bool():
            raise _no_date(text_of(value))
        case int() | float():
            return (_serial(value),)
        case _:
            return _read(text_of(value))


def _serial(value: float) -> Days:
    """A date that has lost its format shows as the number of days since 1899."""
    try:
        day = _EXCEL_BEGAN + timedelta(days=int(value))
    except OverflowError as error:
        raise _no_date(str(value)) from error
    if value != int(value):
        raise _no_date(str(value))
    return _sane(Days(day, day), text_of(value))


def _read(written: str) -> tuple[Days, ...]:
    text = re.sub("[‐‑‒–—―−]", "-", written)
    if len(text) > _LONGEST_TEXT:
        raise _no_date(written)
    if OPEN.fullmatch(text):
        return ()
    pieces = _completed(list(_pieces(text, written)), written)
    days = tuple(_sane(each, written) for each in _joined(pieces, written))
    if len({(each.first, each.times) for each in days}) != len(days):
        raise NotUnderstood(Text("derselbe Tag steht zweimal da", "the same day stands there twice"))
    return days


def _pieces(text: str, written: str) -> Iterator[_Piece]:
    position = 0
    while position < len(text):
        position = _behind(_SEVERAL_WEEKDAYS, text, _behind(_FILLER, text, position))
        weekday, position = _weekday(_WEEKDAY, text, position)
        piece, position = _piece(text, _behind(_FILLER, text, position), written)
        if weekday is None:
            weekday, position = _weekday(_WEEKDAY_BEHIND, text, position)
        if (times := _TIMES.match(text, position)) and _SURELY_TIMES.search(times["times"]):
            piece, position = replace(piece, times=times["times"]), times.end()
        between = _RANGE.match(text, position)
        opens_range = between is not None and not piece.times
        if not opens_range:
            between = _LIST.match(text, position)
        if between is None and text[position:].strip(" .,;"):
            raise _no_date(written)
        yield replace(piece, weekday=weekday, opens_range=opens_range)
        position = between.end() if between else len(text)
        if opens_range and position >= len(text):
            raise _no_date(written)


def _weekday(pattern: re.Pattern[str], text: str, position: int) -> tuple[int | None, int]:
    found = pattern.match(text, position)
    return (WEEKDAYS[found[1].casefold()], found.end()) if found else (None, position)


def _behind(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _piece(text: str, position: int, written: str) -> tuple[_Piece, int]:
    for pattern in (_ISO, _NAMED, _GERMAN, _DAY_ONLY):
        if found := pattern.match(text, position):
            parts = found.groupdict()
            name, month, year, short = (parts.get(each) for each in ("name", "month", "year", "short"))
            number = MONTHS[name.casefold()] if name else int(month) if month else None
            return _Piece(int(parts["day"]), number, int(year) if year else 2000 + int(short) if short else None), (
                found.end()
            )
    raise _no_date(written)


def _completed(pieces: list[_Piece], written: str) -> list[_Piece]:
    """Month and year that are left out are those of what follows: "30.12. - 02.01.2028" begins in 2027."""
    following: _Piece | None = None
    completed = []
    for piece in reversed(pieces):
        if following is not None:
            month = piece.month or following.month
            year = piece.year or following.year
            if piece.year is None and year and month and following.month:
                year -= month - following.month > _HALF_A_YEAR
            piece = replace(piece, month=month, year=year)
        if piece.month is None or piece.year is None:
            raise no(Text("ein Datum ohne Jahr", "a date without a year"), written)
        completed.append(piece)
        following = piece
    return completed[::-1]


def _joined(pieces: list[_Piece], written: str) -> Iterator[Days]:
    opened: tuple[date, bool] | None = None
    for piece in pieces:
        day = _date(piece, written)
        differs = piece.weekday is not None and piece.weekday != day.weekday()
        if opened is not None and piece.opens_range:
            raise _no_date(written)
        if piece.opens_range:
            opened = (day, differs)
        elif opened is not None:
            yield Days(opened[0], day, piece.times, differs or opened[1])
            opened = None
        else:
            yield Days(day, day, piece.times, differs)


def _date(piece: _Piece, written: str) -> date:
    try:
        return date(piece.year or 0, piece.month or 0, piece.day)
    except ValueError as error:
        raise NotUnderstood(
            Text(
                f"„{shortened(written)}“: den {piece.day}.{piece.month}.{piece.year} gibt es nicht",
                f'"{shortened(written)}": there is no {piece.day}.{piece.month}.{piece.year}',
            )
        ) from error


def _sane(days: Days, written: str) -> Days:
    if not _FIRST_YEAR <= days.first.year <= _LAST_YEAR:
        raise NotUnderstood(
            Text(
                f"„{shortened(written)}“ liegt im Jahr {days.first.year}",
                f'"{shortened(written)}" is in the year {days.first.year}',
            )
        )
    if days.last < days.first:
        raise NotUnderstood(
            Text(
                f"„{shortened(written)}“ endet, bevor es beginnt",
                f'"{shortened(written)}" ends before it begins',
            )
        )
    if days.last - days.first > LONGEST:
        raise NotUnderstood(
            Text(
                f"„{shortened(written)}“ dauert länger als ein halbes Jahr",
                f'"{shortened(written)}" takes longer than half a year',
            )
        )
    return days


def _no_date(written: str) -> NotUnderstood:
    return no(Text("kein eindeutiges Datum", "no clear date"), written)
