"""Minutes: which file is the template, and what becomes of its placeholders."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from network.ports import FileSeen
from workspace_sync.minutes import file_name, filled, template_in, template_of
from workspace_sync.template import EXCHANGE_GROUP, load

WORDS = {"date": "12.01.2027", "place": "Rathaus & Bücherei"}


def folder(*names: str) -> list[FileSeen]:
    return [FileSeen(f"/G/Protokolle/{name}", is_folder=name.endswith("/")) for name in names]


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("Vorlage Protokoll.md",), "Vorlage Protokoll.md"),
        (("Vorlage Protokoll.md", "Vorlage Protokoll.docx"), "Vorlage Protokoll.docx"),
        (("Vorlage Protokoll.odt", "Vorlage Protokoll.md"), "Vorlage Protokoll.odt"),
        (("Vorlage Protokoll.pdf", "Vorlage Protokoll.md", "2027-01-12 Protokoll.docx"), "Vorlage Protokoll.md"),
        (("~$Vorlage Protokoll.docx", "Vorlage Protokoll.md"), "Vorlage Protokoll.md"),
    ],
)
def test_the_template_that_people_brought_goes_before_ours(names: tuple[str, ...], chosen: str) -> None:
    found = template_in(folder(*names))
    assert found is not None
    assert found.path == f"/G/Protokolle/{chosen}"


def test_without_a_template_in_the_folder_there_is_that_of_the_package() -> None:
    assert template_in(folder("Notizen.md")) is None
    ours = template_of(load(EXCHANGE_GROUP))
    assert ours is not None and ours.data is not None
    assert all(f"{{{word}}}" in ours.data.decode() for word in ("date", "place", "leads", "next"))
    assert template_of(load("presse")) is None


def test_minutes_are_called_after_their_day() -> None:
    assert file_name("2027-01-12", "/G/Protokolle/Vorlage Protokoll.docx") == "2027-01-12 Protokoll.docx"


def office(**files: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.text", ZIP_STORED)
        for name, text in files.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), text, ZIP_DEFLATED)
    return held.getvalue()


@pytest.mark.parametrize(("ending", "body"), [(".docx", "word__document_xml"), (".odt", "content_xml")])
def test_an_office_document_is_filled_in_its_text_alone(ending: str, body: str) -> None:
    data = filled(f"/v{ending}", office(**{body: "<p>{date} {place} {mehr}</p>", "styles_xml": "{date}"}), WORDS)
    with ZipFile(BytesIO(data)) as book:
        name = body.replace("__", "/").replace("_xml", ".xml")
        assert book.read(name).decode() == "<p>12.01.2027 Rathaus &amp; Bücherei {mehr}</p>"
        assert book.read("styles.xml") == b"{date}"
        assert book.namelist()[0] == "mimetype"
        assert book.getinfo("mimetype").compress_type == ZIP_STORED


def test_what_is_no_office_document_or_far_too_large_unpacked_stays_as_it_is() -> None:
    assert filled("/v.docx", b"{date} no zip", WORDS) == b"{date} no zip"
    bomb = office(content_xml="{date}" + " " * (60 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert filled("/v.odt", bomb, WORDS) == bomb
    assert filled("/v.md", b"{date}", WORDS) == b"12.01.2027"
