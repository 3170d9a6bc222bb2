"""Days that are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from network.settings.finding import Finding, Location
from network.settings.settings import Settings
from network.text import Text


def ends(settings: Settings, today: date) -> Iterator[Finding]:
    """Projects and meetings that ended before `today`, and holidays that nobody has written yet."""
    for location, end in _ends(settings):
        if end < today:
            yield Finding(
                "warning_over",
                location,
                Text(f"liegt in der Vergangenheit ({end:%d.%m.%Y})", f"lies in the past ({end.isoformat()})"),
            )
    skipped = any(group.meetings and "school_holidays" in group.skip for group in settings.exchange_groups.values())
    if skipped and not any(holiday.last >= today for holiday in settings.school_holidays):
        yield Finding(
            "warning_no_school_holidays",
            ("school_holidays",),
            Text(
                "keine Schulferien ab heute eingetragen; Treffen fallen in den Ferien nicht aus",
                "no school holidays from today on; meetings don't fall through in the holidays",
            ),
        )


def _ends(settings: Settings) -> Iterator[tuple[Location, date]]:
    for key, project in settings.projects.items():
        if project.until:
            yield ("projects", key, "until"), project.until
    for key, group in settings.exchange_groups.items():
        if group.meetings and group.meetings.until:
            yield ("exchange_groups", key, "meetings", "until"), group.meetings.until
