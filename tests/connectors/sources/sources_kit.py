"""What tests of sources stand on: memory, small workbooks, files in a Nextcloud, and a table with its usual columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from connectors.sources.disk import DiskPlace
from connectors.tables.source import TableOfTrainings
from connectors.tables.table import Wanted
from connectors.tables.trainings import Reader
from network.errors import NotThere
from network.model import Delivery, Training
from network.ports import FileSeen, SourceCopy
from network.text import Text

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def on_the_wall(written: str) -> datetime:
    """A moment without a zone, as Excel has them."""
    return datetime.fromisoformat(written)


COLUMNS = {
    "key": "Nr.",
    "status": "Status",
    "title": "Titel",
    "date": "Datum",
    "start": "Beginn",
    "end": "Ende",
    "place": "Ort",
    "seats": "Plätze",
    "tags": "Themen",
}
HEADINGS = tuple(COLUMNS.values())


@dataclass
class Memory:
    """A SourceMemory in a dictionary. With `writes` off it is a dry run's: it only reads."""

    kept: SourceCopy | None = None
    notes: dict[str, str] = field(default_factory=dict)
    writes: bool = True

    def copy(self) -> SourceCopy | None:
        return self.kept

    def keep(self, copy: SourceCopy) -> None:
        if self.writes:
            self.kept = copy

    def note(self, name: str) -> str:
        return self.notes.get(name, "")

    def keep_note(self, name: str, text: str) -> None:
        if self.writes:
            self.notes[name] = text

    def as_dry_run(self) -> Memory:
        return Memory(self.kept, dict(self.notes), writes=False)


@dataclass
class CloudFiles:
    """The reading half of `network.ports.Files`, over a dictionary of path → (content, ETag, saved at)."""

    stored: dict[str, tuple[bytes, str, datetime]] = field(default_factory=dict)
    read_paths: list[str] = field(default_factory=list)

    def list(self, path: str) -> tuple[FileSeen, ...]:
        found = tuple(
            FileSeen(name, False, etag, saved_at, len(content))
            for name, (content, etag, saved_at) in self.stored.items()
            if str(PurePosixPath(name).parent) == path
        )
        if not found and path != "/":
            raise NotThere(Text("nicht da", "not there"))
        return found

    def stat(self, path: str) -> FileSeen | None:
        return next((each for each in self.list(str(PurePosixPath(path).parent)) if each.path == path), None)

    def read(self, path: str, *, max_bytes: int) -> bytes:
        self.read_paths.append(path)
        return self.stored[path][0][:max_bytes]

    def write(
        self, path: str, data: bytes, *, content_type: str = "application/octet-stream", if_match: str = ""
    ) -> str:
        raise AssertionError("a source is never written to")

    def make_folder(self, path: str) -> bool:
        raise AssertionError("a source is never written to")

    def delete(self, path: str) -> None:
        raise AssertionError("a source is never written to")


Decorate = Callable[[Worksheet], None]


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], decorate: Decorate | None = None) -> bytes:
    """An XLSX with these rows; `decorate` is called with each sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if decorate is not None:
            decorate(sheet)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def row(key: object = 1, **cells: object) -> list[object]:
    """A row under `HEADINGS`: published, with a title and a day, where nothing else is said."""
    values = {"key": key, "status": "veröffentlicht", "title": f"Schulung {key}", "date": "12.03.2027"} | cells
    return [values.get(name) for name in COLUMNS]


def plan(*rows: Sequence[object], decorate: Decorate | None = None) -> bytes:
    """A workbook with one sheet "Plan": the headings in row 1, then these rows."""
    return workbook({"Plan": [HEADINGS, *rows]}, decorate)


@dataclass
class Table:
    """A table of trainings on disk. Saving it makes it old enough to be read."""

    path: Path
    memory: Memory = field(default_factory=Memory)
    columns: Mapping[str, str] = field(default_factory=lambda: dict(COLUMNS))
    answers: dict[str, str] = field(default_factory=dict)
    may_be_empty: bool = False
    sheets: tuple[str, ...] = ()
    settle: timedelta = timedelta(0)

    def save(self, content: bytes) -> None:
        self.path.write_bytes(content)

    def deliver(self, now: datetime = NOW, memory: Memory | None = None) -> Delivery:
        needed = tuple(each for each in ("key", "title", "status", "date") if each in self.columns)
        source = TableOfTrainings(
            Wanted(self.columns, needed, self.sheets),
            Reader("plan", self.columns, BERLIN, "de"),
            DiskPlace(self.path, where="connectors.plan", settle=self.settle, max_bytes=10**7),
            memory or self.memory,
            may_be_empty=self.may_be_empty,
            answers=self.answers,
        )
        return source.deliver(now)

    def read(self, content: bytes) -> Delivery:
        self.save(content)
        return self.deliver()


def trainings(delivery: Delivery) -> dict[str, Training]:
    return {offer.key: offer.parse() for offer in delivery.offers()}


def starts(delivery: Delivery, key: str) -> list[str]:
    """The sessions of one training as `number: start`."""
    return [f"{each.number}: {each.start.isoformat()}" for each in trainings(delivery)[key].sessions]


def questions(delivery: Delivery) -> dict[str, str]:
    return {each.key: each.code for each in delivery.questions}


def codes(delivery: Delivery) -> list[str]:
    return [each.code for each in delivery.problems]
