"""Killed while a group's calendar, minutes and task list are made: the next run reaches the same end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys_town import groups
from kills_town import CONFIG, Town, When, new_town

BEFORE_GROUPS, _, REST = CONFIG.partition("exchange_groups:\n")
MEETINGS = (
    BEFORE_GROUPS.replace('  schulungen: {{name: Schulungen, color: "#00679e", from: [plan], share: {{administrations: all}}}}\n', "")
    .replace("calendars:\n", "")
    .replace("admin_rights: {{username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}}\n", "")
    + groups()
    + "service:\n  data: daten\n"
)  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with new_town(tmp_path, config=MEETINGS) as made:
        yield made


def facts(town: Town) -> dict[str, list[str]]:
    """What is there, each with how often; the meeting's link as the file that it leads to."""
    world = town.sandbox.world
    numbers = {str(node.number): node.name for node in world.tree._nodes.values()}
    calendars = list(world.calendars.all.values())
    entries = [entry.text.replace("\r\n ", "") for each in calendars for entry in world.calendars.entries(each)]
    links = [numbers[found] for text in entries for found in re.findall(r"index\.php/f/(\d+)", text)]
    return {
        "calendars": sorted(f"{each.uri} {each.components}" for each in calendars if each.uri.startswith("dnw-")),
        "shares": sorted(
            f"{each.uri} {len(world.calendar_shares.of_calendar(each))}"
            for each in calendars
            if each.uri.startswith("dnw-")
        ),
        "minutes": sorted(name for name in numbers.values() if name.endswith("Protokoll.md")),
        "links": links,
        "meetings": sorted(found for text in entries for found in re.findall(r"DTSTART;TZID=[^:]*:(\w+)", text)),
    }


@pytest.mark.parametrize(
    ("when", "what", "forgets"),
    [
        ("after", r"PUT .*\d Protokoll\.md$", False),
        ("after", r"PUT .*\d Protokoll\.md$", True),
        ("before", r"PUT .*\d Protokoll\.md$", False),
        ("after", r"MKCALENDAR .*tasks", False),
        ("after", r"PROPPATCH .*dnw-ozg/$", False),
        ("after", r"PUT .*\.ics$", True),
    ],
)
def test_killed_at_a_write_the_next_run_reaches_the_same_end(town: Town, when: When, what: str, forgets: bool) -> None:
    hit = town.apply_and_kill(when, 1, what)
    if forgets:
        town.lose_state()
    assert town.apply().code == 0, hit
    found = facts(town)
    assert found["calendars"] == ["dnw-ozg ('VEVENT',)", "dnw-ozg.tasks ('VTODO',)"]
    assert found["shares"] == ["dnw-ozg 2", "dnw-ozg.tasks 1"]
    assert len(found["meetings"]) == len(set(found["meetings"])) == 9
    assert len(found["minutes"]) == 2  # the template and the next meeting's
    assert found["links"] == found["minutes"][:1]
    assert town.writes_of_another_run() == []
