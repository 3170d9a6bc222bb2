"""How a source says that what it got is not what it should be. Knows no format."""

from __future__ import annotations

import re

from network.errors import SourceUnreadable
from network.text import NOTHING, Text

_BEGINS_LIKE_A_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def unreadable(code: str, de: str, en: str, *, remedy: Text = NOTHING) -> SourceUnreadable:
    """An error for the whole file; nothing of it counts."""
    return SourceUnreadable(Text(de, en), code=code, remedy=remedy)


def refuse_what_is_no_file(content: bytes) -> None:
    """SourceUnreadable `source_empty` for nothing at all, `login_page` for a web page.

    A server that wants a login often answers 200 with a page.
    """
    if not content or content.isspace():
        raise unreadable(
            "source_empty",
            "die Datei ist leer",
            "the file is empty",
            remedy=Text(
                "Die Datei mit Überschriften und Zeilen neu speichern; bis dahin gilt die letzte gute.",
                "Save the file anew with headings and rows; until then the last good one counts.",
            ),
        )
    if _BEGINS_LIKE_A_PAGE.match(content[:4096]):
        raise unreadable(
            "login_page",
            "statt der Datei kam eine Internetseite, meist eine Anmeldeseite",
            "a web page came instead of the file, mostly a login page",
            remedy=Text(
                "Adresse und Zugangsdaten prüfen; gebraucht wird ein Link, der die Datei selbst liefert.",
                "Check address and login; what is needed is a link that delivers the file itself.",
            ),
        )


def too_large(max_bytes: int) -> SourceUnreadable:
    """More than the configuration allows; what is over it is never read."""
    megabytes = f"{max_bytes / 1024**2:.0f} MB"
    return unreadable(
        "too_large",
        f"größer als {megabytes}",
        f"larger than {megabytes}",
        remedy=Text("Falls das stimmt: max_bytes erhöhen.", "If that is right: raise max_bytes."),
    )


def too_many_rows(most: int) -> SourceUnreadable:
    """Nobody keeps so long a list by hand: mostly the wrong file lies there."""
    return unreadable(
        "too_large",
        f"mehr als {most} Zeilen",
        f"more than {most} rows",
        remedy=Text(
            "Die richtige Datei hinlegen oder die Liste auf Anbindungen aufteilen; bis dahin gilt die letzte gute.",
            "Put the right file there or split the list over connectors; until then the last good one counts.",
        ),
    )


def too_many_cells() -> SourceUnreadable:
    return unreadable(
        "too_large",
        "zu viele Zellen",
        "too many cells",
        remedy=Text(
            "Leere, aber formatierte Zeilen und Spalten löschen.", "Delete rows and columns that only have a format."
        ),
    )
