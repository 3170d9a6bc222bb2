"""Schulungen for people who look for something: list, month, filters, one training, concepts; and what a source may
have written there."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from journeys_town import FAR, HEADINGS, THREE, TODAY, Town, row
from web_office import Browser, Office

sys.path.insert(0, str(Path(__file__).parents[1] / "plugin"))

from plugin_programme import BERLIN, entry

NEXT = TODAY + timedelta(days=7)
CONCEPTS = """\
training_concepts:
  ozg: {name: Grundlagen OZG, audience: Sachbearbeitung, folder: 'nextcloud:/Schulungsmaterial/OZG & mehr'}
  leer: {name: Noch ohne Termine}
"""
NASTY = "\u202e<img src=x onerror=alert(1)>" + "ü" * 300


def uid_of(office: Office, words: str) -> str:
    return office.town.entry(words).href.rsplit("/", 1)[-1].removesuffix(".ics")


def english(browser: Browser, path: str) -> str:
    return browser.client.get(path, base_url="https://netz.probe.example", headers={"Accept-Language": "en"}).text


def save(town: Town, *rows: list[object]) -> None:
    town.save(rows)
    town.wait(hours=1)
    town.apply()


def test_the_list_stands_under_months_and_days_and_says_how_fresh_it_is(office: Office) -> None:
    page = office.person("anna.brakel").text("/")
    assert page.index("<h2>") < page.index("<h3>") < page.index("OZG Grundlagen")
    assert "09:00–12:00 Uhr" in page
    assert "Stand" in page


def test_filters_stay_in_the_links_and_narrow_the_list(office: Office) -> None:
    save(office.town, row(1, "Vor Ort"), [*row(2, "Am Bildschirm")[:7], "online", "E-Akte"])
    browser = office.person("anna.brakel")
    page = browser.text("/?online=ja")
    assert "Am Bildschirm" in page
    assert "Vor Ort</bdi>" not in page
    assert "monat?online=ja" in page
    assert "Vor Ort</bdi>" in browser.text("/?thema=ozg&ort=")
    assert "./2031-02?thema=OZG" in browser.text("/monat/2031-01?thema=OZG")


def test_who_finds_nothing_is_told_what_to_do(office: Office) -> None:
    assert "Nehmen Sie einen Filter heraus" in office.person("anna.brakel").text("/?thema=Kochen")
    assert "Fehlt Ihnen ein Kalender?" in office.person("test.eins").text("/")


def test_a_wrong_date_is_said_beside_its_field(office: Office) -> None:
    page = office.person("anna.brakel").text("/?von=31.02.2027")
    assert 'aria-describedby="von-wrong"' in page
    assert "31.02.2027 ist kein Datum" in page
    assert 'href="#von"' in page


def test_the_month_is_a_table_with_today_in_words(office: Office) -> None:
    save(office.town, *THREE, [*row(4, "Heute dabei", day=TODAY, start="0:05")[:6], "23:55", "Rathaus", "OZG"])
    browser = office.person("anna.brakel")
    page = browser.text("/monat")
    assert page.count('scope="col"') == 7
    assert "heute</strong>" in page
    assert "Heute dabei" in page
    assert "Heute dabei" not in browser.text("/monat/2031-01")
    for wrong in ("2031-13", "gestern", "0000-01", "2031-1"):
        assert browser.get(f"/monat/{wrong}").status_code == 404


def test_the_month_shows_nobody_what_nextcloud_does_not(office: Office) -> None:
    path = f"/monat/{FAR:%Y-%m}"
    assert "OZG Grundlagen" in office.person("anna.brakel").text(path)
    assert "OZG Grundlagen" not in office.person("test.eins").text(path)


def test_one_training_says_all_there_is(office: Office, town: Town) -> None:
    town.swap("tags: Themen}", "tags: Themen, contact: Kontakt, seats: Plätze, link: Link, concept: Konzept}")
    town.swap("service:\n", f"{CONCEPTS}service:\n")
    assert office.running.reload()
    headings = [*HEADINGS, "Kontakt", "Plätze", "Link", "Konzept"]
    more = ["Max, max@probe.example", 12, "https://meet.probe.example/a", "OZG 1"]
    save_with(town, headings, [*row(1, "OZG Grundlagen", status="ausgebucht"), *more])
    browser = office.person("anna.brakel")
    page = browser.text(f"/schulung/{uid_of(office, 'OZG Grundlagen')}")
    for said in (
        "Ausgebucht.", "https://www.openstreetmap.org/search?query=Kreishaus", 'href="https://meet.probe.example/a"',
        "<dd><bdi>12</bdi></dd>", 'href="mailto:max@probe.example"', "buero@probe.example", "Grundlagen OZG",
        "files?dir=/Schulungsmaterial/OZG%20%26%20mehr",
    ):  # fmt: skip
        assert said in page, said
    assert "Ansprechperson: Max" not in page
    concept = browser.text("/konzept/ozg")
    assert '<li value="1">' in concept
    assert "Sachbearbeitung" in concept
    assert "Noch ist kein Termin eingetragen" in browser.text("/konzept/leer")
    assert "Grundlagen OZG" in browser.text("/konzepte")
    assert "Fully booked" in english(browser, f"/schulung/{uid_of(office, 'OZG Grundlagen')}")
    stranger = office.person("test.eins")
    assert stranger.get("/konzept/ozg").status_code == 404
    assert "Grundlagen OZG" not in stranger.text("/konzepte")
    assert browser.get("/konzept/gibt-es-nicht").status_code == 404


def test_who_reviews_the_protection_of_data_reads_no_name(office: Office, town: Town) -> None:
    town.swap("tags: Themen}", "tags: Themen, contact: Kontakt}")
    town.swap("service:\n", "roles: {reviewers: {people: [bernd.brakel]}}\nservice:\n")
    assert office.running.reload()
    save_with(town, [*HEADINGS, "Kontakt"], [*row(1, "OZG Grundlagen"), "Max Muster"])
    uid = uid_of(office, "OZG Grundlagen")
    staff, reviewer = office.person("anna.brakel"), office.person("bernd.brakel")
    for path in (f"/schulung/{uid}", f"/schulung/{uid}.ics", f"/api/v1/trainings/{uid}"):
        assert "Max Muster" in staff.text(path), path
        assert "Max Muster" not in reviewer.text(path), path
        assert "Inhalt" in reviewer.text(path), path


def save_with(town: Town, headings: list[str], line: list[object]) -> None:
    from io import BytesIO

    from journeys_town import WORKBOOK
    from openpyxl import Workbook

    book, held = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(headings)
    book.active.append(line)
    book.save(held)
    town.sandbox.put_file("digitalnetzwerk", WORKBOOK, held.getvalue(), town.hour_ago())
    town.wait(hours=1)
    town.apply()


def test_several_sessions_stand_on_each_others_page(office: Office) -> None:
    first, second = f"{FAR:%d.%m.%Y}", f"{NEXT:%d.%m.%Y}"
    save(
        office.town, *THREE, [*row(4, "In zwei Teilen")[:4], f"{second}; {first}", "9:00", "12:00", "Kreishaus", "OZG"]
    )
    page = office.person("anna.brakel").text(f"/schulung/{uid_of(office, 'In zwei Teilen')}")
    assert "Alle Termine dieser Schulung" in page
    assert page.count("<time") == 3


def test_what_falls_through_says_so_in_words(office: Office) -> None:
    save(office.town, row(1, "Vergaberecht", status="fällt aus"))
    browser = office.person("anna.brakel")
    assert "Fällt aus</strong>" in browser.text("/")
    assert "findet nicht statt" in browser.text(f"/schulung/{uid_of(office, 'Vergaberecht')}")
    assert "Cancelled" in english(browser, "/")


@pytest.mark.parametrize(
    "path",
    ["/", "/monat", "/schulung/boese", "/konzepte", "/?q=%3Cscript%3E&thema=%22%3E%3Cimg%3E&ort=%27&seite=%3Cb%3E"],
)
def test_nothing_that_a_source_writes_becomes_markup_or_a_script(office: Office, path: str) -> None:
    start = office.town.now().astimezone(BERLIN) + timedelta(hours=1)
    office.running.state.remember(
        entry(
            "boese", start, title=NASTY, location="<b>Ort</b>", url="javascript:alert(1)",
            description='<script>x</script> javascript:alert(2) https://a.example/"onmouseover="x http://[ \n\nOnline: javascript:alert(3)\nAnsprechperson: <i>ich</i>',
            categories=('"><svg onload=x>', "Ort"),
        )
    )  # fmt: skip
    page = office.person("anna.brakel").text(path)
    for raw in ("<img src=x", "<script>", "<b>Ort", "<svg", "<i>ich", 'href="javascript:', '"onmouseover="', "<b>"):
        assert raw not in page, raw
    if "/schulung/" in path:
        assert '<a href="https://a.example/"' in page


def test_a_thousand_trainings_stay_a_list_of_pages(office: Office) -> None:
    start = office.town.now().astimezone(BERLIN).replace(hour=9, minute=0) + timedelta(days=1)
    office.running.state.remember_all(
        entry(f"t{number}", start + timedelta(hours=number), title=f"Schulung {number:04}") for number in range(1000)
    )
    browser = office.person("anna.brakel")
    first = browser.text("/")
    assert "1003 Termine" in first
    assert first.count("schulung/t") == 50
    assert "seite=2" in first
    last = browser.text("/?seite=99")
    assert "IT-Sicherheit" in last
    assert "seite=20" in last
    assert "seite=22" not in last
    assert "weitere am" in browser.text(f"/monat/{start:%Y-%m}") or "weitere am" in browser.text(
        f"/monat/{start + timedelta(days=20):%Y-%m}"
    )
