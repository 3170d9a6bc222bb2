"""Lists of people as they should never arrive: each odd row costs itself and a message, a useless file costs nobody
anything, and no mark-up of a list becomes mark-up anywhere.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

import pytest
from journeys_cli import digitalnetzwerk
from journeys_town import PLANNING, Town

from network.report import Result
from plugin.render.run import Run

LIST = """\
connectors:
  personal:
    type: table
    provides: people
    location: nextcloud:/Digitalnetzwerk Planung/Personal.csv
    columns: {account: Konto, name: Name, mail: Mail, administration: Verwaltung, topics: Themen}
"""
HEADINGS = ("Konto", "Name", "Mail", "Verwaltung", "Themen")
STAFF = [["max.kreis", "Max Kreis", "max@kreis.example", "kreis", "OZG"]] + [
    [account, account.title(), f"{account}@brakel.example", "brakel", "OZG"]
    for account in ("anna.brakel", "bernd.brakel")
]
LONG = "L" * 128
NAMES = {
    "mark.up": "<script>alert('Kreis')</script>",
    "em.oji": "Zoë 🎓👩‍💻",
    "rechts.links": "\u202eesreveR\u202c",
    "zwei.zeilen": "Erste\nZweite",
    "lang.er": LONG,
    "composed": unicodedata.normalize("NFC", "Jürgen Müller"),
    "decomposed": unicodedata.normalize("NFD", "Jürgen Müller"),
    "formel": '=HYPERLINK("https://boese.example")',
}


def text(rows: Iterable[Sequence[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows((HEADINGS, *rows))
    return held.getvalue().encode()


def save(town: Town, content: bytes) -> None:
    town.sandbox.put_file("digitalnetzwerk", f"{PLANNING}/Personal.csv", content, town.hour_ago())


@pytest.fixture
def listed(whole_town: Town) -> Town:
    """An exchange group of everybody with a topic, and accounts of the Kreis that its list makes."""
    whole_town.swap("group: kreis}", "group: kreis-neu, external: false, manage_accounts: [create]}")
    whole_town.swap("connectors:\n", LIST)
    whole_town.swap("members: {administrations: [brakel]}", "members: {topic: OZG}")
    save(whole_town, text(STAFF))
    assert whole_town.apply().code == 0
    assert in_team(whole_town) == {"anna.brakel", "bernd.brakel", "erika.kreis", "max.kreis"}
    return whole_town


def in_team(town: Town) -> set[str]:
    client = town.other_client()
    (team,) = (each for each in client.teams.teams() if each.name == "Austausch OZG")
    return {each.who.id for each in client.teams.members(team.id)} - {"digitalnetzwerk"}


def codes(run: Run) -> list[str]:
    return [each.code for each in run.problems]


USELESS = {
    "50,000 rows": (text([f"konto{number}", "", "", "brakel", "OZG"] for number in range(50_000)), "too_large", 1),
    "an empty file": (b"", "source_empty", 1),
    "headings alone": (text([]), "source_empty", 1),
    "a NUL in it": (text(STAFF).replace(b"Max Kreis", b"Max\0Kreis"), "not_text", 1),
    "no text": (bytes(range(256)) * 20, "not_text", 1),
}


@pytest.mark.parametrize("name", USELESS)
def test_a_useless_list_is_told_and_nobody_loses_anything(listed: Town, name: str) -> None:
    content, code, exit_code = USELESS[name]
    save(listed, content)
    before, mark = in_team(listed), listed.mark()
    run = listed.apply(verify=True)
    assert (run.code, code in codes(run)) == (exit_code, True), codes(run)
    assert all(each.message.de and each.remedy.de for each in run.problems if each.code == code)
    assert in_team(listed) == before
    assert listed.writes(mark) == []
    save(listed, text(STAFF))
    assert listed.apply(verify=True).code == 0


def test_odd_names_become_accounts_as_they_are_or_cost_themselves(listed: Town) -> None:
    rows = [[account, name, f"{account}@kreis.example", "kreis", "OZG"] for account, name in NAMES.items()]
    save(listed, text([*STAFF, *rows]))
    run = listed.apply(verify=True)
    assert run.report is not None
    failed = {each.change.key: each.problem for each in run.report.outcomes if each.result is not Result.DONE}
    assert all(problem is not None and problem.message.de and problem.code for problem in failed.values())
    made = {each.id: each.name for each in listed.administrator().directory.accounts() if each.id in NAMES}
    assert set(made) | set(failed) >= set(NAMES)
    assert {account: made[account] for account in ("mark.up", "em.oji", "composed")} == {
        account: NAMES[account] for account in ("mark.up", "em.oji", "composed")
    }
    assert in_team(listed) >= {"anna.brakel", "mark.up", "composed", "decomposed"}
    before = listed.mark()
    again = listed.apply(verify=True)
    assert listed.writes(before) == []
    assert again.plan.changes == ()


def test_rows_twice_and_accounts_that_cannot_be_cost_themselves_alone(listed: Town) -> None:
    odd = ("a+b", "mit leer zeichen", "ümlaut", "schräg/strich", "../../admin", "x" * 65, "", "<b>", "🎓")
    rows = [[account, "Irgendwer", "", "", "OZG"] for account in odd]
    twice = [["ANNA.brakel", "Anna Zwei", "", "kreis", ""], ["anna.brakel", "", "", "", "Presse"]]
    save(listed, text([*STAFF, *rows, *twice]))
    run = listed.apply(verify=True)
    assert {"person_without_account", "person_in_two_administrations", "unknown_account"} <= set(codes(run))
    assert in_team(listed) == {"anna.brakel", "bernd.brakel", "erika.kreis", "max.kreis"}
    before = listed.mark()
    assert listed.apply().plan.changes == ()
    assert listed.writes(before) == []


def test_no_name_breaks_a_line_of_the_plan_or_of_an_explanation(listed: Town) -> None:
    rows = [[account, name, f"{account}@kreis.example", "kreis", "OZG"] for account, name in NAMES.items()]
    save(listed, text([*STAFF, *rows]))
    for words in (("plan", "--details"), ("explain", "zwei.zeilen")):
        said = digitalnetzwerk("-c", str(listed.config), *words, environment=listed.environment)
        assert "\nZweite" not in said.out
        assert "\u202e" not in said.out
