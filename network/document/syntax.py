"""What a YAML parser complains about, said so that a person can mend it. Never quotes the text: it may be a secret."""

from __future__ import annotations

import yaml

from network.document.complaint import Complaint
from network.document.values import Spot
from network.text import Text

# The first that is found in the parser's sentence counts.
_SENTENCES = (
    (
        "mapping values are not allowed",
        Text(
            "hier passt kein Doppelpunkt: Ist die Zeile falsch eingerückt, oder gehört der Wert in Anführungszeichen?",
            "a colon doesn't fit here: is the line indented wrongly, or does the value belong in quotes?",
        ),
    ),
    (
        "expected a single document",
        Text("„---“ trennt hier ein zweites Dokument ab; erlaubt ist eines je Datei",
             '"---" starts a second document here; one per file is allowed'),
    ),
    (
        "undefined alias",
        Text("„*“ verweist auf nichts; ein Wert, der mit „*“ beginnt, gehört in Anführungszeichen",
             '"*" refers to nothing; a value that starts with "*" belongs in quotes'),
    ),
    (
        "duplicate anchor",
        Text("dieselbe Marke mit „&“ steht zweimal da", 'the same anchor with "&" stands here twice'),
    ),
    (
        "while scanning a simple key",
        Text("hier fehlt ein Doppelpunkt nach dem Schlüssel", "a colon is missing after the key here"),
    ),
    (
        "could not find expected ':'",
        Text("hier fehlt ein Doppelpunkt nach dem Schlüssel", "a colon is missing after the key here"),
    ),
    (
        "while scanning a quoted scalar",
        Text("ein Anführungszeichen wird nicht geschlossen oder ein „\\“ steht falsch",
             'a quote is not closed, or a "\\" stands wrongly'),
    ),
    (
        "while parsing a flow mapping",
        Text("eine geschweifte Klammer „{“ wird nicht geschlossen, oder ein Komma fehlt",
             'a curly bracket "{" is not closed, or a comma is missing'),
    ),
    (
        "while parsing a flow sequence",
        Text("eine eckige Klammer „[“ wird nicht geschlossen, oder ein Komma fehlt",
             'a square bracket "[" is not closed, or a comma is missing'),
    ),
    (
        "while parsing a block mapping",
        Text("die Einrückung passt nicht zu den Zeilen darüber", "the indentation doesn't fit the lines above"),
    ),
    (
        "while parsing a block collection",
        Text("die Einrückung passt nicht zu den Zeilen darüber", "the indentation doesn't fit the lines above"),
    ),
    (
        "cannot start any token",
        Text("ein Wert, der mit einem Sonderzeichen beginnt (@ ` % Tabulator), gehört in Anführungszeichen",
             "a value that starts with a special character (@ ` % tab) belongs in quotes"),
    ),
    (
        "special characters are not allowed",
        Text("die Datei enthält ein unsichtbares Steuerzeichen", "the file contains an invisible control character"),
    ),
    (
        "recursive",
        Text("die Klammern sind zu tief verschachtelt", "the brackets are nested too deeply"),
    ),
)  # fmt: skip
_OTHERWISE = Text("das ist kein gültiges YAML", "this is no valid YAML")


def syntax_complaint(error: Exception, text: str, start: Spot) -> Complaint:
    """A complaint at the line where the parser stopped, or where the quote or bracket begins that never ends."""
    spot = Spot(start.file, start.folder, _line(error, text))
    return Complaint("yaml_syntax", spot, _sentence(error))


def _line(error: Exception, text: str) -> int:
    if isinstance(error, yaml.MarkedYAMLError):
        opened = any(what in str(error.context) for what in ("quoted scalar", "flow mapping", "flow sequence"))
        mark = (error.context_mark if opened else error.problem_mark) or error.problem_mark
        return int(mark.line) + 1 if mark else 1
    if isinstance(error, yaml.reader.ReaderError):
        return text.count("\n", 0, error.position) + 1
    return 1


def _sentence(error: Exception) -> Text:
    if isinstance(error, RecursionError):
        return dict(_SENTENCES)["recursive"]
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')} {getattr(error, 'reason', '')}"
    return next((sentence for words, sentence in _SENTENCES if words in said), _OTHERWISE)
