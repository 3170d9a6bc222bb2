"""Rules of a connector, as they are written, on their way to the planner of calendars."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from calendar_sync.wish import Missing, OnConflict, Then
from network.settings import load
from plugin.wishes.calendars import calendar_wishes
from workspace_sync.people import People

WRITTEN = """\
network: {{id: probe, name: Probenetz, timezone: Europe/Berlin, contact: {{name: Büro, mail: buero@probe.example}}}}
nextcloud: {{url: https://cloud.probe.example, username: digitalnetzwerk, password: env:P, sweep_every: 6 Stunden}}
administrations:
  kreis: {{name: Kreis Probe, group: kreis}}
  brakel: {{name: Stadt Brakel, group: brakel}}
connectors:
  kurse: {{type: ics, url: https://kurse.example/kurse.ics, on_conflict: {on_conflict}, missing: {{after: 3 Tage, fetches: 5, then: {then}}}}}
calendars:
  kurse: {{name: Kurse, from: [kurse], share: {{administrations: all}}}}
"""


@pytest.mark.parametrize("on_conflict", OnConflict)
@pytest.mark.parametrize("then", Then)
def test_every_rule_that_the_planner_knows_can_be_written(tmp_path: Path, then: Then, on_conflict: OnConflict) -> None:
    path = tmp_path / "netz.yaml"
    path.write_text(WRITTEN.format(then=then.value, on_conflict=on_conflict.value), encoding="utf-8")
    settings = load(path, today=date(2026, 11, 22)).settings
    [calendar] = calendar_wishes(settings, People.gather([]))
    [rules] = calendar.sources
    assert (rules.missing.then, rules.on_conflict) == (then, on_conflict)
    assert (rules.missing.after, rules.missing.fetches) == (timedelta(days=3), 5)
    assert settings.nextcloud.sweep_every == timedelta(hours=6)


BOTH_WAYS = (
    WRITTEN.partition("connectors:")[0]
    + """\
connectors:
  planung: {{type: caldav, url: https://kalender.example/planung/, mode: {mode}{more}}}
calendars:
  kurse: {{name: Kurse, from: [planung], share: {{administrations: all}}, edit: {{people: [max]}}}}
"""
)


@pytest.mark.parametrize(
    ("mode", "more", "is_two_way", "missing"),
    [
        ("read", "", False, Missing(timedelta(hours=24), 3, Then.ASK)),
        ("two-way", "", True, Missing(timedelta(0), 1, Then.REMOVE)),
        ("two-way", ", missing: {then: keep}", True, Missing(timedelta(hours=24), 3, Then.KEEP)),
    ],
)
def test_what_is_missing_counts_at_once_where_both_sides_are_written(
    tmp_path: Path, mode: str, more: str, is_two_way: bool, missing: Missing
) -> None:
    path = tmp_path / "netz.yaml"
    path.write_text(BOTH_WAYS.format(mode=mode, more=more), encoding="utf-8")
    [calendar] = calendar_wishes(load(path, today=date(2026, 11, 22)).settings, People.gather([]))
    assert (calendar.sources[0].is_two_way, calendar.sources[0].missing) == (is_two_way, missing)
