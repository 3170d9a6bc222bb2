"""Rights that ended while somebody was logged in."""

import pytest
from web_office import Office
from web_roles import carried_out


def test_a_role_ends_with_its_line_in_the_configuration(staffed: Office) -> None:
    admin, reviewer = staffed.person("erika.kreis"), staffed.person("dora.nieheim")
    assert admin.get("/betrieb/vorschau").status_code == 200
    token = admin.token()
    staffed.town.swap("network_admins: {people: [erika.kreis]}", "network_admins: {people: [max.kreis]}")
    assert staffed.running.reload()
    assert admin.get("/betrieb/vorschau").status_code == 404
    assert admin.post("/betrieb/lauf", token=token).status_code == 404
    assert "Betrieb" not in admin.text("/").partition("<main")[0]
    assert reviewer.get("/betrieb/laeufe").status_code == 200


def test_an_administration_that_left_the_configuration_is_nobodys(staffed: Office) -> None:
    browser = staffed.person("anna.brakel")
    assert browser.get("/api/v1/me").get_json()["administrations"] == ["brakel"]
    staffed.town.swap("  brakel:  {name: Stadt Brakel, group: brakel}\n", "")
    assert staffed.running.reload()
    assert browser.get("/api/v1/me").get_json()["administrations"] == []


@pytest.mark.parametrize("path", ["/betrieb/auftrag/1", "/api/v1/errands/1"])
def test_whoever_asked_for_an_errand_sees_it_no_longer(staffed: Office, path: str) -> None:
    admin = staffed.person("erika.kreis")
    admin.post("/betrieb/vorschau", token=admin.token())
    carried_out(staffed)
    assert admin.get(path).status_code == 200
    staffed.town.swap("network_admins: {people: [erika.kreis]}", "network_admins: {people: [max.kreis]}")
    assert staffed.running.reload()
    assert admin.get(path).status_code == 404
