"""Where a source lies: a file beside the configuration, an address, or a file in Nextcloud."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from network.document.values import Scalar
from network.settings.names import web_address
from network.text import Text
from network.written.refusal import NotUnderstood

_IN_NEXTCLOUD = "nextcloud:"


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this machine; `path` is absolute."""

    path: Path


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file at a web address."""

    url: str


@dataclass(frozen=True, slots=True)
class CloudFile:
    """A file in Nextcloud as the service account sees it; `path` begins with "/"."""

    path: str


Location = LocalFile | WebFile | CloudFile


def location(written: str) -> Location:
    """Raises NotUnderstood. A relative path is relative to the file it is written in."""
    if written.startswith(_IN_NEXTCLOUD):
        return CloudFile(_cloud_path(written.removeprefix(_IN_NEXTCLOUD)))
    if "://" in written:
        return WebFile(web_address(written))
    return LocalFile(local_path(written))


def local_path(written: str) -> Path:
    """An absolute path. Raises NotUnderstood."""
    if not written or "\n" in written:
        raise NotUnderstood(Text("kein Dateiname", "no file name"))
    if isinstance(written, Scalar):
        return Path(written.spot.folder, written)
    if Path(written).is_absolute():
        return Path(written)
    raise NotUnderstood(Text("hier wird ein vollständiger Pfad erwartet", "a full path is expected here"))


def _cloud_path(written: str) -> str:
    path = PurePosixPath(written)
    if not path.is_absolute() or ".." in path.parts or len(path.parts) < 2:
        raise NotUnderstood(
            Text(
                "kein Pfad in Nextcloud; erlaubt ist zum Beispiel: nextcloud:/Planung/Schulungsplan.xlsx",
                "no path in Nextcloud; allowed is for example: nextcloud:/Planung/Schulungsplan.xlsx",
            )
        )
    return str(path)
