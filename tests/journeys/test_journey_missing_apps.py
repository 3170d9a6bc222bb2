"""An app that the server lacks, or that somebody disables meanwhile: one problem with one remedy, the rest goes on, and
what was there is neither lost nor made twice.
"""

from collections.abc import Callable, Iterator

import pytest
from journeys_town import Town

OFF: dict[str, dict[str, bool]] = {
    "spreed": {"talk": False},
    "circles": {"teams": False},
    "groupfolders": {"team_folders": False},
}
ON = {app: dict.fromkeys(switch, True) for app, switch in OFF.items()}


def rooms(town: Town) -> list[str]:
    return [each.name for each in town.as_staff("anna.brakel").rooms.rooms()]


def teams(town: Town) -> set[str]:
    return {each.name for each in town.as_staff("anna.brakel").teams.teams()}


def folders(town: Town) -> set[str]:
    files = town.as_staff("anna.brakel").files
    return {name for name in ("Austausch OZG", "Presse") if files.stat(f"/{name}") is not None}


SEEN: dict[str, Callable[[Town], object]] = {"spreed": rooms, "circles": teams, "groupfolders": folders}


def in_mid_run(town: Town, app: str) -> Iterator[None]:
    """The app is disabled right before the first write to it."""
    faults = town.sandbox.world.faults
    before = faults.before_write

    def switch(method: str, path: str) -> None:
        if f"/apps/{app}/" in path:
            town.sandbox.switch_apps(**OFF[app])
        before(method, path)

    faults.before_write = switch  # type: ignore[method-assign]
    yield
    faults.before_write = before  # type: ignore[method-assign]


@pytest.mark.parametrize("app", OFF)
def test_missing_from_the_start_it_is_one_problem_and_made_as_soon_as_the_app_is_there(
    whole_town: Town, app: str
) -> None:
    whole_town.sandbox.switch_apps(**OFF[app])
    run = whole_town.apply()
    missing = [each for each in run.problems if each.code == "feature_missing"]
    assert len(missing) == 1 and f"occ app:enable {app}" in missing[0].remedy.de
    assert run.report is not None and run.report.count(run.report.outcomes[0].result) == len(run.report.outcomes)
    whole_town.sandbox.switch_apps(**ON[app])
    assert whole_town.apply(verify=True).code == 0
    assert rooms(whole_town) == ["Austausch OZG"] and folders(whole_town) == {"Austausch OZG", "Presse"}
    assert whole_town.plan(verify=True).code == 0


@pytest.mark.parametrize("app", OFF)
def test_disabled_for_a_while_nothing_is_lost_and_nothing_made_twice(whole_town: Town, app: str) -> None:
    whole_town.apply()
    before = SEEN[app](whole_town)
    whole_town.sandbox.switch_apps(**OFF[app])
    since = whole_town.mark()
    run = whole_town.apply(verify=True)
    assert [each.code for each in run.problems] == ["feature_missing"]
    assert whole_town.writes(since) == []
    whole_town.sandbox.switch_apps(**ON[app])
    since = whole_town.mark()
    assert whole_town.apply(verify=True).code == 0
    assert whole_town.writes(since) == []
    assert SEEN[app](whole_town) == before


@pytest.mark.parametrize("app", OFF)
def test_disabled_in_mid_run_each_change_waits_and_the_rest_goes_on(whole_town: Town, app: str) -> None:
    for _ in in_mid_run(whole_town, app):
        run = whole_town.apply()
    assert run.code == 1 and run.report is not None
    said = {each.problem for each in run.report.outcomes if each.problem and each.problem.code == "feature_missing"}
    assert len(said) == 1 and f"occ app:enable {app}" in said.pop().remedy.de
    assert {each.problem.code for each in run.report.outcomes if each.problem} <= {
        "feature_missing",
        "waits_for_foundation",
        "waits_for_team",
    }
    assert "Schulungen" in " ".join(each.name for each in whole_town.other_client().calendars.calendars())
    whole_town.sandbox.switch_apps(**ON[app])
    assert whole_town.apply().code == 0
    assert rooms(whole_town) == ["Austausch OZG"] and folders(whole_town) == {"Austausch OZG", "Presse"}
    assert whole_town.plan(verify=True).code == 0


def test_whom_talk_kept_while_it_was_disabled_leaves_the_room_afterwards(whole_town: Town) -> None:
    whole_town.swap("lead: [erika.kreis]", "lead: [erika.kreis, max.kreis]")
    whole_town.apply()
    whole_town.swap("lead: [erika.kreis, max.kreis]", "lead: [erika.kreis]")
    for _ in in_mid_run(whole_town, "spreed"):
        assert whole_town.apply().code == 1
    whole_town.sandbox.switch_apps(talk=True)
    assert whole_town.apply().code == 0
    assert whole_town.as_staff("max.kreis").rooms.rooms() == ()


def test_the_way_back_leaves_what_a_missing_app_hides_and_who_may_see_it(whole_town: Town) -> None:
    whole_town.apply()
    whole_town.sandbox.switch_apps(team_folders=False)
    run = whole_town._do(lambda service: service.carry_out(service.plan_removal()))
    assert [each.code for each in run.problems if each.code == "feature_missing"] == ["feature_missing"]
    whole_town.sandbox.switch_apps(team_folders=True)
    assert "Austausch OZG" in folders(whole_town)
