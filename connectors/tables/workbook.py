"""Which kind of spreadsheet is this, whatever its name says; the one door to the readers of each format.

Refuses web pages (a login page instead of the file), old XLS, anything with a password, and nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from connectors.sources.refusal import refuse_what_is_no_file, unreadable
from connectors.tables import archive
from connectors.tables.delimited import read_delimited
from connectors.tables.sheets import Sheet
from network.text import Text


@dataclass(frozen=True, slots=True)
class Form:
    """What the configuration knows about the file's form. `encoding` and `delimiter` matter to CSV alone."""

    max_rows: int = 20_000
    encoding: str | None = None
    delimiter: str | None = None


DEFAULT_FORM = Form()


def read_workbook(content: bytes, form: Form = DEFAULT_FORM) -> tuple[Sheet, ...]:
    """All sheets of a spreadsheet. SourceUnreadable when it is none, half of one, or too large."""
    refuse_what_is_no_file(content)
    if archive.is_archive(content):
        return _unpacked(content, form)
    if archive.is_old_or_protected(content):
        raise unreadable(
            "protected",
            "eine Datei im alten XLS-Format oder mit Kennwort",
            "a file in the old XLS format or with a password",
            remedy=Text("Ohne Kennwort als XLSX speichern.", "Save it as XLSX without a password."),
        )
    return read_delimited(content, max_rows=form.max_rows, encoding=form.encoding, delimiter=form.delimiter)


def _unpacked(content: bytes, form: Form) -> tuple[Sheet, ...]:
    names = archive.entries(content)
    if "xl/workbook.xml" in names:
        from connectors.tables.xlsx import read_xlsx

        parts = archive.unpacked(content, sorted(name for name in names if name.endswith(".xml")))
        return read_xlsx(content, parts, max_rows=form.max_rows)
    if "content.xml" in names:
        from connectors.tables.ods import read_ods

        [xml] = archive.unpacked(content, ["content.xml"])
        return read_ods(content, xml, max_rows=form.max_rows)
    raise unreadable("not_a_table", "ein Archiv, aber keine Tabelle", "an archive, but no spreadsheet")
