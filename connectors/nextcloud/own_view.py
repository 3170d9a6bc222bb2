"""What a person finds in their own Nextcloud: the apps in the bar on top, and the Team folders in their files."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.dav.xml import propfind
from connectors.nextcloud.answers import data
from connectors.nextcloud.dav_xml import multistatus
from connectors.nextcloud.files import FILE_ID, NextcloudFiles
from connectors.nextcloud.folder_rules import NC, XML
from connectors.nextcloud.json_data import rows, text
from connectors.nextcloud.wrapper import Wrapper

FOLDER_ID = f"{NC}group-folder-id"


class OwnView:
    """Each look is one request."""

    def __init__(self, wrapper: Wrapper, files: NextcloudFiles) -> None:
        self._wrapper = wrapper
        self._files = files

    def apps(self) -> frozenset[str]:
        """Ids of the apps that the person can open: files, calendar, contacts, spreed, tasks, …"""
        return frozenset(text(each, "id") for each in rows(data(self._wrapper.navigation.apps())))

    def team_folders(self) -> Mapping[str, str]:
        """Number of each Team folder that the person sees → its number as a file (/index.php/f/NUMBER opens it)."""
        answer = self._files.send("PROPFIND", "", headers={"Depth": "1", **XML}, data=propfind(FOLDER_ID, FILE_ID))
        found = ((each.text(FOLDER_ID), each.text(FILE_ID)) for each in multistatus(answer).resources)
        return {folder: file for folder, file in found if folder}
