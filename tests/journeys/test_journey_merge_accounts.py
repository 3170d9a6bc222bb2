"""The same person under a new account keeps what was theirs, as staff see it."""

from __future__ import annotations

import io
import json

import pytest
import requests
from journeys_cli import Said, digitalnetzwerk
from journeys_town import Town

from network.ports import Principal

OLD, NEW = "anna.brakel", "anna.neu"
MORE = """\
  digital: {name: Digitallotsen, lead: [anna.brakel], members: {people: [max.kreis]}}
  hand: {name: Handverlesen, lead: [max.kreis]}
"""


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def twice(whole_town: Town) -> Town:
    """Anna leads a group, edits a project, sees a calendar by herself, and was taken into a group by hand."""
    whole_town.swap("exchange_groups:\n", f"exchange_groups:\n{MORE}")
    whole_town.swap("edit: {exchange_groups: [ozg]}", "edit: {people: [anna.brakel]}")
    whole_town.swap("share: {administrations: all}", "share: {people: [anna.brakel, max.kreis]}")
    assert whole_town.apply().code == 0
    other = whole_town.other_client()
    team = next(each for each in other.teams.teams() if each.name == "Handverlesen")
    other.teams.add_members(team.id, [Principal("user", OLD)])
    whole_town.sandbox.add_user(NEW, email="anna.neu@probe.example")
    return whole_town


def command(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


def merge(town: Town, old: str = OLD, new: str = NEW) -> Said:
    planned = json.loads(command(town, "merge-accounts", old, new, "--json").out)
    return command(town, "merge-accounts", old, new, "--fingerprint", planned["fingerprint"])


def seen_by(town: Town, account: str) -> dict[str, object]:
    staff = town.as_staff(account)
    names = {"Digitallotsen", "Handverlesen", "Presse"}
    rooms = {each.name: each.token for each in staff.rooms.rooms() if each.name in names}
    moderates = {
        name
        for name, token in rooms.items()
        for row in staff.rooms.attendees(token)
        if row.who.id == account and row.is_moderator
    }
    return {
        "folders": {each.path.strip("/") for each in staff.files.list("/")} & names,
        "teams": {each.name for each in staff.teams.teams()} & names,
        "rooms": set(rooms),
        "moderates": moderates,
        "calendars": {each.name.partition(" (")[0] for each in staff.calendars.calendars() if not each.is_own},
    }


def test_the_new_account_has_what_the_old_one_had_and_the_old_one_nothing_of_it(twice: Town) -> None:
    had = seen_by(twice, OLD)
    assert had == {
        "folders": {"Digitallotsen", "Handverlesen", "Presse"},
        "teams": {"Digitallotsen", "Handverlesen"},
        "rooms": {"Digitallotsen", "Handverlesen"},
        "moderates": {"Digitallotsen"},
        "calendars": {"Schulungen"},
    }
    said = merge(twice)
    assert said.code == 0, said
    assert seen_by(twice, NEW) == had
    left = seen_by(twice, OLD)
    assert left["teams"] == left["rooms"] == left["calendars"] == set()
    assert left["folders"] == {"Presse"}  # as everybody of Brakel


def test_the_next_run_changes_nothing_and_tells_which_lines_name_the_old_account(twice: Town) -> None:
    merge(twice)
    run = twice.apply(verify=True)
    assert run.plan.changes == ()
    (told,) = [problem for problem in run.problems if problem.code == "account_merged"]
    assert "exchange_groups.digital.lead" in told.remedy.de
    twice.config.write_text(twice.config.read_text().replace(OLD, NEW))
    again = twice.apply(verify=True)
    assert again.plan.changes == ()
    assert "account_merged" not in {problem.code for problem in again.problems}
    twice.administrator().directory.remove_member("brakel", OLD)  # as the directory service does, sooner or later
    twice.apply(verify=True)
    assert twice.apply(verify=True).plan.changes == ()
    assert 'INSERT INTO "records" VALUES(\'account:' not in twice.memory()


def test_nobody_else_notices(twice: Town) -> None:
    before = seen_by(twice, "max.kreis"), seen_by(twice, "dora.nieheim")
    merge(twice)
    assert (seen_by(twice, "max.kreis"), seen_by(twice, "dora.nieheim")) == before


def test_the_preview_changes_nothing_and_lists_the_lines(twice: Town) -> None:
    before, kept = twice.mark(), twice.memory()
    said = command(twice, "merge-accounts", OLD, NEW)
    assert said.code == 0
    assert "Danach in der Konfiguration „anna.neu“ eintragen:" in said.err
    assert "exchange_groups.digital.lead" in said.err
    assert "occ files:transfer-ownership anna.brakel anna.neu" in said.err
    assert twice.writes(before) == []
    assert twice.memory() == kept
    english = command(twice, "merge-accounts", OLD, NEW, "--language", "en")
    assert "are the same person" in english.err


def test_an_old_account_that_is_gone_from_the_server_still_hands_on_what_the_files_give_it(twice: Town) -> None:
    admin = twice.sandbox.admin
    address = f"{twice.sandbox.url}/ocs/v2.php/cloud/users/{OLD}"
    gone = requests.delete(address, auth=(admin.user, admin.password), headers={"OCS-APIRequest": "true"}, timeout=10)
    assert gone.ok
    assert merge(twice).code == 0
    found = seen_by(twice, NEW)
    assert (found["moderates"], found["calendars"]) == ({"Digitallotsen"}, {"Schulungen"})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (OLD, "gibt.es.nicht", "ginge verloren"),
        ("gibt.es.nicht", NEW, "kennt weder der Server"),
        (OLD, "Anna.Brakel", "beide Male dasselbe Konto"),
        (OLD, "digitalnetzwerk", "ist das Dienstkonto"),
        ("digitalnetzwerk", NEW, "ist das Dienstkonto"),
    ],
)
def test_what_could_lose_something_is_refused(twice: Town, old: str, new: str, says: str) -> None:
    before = twice.mark()
    said = command(twice, "merge-accounts", old, new)
    assert said.code == 2
    assert says in said.err
    assert twice.writes(before) == []


def test_a_third_account_takes_over_from_the_second(twice: Town) -> None:
    had = seen_by(twice, OLD)
    twice.sandbox.add_user("anna.dritte", email="dritte@probe.example")
    merge(twice)
    assert merge(twice, NEW, "anna.dritte").code == 0
    assert seen_by(twice, "anna.dritte") == had
    assert twice.apply(verify=True).plan.changes == ()
