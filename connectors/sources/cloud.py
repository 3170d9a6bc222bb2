"""A file in Nextcloud as the service account sees it. One listing of its folder tells the file and its neighbours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from connectors.sources.looking import Found, Look, Settling, Unchanged
from connectors.sources.neighbours import neighbour_problems, vanished
from connectors.sources.refusal import too_large, unreadable
from connectors.sources.settling import is_settled
from network.errors import NotThere
from network.ports import Files, FileSeen, SourceCopy
from network.text import Text

_ONE_TAG = timedelta(minutes=1)
"""Nextcloud makes a file's ETag from its time and size: two savings within a second may have the same. One that was
read so early is read again the next time."""


class CloudPlace:
    def __init__(self, files: Files, path: str, *, where: str, settle: timedelta, max_bytes: int) -> None:
        self._files = files
        self._path = PurePosixPath(path)
        self._where = where
        self._settle = settle
        self._max_bytes = max_bytes

    @property
    def name(self) -> str:
        return f"nextcloud:{self._path}"

    @property
    def identity(self) -> str:
        return self.name

    @property
    def login_mark(self) -> str:
        return ""

    def look(self, known: SourceCopy | None, now: datetime) -> Look:
        listed = self._listed()
        names = [PurePosixPath(each.path).name for each in listed]
        seen = next((each for each in listed if PurePosixPath(each.path).name == self._path.name), None)
        if seen is None:
            raise vanished(self._path.name, names)
        if seen.is_folder:
            raise unreadable("not_a_file", "ein Ordner, keine Datei", "a folder, not a file")
        problems = tuple(neighbour_problems(self._path.name, names, self._where))
        if known is not None and seen.etag and known.etag == seen.etag:
            return Look(Unchanged(), problems)
        if seen.modified is not None and not is_settled(seen.modified, now, self._settle):
            return Look(Settling(seen.modified), problems)
        if seen.size > self._max_bytes:
            raise too_large(self._max_bytes)
        found = self._read(seen)
        return Look(found if is_settled(seen.modified, now, _ONE_TAG) else replace(found, etag=""), problems)

    def _read(self, seen: FileSeen) -> Found:
        content = self._files.read(str(self._path), max_bytes=self._max_bytes)
        if len(content) < seen.size:
            raise unreadable(
                "truncated",
                f"nur {len(content)} von {seen.size} Bytes kamen an",
                f"only {len(content)} of {seen.size} bytes arrived",
            )
        return Found(content, seen.etag)

    def _listed(self) -> tuple[FileSeen, ...]:
        folder = str(self._path.parent)
        try:
            return self._files.list(folder)
        except NotThere as error:
            raise NotThere(
                Text(f"der Ordner „{folder}“ ist nicht da", f'the folder "{folder}" is not there'),
                remedy=Text(
                    "Ordner für das Konto des Netzwerks freigeben.", "Share the folder with the network's account."
                ),
                code="source_vanished",
            ) from error
