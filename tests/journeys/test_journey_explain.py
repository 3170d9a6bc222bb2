"""explain says which row, rule and run made something: in the reader's language, by the network's clock, briefly."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from journeys_cli import Said, digitalnetzwerk
from journeys_town import Town


def explain(town: Town, what: str, language: str = "de") -> Said:
    words = ("--language", language, "explain", what)
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


def test_an_entry_is_explained_without_a_word_of_the_machine(town: Town) -> None:
    town.apply()
    said = explain(town, "OZG Grundlagen").out
    assert "„OZG Grundlagen“ kommt aus plan, Nummer 1" in said
    assert "eintragen: OZG Grundlagen" in said and "[erledigt]" in said
    assert not [word for word in ("create", "entry", "done", "UTC", "/remote.php") if word in said]


def test_in_english_it_is_english(town: Town) -> None:
    town.apply()
    said = explain(town, "OZG Grundlagen", "en").out
    assert "enter: OZG Grundlagen" in said and "– new [done]" in said
    assert not [word for word in ("eintragen", "neu", "erledigt", "Lauf", "zuletzt") if word in said]


def test_times_are_those_of_the_network(town: Town) -> None:
    town.apply()
    here = town.now().astimezone(ZoneInfo("Europe/Berlin"))
    shown = {f"{here - timedelta(minutes=ago):%H:%M}" for ago in (0, 1)}
    assert any(f"zuletzt geschrieben {time}" in explain(town, "E-Akte").out for time in shown)


def test_an_administration_is_explained_without_bookkeeping(whole_town: Town) -> None:
    whole_town.apply()
    said = explain(whole_town, "administration:brakel").out
    assert "group:brakel ist von uns aufgenommen" in said
    assert not [word for word in ("workspace", "team_member", " > ", "grant") if word in said]
    assert len(said.splitlines()) == len(set(said.splitlines()))
