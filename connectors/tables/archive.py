"""XLSX and ODS files are ZIP archives: is this a whole one, and is it harmless to unpack?

Refuses archives that are cut off, protected by a password, or far bigger unpacked than any plan of trainings.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from connectors.sources.refusal import unreadable

MOST_ENTRIES = 2000
MOST_UNPACKED = 32 * 1024**2
_CHUNK = 1024**2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_archive(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def is_old_or_protected(content: bytes) -> bool:
    """The container of XLS files, and of XLSX files with a password."""
    return content.startswith(_OLE)


def entries(content: bytes) -> frozenset[str]:
    """The names inside, after every entry was unpacked once and found whole.

    What the archive says about its own sizes is not believed: the bytes are counted. SourceUnreadable `truncated` or
    `too_large`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_ENTRIES:
                raise unreadable("too_large", f"mehr als {MOST_ENTRIES} Teile", f"more than {MOST_ENTRIES} parts")
            room = MOST_UNPACKED
            for info in infos:
                if info.flag_bits & 1:
                    raise unreadable("protected", "mit einem Kennwort geschützt", "protected by a password")
                room -= _size(archive, info, room)
            return frozenset(info.filename for info in infos)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise unreadable("truncated", "nur ein Teil der Datei ist da", "only a part of the file is there") from error
    except zlib.error as error:
        raise unreadable("truncated", "die Datei ist beschädigt", "the file is damaged") from error


def unpacked(content: bytes, names: Iterable[str]) -> Iterator[bytes]:
    """These entries, one after the other, of an archive that `entries` has found harmless."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield from (archive.read(name) for name in names)


def _size(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> int:
    size = 0
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > room:
                megabytes = MOST_UNPACKED // 1024**2
                raise unreadable("too_large", f"ausgepackt über {megabytes} MB", f"over {megabytes} MB unpacked")
    return size
