"""What the configuration will ask of the server: that is what `check --online` probes."""

from __future__ import annotations

from connectors.nextcloud.probes import Need
from network.settings import Calendar, Settings
from plugin.wishes.workspaces import has_folders

ROWS_IN_A_REQUEST = 10


def need(settings: Settings) -> Need:
    return Need(
        calendars=len(settings.calendars),
        shares=sum(_requests(each, len(settings.administrations)) for each in settings.calendars.values()),
        teams=bool(settings.exchange_groups) or not settings.network.pilot,
        team_folders=has_folders(settings),
        rooms=any(each.room for each in settings.exchange_groups.values()),
        writes_groups=any(not each.external for each in settings.administrations.values()),
    )


def _requests(calendar: Calendar, administrations: int) -> int:
    """Sharing requests of one calendar in the first run."""
    rows = 0
    for selector in (*calendar.share, *calendar.edit):
        rows += administrations if selector.administrations == "all" else len(selector.administrations)
        rows += len(selector.exchange_groups) + len(selector.people)
    return -(-rows // ROWS_IN_A_REQUEST)
