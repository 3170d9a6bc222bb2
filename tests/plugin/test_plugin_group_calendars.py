"""The calendar and task list of an exchange group: who gets what, and in a pilot who does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calendar_sync.wish import DesiredCalendar, Grant
from network.settings import Settings, load
from plugin.needs import need
from plugin.wishes.calendars import calendar_wishes
from workspace_sync.people import People

WRITTEN = """\
network: {{id: probe, name: Probenetz, timezone: Europe/Berlin, language: {language}, contact: {{name: Büro, mail: b@probe.example}}{more}}}
nextcloud: {{url: https://cloud.probe.example, username: Dienst, password: env:P}}
administrations: {{brakel: {{name: Stadt Brakel, group: brakel}}}}
exchange_groups:
  ozg:
    name: Austausch OZG
    lead: [max, erika, dienst]
    members: {{administrations: [brakel]}}
    meetings: {{every: first tuesday, at: "10:00", length: 90 minutes}}
    tasks: true
  still: {{name: Ohne Kalender, lead: [max]}}
"""
TEAM = Grant(team="exchange_group:ozg", title="Austausch OZG")


def settings(folder: Path, *, language: str = "de", more: str = "") -> Settings:
    path = folder / "netz.yaml"
    path.write_text(WRITTEN.format(language=language, more=more), encoding="utf-8")
    return load(path, today=date(2026, 11, 22)).settings


def wishes(folder: Path, **how: str) -> dict[str, DesiredCalendar]:
    return {each.key: each for each in calendar_wishes(settings(folder, **how), People())}


def test_the_team_reads_the_leads_write_and_we_are_no_lead(tmp_path: Path) -> None:
    found = wishes(tmp_path)["ozg"]
    assert found.properties.name == "Austausch OZG"
    assert found.grants == (
        TEAM,
        Grant(principal="users/erika", title="erika", read_write=True),
        Grant(principal="users/max", title="max", read_write=True),
    )


def test_the_whole_team_writes_in_its_tasks(tmp_path: Path) -> None:
    found = wishes(tmp_path)["ozg.tasks"]
    assert (found.properties.component, found.sources) == ("VTODO", ())
    assert found.grants == (Grant(team=TEAM.team, title=TEAM.title, read_write=True),)


@pytest.mark.parametrize(("language", "name"), [("de", "Aufgaben Austausch OZG"), ("en", "Tasks of Austausch OZG")])
def test_the_list_is_called_in_the_networks_language(tmp_path: Path, language: str, name: str) -> None:
    assert wishes(tmp_path, language=language)["ozg.tasks"].properties.name == name


def test_a_group_that_asks_for_neither_has_no_calendar(tmp_path: Path) -> None:
    assert set(wishes(tmp_path)) == {"ozg", "ozg.tasks"}


def test_in_a_pilot_nobody_sees_them_but_its_group(tmp_path: Path) -> None:
    found = wishes(tmp_path, more=", pilot: dnw-test")
    assert {key: [(grant.principal, grant.team) for grant in each.grants] for key, each in found.items()} == {
        "ozg": [("groups/dnw-test", "")],
        "ozg.tasks": [("groups/dnw-test", "")],
    }
    assert found["ozg.tasks"].grants[0].read_write


def test_in_a_pilot_leads_of_its_group_may_change_meetings(tmp_path: Path) -> None:
    piloted = settings(tmp_path, more=", pilot: dnw-test")
    found = {each.key: each for each in calendar_wishes(piloted, People(), pilots={"max", "anna"})}
    assert [(each.principal, each.read_write) for each in found["ozg"].grants] == [
        ("groups/dnw-test", False),
        ("users/max", True),
    ]


def test_check_online_asks_for_room_for_them(tmp_path: Path) -> None:
    asked = need(settings(tmp_path))
    assert (asked.calendars, asked.shares) == (2, 2)
