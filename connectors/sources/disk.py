"""A file on this machine. Refuses what is no ordinary file, is too large, or was saved a moment ago."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connectors.sources.looking import Found, Look, Settling, Unchanged
from connectors.sources.neighbours import neighbour_problems, vanished
from connectors.sources.refusal import too_large, unreadable
from connectors.sources.settling import is_settled
from network.errors import RightMissing, Unreachable
from network.ports import SourceCopy
from network.text import Text
from network.written.reasons import reason


class DiskPlace:
    def __init__(self, path: Path, *, where: str, settle: timedelta, max_bytes: int) -> None:
        self._path = path
        self._where = where
        self._settle = settle
        self._max_bytes = max_bytes

    @property
    def name(self) -> str:
        return str(self._path)

    @property
    def identity(self) -> str:
        return self.name

    @property
    def login_mark(self) -> str:
        return ""

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        try:
            return self._look(known, now)
        except FileNotFoundError as error:
            raise vanished(self._path.name, self._others()) from error
        except PermissionError as error:
            raise RightMissing(
                Text("die Datei darf nicht gelesen werden", "reading the file is not allowed")
            ) from error
        except (ValueError, OverflowError) as error:  # a name or a time that no file system should have
            raise unreadable("not_a_file", "keine gewöhnliche Datei", "not an ordinary file") from error
        except OSError as error:
            why = reason(error)
            raise Unreachable(Text(f"nicht lesbar: {why.de}", f"can't be read: {why.en}")) from error

    def _look(self, known: SourceCopy | None, now: datetime) -> Look:
        before = self._path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise unreadable("not_a_file", "keine gewöhnliche Datei", "not an ordinary file")
        problems = tuple(neighbour_problems(self._path.name, self._others(), self._where))
        saved_at = datetime.fromtimestamp(before.st_mtime, UTC)
        if known is not None and known.etag == _stamp(before):
            return Look(Unchanged(), problems)
        if not is_settled(saved_at, now, self._settle):
            return Look(Settling(saved_at), problems)
        if before.st_size > self._max_bytes:
            raise too_large(self._max_bytes)
        with self._path.open("rb") as file:
            content = file.read(self._max_bytes + 1)
        after = self._path.stat()
        if _stamp(after) != _stamp(before):  # saved while we read
            return Look(Settling(datetime.fromtimestamp(after.st_mtime, UTC)), problems)
        return Look(Found(content, _stamp(after)), problems)

    def _others(self) -> list[str]:
        try:
            return [each.name for each in self._path.parent.iterdir() if each.name != self._path.name]
        except OSError:
            return []


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns}-{status.st_size}-{status.st_ino}"
