"""Feeds for programs outside of Nextcloud: what they hold, who may make them, and what keeps others out."""

import gzip
import logging
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from icalendar import Calendar
from journeys_town import THREE, row
from waitress.server import create_server
from web_office import AT, Browser, Office
from werkzeug.test import TestResponse

from network.state import tables
from plugin.feeds import contents
from plugin.web import wrong_tokens
from plugin.web.app import create_app

ROLES = """\
roles:
  training_offices: {people: [bernd.brakel]}
  coordinators: {people: [erika.kreis]}
"""


@pytest.fixture
def office(office: Office) -> Office:
    office.town.config.write_text(office.town.config.read_text() + ROLES)
    assert office.running.reload()
    return office


def ask(browser: Browser, what: str) -> TestResponse:
    return browser.post("/abonnements", token=browser.token(), what=what)


def feed_of(browser: Browser, what: str = "person:") -> str:
    """The path of a new feed."""
    answer = ask(browser, what)
    assert answer.status_code == 200, answer.text
    return address_in(answer)


def address_in(answer: TestResponse) -> str:
    found = re.search(r'value="https://netz\.probe\.example(/abo/[^"]+\.ics)"', answer.text)
    assert found, answer.text
    return found[1]


def read(office: Office, path: str, **headers: str) -> TestResponse:
    """As a program does that nobody is logged in to."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return office.app.test_client().get(path, base_url=AT, headers=named)


def titles(data: bytes) -> list[str]:
    return sorted(str(each["SUMMARY"]) for each in Calendar.from_ical(data).walk("VEVENT"))


def test_a_person_subscribes_to_what_they_see(office: Office) -> None:
    answer = read(office, feed_of(office.person("anna.brakel")))
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert titles(answer.data) == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    calendar = Calendar.from_ical(answer.data)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT60M"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT60M" in answer.data
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == "Probenetz"
    assert [str(each["TZID"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_nothing_of_ours_and_nobody_stands_in_it(office: Office) -> None:
    entry = office.town.entry("OZG Grundlagen")
    guest = b"ORGANIZER:mailto:buero@probe.example\r\nATTENDEE:mailto:gast@probe.example\r\nEND:VEVENT"
    client = office.town.other_client()
    client.calendars.put(entry.href, entry.data.replace(b"END:VEVENT", guest, 1), if_match=entry.etag)
    office.town.apply()
    data = read(office, feed_of(office.person("anna.brakel"))).data
    for word in (b"ATTENDEE", b"ORGANIZER", b"gast@", b"X-DIGITALNETZWERK", b"VALARM"):
        assert word not in data


def test_what_somebody_made_private_is_left_out(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    entry = office.town.entry("OZG Grundlagen")
    hidden = entry.data.replace(b"END:VEVENT", b"CLASS:CONFIDENTIAL\r\nEND:VEVENT", 1)
    office.town.other_client().calendars.put(entry.href, hidden, if_match=entry.etag)
    office.town.apply()
    assert titles(read(office, path).data) == ["E-Akte", "IT-Sicherheit"]


def test_who_has_it_already_gets_304_and_a_change_gets_the_text(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    first = read(office, path)
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    again = read(office, path, If_None_Match=etag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    office.town.save([*THREE, row(4, "Vergabe")])
    office.town.wait(hours=1)
    office.town.apply()
    changed = read(office, path, If_None_Match=etag)
    assert changed.status_code == 200
    assert "Vergabe" in titles(changed.data)
    assert read(office, path).data == changed.data


def test_a_304_writes_no_text(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = feed_of(office.person("anna.brakel"))
    etag = read(office, path).headers["ETag"]
    again = create_app(office.running)  # nothing in its memory yet

    def written(*_: object, **__: object) -> bytes:
        raise AssertionError("the text was written")

    monkeypatch.setattr(contents, "published", written)
    asked = again.test_client()
    assert asked.get(path, base_url=AT, headers={"If-None-Match": etag}).status_code == 304
    assert asked.get(path, base_url=AT).status_code == 500


def test_who_takes_gzip_gets_it_under_another_etag(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    plain, packed = read(office, path), read(office, path, Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    again = read(office, path, Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
    assert (again.status_code, again.headers["ETag"]) == (304, packed.headers["ETag"])
    assert "Content-Encoding" not in read(office, path, Accept_Encoding="gzip;q=0").headers


def test_head_tells_the_same_without_the_text(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    answer = office.app.test_client().head(path, base_url=AT)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"] == read(office, path).headers["ETag"]


def test_a_feed_of_one_calendar_or_one_topic_holds_that_alone(office: Office) -> None:
    office.town.save([*THREE, [*row(4, "Haushalt")[:-1], "Doppik"]])
    office.town.wait(hours=1)
    office.town.apply()
    anna = office.person("anna.brakel")
    assert titles(read(office, feed_of(anna, "topic:Doppik")).data) == ["Haushalt"]
    assert len(titles(read(office, feed_of(anna, "calendar:schulungen")).data)) == 4


def test_nobody_subscribes_to_what_they_do_not_see(office: Office) -> None:
    anna, stranger = office.person("anna.brakel"), office.person("test.eins")
    for browser, what in ((anna, "administration:brakel"), (anna, "calendar:geheim"), (anna, "topic:geheim"),
                          (stranger, "calendar:schulungen"), (stranger, "person:")):  # fmt: skip
        assert ask(browser, what).status_code == 409, what
    assert ask(anna, "alles:").status_code == 404


def test_a_training_office_makes_the_feed_of_its_own_administration(office: Office) -> None:
    bernd = office.person("bernd.brakel")
    assert len(titles(read(office, feed_of(bernd, "administration:brakel")).data)) == 3
    assert ask(bernd, "administration:nieheim").status_code == 409
    erika = office.person("erika.kreis")
    assert "Stadt Brakel" in erika.text("/abonnements")
    assert ask(erika, "administration:nieheim").status_code == 200


def test_a_feed_loses_what_its_owner_loses_and_ends_when_they_leave(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    office.town.swap("share: {administrations: all}", "share: {administrations: [kreis]}")
    assert office.running.reload()
    assert titles(read(office, path).data) == []
    office.town.swap("share: {administrations: [kreis]}", "share: {administrations: all}")
    assert office.running.reload()
    assert len(titles(read(office, path).data)) == 3
    office.town.sandbox.world.accounts.leave("anna.brakel", "brakel")
    office.town.apply(verify=True)
    office.town.wait(minutes=11)
    assert read(office, path).status_code == 404


def test_of_who_left_no_feed_is_kept_for_ever(office: Office) -> None:
    feed_of(office.person("anna.brakel"))
    office.town.sandbox.world.accounts.leave("anna.brakel", "brakel")
    office.town.apply(verify=True)
    bernd = office.person("bernd.brakel")
    bernd.text("/abonnements")
    assert "anna.brakel" in feeds_kept(office)
    office.town.wait(days=91)
    office.town.apply(verify=True)
    office.person("bernd.brakel").text("/abonnements")
    assert "anna.brakel" not in feeds_kept(office)


def feeds_kept(office: Office) -> set[str]:
    """Whose feeds stand in the database."""
    with office.running.state.engine.begin() as connection:
        return {each.owner for each in connection.execute(tables.feeds.select())}


def test_a_revoked_and_a_renewed_address_open_nothing_any_more(office: Office) -> None:
    anna = office.person("anna.brakel")
    old = feed_of(anna)
    forms = re.findall(r'action="([^"]+)"', anna.text("/abonnements"))
    renew = next(each for each in forms if each.endswith("/neu")).lstrip(".")
    new = address_in(anna.post(renew, token=anna.token()))
    assert read(office, old).status_code == 404
    assert read(office, new).status_code == 200
    assert anna.post(renew.replace("/neu", "/ende"), token=anna.token()).status_code == 200
    assert read(office, new).status_code == 404


def test_nobody_ends_the_feed_of_somebody_else(office: Office) -> None:
    anna, bernd = office.person("anna.brakel"), office.person("bernd.brakel")
    path = feed_of(anna)
    forms = re.findall(r'action="([^"]+)"', anna.text("/abonnements"))
    end = next(each for each in forms if each.endswith("/ende")).lstrip(".")
    assert bernd.post(end, token=bernd.token()).status_code == 404
    assert bernd.post(end.replace("/ende", "/neu"), token=bernd.token()).status_code == 404
    assert anna.post(end).status_code == 403
    assert read(office, path).status_code == 200


def test_the_token_stands_in_no_database_and_no_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        path = feed_of(office.person("anna.brakel"))
        token = path.removeprefix("/abo/").removesuffix(".ics")
        assert len(token) >= 43
        read(office, path)
        with office.running.state.engine.begin() as connection:
            tables.feeds.drop(connection)
        assert read(office, path).status_code >= 500
    assert token not in caplog.text
    assert token not in office.town.memory()


def test_who_guesses_is_slowed_down_and_nobody_else(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    seen = [read(office, f"/abo/{number}.ics").status_code for number in range(wrong_tokens.TRIES + 3)]
    assert seen == [404] * wrong_tokens.TRIES + [429] * 3
    assert read(office, path).status_code == 200
    office.town.wait(minutes=11)
    assert read(office, "/abo/geraten.ics").status_code == 404


def test_wrong_tokens_are_counted_by_network_and_in_bounds(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_tokens, "MOST", 3)
    wrong = wrong_tokens.WrongTokens(office.town.now)
    for number in range(9):
        wrong.count(f"192.0.2.{number}")
    assert len(wrong) == 3
    many = [wrong.count(f"2001:db8::{number:x}") for number in range(wrong_tokens.TRIES + 1)]
    assert many[-1]
    assert not wrong.count("2001:db8:0:1::1")


def test_without_readable_lists_a_feed_lives_on_its_owners_visits(office: Office) -> None:
    path = feed_of(office.person("anna.brakel"))
    with office.running.state.engine.begin() as connection:
        connection.execute(tables.source_notes.delete().where(tables.source_notes.c.name == "people"))
    office.town.wait(days=60)
    assert len(titles(read(office, path).data)) == 3
    office.person("anna.brakel").text("/abonnements")
    office.town.wait(days=60)
    assert read(office, path).status_code == 200
    office.town.wait(days=31)
    assert read(office, path).status_code == 404


def test_the_page_speaks_english(office: Office) -> None:
    client = office.person("anna.brakel").client
    page = client.get("/abonnements", base_url=AT, headers={"Accept-Language": "en"}).text
    assert "All that I see" in page


def test_programs_read_it_over_a_socket(office: Office, tmp_path: Path) -> None:
    """vdirsyncer fetches, khal lists."""
    path = feed_of(office.person("anna.brakel"))
    server = create_server(office.app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    (tmp_path / "events").mkdir()
    config = tmp_path / "vdirsyncer"
    config.write_text(VDIRSYNCER.format(folder=tmp_path, url=f"http://127.0.0.1:{server.effective_port}{path}"))
    try:
        for command in ("discover", "sync"):
            run("vdirsyncer", "-c", str(config), command)
    finally:
        server.close()
    (tmp_path / "khal").write_text(KHAL.format(folder=tmp_path))
    listed = run("khal", "-c", str(tmp_path / "khal"), "list", "--format", "{title}", "today", "400d")
    assert {"OZG Grundlagen", "E-Akte", "IT-Sicherheit"} <= set(listed.splitlines())


VDIRSYNCER = """\
[general]
status_path = "{folder}/status"
[pair feed]
a = "ours"
b = "theirs"
collections = null
[storage ours]
type = "filesystem"
path = "{folder}/events"
fileext = ".ics"
[storage theirs]
type = "http"
url = "{url}"
"""
KHAL = """\
[calendars]
[[feed]]
path = {folder}/events
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
