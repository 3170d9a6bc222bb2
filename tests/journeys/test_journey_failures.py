"""Five things that go wrong in the middle of the work: each is one outcome with its code and its remedy, alone and all
at once, and everything else goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from journeys_town import STAFF, THREE, Town, row

from network.problems import Problem
from plugin.render.run import Run

MORE = """\
  nord: {name: Austausch Nord, lead: [max.kreis], members: {administrations: [nieheim]}, folder: false}
"""
PRESS = "  presse: {name: Presse,"
PATHS = "  wege: {name: Wege, template: standard, access: {read: {administrations: all}}}\n"


@dataclass(frozen=True)
class Failure:
    """`begins` before the run, `lasts` while it is under way."""

    code: str
    remedy: str
    begins: Callable[[Town], None]
    lasts: Callable[[Town], Iterator[None]] | None = None


def delete_the_group(town: Town) -> None:
    town.administrator().directory.delete_group("brakel")


def rename_the_team(town: Town) -> None:
    client = town.other_client()
    (team,) = (each for each in client.teams.teams() if each.name == "Austausch OZG")
    client.teams.rename_team(team.id, "OZG-Stammtisch")


def want_another_folder(town: Town) -> None:
    if PATHS not in town.config.read_text():
        town.swap(PRESS, PATHS + PRESS)


def fill_the_folder(town: Town) -> None:
    want_another_folder(town)
    town.sandbox.fail_next("PUT", "/Wege/", 507, count=9)


def use_an_app_password(town: Town) -> None:
    want_another_folder(town)
    town.swap("admin_rights: {username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}",
              "admin_rights: {username: digitalnetzwerk, password: env:APP_PASSWORD}")  # fmt: skip


def want_another_group(town: Town) -> None:
    town.swap("projects:\n", MORE + "projects:\n")


def disable_talk_in_mid_run(town: Town) -> Iterator[None]:
    faults = town.sandbox.world.faults

    def switch(method: str, path: str) -> None:
        if "/apps/spreed/" in path:
            town.sandbox.switch_apps(talk=False)

    faults.before_write = switch
    yield
    faults.before_write = lambda method, path: None


FAILURES = {
    "a group deleted behind our back": Failure("group_missing", "", delete_the_group),
    "a team renamed": Failure("renamed_by_hand", "on_rename: put_back", rename_the_team),
    "a folder whose quota is full": Failure("quota_full", "Kontingent", fill_the_folder),
    "a refused password confirmation": Failure("confirmation_needed", "admin_rights", use_an_app_password),
    "Talk disabled in mid-run": Failure(
        "feature_missing", "occ app:enable spreed", want_another_group, disable_talk_in_mid_run
    ),
}


@contextmanager
def while_it_lasts(town: Town, *failures: Failure) -> Iterator[None]:
    lasting = [each.lasts(town) for each in failures if each.lasts is not None]
    for each in lasting:
        next(each)
    yield
    for each in lasting:
        next(each, None)


def said(run: Run) -> dict[str, list[Problem]]:
    """Every different problem by code, but for what only waits for another."""
    found: dict[str, list[Problem]] = {}
    for each in run.problems:
        if each.code not in ("waits_for_foundation", "waits_for_team"):
            found.setdefault(each.code, []).append(each)
    return found


def run_into(town: Town, *failures: Failure) -> dict[str, list[Problem]]:
    """What is said of a run that meets these failures; a new training is entered in it all the same."""
    assert town.apply().code == 0
    for each in failures:
        each.begins(town)
    town.save([*THREE, row(4, "Barrierefreiheit")])
    with while_it_lasts(town, *failures):
        run = town.apply(verify=True)
    assert "Barrierefreiheit" in town.titles("dora.nieheim")
    return said(run)


@pytest.mark.parametrize("name", FAILURES)
def test_one_failure_is_one_outcome_and_the_rest_goes_on(whole_town: Town, name: str) -> None:
    failure = FAILURES[name]
    found = run_into(whole_town, failure)
    assert set(found) == {failure.code}
    assert all(failure.remedy in each.remedy.de and each.message.de for each in found[failure.code])


def test_all_at_once_are_one_outcome_each(whole_town: Town) -> None:
    chosen = [each for name, each in FAILURES.items() if "quota" not in name]  # the folder isn't made without a right
    found = run_into(whole_town, *chosen)
    assert set(found) == {each.code for each in chosen}


def test_once_mended_the_next_run_catches_up(whole_town: Town) -> None:
    run_into(whole_town, FAILURES["Talk disabled in mid-run"], FAILURES["a folder whose quota is full"])
    whole_town.sandbox.clear_faults()
    whole_town.sandbox.switch_apps(talk=True)
    assert whole_town.apply(verify=True).code == 0
    assert "Austausch Nord" in {each.name for each in whole_town.as_staff("dora.nieheim").rooms.rooms()}
    assert whole_town.as_staff("dora.nieheim").files.stat("/Wege/Readme.md") is not None
    assert whole_town.plan(verify=True).code == 0


def test_nobody_loses_anything_by_a_deleted_group(whole_town: Town) -> None:
    whole_town.apply()
    delete_the_group(whole_town)
    run = whole_town.apply(verify=True)
    assert run.code == 0
    assert not [each for each in run.plan.changes if each.loses]
    assert set(said(whole_town.apply(verify=True))) == {"group_missing"}
    whole_town.administrator().directory.create_group("brakel", "brakel")
    for account in STAFF["brakel"]:
        whole_town.sandbox.add_user(account, groups=("brakel",))
    assert whole_town.apply(verify=True).code == 0
    assert "Austausch OZG" in {each.name for each in whole_town.as_staff("anna.brakel").teams.teams()}
    assert whole_town.plan(verify=True).code == 0
