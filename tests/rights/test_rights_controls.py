"""Controls: the same short life passes with everything in place, and fails with one thing switched off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rights_oracle import Contact
from test_rights_machine import ADMINISTRATIONS, RightsMachine

import plugin.wishes.workspaces
import workspace_sync.planners.exchange_group
from connectors.nextcloud.teams import NextcloudTeams


def a_short_life() -> None:
    """A group of a town, a topic and a guest; then somebody loses the topic."""
    machine = RightsMachine()
    document: dict[str, Any] = {
        "administrations": ADMINISTRATIONS,
        "exchange_groups": {
            "g0": {"name": "Gruppe 0", "lead": ["u0"], "members": [{"administrations": ["b"]}, {"topic": "t0"}]}
        },
        "projects": {"p0": {"name": "Projekt 0", "access": {"read": [], "edit": [{"exchange_groups": ["g0"]}]}}},
        "calendars": {"k0": {"name": "Termine 0", "from": ["plan"], "share": [{"administrations": "all"}], "edit": []}},
    }
    try:
        machine.begin(document, [Contact("u1", "a", ("t0",))])
        machine.take_somebody_in("g0", "u6")
        machine.rewrite_the_list_of_contacts([])
        machine.run()
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


def test_with_everything_in_place_a_short_life_goes_well() -> None:
    a_short_life()


@pytest.mark.parametrize("switched_off", [without_revoking, without_guests, without_groups])
def test_the_proof_notices_what_is_switched_off(
    switched_off: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_off(monkeypatch)
    with pytest.raises(AssertionError):
        a_short_life()
