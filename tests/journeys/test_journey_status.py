"""status shows everything of the configuration on one screen: what is well, what waits, what nobody has run yet."""

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import TODAY, Town, row

EIGHT = [row(number, f"Schulung {number}") for number in range(1, 9)]


def status(town: Town, *words: str) -> Said:
    said = digitalnetzwerk("-c", str(town.config), "status", *words, environment=town.environment)
    assert said.code == 0, said.err
    return said


def apply(town: Town, *words: str, password: str = "") -> Said:
    environment = {"NEXTCLOUD_PASSWORD": password} if password else town.environment
    return digitalnetzwerk("-c", str(town.config), "apply", *words, environment=environment)


def states(town: Town) -> dict[str, str]:
    return {each["scope"]: each["state"] for each in status(town, "--json").document["scopes"]}


def test_before_the_first_run_nothing_has_run(town: Town) -> None:
    said = status(town).out
    assert "Noch kein Lauf." in said
    assert "plan: noch nie gelesen" in said
    assert "4 Bereiche noch nie gelaufen: administration:kreis, " in said
    assert set(states(town).values()) == {"never_run"}


@pytest.mark.parametrize(("language", "words"), [("de", "4 Bereiche in Ordnung"), ("en", "4 scopes are healthy")])
def test_what_is_well_is_one_line(town: Town, language: str, words: str) -> None:
    apply(town)
    said = status(town, "--language", language).out.splitlines()
    assert sum(words in line for line in said) == 1
    assert not [line for line in said if "calendar:" in line or "administration:" in line]
    assert any("Kreis Probe 2, Stadt Brakel 3, Stadt Nieheim 2" in line for line in said)


def test_a_scope_that_is_new_in_the_configuration_has_never_run(town: Town) -> None:
    apply(town)
    town.swap("calendars:", "calendars:\n  neu: {name: Neues, from: [plan], share: {administrations: all}}")
    assert states(town) == {
        **{f"administration:{key}": "healthy" for key in ("kreis", "brakel", "nieheim")},
        "calendar:neu": "never_run",
        "calendar:schulungen": "healthy",
    }


def test_a_run_of_one_scope_says_nothing_about_the_others(town: Town) -> None:
    town.save(EIGHT)
    apply(town)
    town.swap("from: [plan]", "from: [plan]\n    where: {tags: [nichts]}")
    assert apply(town).code == 3
    assert "SICHERHEITSSTOPP" in status(town).out
    apply(town, "--scope", "administration:brakel")
    assert states(town)["calendar:schulungen"] == "stopped"


def test_what_the_last_run_left_unfinished_is_shown(town: Town) -> None:
    town.sandbox.fail_next("PUT", r"\.ics$", 507)
    apply(town)
    said = status(town).out
    assert "calendar:schulungen: 1 Änderung offen" in said
    assert "Hinweise des letzten Laufs:" in said
    apply(town)
    assert "Hinweise des letzten Laufs:" not in status(town).out


def test_a_refused_login_is_shown_until_one_succeeds(town: Town) -> None:
    apply(town)
    assert apply(town, password="falsch").code == 4
    assert "ANMELDUNG ABGELEHNT" in status(town).out
    assert status(town, "--json").document["login_refused_at"].startswith(f"{TODAY:%Y}")
    apply(town)
    assert "ANMELDUNG ABGELEHNT" not in status(town).out
    assert status(town, "--json").document["login_refused_at"] is None


def test_it_fits_on_a_screen(whole_town: Town) -> None:
    apply(whole_town)
    assert len(status(whole_town).out.splitlines()) <= 24
