"""The accounts and groups of the Nextcloud itself as a source of people."""

from __future__ import annotations

from typing import Literal

from network.settings.connectors.connector import Connector


class NextcloudPeople(Connector):
    """Who belongs to which administration, from the groups that are there already."""

    type: Literal["nextcloud"]
    """The Nextcloud of this network."""
    provides: Literal["people"] = "people"
    """What it delivers."""
