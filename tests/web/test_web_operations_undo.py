"""Letzten Lauf zurücknehmen: read first, carried out by its fingerprint, and released when the source is mended."""

from journeys_town import THREE, row
from web_office import Browser, Office
from web_roles import admin, carried_out, in_english, may, may_post, staffed

__all__ = ["admin", "staffed"]

PAGE = "/betrieb/zuruecknehmen"
WRONG = [row(1, "Falsch"), *THREE[1:]]


def spoil(office: Office) -> None:
    office.town.save(WRONG)
    office.town.apply()
    assert "Falsch" in office.town.titles()


def undo(admin: Browser) -> None:
    fingerprint = admin.text(PAGE).split('name="fingerprint" value="')[1].split('"', maxsplit=1)[0]
    assert admin.post(PAGE, token=admin.token(), fingerprint=fingerprint).status_code == 200


def test_only_administrators_take_back(staffed: Office) -> None:
    may(staffed, PAGE, "erika.kreis")
    may_post(staffed, PAGE, "erika.kreis", fingerprint="ABCDEFGH")
    may_post(staffed, f"{PAGE}/freigeben", "erika.kreis", scope="calendar:schulungen")


def test_it_shows_what_comes_back_takes_it_back_and_says_that_the_calendar_rests(
    staffed: Office, admin: Browser
) -> None:
    spoil(staffed)
    shown = admin.text(PAGE)
    assert "Falsch" in shown
    assert "OZG Grundlagen" in shown
    assert "bisher:" in shown

    undo(admin)
    carried_out(staffed)

    assert staffed.town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    assert "Diese Kalender ruhen" in admin.text(PAGE)
    assert "zurückgenommen" in admin.text("/betrieb")
    assert "These calendars rest" in in_english(admin, PAGE)


def test_released_it_goes_on(staffed: Office, admin: Browser) -> None:
    spoil(staffed)
    undo(admin)
    carried_out(staffed)
    fields = {"token": admin.token(), "scope": "calendar:schulungen"}
    assert admin.post(f"{PAGE}/freigeben", **fields).status_code == 400

    assert "Freigegeben" in admin.post(f"{PAGE}/freigeben", sure="yes", **fields).text

    staffed.town.apply()
    assert "Falsch" in staffed.town.titles()
    assert "Diese Kalender ruhen" not in admin.text(PAGE)


def test_without_anything_to_take_back_the_page_says_so(staffed: Office, admin: Browser) -> None:
    staffed.town.wait(days=8)
    assert "Nichts zurückzunehmen" in staffed.person("erika.kreis").text(PAGE)
