"""One YAML file becomes a Branch, or complaints about its spelling.

Refused: what isn't UTF-8, tabs as indentation, keys written twice, tags that would build objects, aliases that unfold
into more than any person would write. YAML's own guesses about numbers, dates and booleans are not used.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import yaml

from network.document.complaint import Complaint
from network.document.syntax import syntax_complaint
from network.document.values import Branch, Listing, Scalar, Spot, Value
from network.text import Text

_MOST_BYTES = 2_000_000
_MOST_VALUES = 100_000
_DEEPEST = 30
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    _TAG + name for name in ("str", "null", "bool", "int", "float", "timestamp", "seq", "map", "value")
)
_MERGE = _TAG + "merge"
_NULL = _TAG + "null"


class Read(NamedTuple):
    """`branch` is None where the file as a whole can't be read."""

    branch: Branch | None
    complaints: tuple[Complaint, ...]


def read_file(path: Path, name: str) -> Read:
    """Reads the file; `name` is how complaints call it. Never raises for what a file may hold."""
    start = Spot(name, path.parent, 1)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unreadable(
            start,
            "file_unreadable",
            Text(f"die Datei ist nicht lesbar ({reason})", f"the file can't be read ({reason})"),
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


def read_text(text: str, start: Spot) -> Read:
    """The same for text that was read already."""
    tabs = [_tab(number, start) for number, line in enumerate(text.split("\n"), 1) if _indented_by_tab(line)]
    if tabs:
        return Read(None, tuple(tabs))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return Read(None, (syntax_complaint(error, text, start),))
    if node is None or node.tag == _NULL:
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
    reader = _Reader()
    try:
        branch = reader.branch(node, start)
    except _TooMuchError as error:
        return _unreadable(error.spot, "file_too_big", _TOO_MUCH)
    return Read(branch, tuple(reader.complaints))


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


class _TooMuchError(Exception):
    """The file unfolds into more values than we read."""

    def __init__(self, spot: Spot) -> None:
        super().__init__(spot.where)
        self.spot = Spot(spot.file, spot.folder, spot.line)


class _Reader:
    """Turns YAML nodes into values and collects what is wrong on the way."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self._values = 0
        self._depth = 0

    def branch(self, node: yaml.MappingNode, spot: Spot) -> Branch:
        values: dict[str, Value] = {}
        key_spots: dict[str, Spot] = {}
        inherited: list[Branch] = []
        for key_node, value_node in node.value:
            line = Spot(spot.file, spot.folder, key_node.start_mark.line + 1, spot.path)
            if key_node.tag == _MERGE:
                inherited += self._inherited(value_node, line)
                continue
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.value:
                self._complain("bad_key", line, Text("ein Schlüssel ist ein einzelnes Wort", "a key is a single word"))
                continue
            key = str(key_node.value)
            key_spot = line.below(key)
            if _unprintable(key):
                self._complain("bad_key", line, _CONTROL)
            elif key in key_spots:
                self._complain(
                    "duplicate_key",
                    key_spot,
                    Text(
                        f"steht zweimal da, zuerst in Zeile {key_spots[key].line}",
                        f"stands here twice, first in line {key_spots[key].line}",
                    ),
                )
            else:
                key_spots[key] = key_spot
                value = self._value(value_node, key_spot)
                if value is not None:
                    values[key] = value
        for more in inherited:
            for key in more.keys() - key_spots.keys():
                values[key] = more[key]
                key_spots[key] = more.key_spots[key]
        return Branch(values, spot, key_spots)

    @contextmanager
    def _counted(self, spot: Spot) -> Iterator[None]:
        """Stops what unfolds without end: an alias may stand inside of what it names."""
        self._values += 1
        self._depth += 1
        if self._values > _MOST_VALUES or self._depth > _DEEPEST:
            raise _TooMuchError(spot)
        yield
        self._depth -= 1

    def _value(self, node: yaml.Node, spot: Spot) -> Value | None:
        if node.tag not in _PLAIN_TAGS:
            self._complain(
                "yaml_tag",
                spot,
                Text(
                    "ein Wert mit „!“ am Anfang gehört in Anführungszeichen",
                    'a value that starts with "!" belongs in quotes',
                ),
            )
            return None
        with self._counted(spot):
            if isinstance(node, yaml.MappingNode):
                return self.branch(node, spot)
            if isinstance(node, yaml.SequenceNode):
                return self._listing(node, spot)
            return self._scalar(node, spot)

    def _listing(self, node: yaml.SequenceNode, spot: Spot) -> Listing:
        values = []
        for item in node.value:
            # An item keeps the path of its list: the line tells which one is meant.
            value = self._value(item, Spot(spot.file, spot.folder, item.start_mark.line + 1, spot.path))
            if value is not None:
                values.append(value)
        return Listing(values, spot)

    def _scalar(self, node: yaml.Node, spot: Spot) -> Scalar | None:
        text = str(node.value)
        if node.tag == _NULL and not getattr(node, "style", None):
            # A section whose lines are all comments is nothing; below that a key without value is a slip.
            if len(spot.path) > 1:
                self._complain(
                    "empty_value",
                    spot,
                    Text(
                        "hat keinen Wert; bitte eintragen oder die Zeile löschen",
                        "has no value; please write one or delete the line",
                    ),
                )
            return None
        if _unprintable(text):
            self._complain("bad_character", spot, _CONTROL)
            return None
        return Scalar(text, Spot(spot.file, spot.folder, node.start_mark.line + 1, spot.path))

    def _inherited(self, node: yaml.Node, spot: Spot) -> list[Branch]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        branches = []
        for one in nodes:
            if isinstance(one, yaml.MappingNode):
                with self._counted(spot):
                    branches.append(self.branch(one, spot))
            else:
                self._complain(
                    "yaml_merge",
                    spot.below("<<"),
                    Text("hier wird ein Abschnitt erwartet", "a section is expected here"),
                )
        return branches

    def _complain(self, code: str, spot: Spot, text: Text) -> None:
        self.complaints.append(Complaint(code, spot, text))


_TOO_MUCH = Text(
    "die Datei entfaltet sich zu mehr Werten oder tiefer, als wir lesen (Verweise mit „*“?)",
    'the file unfolds into more values, or deeper, than we read (aliases with "*"?)',
)
# Line break, tab, soft hyphen, and what joins an emoji out of several.
_HARMLESS = "\n\t\u00ad\u200c\u200d"
_CONTROL = Text("enthält ein unsichtbares Steuerzeichen", "contains an invisible control character")


def _unprintable(text: str) -> bool:
    """Whether there are control characters, marks that turn the direction of writing, or halves of characters."""
    return any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _HARMLESS for character in text
    )
