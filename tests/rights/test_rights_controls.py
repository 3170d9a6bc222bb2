"""Controls: the same short lives pass with everything in place, and fail with one thing switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rights_oracle import Contact
from test_rights_machine import ADMINISTRATIONS, TODAY, RightsMachine

import connectors.people.record
import connectors.people.source
import plugin.wishes.group_calendars
import plugin.wishes.workspaces
import workspace_sync.planners.administration
import workspace_sync.planners.exchange_group
import workspace_sync.planners.project
import workspace_sync.planners.rooms
import workspace_sync.planning
from connectors.nextcloud.teams import NextcloudTeams
from network.plan import ScopePlan

LIST = [Contact("u1", "d", ("t0",)), Contact("u6", "d")]
GROUP = {"name": "Gruppe 0", "lead": ["u0"], "members": [{"administrations": ["b"]}, {"topic": "t0"}]}
PROJECT = {"name": "Projekt 0", "access": {"read": [{"administrations": "all"}], "edit": [{"exchange_groups": ["g0"]}]}}
CALENDAR = {"name": "Termine 0", "from": ["plan"], "share": [{"administrations": "all"}], "edit": []}


def people_come_and_go() -> None:
    """A group of a town, a topic and a guest, with another around it; somebody loses the topic, one is thrown out."""
    around = {"name": "Gruppe 1", "lead": ["u5"], "members": [{"exchange_groups": ["g0"]}]}
    with beginning({"exchange_groups": {"g0": GROUP, "g1": around}, "projects": {"p0": PROJECT}}) as machine:
        machine.take_somebody_in("g0", "u6")
        machine.throw_somebody_out_of_the_room("g1", "u3")
        machine.rewrite_the_list_of_contacts(LIST[1:])
        machine.empty_a_group("b")
        machine.run()


def all_comes_to_an_end() -> None:
    """A group with calendar and tasks, a project with a folder for each town: one is removed, the other ends."""
    group = {**GROUP, "calendar": True, "tasks": True}
    folders = {"Intern": {"read": [{"people": ["u6"]}]}, "Verwaltungen/{administration}": {"edit": "own"}}
    project = {**PROJECT, "access": {"read": [{"administrations": "all"}]}, "folders": folders}
    project["until"] = TODAY + timedelta(days=3)
    with beginning({"exchange_groups": {"g0": group}, "projects": {"p0": project}}) as machine:
        machine.remove_an_entry("exchange_groups", 0)
        machine.days_pass(5)
        machine.run()


@contextmanager
def beginning(document: dict[str, Any]) -> Iterator[RightsMachine]:
    machine = RightsMachine()
    try:
        machine.begin({"administrations": ADMINISTRATIONS, "calendars": {"k0": CALENDAR}, **deepcopy(document)}, LIST)
        yield machine
    finally:
        machine.town.close()


def without_revoking(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(NextcloudTeams, "remove_member", lambda self, team, membership: None)


def without_guests(patch: pytest.MonkeyPatch) -> None:
    """Whoever was added by hand is thrown out, whatever the configuration says."""
    whole = plugin.wishes.workspaces._exchange_group
    wish: Callable[..., Any] = lambda *given: replace(whole(*given), added_by_hand="remove")  # noqa: E731
    patch.setattr(plugin.wishes.workspaces, "_exchange_group", wish)


def without_groups(patch: pytest.MonkeyPatch) -> None:
    """Members of a team are single people alone."""
    patch.setattr(workspace_sync.planners.exchange_group, "members_meant", lambda *given: frozenset())


def without_leaving(patch: pytest.MonkeyPatch) -> None:
    """What stands in the configuration no longer is left as it is."""
    patch.setattr(workspace_sync.planning, "plan_leaving", lambda scope, situation: ScopePlan(scope))


def without_an_end(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(workspace_sync.planners.project, "days_over", lambda *given: 0)


def without_rules(patch: pytest.MonkeyPatch) -> None:
    """Sub-folders have the rights of the folder above them."""
    patch.setattr(plugin.wishes.workspaces, "sub_folders", lambda *given: ())


def without_leads(patch: pytest.MonkeyPatch) -> None:
    """In the calendar of a group, leads are readers like everybody."""
    team = plugin.wishes.group_calendars._team
    patch.setattr(plugin.wishes.group_calendars, "_readers", lambda group, settings, pilots: [team(group, settings)])


def without_following(patch: pytest.MonkeyPatch) -> None:
    """Rooms are left to what the chat notices by itself."""
    patch.setattr(workspace_sync.planners.rooms, "_follow_groups", lambda *given: frozenset())


def without_what_is_inside(patch: pytest.MonkeyPatch) -> None:
    """A plan doesn't tell the next ones who comes and goes."""
    patch.setattr(workspace_sync.planning, "with_what_comes", lambda plan, situation: situation)


def without_keeping_groups(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(workspace_sync.planners.administration, "plan_group", lambda *given, **more: None)


def without_former_people(patch: pytest.MonkeyPatch) -> None:
    """Of an empty group nobody remembers who was in it."""
    patch.setattr(connectors.people.source, "groups_in", lambda origin: ())
    patch.setattr(connectors.people.record, "from_json", lambda content: connectors.people.record.Record())
    patch.setattr(connectors.people.source, "from_json", lambda content: connectors.people.record.Record())


OFF = {
    without_revoking: people_come_and_go,
    without_guests: people_come_and_go,
    without_groups: people_come_and_go,
    without_following: people_come_and_go,
    without_what_is_inside: people_come_and_go,
    without_keeping_groups: people_come_and_go,
    without_former_people: people_come_and_go,
    without_leaving: all_comes_to_an_end,
    without_an_end: all_comes_to_an_end,
    without_rules: all_comes_to_an_end,
    without_leads: all_comes_to_an_end,
}


@pytest.mark.parametrize("life", [people_come_and_go, all_comes_to_an_end])
def test_with_everything_in_place_a_short_life_goes_well(life: Callable[[], None]) -> None:
    life()


@pytest.mark.parametrize("switched_off", OFF)
def test_the_proof_notices_what_is_switched_off(
    switched_off: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_off(monkeypatch)
    with pytest.raises(AssertionError):
        OFF[switched_off]()
