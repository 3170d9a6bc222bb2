"""What a new folder begins with: sub-folders and first documents, from the package or from an administrator's folder.

Placeholders ({name}, {network}, {contact}, {until} in our own templates) are replaced in text files; what isn't known
stays as it is written. A file ".folder" keeps an empty folder. What can't be put into a folder is left out by name, and
the rest goes on: links, files above 10 MB, what may not be read, names that Nextcloud takes for no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from network.text import Text
from network.written.reasons import reason

OWN = Path(__file__).parent / "templates"
EXCHANGE_GROUP = "austauschgruppe"
_LARGEST = 10 * 1024 * 1024
_LONGEST_NAME = 250
_TEXTS = (".md", ".txt", ".csv")
_LAST = "Readme.md"  # Nextcloud shows it above the folder; written last, it also says that the template is complete


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """`path` below the folder, without "/" at either end. `data` is None for a sub-folder."""

    path: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a template isn't put in; `path` as an administrator finds it."""

    path: str
    why: Text


@dataclass(frozen=True, slots=True)
class Template:
    """Entries in the order of their making: a folder before what is in it, the Readme last."""

    name: str
    entries: tuple[TemplateEntry, ...]
    left_out: tuple[LeftOut, ...] = ()

    def filled(self, words: Mapping[str, str]) -> tuple[TemplateEntry, ...]:
        return tuple(_filled(entry, words) for entry in self.entries)


def own_templates() -> tuple[str, ...]:
    """The names of the templates that come with the package."""
    return tuple(sorted(path.name for path in OWN.iterdir() if path.is_dir()))


def load(template: str | Path) -> Template:
    """A template of the package by name, or an administrator's folder. Never fails: what can't be read is left out."""
    root = template if isinstance(template, Path) else OWN / template
    found = tuple(_below(root, root))
    entries = sorted((each for each in found if isinstance(each, TemplateEntry)), key=_rank)
    return Template(root.name, tuple(entries), tuple(each for each in found if isinstance(each, LeftOut)))


def own_words(*, name: str, network: str, contact: str, until: date | None) -> tuple[tuple[str, str], ...]:
    """What the placeholders of our own templates are replaced with."""
    end = f"{until:%d.%m.%Y}" if until is not None else "noch offen"
    return (("name", name), ("network", network), ("contact", contact), ("until", end))


def _below(root: Path, folder: Path) -> Iterator[TemplateEntry | LeftOut]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield LeftOut(str(folder), reason(error))
        return
    for path in paths:
        if not path.name.startswith((".", "~$")):
            yield from _one(root, path)


def _one(root: Path, path: Path) -> Iterator[TemplateEntry | LeftOut]:
    refused = LINK if path.is_symlink() else _refused_name(path.name)
    if refused is not None:
        yield LeftOut(str(path), refused)
        return
    below = path.relative_to(root).as_posix()
    try:
        if path.is_dir():
            yield TemplateEntry(below)
            yield from _below(root, path)
        elif not path.is_file():
            yield LeftOut(str(path), NO_FILE)
        elif path.stat().st_size > _LARGEST:
            yield LeftOut(str(path), TOO_LARGE)
        else:
            yield TemplateEntry(below, path.read_bytes())
    except OSError as error:
        yield LeftOut(str(path), reason(error))


LINK = Text("ist ein Verweis; legen Sie die Datei selbst hinein", "is a link; put the file itself there")
NO_FILE = Text("ist weder Datei noch Ordner", "is neither a file nor a folder")
TOO_LARGE = Text("ist größer als 10 MB", "is larger than 10 MB")
NO_NAME = Text(
    "diesen Namen nimmt Nextcloud nicht an: bitte umbenennen (kein „\\“, keine Steuerzeichen, höchstens 250 Bytes)",
    'Nextcloud doesn\'t take this name: please rename it (no "\\", no control characters, at most 250 bytes)',
)


def _refused_name(name: str) -> Text | None:
    """What every Nextcloud refuses; what an administrator of it forbids beyond that, it says itself."""
    try:
        is_short = len(name.encode()) <= _LONGEST_NAME
    except UnicodeEncodeError:  # the name is no UTF-8
        return NO_NAME
    return None if is_short and "\\" not in name and name.isprintable() else NO_NAME


def _rank(entry: TemplateEntry) -> tuple[bool, bool, str]:
    return (entry.path == _LAST, entry.data is not None, entry.path)


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
