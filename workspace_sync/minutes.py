"""The minutes of a meeting: a document made once from the template that lies in the group's folder.

Whoever leads the group may change that template, or put another beside it ("Vorlage Protokoll.docx", ".odt"), which is
then taken. A document is made once: who renames, moves or deletes it has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from network.ports import FileSeen
from workspace_sync.template import Template, TemplateEntry, filled_text

FOLDER = "Protokolle"
_TEMPLATE = "Vorlage Protokoll"
_KINDS = (".docx", ".odt", ".txt", ".md")
"""Best first: what people brought goes before ours."""
_BODIES = frozenset({"word/document.xml", "content.xml"})
"""Where DOCX and ODT keep their text."""
_LARGEST_UNPACKED = 50 * 1024 * 1024


def template_in(children: Iterable[FileSeen]) -> FileSeen | None:
    """The template among the files of the folder."""
    by_name = {PurePosixPath(each.path).name: each for each in children if not each.is_folder}
    return next((by_name[_TEMPLATE + kind] for kind in _KINDS if _TEMPLATE + kind in by_name), None)


def template_of(template: Template | None) -> TemplateEntry | None:
    """What a folder's own template says, for a folder from which it was taken out."""
    entries = template.entries if template else ()
    return next((each for each in entries if PurePosixPath(each.path).stem == _TEMPLATE and each.data), None)


def file_name(day: str, template: str) -> str:
    """`2027-01-12 Protokoll.docx` for the path of a template and a day."""
    return f"{day} Protokoll{PurePosixPath(template).suffix}"


def filled(path: str, data: bytes, words: Mapping[str, str]) -> bytes:
    """The template with its placeholders replaced; a file in which that can't be done stays as it is."""
    if path.casefold().endswith((".docx", ".odt")):
        return _filled_office(data, words)
    return filled_text(path, data, words)


def _filled_office(data: bytes, words: Mapping[str, str]) -> bytes:
    """Placeholders that were typed in one go; a word processor may have torn others apart."""
    escaped = {word: _escape(value) for word, value in words.items()}
    result = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as source, ZipFile(result, "w") as target:
            if sum(each.file_size for each in source.infolist()) > _LARGEST_UNPACKED:
                return data
            for each in source.infolist():
                content = source.read(each)
                is_body = each.filename in _BODIES
                target.writestr(each, filled_text("body.txt", content, escaped) if is_body else content)
    except (BadZipFile, NotImplementedError, RuntimeError):  # damaged, packed unusually, or locked with a password
        return data
    return result.getvalue()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
