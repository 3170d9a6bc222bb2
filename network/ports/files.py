"""Files below the account's home (WebDAV)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file or folder below the account's home. `path` starts with "/" and has no "/" at the end.

    `id` is its number for life, whatever it is called later: /index.php/f/ID opens it.
    """

    path: str
    is_folder: bool
    etag: str = ""
    modified: datetime | None = None
    size: int = 0
    id: str = ""


class Files(Protocol):
    def list(self, path: str) -> tuple[FileSeen, ...]:
        """The direct children; NotThere when the folder is missing."""
        ...

    def stat(self, path: str) -> FileSeen | None: ...
    def read(self, path: str, *, max_bytes: int) -> bytes: ...
    def write(
        self, path: str, data: bytes, *, content_type: str = "application/octet-stream", if_match: str = ""
    ) -> str:
        """The new ETag. Empty `if_match`: only when nothing is there (If-None-Match: *)."""
        ...

    def make_folder(self, path: str) -> bool:
        """False when it was there already."""
        ...

    def move(self, path: str, to: str) -> None:
        """AlreadyThere when something is at `to`, NotThere when nothing is at `path`."""
        ...

    def delete(self, path: str) -> None: ...
