"""A town leaves the network: its people lose access everywhere, nothing is deleted, the others notice nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import Town

from network.ports import Principal
from network.text import Text

TOPICAL = """\
  digital: {name: Digitallotsen, lead: [anna.brakel], members: {people: [carla.brakel, max.kreis]}}
"""


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def joined(whole_town: Town) -> Town:
    """Brakel takes part in everything: as a town, person by person, by hand; and it put a document into a folder."""
    whole_town.swap("exchange_groups:\n", f"exchange_groups:\n{TOPICAL}")
    whole_town.swap("share: {administrations: all}", "share: [{administrations: all}, {people: [bernd.brakel]}]")
    assert whole_town.apply().code == 0
    other = whole_town.other_client()
    team = next(each for each in other.teams.teams() if each.name == "Digitallotsen")
    other.teams.add_members(team.id, [Principal("user", "bernd.brakel"), Principal("user", "dora.nieheim")])
    whole_town.as_staff("anna.brakel").files.write("/Austausch OZG/Ideen.md", b"Ideen")
    return whole_town


def command(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


def leave(town: Town, *words: str) -> Said:
    planned = json.loads(command(town, "leave", "brakel", "--json").out)
    return command(town, "leave", "brakel", "--fingerprint", planned["fingerprint"], *words)


def seen_by(town: Town, account: str) -> dict[str, set[str]]:
    """What somebody really finds in Nextcloud, of what is ours."""
    staff = town.as_staff(account)
    return {
        "folders": {each.path.strip("/") for each in staff.files.list("/")}
        & {"Austausch OZG", "Digitallotsen", "Presse"},
        "teams": {each.name.partition(" – ")[0] for each in staff.teams.teams()},
        "rooms": {each.name for each in staff.rooms.rooms()},
        "calendars": {each.name for each in staff.calendars.calendars() if each.name.startswith("Schulungen")},
    }


NOTHING: dict[str, set[str]] = {"folders": set(), "teams": set(), "rooms": set(), "calendars": set()}


def test_everybody_of_the_town_loses_everything_and_nobody_else_anything(joined: Town) -> None:
    others = {account: seen_by(joined, account) for account in ("max.kreis", "dora.nieheim", "erika.kreis")}
    assert all(seen_by(joined, f"{name}.brakel")["folders"] for name in ("anna", "bernd", "carla"))
    said = leave(joined)
    assert said.code == 0, said
    for name in ("anna", "bernd", "carla"):
        assert seen_by(joined, f"{name}.brakel") == NOTHING
    assert {account: seen_by(joined, account) for account in others} == others


def test_what_they_wrote_stays(joined: Town) -> None:
    assert leave(joined).code == 0
    read = joined.as_staff("erika.kreis").files.read("/Austausch OZG/Ideen.md", max_bytes=100)
    assert read == b"Ideen"


def test_the_preview_changes_nothing_and_says_all_that_matters(joined: Town, tmp_path: Path) -> None:
    before, kept = joined.mark(), joined.memory()
    said = command(joined, "leave", "brakel", "-o", str(tmp_path / "liste.txt"))
    assert said.code == 0
    shown = said.out + said.err
    assert "3 Personen verlieren ihren Zugang" in shown
    assert "Ohne Leitung bleibt: Digitallotsen" in shown
    assert "netz.yaml:" in shown and "administrations.brakel" in shown
    assert "--fingerprint" in said.out
    assert joined.writes(before) == []
    assert joined.memory() == kept
    page = (tmp_path / "liste.txt").read_text()
    assert "Austausch OZG (lesen und ändern)" in page and "Austausch OZG/Ideen.md" in page
    assert "Presse (lesen und ändern)" in page


def test_the_same_in_english(joined: Town) -> None:
    said = command(joined, "leave", "brakel", "--language", "en")
    assert "3 people lose their access" in said.err
    assert "Left without a lead: Digitallotsen" in said.err
    assert "Nothing changed." in said.out


def test_a_person_at_the_terminal_is_asked(joined: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def yes(question: Text, language: str) -> bool:
        asked.append(question.de)
        return True

    monkeypatch.setattr("plugin.cli.members.agrees", yes)
    assert command(joined, "leave", "brakel").code == 0
    assert asked == ["Stadt Brakel: wirklich ausführen?"]
    assert seen_by(joined, "anna.brakel") == NOTHING


def test_another_plan_than_the_one_that_was_shown_is_not_carried_out(joined: Town) -> None:
    before = joined.mark()
    said = command(joined, "leave", "brakel", "--fingerprint", "ABCDEFGH")
    assert said.code == 3
    assert joined.writes(before) == []


def test_what_the_configuration_still_says_brings_nobody_back_and_is_told(joined: Town) -> None:
    leave(joined)
    run = joined.apply(verify=True)
    assert run.code == 0
    told = [problem for problem in run.problems if problem.code == "administration_left"]
    assert [problem.where.partition(":")[0] for problem in told] == ["netz.yaml"]
    assert "exchange_groups.digital.lead" in told[0].remedy.de
    assert seen_by(joined, "anna.brakel") == NOTHING
    assert joined.plan(verify=True).plan.changes == ()


def test_what_was_cut_off_is_finished_by_the_next_run(joined: Town) -> None:
    joined.sandbox.fail_next("DELETE", r"/apps/circles/circles/", 500, count=3)
    assert leave(joined).code == 1
    assert joined.apply(verify=True).code == 0
    for name in ("anna", "bernd", "carla"):
        assert seen_by(joined, f"{name}.brakel") == NOTHING


def test_with_the_lines_gone_it_may_join_again(joined: Town) -> None:
    leave(joined)
    written = joined.config.read_text()
    joined.swap("  brakel:  {name: Stadt Brakel, group: brakel}\n", "")
    joined.swap(", {people: [bernd.brakel]}", "")
    joined.swap("lead: [anna.brakel], members: {people: [carla.brakel, max.kreis]}", "lead: [max.kreis]")
    joined.swap(", members: {administrations: [brakel]}", "")
    run = joined.apply(verify=True)
    assert "administration_left" not in {problem.code for problem in run.problems}
    joined.apply(verify=True)
    joined.config.write_text(written)
    assert joined.apply(verify=True).code == 0
    assert "Presse" in seen_by(joined, "anna.brakel")["folders"]


def test_a_town_that_nobody_knows_is_a_mistake_of_usage(joined: Town) -> None:
    said = command(joined, "leave", "brackel")
    assert said.code == 2
    assert "brakel" in said.err


def test_json_holds_what_the_town_and_the_administrator_should_know(joined: Town) -> None:
    document = json.loads(command(joined, "leave", "brakel", "--json").out)
    assert document["command"] == "leave"
    told = document["leave"]
    assert (told["administration"], told["people"], told["without_lead"]) == ("brakel", 3, ["Digitallotsen"])
    assert {each["name"] for each in told["folders"]} == {"Austausch OZG", "Digitallotsen", "Presse"}
    assert {each["path"] for each in told["mentions"]} >= {"administrations.brakel", "exchange_groups.digital.lead"}
