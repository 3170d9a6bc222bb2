"""What the sandbox remembers: tables of frozen records, kept in memory and, with a folder, in a journal of JSON lines.

Each change is one line that is flushed before the request is answered, so a sandbox that was killed knows after its
next start everything that it had answered. Refuses queries: whoever needs an index builds it from the table.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from pydantic import TypeAdapter

Record = TypeVar("Record")


class Journal:
    """Opens `path` (None: memory alone), gives out tables and writes their changes down."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._rows: dict[str, dict[str, Any]] = {}
        self._tables: dict[str, Table[Any]] = {}
        self._file: IO[str] | None = None
        if path is not None:
            self._rows = _replayed(path)
            _compact(path, self._rows)
            self._file = path.open("a", encoding="utf-8")

    def table(self, name: str, kind: type[Record]) -> Table[Record]:
        """The table `name`, filled with what an earlier run left in it. Ask once for each name."""
        adapter = TypeAdapter(kind)
        rows = self._rows.pop(name, {})
        table: Table[Record] = Table(self, name, {key: adapter.validate_python(row) for key, row in rows.items()})
        self._tables[name] = table
        return table

    def write(self, table: str, key: str, record: object | None) -> None:
        if self._file is None:
            return
        row = None if record is None else dataclasses.asdict(record)  # type: ignore[call-overload]
        self._file.write(json.dumps([table, key, row], ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Table(MutableMapping[str, Record], Generic[Record]):
    """Records by key in order of creation; setting and deleting reach the journal."""

    def __init__(self, journal: Journal, name: str, rows: dict[str, Record]) -> None:
        self._journal = journal
        self._name = name
        self._rows = rows

    def __getitem__(self, key: str) -> Record:
        return self._rows[key]

    def __setitem__(self, key: str, record: Record) -> None:
        self._rows[key] = record
        self._journal.write(self._name, key, record)

    def __delitem__(self, key: str) -> None:
        del self._rows[key]
        self._journal.write(self._name, key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows


@dataclasses.dataclass(frozen=True, slots=True)
class Counter:
    last: int


class Numbers:
    """Numbers that are given out once, also after what bore them was deleted."""

    def __init__(self, journal: Journal) -> None:
        self._last = journal.table("numbers", Counter)

    def next(self, name: str) -> int:
        number = (self._last[name].last if name in self._last else 0) + 1
        self._last[name] = Counter(number)
        return number


def _replayed(path: Path) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    if not path.exists():
        return rows
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.endswith("\n"):
                break  # the writer was killed in the middle of its last line; that request was never answered
            table, key, row = json.loads(line)
            if row is None:
                rows.get(table, {}).pop(key, None)
            else:
                rows.setdefault(table, {})[key] = row
    return rows


def _compact(path: Path, rows: dict[str, dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        for table, records in rows.items():
            for key, row in records.items():
                file.write(json.dumps([table, key, row], ensure_ascii=False) + "\n")
    fresh.replace(path)
