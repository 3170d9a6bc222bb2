"""What a new folder begins with: sub-folders and first documents, from the package or from an administrator's folder.

Placeholders ({name}, {network}, {contact}, {until} in our own templates) are replaced in text files; what isn't known
stays as it is written. A file ".folder" keeps an empty folder. Refuses files above 10 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

OWN = Path(__file__).parent / "templates"
EXCHANGE_GROUP = "austauschgruppe"
_LARGEST = 10 * 1024 * 1024
_TEXTS = (".md", ".txt", ".csv")
_LAST = "Readme.md"  # Nextcloud shows it above the folder; written last, it also says that the template is complete


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """`path` below the folder, without "/" at either end. `data` is None for a sub-folder."""

    path: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Entries in the order of their making: a folder before what is in it, the Readme last."""

    name: str
    entries: tuple[TemplateEntry, ...]

    def filled(self, words: Mapping[str, str]) -> tuple[TemplateEntry, ...]:
        return tuple(_filled(entry, words) for entry in self.entries)


def own_templates() -> tuple[str, ...]:
    """The names of the templates that come with the package."""
    return tuple(sorted(path.name for path in OWN.iterdir() if path.is_dir()))


def load(template: str | Path) -> Template:
    """A template of the package by name, or an administrator's folder. OSError when it can't be read."""
    root = template if isinstance(template, Path) else OWN / template
    if not root.is_dir():
        raise NotADirectoryError(root)
    counted = (path for path in root.rglob("*") if _counts(path.relative_to(root)))
    paths = sorted(counted, key=lambda path: _rank(root, path))
    return Template(root.name, tuple(_entry(root, path) for path in paths))


def own_words(*, name: str, network: str, contact: str, until: date | None) -> tuple[tuple[str, str], ...]:
    """What the placeholders of our own templates are replaced with."""
    end = f"{until:%d.%m.%Y}" if until is not None else "noch offen"
    return (("name", name), ("network", network), ("contact", contact), ("until", end))


def _counts(path: Path) -> bool:
    return not any(part.startswith((".", "~$")) for part in path.parts)


def _rank(root: Path, path: Path) -> tuple[bool, bool, str]:
    below = path.relative_to(root).as_posix()
    return (below == _LAST, path.is_file(), below)


def _entry(root: Path, path: Path) -> TemplateEntry:
    below = path.relative_to(root).as_posix()
    if path.is_dir():
        return TemplateEntry(below)
    if path.stat().st_size > _LARGEST:
        raise OSError(f"{path}: larger than {_LARGEST} bytes")
    return TemplateEntry(below, path.read_bytes())


def filled_text(path: str, data: bytes, words: Mapping[str, str]) -> bytes:
    """The content of a file with its placeholders replaced, where it is text."""
    if not path.casefold().endswith(_TEXTS):
        return data
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text.encode()


def _filled(entry: TemplateEntry, words: Mapping[str, str]) -> TemplateEntry:
    return entry if entry.data is None else replace(entry, data=filled_text(entry.path, entry.data, words))
