"""Where there is no page, a person reads what is and what to do; nothing else changes about the answer."""

from web_office import AT, Office


def test_what_is_not_there_says_so_in_the_frame_and_the_readers_language(office: Office) -> None:
    browser = office.person("anna.brakel")
    answer = browser.get("/nirgends")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert 'lang="de"' in answer.text
    english = browser.client.get("/nirgends", base_url=AT, headers={"Accept-Language": "en"})
    assert "There is no such page" in english.text


def test_a_form_without_our_token_says_that_nothing_was_changed(office: Office) -> None:
    answer = office.person("anna.brakel").post("/logout")
    assert answer.status_code == 403
    assert "Es wurde nichts geändert" in answer.text


def test_an_unforeseen_fault_tells_nothing_of_itself(office: Office) -> None:
    office.app.view_functions["trainings.overview"] = lambda: 1 / 0  # type: ignore[assignment, return-value]
    answer = office.person("anna.brakel").get("/")
    assert answer.status_code == 500
    assert "Das hat nicht geklappt" in answer.text
    assert "ZeroDivision" not in answer.text


def test_programs_get_the_bare_status(office: Office) -> None:
    answer = office.browser().client.post("/init", base_url=AT)
    assert answer.status_code in (401, 404)
    assert "<main" not in answer.text


def test_a_form_that_was_not_filled_in_says_so(office: Office) -> None:
    office.town.swap("service:\n", "roles:\n  network_admins: {people: [max.kreis]}\nservice:\n")
    assert office.running.reload()
    admin = office.person("max.kreis")
    answer = admin.post("/betrieb/zuruecknehmen/freigeben", token=admin.token(), scope="calendar:schulungen")
    assert answer.status_code == 400
    assert "Hier fehlt eine Angabe" in answer.text
