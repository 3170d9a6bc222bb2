"""The properties of files and folders that WsgiDAV does not know: number, permission letters, mounts, rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plugin.sandbox.files.access import FileAccess, Place
from plugin.sandbox.files.acl_property import rules_element
from plugin.sandbox.files.tree import Tree
from plugin.sandbox.team_folders import CREATE, DELETE, READ, SHARE, UPDATE, TeamFolder

DAV = "{DAV:}"
OC = "{http://owncloud.org/ns}"
NC = "{http://nextcloud.org/ns}"
ACL_LIST = NC + "acl-list"
INHERITED_ACL_LIST = NC + "inherited-acl-list"
INSTANCE = "ocsandbox001"
UNLIMITED = "-3"


class FileProperties:
    """`value` is text, an element, or None for a property that is none of ours or is not there."""

    def __init__(self, access: FileAccess, tree: Tree) -> None:
        self._access = access
        self._tree = tree
        self._everywhere: dict[str, Callable[[Place], str]] = {
            DAV + "getetag": lambda place: f'"{place.node.etag}"',
            OC + "size": lambda place: str(tree.size(place.node)),
            OC + "fileid": lambda place: str(place.node.number),
            OC + "id": lambda place: file_id(place.node.number),
            OC + "permissions": letters,
            OC + "owner-id": lambda place: place.mount.owner,
            NC + "mount-type": lambda place: place.mount.kind,
        }

    def value(self, place: Place, uid: str, name: str) -> Any:
        if name in self._everywhere:
            return self._everywhere[name](place)
        if place.node.folder and name == DAV + "quota-used-bytes":
            return str(self._tree.size(place.node))
        if place.node.folder and name == DAV + "quota-available-bytes":
            return str(place.mount.folder.quota) if place.mount.folder else UNLIMITED
        return self._in_team_folder(place, place.mount.folder, uid, name) if place.mount.folder else None

    def _in_team_folder(self, place: Place, folder: TeamFolder, uid: str, name: str) -> Any:
        if name == ACL_LIST:
            if not self._access.has_rules(place.node):
                return None
            return rules_element(name, self._access.rules(place.node))
        if name == INHERITED_ACL_LIST:
            return rules_element(name, self._access.inherited_rules(place.node))
        values = {
            NC + "group-folder-id": str(folder.number),
            NC + "acl-enabled": "1" if folder.acl else "0",
            NC + "acl-can-manage": "1" if self._access.manages(place, uid) else "0",
            NC + "acl-base-permission": str(place.mount.permissions),
        }
        return values.get(name)


def file_id(number: int) -> str:
    """The number as headers and `oc:id` spell it, with the instance behind it."""
    return f"{number:08d}{INSTANCE}"


def letters(place: Place) -> str:
    """S shared, R may share, M mounted, G readable, D deletable, NV changeable, W and CK writable."""
    bits, found = place.permissions, ""
    if place.mount.kind == "shared":
        found += "S"
    if bits & SHARE:
        found += "R"
    if place.mount.kind == "group":
        found += "M"
    if bits & READ:
        found += "G"
    if bits & DELETE:
        found += "D"
    if bits & UPDATE:
        found += "NV" if place.node.folder else "NVW"
    if place.node.folder and bits & CREATE:
        found += "CK"
    return found
