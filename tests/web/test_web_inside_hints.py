"""Nextcloud tells us that somebody changed something: we look early, and believe nothing else of what it says."""

from datetime import timedelta

import pytest
import requests
from web_inside import SECRET, Inside, signed

from network.state.schedule import Schedule
from plugin.exapp import hints
from plugin.intervals import NEXTCLOUD

SAVED = r"OCP\Files\Events\Node\NodeWrittenEvent"
EDITED = r"OCP\Calendar\Events\CalendarObjectUpdatedEvent"


def soon(inside: Inside) -> dict[str, timedelta]:
    """How long until each is looked at next."""
    running = inside.running
    times = Schedule(running.state.engine, clock=running.clock, random=lambda: 0.0).times()
    return {name: at - running.clock() for name, at in times.items()}


def scheduled(inside: Inside) -> None:
    running = inside.running
    schedule = Schedule(running.state.engine, clock=running.clock, random=lambda: 0.0)
    schedule.keep({NEXTCLOUD: timedelta(hours=1), "plan": timedelta(hours=1)})
    schedule.claim()


def tell(inside: Inside, event: dict[str, object], account: str = "max.kreis") -> list[int]:
    return inside.town.sandbox.world.ex_app_program.hooks.tell(inside.app, event, account)


def test_only_our_own_calendars_and_tables_are_listened_to_and_never_what_we_do_ourselves(standing: Inside) -> None:
    known = standing.town.sandbox.world.ex_app_program.hooks.known.values()
    assert {each["uri"] for each in known} == {hints.URI}
    for each in known:
        assert each["eventFilter"]["user.uid"] == {"$ne": "digitalnetzwerk"}
        assert len(each["eventFilter"]) == 2
    (table,) = [each for each in known if each["event"] == SAVED]
    assert table["eventFilter"]["event.node.path"] == r"/\/Digitalnetzwerk\ Planung\/Schulungsplan\.xlsx$/"


def test_an_edit_in_our_calendar_is_looked_at_within_half_a_minute(inside: Inside) -> None:
    scheduled(inside)
    assert tell(inside, {"class": EDITED, "calendarData": {"uri": "dnw-schulungen"}}) == [200]
    assert soon(inside)[NEXTCLOUD] <= timedelta(seconds=30)
    assert soon(inside)["plan"] > timedelta(minutes=50)


def test_a_saved_table_is_looked_at_as_soon_as_it_has_settled(inside: Inside) -> None:
    scheduled(inside)
    path = "/max.kreis/files/Digitalnetzwerk Planung/Schulungsplan.xlsx"
    assert tell(inside, {"class": SAVED, "node": {"id": 7, "path": path}}) == [200]
    assert timedelta(minutes=10) < soon(inside)["plan"] <= timedelta(minutes=10, seconds=30)
    assert soon(inside)[NEXTCLOUD] > timedelta(minutes=50)


def test_many_hints_are_one_look(inside: Inside) -> None:
    scheduled(inside)
    for _ in range(20):
        tell(inside, {"class": EDITED})
    assert timedelta(seconds=20) < soon(inside)[NEXTCLOUD] <= timedelta(seconds=30)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b'{"event": 7}', b'{"event": {"node": {"path": {}}}}', b"\xff"]
)
def test_whatever_a_hint_holds_it_breaks_nothing(inside: Inside, body: bytes) -> None:
    proof = hints.proof(SECRET)
    answer = requests.post(f"{inside.address}{hints.URI}", data=body, headers={**signed(""), **proof}, timeout=10)
    assert answer.status_code == 200


def test_a_hint_without_its_proof_is_none(inside: Inside) -> None:
    scheduled(inside)
    for headers in (
        {},
        signed(""),
        signed("max.kreis"),
        {hints.HEADER: ""},
        {hints.HEADER: "0" * 64},
        {hints.HEADER: "ä"},
    ):
        given = {name: value.encode() for name, value in headers.items()}
        assert requests.post(f"{inside.address}{hints.URI}", json={}, headers=given, timeout=10).status_code == 401
    assert soon(inside)[NEXTCLOUD] > timedelta(minutes=50)
    assert inside.post("max.kreis", hints.URI).status_code == 404  # closed to people


def test_too_large_a_hint_is_not_read(inside: Inside) -> None:
    headers = {**signed(""), **hints.proof(SECRET)}
    answer = requests.post(f"{inside.address}{hints.URI}", data=b"x" * 300_000, headers=headers, timeout=10)
    assert answer.status_code == 413


def test_disabled_nothing_is_listened_to(inside: Inside) -> None:
    inside.town.sandbox.world.ex_apps.disable(inside.app)
    assert inside.town.sandbox.world.ex_app_program.hooks.known == {}
    inside.town.sandbox.world.ex_apps.enable(inside.app)
    inside.town.sandbox.world.ex_apps.enable(inside.app)
    assert len(inside.town.sandbox.world.ex_app_program.hooks.known) == 4
