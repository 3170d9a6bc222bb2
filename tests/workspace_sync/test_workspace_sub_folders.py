"""Rights of their own on sub-folders: each town writes in its own, and nobody has more than that for a moment."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from workspace_example import ALL, BRAKEL, KREIS, NIEHEIM, OZG, SMALL, example
from workspace_run import Runs, changes, codes
from workspace_stand_in import NOW, SERVICE, Killed

from network.plan import Kind
from network.ports import Principal, Rule
from network.report import Result
from workspace_sync.wish import Access, FolderWish, Level, ProjectWish, Selector, SubFolder, Wishes

READ, EDIT, MANAGE = 1, 15, 31
GROUP = Selector(exchange_groups=("ozg",))


def own(key: str, name: str) -> SubFolder:
    """All read, one administration also changes, and so does the exchange group that manages everything."""
    levels = (
        Access(Level.READ, ALL),
        Access(Level.EDIT, Selector(administrations=(key,))),
        Access(Level.MANAGE, GROUP),
    )
    return SubFolder(f"Verwaltungen/{{{key}}}", f"Verwaltungen/{name}", levels)


BUDGET = ProjectWish(
    "haushalt",
    FolderWish("Haushalt", None, SMALL),
    (Access(Level.READ, ALL), Access(Level.MANAGE, GROUP)),
    (own("brakel", "Stadt Brakel"), own("nieheim", "Stadt Nieheim")),
)
CLOSED = SubFolder("Intern", "Intern", (Access(Level.MANAGE, GROUP),))


def network(project: ProjectWish = BUDGET) -> Runs:
    return example(Wishes((BRAKEL, NIEHEIM, KREIS), (OZG,), (project,)))


def built(project: ProjectWish = BUDGET) -> Runs:
    runs = network(project)
    report = runs.apply()
    assert [outcome.problem for outcome in report.outcomes if outcome.result is not Result.DONE] == []
    return runs


def change(runs: Runs, project: ProjectWish) -> None:
    runs.wishes = replace(runs.wishes, projects=(project,))


def test_each_town_writes_in_its_own_and_all_read() -> None:
    runs = built()
    may = runs.server.may
    assert (may("bernd", "Haushalt"), may("bernd", "Haushalt", "Verwaltungen")) == (READ, READ)
    assert may("bernd", "Haushalt", "Verwaltungen/Stadt Brakel") == EDIT
    assert may("bernd", "Haushalt", "Verwaltungen/Stadt Nieheim") == READ
    assert may("dora", "Haushalt", "Verwaltungen/Stadt Brakel") == READ
    assert may("erika", "Haushalt", "Verwaltungen/Stadt Brakel") == MANAGE
    assert may("frieda", "Haushalt") == 0


def test_a_second_run_writes_nothing_also_without_its_memory() -> None:
    runs = built()
    assert changes(runs.plan()) == []
    before = runs.server.state()
    runs.lose_state()
    runs.apply()
    assert runs.server.state() == before
    assert changes(runs.plan()) == []


def test_a_folder_that_is_closed_to_most_is_hidden_from_them() -> None:
    runs = built(replace(BUDGET, sub_folders=(CLOSED,)))
    assert runs.server.may("bernd", "Haushalt", "Intern") == 0
    assert runs.server.may("erika", "Haushalt", "Intern") == MANAGE
    assert runs.server.may(SERVICE, "Haushalt", "Intern") == MANAGE


def test_people_named_for_a_sub_folder_alone_have_a_team_that_goes_with_their_right() -> None:
    named = replace(CLOSED, access=(*CLOSED.access, Access(Level.EDIT, Selector(people=("max",)))))
    runs = built(replace(BUDGET, access=(*BUDGET.access, Access(Level.READ, Selector(people=("max",)))), sub_folders=(named,)))  # fmt: skip
    assert runs.server.may("max", "Haushalt", "Intern") == EDIT
    assert "Haushalt: Intern – Bearbeitung" in {team.name for team in runs.server.all_teams.values()}
    change(runs, replace(BUDGET, sub_folders=(CLOSED,)))
    runs.apply()
    assert runs.server.may("max", "Haushalt", "Intern") == 0
    assert "Haushalt: Intern – Bearbeitung" not in {team.name for team in runs.server.all_teams.values()}
    assert changes(runs.plan()) == []


def test_who_reads_a_sub_folder_but_not_the_folder_above_is_reported() -> None:
    runs = network(replace(BUDGET, access=(Access(Level.MANAGE, GROUP),)))
    assert "unreachable" in codes(runs.plan())
    assert "unreachable" not in codes(network().plan())


@pytest.mark.parametrize("how", ["fail", "kill_before", "kill_after"])
def test_nobody_writes_outside_of_the_own_folder_at_any_moment(how: str) -> None:
    """Stopped at each write in turn: the staff of a town never has more than it has in the end."""
    end = built()
    for boundary in range(1, end.server.boundaries.count + 1):
        runs = network()
        setattr(runs.server.boundaries, how, boundary)
        with suppress(Killed):
            runs.apply()
        if "Haushalt" not in {folder.name for folder in runs.server.all_folders.values()}:
            continue
        for path in ("", "Verwaltungen", "Verwaltungen/Stadt Nieheim"):
            assert runs.server.may("bernd", "Haushalt", path) in (0, READ), (boundary, path)
        runs.server.boundaries.reset()
        runs.apply()
        runs.apply()
        assert runs.server.state() == end.server.state(), boundary


def test_without_the_rules_first_a_town_would_write_everywhere() -> None:
    """The control of the test above: what a grant alone gives."""
    runs = built()
    runs.server.folder_named("Haushalt").rules.clear()
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Nieheim") == EDIT


def test_taking_the_rights_back_closes_before_it_opens() -> None:
    end = built(replace(BUDGET, sub_folders=()))
    start = built()
    change(start, replace(BUDGET, sub_folders=()))
    start.server.boundaries.reset()
    start.apply()
    count = start.server.boundaries.count
    assert start.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Brakel") == READ
    assert start.server.may("bernd", "Haushalt") == end.server.may("bernd", "Haushalt") == READ
    assert changes(start.plan()) == []
    for boundary in range(1, count + 1):
        runs = built()
        change(runs, replace(BUDGET, sub_folders=()))
        runs.server.boundaries.reset()
        runs.server.boundaries.fail = boundary
        runs.apply()
        assert runs.server.may("bernd", "Haushalt") == READ, boundary
        assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Nieheim") == READ, boundary


@pytest.mark.parametrize("path", ["", "Verwaltungen", "Verwaltungen/Stadt Brakel", "Protokolle"])
def test_rules_that_somebody_set_by_hand_are_taken_back(path: str) -> None:
    runs = built()
    before = runs.server.state()
    rules = runs.server.folder_named("Haushalt").rules
    rules[path] = (*rules.get(path, ()), Rule(Principal("group", "nieheim"), EDIT))
    runs.apply()
    assert runs.server.state() == before


def test_rules_in_a_folder_that_shall_have_none_are_taken_back() -> None:
    runs = built(replace(BUDGET, sub_folders=()))
    folder = runs.server.folder_named("Haushalt")
    folder.acl = True
    folder.rules["Protokolle"] = (Rule(Principal("group", "brakel"), 0),)
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Protokolle") == READ
    assert changes(runs.plan()) == []


def test_rules_that_were_switched_off_by_hand_hold_again() -> None:
    runs = built()
    runs.server.folder_named("Haushalt").acl = False
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Nieheim") == EDIT
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Nieheim") == READ


def test_a_town_that_changes_its_name_takes_its_folder_along() -> None:
    runs = built()
    folder = runs.server.folder_named("Haushalt")
    folder.files["Verwaltungen/Stadt Brakel/Entwurf.md"] = b"x"
    renamed = replace(BUDGET.sub_folders[0], path="Verwaltungen/Hansestadt Brakel")
    change(runs, replace(BUDGET, sub_folders=(renamed, BUDGET.sub_folders[1])))
    runs.apply()
    assert folder.files["Verwaltungen/Hansestadt Brakel/Entwurf.md"] == b"x"
    assert "Verwaltungen/Stadt Brakel" not in folder.files
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Hansestadt Brakel") == EDIT
    assert changes(runs.plan()) == []


def test_a_sub_folder_that_was_renamed_by_hand_keeps_its_name_and_its_rights() -> None:
    runs = built(replace(BUDGET, sub_folders=(CLOSED,)))
    runs.server.files.move("/Haushalt/Intern", "/Haushalt/Intern alt")
    plans = runs.plan()
    assert "renamed_by_hand" in codes(plans)
    assert changes(plans) == []
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Intern alt") == 0
    folder = runs.server.folder_named("Haushalt")
    folder.rules["Intern alt"] = ()
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Intern alt") == 0
    change(runs, replace(BUDGET, folder=replace(BUDGET.folder, on_rename="put_back"), sub_folders=(CLOSED,)))
    runs.apply()
    assert "Intern" in folder.files
    assert "Intern alt" not in folder.files


def test_a_closed_folder_renamed_while_the_state_is_lost_is_not_opened() -> None:
    runs = built(replace(BUDGET, sub_folders=(CLOSED,)))
    runs.server.files.move("/Haushalt/Intern", "/Haushalt/Geheim")
    runs.lose_state()
    assert "rules_left" in codes(runs.plan())
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Geheim") == 0


def test_a_line_that_is_gone_leaves_the_folder_with_the_rights_above_it() -> None:
    runs = built(replace(BUDGET, sub_folders=(*BUDGET.sub_folders, CLOSED)))
    change(runs, BUDGET)
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Intern") == READ
    assert "Intern" in runs.server.folder_named("Haushalt").files
    assert changes(runs.plan()) == []


@pytest.mark.parametrize("reads", [ALL, Selector(administrations=("brakel",))])
def test_the_folder_of_a_town_that_left_shows_nobody_more_than_before(reads: Selector) -> None:
    levels = (Access(Level.READ, reads), Access(Level.EDIT, Selector(administrations=("brakel",))))
    confidential = SubFolder("Verwaltungen/{brakel}", "Verwaltungen/Stadt Brakel", levels)
    runs = built(replace(BUDGET, sub_folders=(confidential, BUDGET.sub_folders[1])))
    before = {
        user: runs.server.may(user, "Haushalt", "Verwaltungen/Stadt Brakel") for user in ("clara", "dora", "erika")
    }
    staff = Selector(administrations=("nieheim", "kreis"))
    left = replace(BUDGET, access=(Access(Level.READ, staff), Access(Level.MANAGE, GROUP)), sub_folders=BUDGET.sub_folders[1:])  # fmt: skip
    runs.wishes = Wishes((NIEHEIM, KREIS), (OZG,), (left,))
    runs.apply(released=[BUDGET.scope, BRAKEL.scope])
    runs.apply(released=[BUDGET.scope, BRAKEL.scope])
    for user, bits in before.items():
        assert runs.server.may(user, "Haushalt", "Verwaltungen/Stadt Brakel") == bits, user
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Brakel") == 0
    assert changes(plan for plan in runs.plan() if plan.scope == BUDGET.scope) == []


def test_what_many_would_lose_waits_for_a_person_and_opens_nothing_meanwhile() -> None:
    many = Selector(administrations=("brakel", "nieheim", "kreis"))
    open_to_all = replace(BUDGET, access=(Access(Level.EDIT, many), Access(Level.MANAGE, GROUP)), sub_folders=())
    runs = built(open_to_all)
    closed = tuple(SubFolder(f"{number}", f"Akte {number}", (Access(Level.MANAGE, GROUP),)) for number in range(2))
    change(runs, replace(BUDGET, sub_folders=(*BUDGET.sub_folders, *closed)))
    runs.server.folder_named("Haushalt").files |= {"Akte 0": None, "Akte 1": None}
    plan = next(plan for plan in runs.plan() if plan.scope == BUDGET.scope)
    if plan.unsafe is None:
        pytest.fail(f"not stopped: {changes([plan])}")
    runs.apply()
    assert runs.server.may("bernd", "Haushalt") == EDIT
    runs.apply(released=[BUDGET.scope])
    assert runs.server.may("bernd", "Haushalt") == READ
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Brakel") == EDIT
    assert changes(runs.plan()) == []


def test_while_rules_wait_for_a_person_nobody_new_comes_into_what_they_will_close() -> None:
    named = Access(Level.EDIT, Selector(people=("max",)))
    files = [SubFolder(f"{number}", f"Akte {number}", (Access(Level.MANAGE, GROUP), named)) for number in range(6)]
    runs = built(replace(BUDGET, access=(*BUDGET.access, named), sub_folders=tuple(files)))
    assert runs.server.may("max", "Haushalt", "Akte 1") == EDIT
    both = Access(Level.EDIT, Selector(people=("max", "frieda")))
    closed = [replace(each, access=(Access(Level.MANAGE, GROUP),)) for each in files]
    change(runs, replace(BUDGET, access=(*BUDGET.access, both), sub_folders=tuple(closed)))
    runs.apply()
    assert runs.server.may("max", "Haushalt", "Akte 1") == EDIT  # the guard holds the rules
    assert runs.server.may("frieda", "Haushalt", "Akte 1") == 0
    runs.apply(released=[BUDGET.scope])
    assert runs.server.may("frieda", "Haushalt") == EDIT
    for account in ("max", "frieda"):
        assert runs.server.may(account, "Haushalt", "Akte 1") == 0
    assert changes(runs.plan()) == []


def test_without_the_right_to_switch_rules_on_nobody_gets_more() -> None:
    runs = network()
    runs.server.rights = False
    for made in ("Haushalt", "Austausch OZG"):
        runs.apply()
        if made not in {folder.name for folder in runs.server.all_folders.values()}:
            runs.server.foreign_folder(made)
    report = runs.apply()
    waiting = [outcome for outcome in report.outcomes if outcome.change.scope == BUDGET.scope and outcome.commands]
    commands = [command for outcome in waiting for command in outcome.commands]
    assert any("groupfolders:permissions" in command and "--enable" in command for command in commands)
    assert not [each for each in waiting if each.change.kind is Kind.SHARE and "administration" in each.change.title]
    runs.server.rights = True
    runs.apply()
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Brakel") == EDIT
    assert changes(runs.plan()) == []


def test_a_project_that_is_over_is_only_read_and_what_was_hidden_stays_hidden() -> None:
    ending = replace(BUDGET, sub_folders=(*BUDGET.sub_folders, CLOSED), until=date(2027, 3, 1))
    runs = built(ending)
    assert "ends_soon" in codes(runs.plan())
    runs.later(NOW + timedelta(days=1))
    runs.apply(released=[BUDGET.scope])
    for user in ("bernd", "erika"):
        assert runs.server.may(user, "Haushalt", "Verwaltungen/Stadt Brakel") == READ
    assert runs.server.may("bernd", "Haushalt", "Intern") == 0
    assert "is_over" in codes(runs.plan())
    change(runs, replace(ending, until=date(2028, 3, 1)))
    runs.apply()
    assert runs.server.may("bernd", "Haushalt", "Verwaltungen/Stadt Brakel") == EDIT
    assert runs.server.may("bernd", "Haushalt") == READ
    assert changes(runs.plan()) == []


def test_looking_costs_one_request_for_each_folder_that_holds_such_folders() -> None:
    runs = built()
    runs.server.reads.clear()
    runs.plan()
    looked = [each for each in runs.server.reads if each.startswith("rules of")]
    assert looked == ["rules of /Haushalt", "rules of /Haushalt/Verwaltungen"]
