"""The plan as a readable diff, and agreeing to exactly that one."""

from journeys_town import THREE, row
from web_office import Browser, Office
from web_roles import carried_out, in_english, may, may_post

from network.state.runs import RunLog


def changed(office: Office) -> None:
    """The coordinator added a training, renamed one and moved another."""
    office.town.save([row(1, "OZG Aufbau"), row(2, "E-Akte", start="10:00"), THREE[2], row(4, "Vergaberecht")])
    office.town.wait(hours=1)


def previewed(office: Office, browser: Browser) -> str:
    assert browser.post("/betrieb/vorschau", token=browser.token()).status_code == 200
    carried_out(office)
    return browser.text("/betrieb/vorschau")


def field(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def runs_of(office: Office) -> int:
    return len(RunLog(office.running.state.engine).latest("apply", limit=100))


def test_only_administrators(staffed: Office) -> None:
    may(staffed, "/betrieb/vorschau", "erika.kreis")
    may_post(staffed, "/betrieb/vorschau", "erika.kreis")
    may_post(staffed, "/betrieb/vorschau/ausfuehren", "erika.kreis", fingerprint="ABCDEFGH")
    may_post(staffed, "/betrieb/vorschau/freigeben", "erika.kreis", fingerprint="ABCDEFGH", scope="calendar:schulungen")


def test_before_and_after_stand_side_by_side(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    page = previewed(staffed, admin)
    assert "Kalender Schulungen" in page
    assert "eintragen:</strong> Vergaberecht" in page
    assert "</span>OZG Grundlagen</del>" in page
    assert "</span>OZG Aufbau</ins>" in page
    assert "09:00–12:00</del>" in page
    assert "10:00–12:00</ins>" in page


def test_who_reviews_is_led_to_no_plan(staffed: Office, admin: Browser) -> None:
    previewed(staffed, admin)
    assert "Zur Vorschau" in admin.text("/betrieb/auftrag/1")
    assert "vorschau" not in staffed.person("dora.nieheim").text("/betrieb/auftrag/1")


def test_computing_it_writes_nothing_in_nextcloud(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    mark = staffed.town.mark()
    previewed(staffed, admin)
    assert staffed.town.writes(mark) == []
    assert runs_of(staffed) == 1


def test_mails_and_what_is_left_alone_stand_above_the_button(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    page = previewed(staffed, admin)
    before, button, _ = page.partition("<button>Änderungen ausführen")
    assert button
    assert "Mails, die dabei verschickt werden: <strong>0</strong>" in before
    assert "Fremdes wird nicht angefasst: " in before


def test_agreeing_carries_out_exactly_what_was_shown(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    fingerprint = field(previewed(staffed, admin), "fingerprint")
    answer = admin.post("/betrieb/vorschau/ausfuehren", token=admin.token(), fingerprint=fingerprint)
    assert "Wartet auf den Dienst" in answer.text
    carried_out(staffed)
    assert "Vergaberecht" in staffed.town.titles()
    (errand, *_) = staffed.errands.log.latest("approve", limit=9)
    assert (errand.by, errand.exit_code) == ("erika.kreis", 0)
    assert f"{fingerprint}" in admin.text(f"/betrieb/auftrag/{errand.id}")


def test_an_outdated_fingerprint_does_nothing_and_shows_the_new_plan(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    fingerprint = field(previewed(staffed, admin), "fingerprint")
    staffed.town.save([*THREE, row(5, "Datenschutz")])
    staffed.town.wait(hours=1)
    before = staffed.town.titles()
    admin.post("/betrieb/vorschau/ausfuehren", token=admin.token(), fingerprint=fingerprint)
    carried_out(staffed)
    (errand, *_) = staffed.errands.log.latest("approve", limit=9)
    page = admin.text(f"/betrieb/auftrag/{errand.id}")
    assert "Inzwischen sähe die Vorschau anders aus" in page
    assert "Zur Vorschau" in page
    assert staffed.town.titles() == before
    shown = admin.text("/betrieb/vorschau")
    assert "Datenschutz" in shown
    assert field(shown, "fingerprint") != fingerprint


def test_two_people_who_agree_at_once_start_one_run(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    fingerprint = field(previewed(staffed, admin), "fingerprint")
    second = staffed.person("erika.kreis")
    for browser in (admin, second):
        browser.post("/betrieb/vorschau/ausfuehren", token=browser.token(), fingerprint=fingerprint)
    before = runs_of(staffed)
    carried_out(staffed)
    assert runs_of(staffed) == before + 1
    second.post("/betrieb/vorschau/ausfuehren", token=second.token(), fingerprint=fingerprint)
    carried_out(staffed)
    assert runs_of(staffed) == before + 1


def test_releasing_a_stopped_scope_is_a_step_of_its_own(staffed: Office, admin: Browser) -> None:
    staffed.town.swap("    from: [plan]\n", "    from: [plan]\n    where: {not_tags: [OZG]}\n")
    assert staffed.running.reload()
    page = previewed(staffed, admin)
    assert "Sicherheitsstopp freigeben und ausführen" in page
    assert [each.exit_code for each in staffed.errands.log.latest("preview", limit=1)] == [3]
    assert "entfernen:</strong> OZG Grundlagen" in page
    scope, fingerprint = field(page, "scope"), field(page, "fingerprint")
    asked = {"token": admin.token(), "scope": scope, "fingerprint": fingerprint}
    admin.post("/betrieb/vorschau/ausfuehren", token=admin.token(), fingerprint=fingerprint)
    carried_out(staffed)
    assert len(staffed.town.titles()) == 3
    assert admin.post("/betrieb/vorschau/freigeben", **asked).status_code == 400
    assert admin.post("/betrieb/vorschau/freigeben", **{**asked, "scope": "calendar:x"}, sure="yes").status_code == 400
    assert admin.post("/betrieb/vorschau/freigeben", **asked, sure="yes").status_code == 200
    carried_out(staffed)
    assert staffed.town.titles() == []


def test_a_title_that_is_markup_stays_text(staffed: Office, admin: Browser) -> None:
    staffed.town.save([*THREE, row(4, '<img src=x onerror=alert(1)> "Fett"')])
    staffed.town.wait(hours=1)
    page = previewed(staffed, admin)
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_nextcloud_out_of_reach_is_told_in_words(staffed: Office, admin: Browser) -> None:
    staffed.town.sandbox.fail_next("PROPFIND", ".*", 503, 500)
    admin.post("/betrieb/vorschau", token=admin.token())
    staffed.errands.go()
    staffed.town.wait(minutes=20)
    carried_out(staffed)
    page = admin.text("/betrieb/vorschau")
    assert "Die letzte Berechnung gelang nicht" in page
    staffed.town.sandbox.clear_faults()


def test_in_mode_preview_there_is_no_button(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    staffed.town.swap("mode: live", "mode: preview")
    assert staffed.running.reload()
    page = previewed(staffed, admin)
    assert "wird nichts ausgeführt" in page
    assert "/ausfuehren" not in page
    assert admin.post("/betrieb/vorschau/ausfuehren", token=admin.token(), fingerprint="ABCDEFGH").status_code == 400


def test_in_english(staffed: Office, admin: Browser) -> None:
    changed(staffed)
    previewed(staffed, admin)
    page = in_english(admin, "/betrieb/vorschau")
    assert "Carry out the changes" in page
    assert "enter:</strong> Vergaberecht" in page
