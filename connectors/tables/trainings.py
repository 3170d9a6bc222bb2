"""One row of a table → one training, or what is unclear in it.

Every cell is read by the module for its kind; what none of them understands costs the row (`Unclear`), never the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from connectors.sources.links import read_link
from connectors.tables.amounts import read_seats
from connectors.tables.deadlines import read_deadline
from connectors.tables.lists import read_list
from connectors.tables.refusal import Unclear
from connectors.tables.schedule import Schedule, Span, read_schedule
from connectors.tables.statuses import WORDS, read_status
from connectors.tables.table import TableRow
from network.model import Session, Status, Training
from network.text import NOTHING, Language, Text
from network.written import NotUnderstood

T = TypeVar("T")

_STRUCK_MATTERS = ("key", "title", "date", "start", "end")
_MORE_SESSIONS_MAY_DIFFER = frozenset(("date", "start", "end"))


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a row takes beside the row itself. `columns`: field → heading."""

    connector: str
    columns: Mapping[str, str]
    zone: ZoneInfo
    language: Language


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`hints` don't hold the training back: what was guessed, and how to make it certain."""

    training: Training
    hints: tuple[Text, ...] = ()


def read_training(rows: Sequence[TableRow], reader: Reader) -> ReadRow:
    """The training of one row, or of several rows that share one merged key cell: each has its own date.

    Sessions are numbered in order. Raises Unclear.
    """
    first = rows[0]
    for row in rows:
        _refuse_unknown_values(row, reader)
    status = _status(first, reader)
    _refuse_struck(rows, status, reader)
    _refuse_contradictions(rows, reader)
    title = " ".join(first.text("title").split())
    if not title:
        raise Unclear("title_missing", Text("der Titel fehlt", "the title is missing"), remedy=_instead("title"))
    schedules = [_schedule(row, reader) for row in rows]
    sessions = tuple(_sessions(span for each in schedules for span in each.sessions))
    start = sessions[0].start if sessions else None
    training = Training(
        connector=reader.connector,
        key=first.text("key"),
        title=title,
        status=status,
        sessions=sessions,
        description=first.text("description"),
        place=first.text("place"),
        link=read_link(first.text("link")),
        seats=_read("seats", first, reader, lambda: read_seats(first.cell("seats").value)),
        tags=read_list(first.text("tags")),
        audience=first.text("audience"),
        contact=first.text("contact"),
        register_until=_read(
            "register_until",
            first,
            reader,
            lambda: read_deadline(first.cell("register_until").value, start, reader.zone),
        ),
        concept=first.text("concept"),
        accessibility=first.text("accessibility"),
        origin=first.place.text(reader.language),
    )
    hints = tuple(hint for each in schedules for hint in each.hints)
    return ReadRow(training, (*dict.fromkeys(hints), *_link_hints(training, first), *_status_hints(first, reader)))


def _read(field: str, row: TableRow, reader: Reader, read: Callable[[], T]) -> T:
    try:
        return read()
    except NotUnderstood as error:
        heading = reader.columns.get(field, field)
        raise Unclear(
            f"{field}_unclear",
            Text(f"{heading}: {error.text.de}", f"{heading}: {error.text.en}"),
            read=row.text(field),
            remedy=_instead(field),
        ) from error


def _status(row: TableRow, reader: Reader) -> Status:
    if "status" not in reader.columns:
        return Status.PUBLISHED
    return _read("status", row, reader, lambda: read_status(row.cell("status").value))


def _schedule(row: TableRow, reader: Reader) -> Schedule:
    try:
        return read_schedule(row.cell("date"), row.cell("start"), row.cell("end"), reader.zone)
    except NotUnderstood as error:
        read = " | ".join(filter(None, (row.text(field) for field in ("date", "start", "end"))))
        raise Unclear("date_unclear", error.text, read=read, remedy=_instead("date")) from error


def _sessions(spans: Iterable[Span]) -> Iterator[Session]:
    ordered = sorted(spans, key=lambda span: span[0].isoformat())  # days and moments don't compare
    if len({start for start, _ in ordered}) != len(ordered):
        raise Unclear(
            "date_unclear",
            Text("derselbe Termin steht zweimal da", "the same session stands there twice"),
            remedy=_instead("date"),
        )
    for number, (start, end) in enumerate(ordered, start=1):
        yield Session(number, start, end)


def _refuse_unknown_values(row: TableRow, reader: Reader) -> None:
    for field, cell in row.cells.items():
        heading = reader.columns[field]
        if cell.lacks_value:
            raise Unclear(
                "formula_without_value",
                Text(
                    f"in „{heading}“ steht eine Formel, deren Ergebnis nicht gespeichert ist",
                    f'in "{heading}" there is a formula whose result is not stored',
                ),
                remedy=Text(
                    "Die Datei in Excel oder LibreOffice öffnen und speichern, oder den Wert selbst hineinschreiben.",
                    "Open and save the file in Excel or LibreOffice, or write the value itself.",
                ),
            )
        if cell.is_error:
            raise Unclear(
                "formula_error",
                Text(f"in „{heading}“ steht ein Fehler von Excel", f'in "{heading}" there is an error of Excel'),
                read=cell.text,
                remedy=_instead(field),
            )


def _refuse_struck(rows: Sequence[TableRow], status: Status, reader: Reader) -> None:
    """Struck through may mean cancelled, done, or undecided. Where the status says cancelled, nothing is unclear."""
    struck = [field for row in rows for field in _STRUCK_MATTERS if row.cell(field).is_struck]
    if struck and status is not Status.CANCELLED:
        raise Unclear(
            "row_struck_through",
            Text(
                f"durchgestrichen: {', '.join(dict.fromkeys(reader.columns[field] for field in struck))}. "
                "Fällt die Schulung aus?",
                f"struck through: {', '.join(dict.fromkeys(reader.columns[field] for field in struck))}. "
                "Is the training cancelled?",
            ),
            read=rows[0].text("title"),
            remedy=Text(
                f"„{WORDS[Status.CANCELLED].de}“ in die Statusspalte schreiben, oder die Streichung entfernen.",
                f"Write “{WORDS[Status.CANCELLED].en}” into the status column, or remove the strike-through.",
            ),
        )


def _refuse_contradictions(rows: Sequence[TableRow], reader: Reader) -> None:
    """Rows of one key: whatever is not about the date is written once, or the same in each."""
    for row in rows[1:]:
        for field in row.own - _MORE_SESSIONS_MAY_DIFFER:
            if row.text(field) != rows[0].text(field):
                heading = reader.columns[field]
                raise Unclear(
                    "rows_contradict",
                    Text(
                        f"zwei Zeilen derselben Nummer nennen Verschiedenes in „{heading}“",
                        f'two rows of the same key say different things in "{heading}"',
                    ),
                    read=f"{rows[0].text(field)} | {row.text(field)}",
                    remedy=Text("Jeder Schulung eine eigene Nummer geben.", "Give each training a key of its own."),
                )


def _link_hints(training: Training, row: TableRow) -> tuple[Text, ...]:
    if training.link or not row.text("link"):
        return ()
    return (
        Text(
            f"„{row.text('link')[:60]}“ ist keine Adresse; ohne Link eingetragen",
            f'"{row.text("link")[:60]}" is no address; entered without a link',
        ),
    )


def _status_hints(row: TableRow, reader: Reader) -> tuple[Text, ...]:
    if "status" not in reader.columns or row.text("status"):
        return ()
    return (
        Text(
            "ohne Status; gilt als Entwurf und ist unsichtbar",
            "without a status; taken for a draft, which is invisible",
        ),
    )


_INSTEAD = {
    "status": Text("Entwurf, veröffentlicht, ausgebucht oder fällt aus", "draft, published, full or cancelled"),
    "title": Text("einen Titel", "a title"),
    "date": Text(
        "12.03.2027 oder 12.-14.03.2027 oder 12.03.2027; 19.03.2027, offen: n. n. · Uhrzeit: 9:00 oder 9–12 Uhr",
        "12.03.2027 or 12.-14.03.2027 or 12.03.2027; 19.03.2027, open: tbd · time: 9:00 or 9–12 Uhr",
    ),
    "seats": Text("eine Zahl, zum Beispiel 20; ohne Grenze leer lassen", "a number such as 20; empty for no limit"),
    "register_until": Text("05.03.2027 oder 3 Tage vorher", "05.03.2027 or 3 days before"),
}


def _instead(field: str) -> Text:
    default = NOTHING if field in _INSTEAD else Text("den Wert selbst", "the value itself")
    return _INSTEAD.get(field, default)


def renumbered(training: Training, numbers: Sequence[int]) -> Training:
    """The training with these numbers for its sessions, in their order."""
    pairs = zip(training.sessions, numbers, strict=True)
    return replace(training, sessions=tuple(replace(session, number=number) for session, number in pairs))
