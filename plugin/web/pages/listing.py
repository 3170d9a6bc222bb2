"""What the pages of trainings and of one's own dates have in common: what the visitor sees, and how fresh it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from network.settings import all_calendars
from network.state.arrivals import ArrivalLog
from plugin.intervals import all_connectors
from plugin.listed import ListedDate
from plugin.web.access import visitor
from plugin.web.site import Site


def visible(site: Site) -> list[ListedDate]:
    """All dates in the calendars that the visitor sees in Nextcloud, past ones too."""
    calendars = visitor().calendars
    return [each for each in site.catalogue.dates(site.now.date()) if each.training.calendar in calendars]


def calendar_names(site: Site) -> dict[str, str]:
    return {key: each.name for key, each in all_calendars(site.settings).items()}


def stand(site: Site, connectors: Iterable[str]) -> datetime | None:
    """The moment of which everything that these sources said then stands in Nextcloud; None where nobody looked yet."""
    as_of = ArrivalLog(site.state.engine).as_of()
    known = [as_of[each] for each in all_connectors(site.settings).keys() & set(connectors) if each in as_of]
    return min(known).astimezone(site.settings.network.timezone) if known else None
