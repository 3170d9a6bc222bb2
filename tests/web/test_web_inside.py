"""The pages inside of Nextcloud: who is asking comes from its headers, and what its proxy does to pages is survived."""

from journeys_town import Town
from web_inside import Inside


def test_a_person_sees_the_trainings_without_any_login_of_ours(inside: Inside) -> None:
    answer = inside.get("anna.brakel")
    assert answer.status_code == 200
    assert "OZG Grundlagen" in answer.text


def test_what_nextcloud_was_told_is_shown_there(inside: Inside, town: Town) -> None:
    shown = inside.app.shown
    assert shown["top-menu", "netzwerk"]["displayName"] == "Netzwerk"
    assert ("script", "static/embed") in shown
    assert "http://127.0.0.1:8080" in shown["settings", "digitalnetzwerk"]["description"]
    assert shown["occ_command", "digitalnetzwerk:sync"]["execute_handler"] == "occ/sync"


def test_disabled_nothing_of_us_is_left_there_and_enabled_all_of_it_is_back(inside: Inside) -> None:
    programs = inside.town.sandbox.world.ex_apps
    before = dict(inside.app.shown)
    programs.disable(inside.app)
    assert inside.app.shown == {}
    assert inside.get("anna.brakel").status_code == 404
    programs.enable(inside.app)
    assert inside.app.shown == before
    assert inside.get("anna.brakel").status_code == 200
