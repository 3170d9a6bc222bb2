"""Who asks for English gets English, and who names what isn't there is told so."""

from journeys_cli import digitalnetzwerk
from journeys_town import Town

GERMAN = ("Freigabe", "Gruppe", "Personen", "anlegen", "erteilen")


def test_a_pilots_plan_in_english_has_no_german_word(town: Town) -> None:
    town.swap("mode: live", "mode: live\n  pilot: dnw-test")
    said = digitalnetzwerk("-c", str(town.config), "--language", "en", "plan", environment=town.environment)
    assert said.code == 10 and "visible only to group dnw-test (" in said.out
    assert [word for word in GERMAN if word in said.out] == []


def test_a_scope_that_is_not_there_is_a_mistake_and_nothing_is_done(town: Town) -> None:
    words = ("apply", "--scope", "calendar:schulung")
    before = town.mark()
    said = digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)
    assert said.code == 2 and "calendar:schulungen" in said.err
    assert town.writes(before) == []


def test_an_administration_is_explained_by_its_key_alone(town: Town) -> None:
    town.apply()
    said = digitalnetzwerk("-c", str(town.config), "explain", "brakel", environment=town.environment)
    assert "administration:brakel" in said.out


def test_whom_a_share_is_taken_from_is_called_by_its_name(town: Town) -> None:
    town.apply()
    town.swap("share: {administrations: all}", "share: []")
    said = digitalnetzwerk("-c", str(town.config), "plan", environment=town.environment)
    assert "administration:brakel" in said.out and "circles/" not in said.out


def test_without_a_pilot_nobody_is_named_as_the_only_audience(town: Town) -> None:
    said = digitalnetzwerk("-c", str(town.config), "plan", environment=town.environment)
    assert said.code == 10 and "sichtbar nur für" not in said.out


def test_only_what_was_looked_at_is_said_to_be_left_alone(town: Town) -> None:
    assert "Fremdes wird nicht angefasst: 0 Teams, 0 Einträge\n" in say_apply(town)
    skipped = "nicht angefasst: 0 Einträge; bei Teams, Ordnern und Unterhaltungen diesmal nicht nachgesehen\n"
    assert skipped in say_apply(town)


def say_apply(town: Town) -> str:
    return digitalnetzwerk("-c", str(town.config), "apply", environment=town.environment).out
