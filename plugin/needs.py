"""What the configuration will ask of the server: that is what `check --online` probes."""

from __future__ import annotations

from calendar_sync.sharing import ROWS_A_REQUEST
from connectors.nextcloud.probes import Need
from network.settings import Settings
from plugin.wishes.calendars import calendar_wishes
from plugin.wishes.workspaces import has_folders
from workspace_sync.people import People


def need(settings: Settings) -> Need:
    calendars = calendar_wishes(settings, People())
    return Need(
        calendars=len(calendars),
        shares=sum(-(-len(each.grants) // ROWS_A_REQUEST) for each in calendars),  # requests of the first run
        teams=bool(settings.exchange_groups) or not settings.network.pilot,
        team_folders=has_folders(settings),
        rooms=any(each.room for each in settings.exchange_groups.values()),
        writes_groups=any(not each.external for each in settings.administrations.values()),
        writes_accounts=any(each.manage_accounts for each in settings.administrations.values()),
    )
