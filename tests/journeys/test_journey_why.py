"""explain answers why somebody sees something, or not: which line, which row of which list, which run; in one screen."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from journeys_cli import digitalnetzwerk
from journeys_town import CONFIG, Town, a_town
from openpyxl import Workbook

from plugin.sandbox import Sandbox

PLACE = "Digitalnetzwerk Planung/Ansprechpersonen.xlsx"
PEOPLE = """\
  ansprechpersonen:
    type: table
    provides: people
    location: nextcloud:/Digitalnetzwerk Planung/Ansprechpersonen.xlsx
    columns: {{account: Konto, administration: Verwaltung, topics: Themen}}
"""
SPACES = """\
admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}
exchange_groups:
  ozg: {{name: Austausch OZG, lead: [erika.kreis], members: {{topic: ozg}}}}
  nord:
    name: Austausch Nord
    lead: [max.kreis]
    members: [{{exchange_groups: [ozg]}}, {{administrations: [nieheim], topic: e-akte}}]
project_defaults: {{access: {{read: {{administrations: all}}}}}}
projects:
  presse: {{name: Presse, access: {{edit: [{{exchange_groups: [ozg]}}, {{people: [bernd.brakel]}}]}}}}
  wege: {{name: Wege, folders: {{"Verwaltungen/{{administration}}": {{edit: own}}, Intern: {{read: none, edit: {{people: [max.kreis]}}}}}}}}
  anlaufstelle: {{name: Anlaufstelle, access: {{read: none}}}}
"""
ROWS = [("anna.brakel", "Stadt Brakel", "OZG; Presse"), ("emil.nieheim", "Stadt Nieheim", "E-Akte")]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town that has run once; nobody changes anything after that."""
    config = CONFIG.replace(
        "calendars:\n",
        f"{PEOPLE}calendars:\n  it: {{{{name: IT, from: [plan], share: {{{{exchange_groups: [nord]}}}}}}}}\n",
    )
    with a_town(Sandbox(), tmp_path_factory.mktemp("why"), config + SPACES) as town:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (("Konto", "Verwaltung", "Themen"), *ROWS):
            sheet.append(row)
        held = BytesIO()
        book.save(held)
        town.sandbox.put_file("digitalnetzwerk", PLACE, held.getvalue(), town.hour_ago())
        assert town.apply().code == 0
        ozg = next(each for each in town.other_client().teams.teams() if each.name == "Austausch OZG")
        town.sandbox.world.teams.add(ozg.id, 1, "carla.brakel")
        assert town.apply(verify=True).code == 0
        yield town


def why(town: Town, *words: str, language: str = "de") -> str:
    said = digitalnetzwerk(
        "-c", str(town.config), "--language", language, "explain", *words, environment=town.environment
    )
    assert said.code == 0
    assert len(said.out.splitlines()) <= 30
    return said.out


def answers(town: Town, *words: str) -> dict[str, bool]:
    found = digitalnetzwerk("-c", str(town.config), "--json", "explain", *words, environment=town.environment).out
    return {each["scope"]: each["sees"] for each in json.loads(found)["answers"]}


def line(town: Town, words: str) -> str:
    lines = town.config.read_text().splitlines()
    return f"netz.yaml:{next(number for number, each in enumerate(lines, 1) if words in each)}"


def test_a_right_is_told_from_the_folder_down_to_the_row_of_the_list(asked: Town) -> None:
    said = why(asked, "anna.brakel", "Presse")
    assert "JA: lesen und ändern" in said
    assert f"{line(asked, 'presse:')} projects.presse.access.edit  Austauschgruppe „Austausch OZG“" in said
    assert f"{line(asked, '  ozg:')} exchange_groups.ozg.members  Thema „ozg“" in said
    assert "Thema „ozg“ steht in Ansprechpersonen.xlsx, Sheet, Zeile 2" in said
    assert "Lauf 1" in said and "erteilen: exchange_group:ozg – darf lesen und ändern" in said


def test_what_comes_from_the_defaults_is_shown_there(asked: Town) -> None:
    said = why(asked, "dora.nieheim", "Presse")
    assert "JA: lesen\n" in said
    assert f"{line(asked, 'project_defaults')} project_defaults.access.read  alle Verwaltungen" in said
    assert "gehört zu Stadt Nieheim: Gruppe „nieheim“ in Nextcloud (Anbindung beschaeftigte)" in said


def test_a_named_person_a_lead_and_one_whom_the_lead_took_in(asked: Town) -> None:
    assert "namentlich bernd.brakel" in why(asked, "bernd.brakel", "Presse")
    assert "leitet die Gruppe (lead)" in why(asked, "erika.kreis", "ozg")
    said = why(asked, "carla.brakel", "ozg")
    assert "JA: dabei sein" in said and "von Hand aufgenommen (added_by_hand: keep)" in said


def test_why_not_names_every_rule_that_would_have_to_fit(asked: Town) -> None:
    said = why(asked, "dora.nieheim", "Austausch Nord")
    assert "NEIN" in said and "lead: max.kreis" in said
    assert "das Thema „e-akte“ steht bei dora.nieheim in keiner Personenliste" in said
    assert "ist nicht in „Austausch OZG“" in said
    assert "beschaeftigte, ansprechpersonen" in said


def test_a_town_that_does_not_see_a_calendar(asked: Town) -> None:
    said = why(asked, "brakel", "IT")
    assert "Stadt Brakel → Kalender „IT“" in said and "NEIN" in said
    assert "nur einzelne aus Stadt Brakel: anna.brakel, carla.brakel" in said
    said = why(asked, "Stadt Brakel", "schulungen")
    assert "JA: sehen" in said and "alle in der Gruppe „brakel“" in said
    assert "Lauf 1" in said and "erteilen: Schulungen: " in said


def test_a_folder_that_nobody_reads(asked: Town) -> None:
    assert "niemand liest (none)" in why(asked, "anna.brakel", "Anlaufstelle")


def test_a_town_says_which_groups_an_identity_provider_may_keep(asked: Town) -> None:
    assert "--group-whitelist-regex='/^(?:brakel|" in why(asked, "brakel")


def test_a_sub_folder_with_rights_of_its_own(asked: Town) -> None:
    assert "JA: lesen und ändern" in why(asked, "anna.brakel", "Wege/Verwaltungen/Stadt Brakel")
    said = why(asked, "dora.nieheim", "Wege/Verwaltungen/Stadt Brakel")
    assert "JA: lesen\n" in said
    said = why(asked, "dora.nieheim", "wege/Intern")
    assert "NEIN" in said and "namentlich max.kreis" in said and "projects.wege.folders.Intern" in said
    assert "Unterordner mit eigenen Rechten: Wege/Verwaltungen" in why(asked, "anna.brakel", "Wege")


def test_an_object_alone_says_who_gets_what(asked: Town) -> None:
    said = why(asked, "Presse")
    assert (
        f"lesen und ändern: Austauschgruppe „Austausch OZG“ – {line(asked, 'presse:')} projects.presse.access.edit"
        in said
    )
    assert "lesen und ändern: namentlich bernd.brakel" in said and "lesen: alle Verwaltungen" in said
    assert "anlegen: Presse" in said and "Lauf 1" in said
    said = why(asked, "exchange_group:nord")
    assert "leiten: max.kreis" in said and "dabei sein: Stadt Nieheim und zugleich Thema „e-akte“" in said


def test_person_and_object_may_come_in_either_order_and_by_name_or_mail(asked: Town) -> None:
    assert "JA" in why(asked, "Presse", "anna.brakel")
    assert "JA" in why(asked, "anna.brakel@probe.example", "project:presse")


def test_a_person_alone_gets_everything_in_a_line_each(asked: Town) -> None:
    said = why(asked, "emil.nieheim")
    assert "Sieht:" in said and "Sieht nicht:" in said
    assert answers(asked, "emil.nieheim") == {
        "calendar:it": True,
        "calendar:schulungen": True,
        "exchange_group:ozg": False,
        "exchange_group:nord": True,
        "project:presse": True,
        "project:wege": True,
        "project:anlaufstelle": False,
    }


def test_what_is_answered_is_what_staff_really_see(asked: Town) -> None:
    for account in ("anna.brakel", "bernd.brakel", "carla.brakel", "dora.nieheim", "emil.nieheim", "erika.kreis"):
        server = asked.as_staff(account)
        calendars = {each.name.rpartition(" (")[0] for each in server.calendars.calendars()}
        teams = {each.name for each in server.teams.teams()}
        seen = {
            "calendar:it": "IT" in calendars,
            "calendar:schulungen": "Schulungen" in calendars,
            "exchange_group:ozg": "Austausch OZG" in teams,
            "exchange_group:nord": "Austausch Nord" in teams,
            "project:presse": server.files.stat("/Presse") is not None,
            "project:wege": server.files.stat("/Wege") is not None,
            "project:anlaufstelle": server.files.stat("/Anlaufstelle") is not None,
        }
        assert (account, answers(asked, account)) == (account, seen)
        sees_inside = server.files.stat("/Wege/Intern") is not None
        assert (account, answers(asked, account, "Wege/Intern")) == (account, {"project:wege": sees_inside})


def test_in_english_it_is_english(asked: Town) -> None:
    said = why(asked, "anna.brakel", "Presse", language="en")
    assert "YES: read and change" in said and "the topic “ozg” stands in Ansprechpersonen.xlsx, Sheet, row 2" in said
    assert not [word for word in ("weil", "steht", "gehört", "Austauschgruppe") if word in said]


def test_somebody_unknown_is_said_to_be_unknown(asked: Town) -> None:
    assert "Dazu kennen wir nichts" in why(asked, "niemand", "Presse")


def test_before_the_first_run_nothing_is_guessed(tmp_path: Path) -> None:
    with a_town(Sandbox(), tmp_path, CONFIG) as town:
        said = why(town, "brakel", "schulungen")
        assert "JA: sehen" in said and "Lauf 1" not in said
        assert "noch kein Lauf hat etwas davon ausgeführt" in said


def test_a_stopped_scope_says_so(tmp_path: Path) -> None:
    with a_town(
        Sandbox(), tmp_path, CONFIG + SPACES.replace("{{topic: ozg}}", "{{administrations: [brakel]}}")
    ) as town:
        town.apply()
        town.swap("members: {administrations: [brakel]}", "members: {administrations: [nieheim]}")
        town.swap("  ozg: {", "  neu: {name: Neu, lead: [max.kreis]}\n  ozg: {")
        town.sandbox.fail_next("POST", "/apps/circles/", 503, count=20)
        town.apply()
        assert "Änderungen stehen noch aus" in why(town, "dora.nieheim", "ozg")
