"""Which connectors there are, how often each is looked at, and how old what it brought to Nextcloud may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from network.settings import NextcloudPeople, PeopleTable, Settings, Table, TrainingConnector

IMPLIED = "nextcloud"
NEXTCLOUD = "nextcloud itself"
"""Stands for a look at what people did there, where no connector is due. No connector can be called that."""


def people_connectors(settings: Settings) -> dict[str, NextcloudPeople | PeopleTable]:
    """Those of the settings; without any, people are in the groups that Nextcloud has already."""
    written = {key: it for key, it in settings.connectors.items() if isinstance(it, NextcloudPeople | PeopleTable)}
    return written or {IMPLIED: NextcloudPeople(type="nextcloud", key=IMPLIED)}


def all_connectors(settings: Settings) -> Mapping[str, TrainingConnector | NextcloudPeople | PeopleTable]:
    """All that are asked, in the order of the configuration."""
    return {**settings.connectors, **people_connectors(settings)}


def target(connector: TrainingConnector | NextcloudPeople | PeopleTable) -> timedelta:
    """How old what stands in Nextcloud may be: twice the interval, and the time that a table is given to settle."""
    return 2 * connector.every + (connector.settle if isinstance(connector, Table) else timedelta(0))
