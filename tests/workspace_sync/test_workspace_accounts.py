"""Accounts are made only where that is written, never deleted, and disabled only by explicit word and only if ours."""

from __future__ import annotations

from dataclasses import replace

from workspace_example import KREIS
from workspace_run import Runs, changes, codes
from workspace_stand_in import StandIn

from network.model import Person
from network.plan import Action, Kind
from network.report import Result
from workspace_sync.people import People
from workspace_sync.planning import Limits
from workspace_sync.wish import AdministrationWish, Wishes

MAKES = replace(KREIS, creates_accounts=True)
DISABLES = replace(MAKES, disables_accounts=True)


def somebody(account: str, administration: str = "kreis", **known: str) -> Person:
    return Person(account, administration, **({"name": account.title(), "mail": f"{account}@kreis.example"} | known))


def network(wish: AdministrationWish = MAKES, *people: Person) -> Runs:
    return Runs(StandIn(["dora"]), Wishes((wish,)), People(people or (somebody("dora"), somebody("neu"))))


def made(runs: Runs) -> list[str]:
    return [each for each in runs.server.writes if each.startswith("account ")]


def test_by_default_nobody_gets_an_account() -> None:
    runs = network(KREIS)
    runs.apply()
    assert made(runs) == []
    assert "neu" not in runs.server.users


def test_who_is_listed_and_has_none_gets_one_and_is_in_the_group_in_the_same_run() -> None:
    runs = network()
    runs.apply()
    assert made(runs) == ["account neu"]
    assert runs.server.all_groups["kreis-staff"] == {"dora", "neu"}
    assert changes(runs.plan()) == []


def test_without_name_or_mail_no_account_is_made_and_the_rest_goes_on() -> None:
    runs = network(MAKES, somebody("dora"), somebody("ohne", mail=""), somebody("neu"))
    report = runs.apply()
    assert {outcome.result for outcome in report.outcomes} == {Result.DONE}
    assert made(runs) == ["account neu"]
    assert "account_incomplete" in codes(runs.plan())


def test_another_spelling_of_an_account_is_the_same_account() -> None:
    runs = network(MAKES, somebody("Dora"))
    runs.apply()
    assert made(runs) == []


def test_a_list_that_is_suddenly_long_makes_nobody_an_account_until_a_person_releases_it() -> None:
    many = [somebody(f"p{number}") for number in range(6)]
    runs = network(MAKES, somebody("dora"), *many)
    runs.limits = Limits(new_accounts=5)
    (plan,) = runs.plan()
    assert plan.unsafe is not None
    assert "6 neue Konten" in plan.unsafe.de
    runs.apply()
    assert made(runs) == []
    assert runs.server.all_groups["kreis-staff"] == {"dora"}
    runs.apply(released=[MAKES.scope])
    assert len(made(runs)) == 6
    assert len(runs.server.all_groups["kreis-staff"]) == 7


def test_leaving_the_list_disables_nobody_unless_that_word_is_written() -> None:
    runs = network(MAKES, *(somebody(f"p{number}") for number in range(10)))
    runs.apply()
    runs.people = People(tuple(somebody(f"p{number}") for number in range(9)))
    runs.apply()
    assert runs.server.disabled == set()
    assert "p9" not in runs.server.all_groups["kreis-staff"]


def test_by_explicit_word_whom_we_gave_an_account_is_locked_out_and_let_in_again() -> None:
    staff = tuple(somebody(f"p{number}") for number in range(10))
    runs = network(DISABLES, somebody("dora"), *staff)
    runs.apply()
    runs.people = People((somebody("dora"), *staff[:9]))
    runs.apply()
    assert runs.server.disabled == {"p9"}
    assert "p9" in runs.server.users
    assert changes(runs.plan()) == []
    runs.people = People((somebody("dora"), *staff))
    runs.apply()
    assert runs.server.disabled == set()


def test_an_account_that_was_there_before_is_never_disabled() -> None:
    staff = tuple(somebody(f"p{number}") for number in range(10))
    runs = network(DISABLES, somebody("dora"), *staff)
    runs.apply()
    runs.people = People(staff)
    runs.apply()
    assert runs.server.disabled == set()


def test_whom_somebody_else_locked_out_stays_so() -> None:
    runs = network(DISABLES, somebody("dora"), somebody("neu"))
    runs.apply()
    runs.server.disabled.add("neu")
    assert changes(runs.plan()) == []


def test_who_moved_to_another_administration_keeps_the_account() -> None:
    staff = tuple(somebody(f"p{number}") for number in range(10))
    runs = network(DISABLES, *staff)
    runs.apply()
    runs.people = People((*staff[:9], somebody("p9", "brakel")))
    runs.apply()
    assert runs.server.disabled == set()


def test_the_guard_holds_back_locking_out_many() -> None:
    staff = tuple(somebody(f"p{number}") for number in range(10))
    runs = network(DISABLES, *staff)
    runs.apply()
    runs.people = People(staff[:4])
    (plan,) = runs.plan()
    assert plan.unsafe is not None
    runs.apply()
    assert runs.server.disabled == set()


def test_while_a_list_is_silent_nobody_is_locked_out() -> None:
    staff = tuple(somebody(f"p{number}") for number in range(10))
    runs = network(DISABLES, *staff)
    runs.apply()
    runs.people = People(staff[:9], silent=("liste",))
    runs.apply()
    assert runs.server.disabled == set()


def test_printed_commands_make_the_account_and_it_counts_as_ours() -> None:
    staff = tuple(somebody(f"p{number}") for number in range(10))
    runs = network(DISABLES, *staff)
    runs.server.rights = False
    commands = [command for outcome in runs.apply().outcomes for command in outcome.commands]
    assert "occ user:add p9" in commands
    runs.server.users |= {each.account for each in staff}  # the data centre carried them out
    runs.server.rights = True
    runs.apply()
    assert len(runs.server.all_groups["kreis-staff"]) == 10
    runs.people = People(staff[:9])
    runs.apply()
    assert runs.server.disabled == {"p9"}


def test_no_plan_ever_deletes_an_account() -> None:
    runs = network(DISABLES, *(somebody(f"p{number}") for number in range(10)))
    runs.apply()
    runs.wishes = Wishes()
    plans = runs.plan(released=[MAKES.scope])
    deeds = [change.action for plan in plans for change in (*plan.changes, *plan.held) if change.kind is Kind.ACCOUNT]
    assert Action.REMOVE not in deeds
