"""A pilot whose group isn't there, and a town that is cut: nobody who sees something today loses it by one line."""

import pytest
from journeys_town import THREE, Town, row

from network.plan import Action, Kind
from plugin.render.run import Run
from plugin.render.text import text

TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
TYPO = "mode: live\n  pilot: dnw-tset"


def rights(run: Run) -> list[str]:
    """What would change in who sees or may do something."""
    return [change.line for change in run.plan.changes if change.action in (Action.GRANT, Action.REVOKE)]


@pytest.mark.parametrize("is_empty", [False, True], ids=["missing", "empty"])
def test_a_pilots_group_that_reaches_nobody_takes_nothing_from_anybody(whole_town: Town, is_empty: bool) -> None:
    whole_town.apply()
    whole_town.apply()
    if is_empty:
        whole_town.administrator().directory.create_group("dnw-tset", "dnw-tset")
    whole_town.swap("mode: live", TYPO)
    whole_town.save([*THREE, row(4, "Vergaberecht")])
    run = whole_town.apply()
    assert run.code == 3
    assert rights(run) == []
    assert "no_such_group" in {each.code for each in run.problems}
    assert "Pilotgruppe dnw-tset" in text(run, "de")
    assert "Freigeben: " not in text(run, "de"), "there is nothing to release"
    assert whole_town.titles() == sorted([*TITLES, "Vergaberecht"])
    whole_town.swap(TYPO, "mode: live")
    assert whole_town.apply().code == 0
    assert whole_town.plan().code == 0


def test_a_person_cannot_release_an_audience_that_nobody_knows(town: Town) -> None:
    town.apply()
    town.swap("mode: live", TYPO)
    run = town.apply(fingerprint=town.plan().plan.fingerprint, release_unsafe=True)
    assert run.code == 3
    assert town.titles() == TITLES


def test_a_town_that_is_cut_loses_its_team_and_its_sight_together_when_somebody_says_so(town: Town) -> None:
    """One of three towns in the calendar: fewer than its own limit allows, and it waits with the town."""
    town.swap(
        "share: {administrations: all}",
        "share: {administrations: all}\nlimits: {entries_lost: {more_than: 90 %, or_at_least: 3}}",
    )
    town.apply()
    town.swap("  brakel:  {name: Stadt Brakel, group: brakel}\n", "")
    stopped = town.apply()
    assert stopped.code == 3
    assert rights(stopped) == []
    assert town.titles() == TITLES
    assert "share_waits" in {each.code for each in stopped.problems}
    assert town.apply(fingerprint=town.plan().plan.fingerprint, release_unsafe=True).code == 0
    assert town.titles() == []
    assert town.titles("dora.nieheim") == TITLES
    assert town.plan().code == 0


def test_one_of_two_towns_stops_in_the_calendar_too(town: Town) -> None:
    town.swap("  kreis:   {name: Kreis Probe, group: kreis}\n", "")
    town.apply()
    town.swap("  brakel:  {name: Stadt Brakel, group: brakel}\n", "")
    stopped = town.apply()
    assert {str(each.scope.kind): str(each.unsafe) for each in stopped.plan.scopes if each.unsafe}.keys() == {
        "administration",
        "calendar",
    }
    assert any(each.kind is Kind.SHARE for scope in stopped.plan.scopes for each in scope.held)
    assert town.titles() == TITLES
