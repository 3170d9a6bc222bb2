"""The list of trainings, one training, its calendar file; and who sees which."""

from icalendar import Calendar
from journeys_town import THREE, row
from web_office import Office


def uid_of(office: Office, words: str) -> str:
    return office.town.entry(words).href.rsplit("/", 1)[-1].removesuffix(".ics")


def test_words_find_a_training_by_title_place_and_topic(office: Office) -> None:
    browser = office.person("anna.brakel")
    assert "E-Akte" not in browser.text("/?q=sicherheit")
    assert "IT-Sicherheit" in browser.text("/?q=SICHERHEIT kreishaus")
    assert "0 Termine" in browser.text("/?q=nichts")


def test_one_training_has_a_page_and_a_calendar_file(office: Office) -> None:
    browser = office.person("anna.brakel")
    uid = uid_of(office, "OZG Grundlagen")
    page = browser.text(f"/schulung/{uid}")
    assert "Kreishaus" in page
    answer = browser.get(f"/schulung/{uid}.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    event = Calendar.from_ical(answer.data).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event["UID"])) == ("OZG Grundlagen", uid)


def test_a_remark_by_hand_shows_on_the_page(office: Office) -> None:
    entry = office.town.entry("OZG Grundlagen")
    client = office.town.other_client()
    edited = entry.data.replace(b"LOCATION:Kreishaus", b"LOCATION:Kreishaus\\, Raum 7")
    client.calendars.put(entry.href, edited, if_match=entry.etag)
    office.town.apply()
    assert "Kreishaus, Raum 7" in office.person("anna.brakel").text("/")


def test_who_does_not_see_the_calendar_in_nextcloud_does_not_see_it_here(office: Office) -> None:
    uid = uid_of(office, "OZG Grundlagen")
    stranger = office.person("test.eins")
    assert "OZG Grundlagen" not in stranger.text("/")
    assert stranger.get(f"/schulung/{uid}").status_code == 404
    assert stranger.get(f"/schulung/{uid}.ics").status_code == 404


def test_what_somebody_made_private_stands_on_no_page(office: Office) -> None:
    entry = office.town.entry("OZG Grundlagen")
    for level, stands in (("PRIVATE", False), ("PUBLIC", True), ("CONFIDENTIAL", False)):
        said = entry.data.replace(b"END:VEVENT", f"CLASS:{level}\r\nEND:VEVENT".encode(), 1)
        office.town.other_client().calendars.put(entry.href, said, if_match=office.town.entry("OZG Grundlagen").etag)
        office.town.apply()
        assert ("OZG Grundlagen" in office.person("anna.brakel").text("/")) is stands, level


def test_a_title_that_is_markup_is_text(office: Office) -> None:
    office.town.save([*THREE, row(4, '<script>alert(1)</script> "Fett"')])
    office.town.wait(hours=1)
    office.town.apply()
    page = office.person("anna.brakel").text("/")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_pages_speak_the_readers_language(office: Office) -> None:
    browser = office.person("anna.brakel")
    german = browser.client.get("/", base_url="https://netz.probe.example", headers={"Accept-Language": "de"})
    english = browser.client.get("/", base_url="https://netz.probe.example", headers={"Accept-Language": "en"})
    assert "Schulungen" in german.text
    assert "Trainings" in english.text


def test_every_answer_keeps_others_out(office: Office) -> None:
    browser = office.person("anna.brakel")
    for path in ("/", "/login", "/healthz", "/nowhere"):
        headers = browser.get(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["Cache-Control"] == "no-store", path


def test_a_sheet_may_be_kept_as_long_as_it_is_the_same(office: Office) -> None:
    client = office.browser().client
    first = client.get("/static/style.css")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/style.css", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/static/..%2Flayout.html").status_code == 404
