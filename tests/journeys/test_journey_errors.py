"""Errors outside of the plan: shown in the form and language that was asked for, whatever it is that went wrong."""

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import Town

from plugin.service import Service


def say(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


def test_a_damaged_state_database_is_named_and_may_be_put_aside(town: Town) -> None:
    town.apply()
    state = town.config.with_name("daten") / "state.sqlite"
    state.write_bytes(b"no database " * 1000)
    before = town.mark()
    for command in ("apply", "plan", "status"):
        said = say(town, command, "--json")
        (problem,) = said.document["problems"]
        assert (said.code, problem["code"], problem["where"]) == (3, "state_unusable", str(state))
    assert town.mark() == before
    state.rename(state.with_suffix(".alt"))
    assert town.apply().code == 0
    assert not [each for each in town.calendar_writes(before) if each.startswith("PUT")]


def test_a_data_folder_that_cannot_be_made_is_named(town: Town) -> None:
    town.config.with_name("daten").write_text("a file")
    said = say(town, "apply")
    assert said.code == 3
    assert "service.data" in said.err
    assert town.writes() == []


@pytest.mark.parametrize("words", [("--language", "en", "apply"), ("apply", "--language=en")], ids=" ".join)
def test_mistakes_are_told_in_the_language_that_was_asked_for(town: Town, words: tuple[str, ...]) -> None:
    town.swap("mode: live", "mode: lieve")
    assert "allowed" in say(town, *words).err
    assert "erlaubt" in say(town, "apply").err


def test_other_errors_are_told_in_the_configurations_language(town: Town) -> None:
    town.swap("language: de", "language: en")
    assert "there is no open question about 1" in say(town, "answer", "plan", "1", "keep").err


def test_what_nobody_foresaw_is_a_document_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(*_: object, **__: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(Service, "plan", fall_over)
    said = say(town, "plan", "--json")
    assert said.code == 1
    assert [each["code"] for each in said.document["problems"]] == ["unforeseen"]


def test_an_address_without_a_nextcloud_is_named_and_not_tried_again_and_again(town: Town) -> None:
    town.swap(f"url: {town.sandbox.url}", f"url: {town.sandbox.url}/nextcloud")
    said = digitalnetzwerk("-c", str(town.config), "apply", environment=town.environment)
    assert said.code == 4
    assert said.err.startswith("nextcloud.url: Unter http://127.0.0.1")
    assert "Steht nextcloud.url richtig" in said.err


def test_maintenance_is_called_maintenance(town: Town) -> None:
    town.sandbox.fail_next("*", ".*", 503, 100, headers=(("X-Nextcloud-Maintenance-Mode", "1"),))
    said = digitalnetzwerk("-c", str(town.config), "apply", environment=town.environment)
    assert said.code in (1, 4)
    assert "Wartungsmodus" in said.err
    assert not said.err.startswith(":")
