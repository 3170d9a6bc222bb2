"""One YAML file becomes a Branch, or complaints about its spelling.

Refused: what isn't UTF-8, tabs as indentation, more than one document, aliases that unfold into more than any person
would write.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import NamedTuple

import yaml

from network.document.complaint import Complaint
from network.document.nodes import NULL, NodeReader, TooMuchError
from network.document.syntax import syntax_complaint
from network.document.values import Branch, Spot
from network.text import Text
from network.written.reasons import reason

_MOST_BYTES = 2_000_000


class Read(NamedTuple):
    """`branch` is None where the file as a whole can't be read."""

    branch: Branch | None
    complaints: tuple[Complaint, ...]


def read_file(path: Path, name: str) -> Read:
    """Reads the file; `name` is how complaints call it. Never raises for what a file may hold."""
    start = Spot(name, path.parent, 1)
    try:
        if _would_hang(path):
            return _unreadable(
                start, "file_unreadable", Text("das ist keine gewöhnliche Datei", "this is not an ordinary file")
            )
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        why = reason(error)
        return _unreadable(
            start,
            "file_unreadable",
            Text(f"die Datei ist nicht lesbar ({why.de})", f"the file can't be read ({why.en})"),
        )
    if len(content) > _MOST_BYTES:
        return _unreadable(start, "file_too_big", Text("die Datei ist größer als 2 MB", "the file is bigger than 2 MB"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unreadable(
            Spot(name, path.parent, line),
            "not_utf8",
            Text(
                "die Datei ist nicht als UTF-8 gespeichert; bitte im Editor „UTF-8“ wählen und neu speichern",
                'the file is not saved as UTF-8; please choose "UTF-8" in the editor and save again',
            ),
        )
    return read_text(text, start)


def _would_hang(path: Path) -> bool:
    """Whether it is neither file nor folder: a pipe waits for somebody to write, a device may never end."""
    mode = path.stat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def read_text(text: str, start: Spot) -> Read:
    """The same for text that was read already."""
    tabs = [_tab(number, start) for number, line in enumerate(text.split("\n"), 1) if _indented_by_tab(line)]
    if tabs:
        return Read(None, tuple(tabs))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return Read(None, (syntax_complaint(error, text, start),))
    if node is None or node.tag == NULL:
        return _unreadable(start, "file_empty", Text("die Datei ist leer", "the file is empty"))
    if not isinstance(node, yaml.MappingNode):
        return _unreadable(
            start,
            "not_a_mapping",
            Text(
                "hier werden Abschnitte erwartet, zum Beispiel „network:“ am Zeilenanfang",
                'sections are expected here, for example "network:" at the start of a line',
            ),
        )
    reader = NodeReader()
    try:
        branch = reader.branch(node, start)
    except TooMuchError as error:
        return _unreadable(error.spot, "file_too_big", _TOO_MUCH)
    return Read(branch, tuple(reader.complaints))


_TOO_MUCH = Text(
    "die Datei entfaltet sich zu mehr Werten oder tiefer, als wir lesen (Verweise mit „*“?)",
    'the file unfolds into more values, or deeper, than we read (aliases with "*"?)',
)


def _unreadable(spot: Spot, code: str, text: Text) -> Read:
    return Read(None, (Complaint(code, spot, text),))


def _indented_by_tab(line: str) -> bool:
    stripped = line.lstrip()
    return bool(stripped) and not stripped.startswith("#") and "\t" in line[: len(line) - len(stripped)]


def _tab(line: int, start: Spot) -> Complaint:
    return Complaint(
        "yaml_tab",
        Spot(start.file, start.folder, line),
        Text("mit Tabulator eingerückt; erlaubt sind nur Leerzeichen", "indented by a tab; only spaces are allowed"),
    )
