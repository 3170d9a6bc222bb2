"""YAML nodes become values with places.

YAML's own guesses about numbers, dates and booleans are not used; tags that would build objects, keys written twice and
keys without a value are complained about; what unfolds without end is stopped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import yaml

from network.document.complaint import Complaint
from network.document.values import Branch, Listing, Scalar, Spot, Value
from network.text import Text

_MOST_VALUES = 100_000
_DEEPEST = 30
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    _TAG + name for name in ("str", "null", "bool", "int", "float", "timestamp", "seq", "map", "value")
)
_MERGE = _TAG + "merge"
NULL = _TAG + "null"
# Line break, tab, soft hyphen, and what joins an emoji out of several.
_HARMLESS = "\n\t\u00ad\u200c\u200d"
_CONTROL = Text("enthält ein unsichtbares Steuerzeichen", "contains an invisible control character")


class TooMuchError(Exception):
    """The file unfolds into more values than we read."""

    def __init__(self, spot: Spot) -> None:
        super().__init__(spot.where)
        self.spot = Spot(spot.file, spot.folder, spot.line)


class NodeReader:
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
            raise TooMuchError(spot)
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
        if node.tag == NULL and not getattr(node, "style", None):
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


def _unprintable(text: str) -> bool:
    """Whether there are control characters, marks that turn the direction of writing, or halves of characters."""
    return any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _HARMLESS for character in text
    )
