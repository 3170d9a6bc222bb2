"""The kinds of connectors. A new one is a module here and a line in `KINDS`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Tag

from network.settings.connectors.accounts import NextcloudPeople
from network.settings.connectors.connector import Connector, FileConnector, ListConnector, Missing
from network.settings.connectors.ics import IcsFeed
from network.settings.connectors.kept_calendars import CaldavCalendar, KeptCalendar, NextcloudCalendar
from network.settings.connectors.tables import PeopleColumns, PeopleTable, Table, TrainingColumns, TrainingTable

TYPES = ("nextcloud", "table", "ics", "caldav", "nextcloud-calendar")


def _kind(value: object) -> str | None:
    """Which model reads a connector: its type, and for tables what they provide."""
    kind, provides = (_word(value, name) for name in ("type", "provides"))
    if kind == "table":
        return "table of people" if provides == "people" else "table of trainings"
    return str(kind) if kind in TYPES else None


def _word(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


AnyConnector = Annotated[
    Annotated[NextcloudPeople, Tag("nextcloud")]
    | Annotated[TrainingTable, Tag("table of trainings")]
    | Annotated[PeopleTable, Tag("table of people")]
    | Annotated[IcsFeed, Tag("ics")]
    | Annotated[CaldavCalendar, Tag("caldav")]
    | Annotated[NextcloudCalendar, Tag("nextcloud-calendar")],
    Discriminator(_kind),
]
TrainingConnector = TrainingTable | IcsFeed | CaldavCalendar | NextcloudCalendar

__all__ = [
    "TYPES",
    "AnyConnector",
    "CaldavCalendar",
    "Connector",
    "FileConnector",
    "IcsFeed",
    "KeptCalendar",
    "ListConnector",
    "Missing",
    "NextcloudCalendar",
    "NextcloudPeople",
    "PeopleColumns",
    "PeopleTable",
    "Table",
    "TrainingColumns",
    "TrainingConnector",
    "TrainingTable",
]
