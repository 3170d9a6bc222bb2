"""Looking writes nothing, anywhere: neither in Nextcloud nor in our own folder; and the pilot's group sees it alone."""

import pytest
from journeys_cli import digitalnetzwerk
from journeys_town import THREE, Town, row

from plugin.render.text import text


def own_files(town: Town) -> list[str]:
    return sorted(each.name for each in town.config.parent.rglob("*") if each != town.config)


def test_mode_preview_writes_nothing_anywhere(whole_town: Town) -> None:
    whole_town.swap("mode: live", "mode: preview")
    run = whole_town.apply()
    assert run.plan.changes
    assert run.report is None
    assert (run.command, run.code) == ("apply", 0)
    assert whole_town.writes() == []
    assert own_files(whole_town) == []
    assert text(run, "de").splitlines()[-1] == "Vorschau (mode: preview): nirgends wurde etwas geändert."


def test_a_plan_writes_nothing_anywhere(whole_town: Town) -> None:
    assert whole_town.plan().code == 10
    assert whole_town.writes() == []
    assert own_files(whole_town) == []


def test_back_to_preview_nothing_is_written_either(town: Town) -> None:
    town.apply()
    town.swap("mode: live", "mode: preview")
    town.save([*THREE, row(4, "Vergaberecht")])
    before, kept = town.mark(), town.memory()
    assert len(town.apply().plan.changes) == 1
    assert town.writes(before) == []
    assert town.memory() == kept


@pytest.mark.parametrize("words", [("remove", "--all-ours"), ("release", "calendar:schulungen")], ids=" ".join)
def test_in_preview_nothing_is_taken_away_either(town: Town, words: tuple[str, ...]) -> None:
    town.apply()
    town.swap("mode: live", "mode: preview")
    before, kept = town.mark(), town.memory()
    said = digitalnetzwerk("-c", str(town.config), *words, "--yes", environment=town.environment)
    assert said.code == 0
    assert "nirgends wurde etwas geändert" in said.out
    assert town.writes(before) == []
    assert town.memory() == kept


def test_a_plan_stores_nothing(town: Town) -> None:
    town.apply()
    kept = town.memory()
    town.wait(hours=2)
    town.save(THREE[:2])
    town.plan()
    assert town.memory() == kept


def test_what_was_previewed_is_what_is_applied(whole_town: Town) -> None:
    whole_town.swap("mode: live", "mode: preview")
    previewed = whole_town.apply()
    whole_town.swap("mode: preview", "mode: live")
    applied = whole_town.apply(fingerprint=previewed.plan.fingerprint)
    assert applied.code == 0
    assert applied.plan.fingerprint == previewed.plan.fingerprint
