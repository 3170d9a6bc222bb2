"""Team folders over /index.php/apps/groupfolders/folders, in all three shapes of its answers.

Success and missing rights are HTTP 200 in the envelope of version 1 (100 and 403); what the app itself refuses is a
bare `{"message"}` with 400 or 404; without `Accept: application/json` the folder is XML with its groups as attributes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import request

from plugin.sandbox.accounts import TEAM_FOLDERS, Accounts
from plugin.sandbox.files.tree import Tree
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import OcsFailure
from plugin.sandbox.team_folders import ALL, Manager, TeamFolder, TeamFolders
from plugin.sandbox.team_spaces import TeamSpaces

BASE = "/apps/groupfolders/folders"
ORDERS = ("mount_point", "quota", "groups", "acl")


class TeamFolderCalls:
    def __init__(self, folders: TeamFolders, accounts: Accounts, tree: Tree, spaces: TeamSpaces) -> None:
        self._spaces = spaces
        self._folders = folders
        self._accounts = accounts
        self._tree = tree

    def routes(self) -> Iterable[Route]:
        one = BASE + "/<int:folder>"
        yield Route("GET", BASE, self.listed, index=True)
        yield Route("GET", BASE + "/count", self.count, index=True)
        yield Route("GET", one, self.one, index=True)
        yield Route("POST", BASE, self.create, confirmed=True, index=True)
        yield Route("DELETE", one, self.delete, confirmed=True, index=True)
        yield Route("PUT", one, self.rename, confirmed=True, index=True)
        yield Route("POST", one + "/mountpoint", self.rename, confirmed=True, index=True)
        yield Route("POST", one + "/groups", self.grant, confirmed=True, index=True)
        yield Route("POST", one + "/groups/<path:group>", self.set_permissions, confirmed=True, index=True)
        yield Route("DELETE", one + "/groups/<path:group>", self.revoke, confirmed=True, index=True)
        yield Route("POST", one + "/quota", self.set_quota, confirmed=True, index=True)
        yield Route("POST", one + "/acl", self.set_acl, confirmed=True, index=True)
        yield Route("POST", one + "/manageACL", self.set_manager, confirmed=True, index=True)

    def listed(self, call: Call) -> object:
        order = call.text("orderBy", "mount_point")
        if order not in ORDERS:
            raise OcsFailure(400, "The orderBy is not allowed.")
        folders = sorted(self._folders.all.values(), key=lambda folder: folder.mount_point.lower())
        start, limit = call.number("offset", 0) or 0, call.number("limit")
        if limit is not None and limit <= 0:
            raise OcsFailure(400, "The limit must be greater than 0.")
        folders = folders[start : None if limit is None else start + limit]
        if call.flag("applicable") or not self._accounts.may(call.uid, TEAM_FOLDERS):
            folders = [seen for folder in folders if (seen := self._as_member_sees(folder, call.uid))]
        rows = {str(f.number): self._described(f) | {"sortIndex": start + i} for i, f in enumerate(folders)}
        return rows or []

    def count(self, call: Call) -> object:
        self._require_admin(call)
        return {"count": len(self._folders.all)}

    def one(self, call: Call) -> object:
        folder: TeamFolder | None = self._folder(call)
        if folder is not None and not self._accounts.may(call.uid, TEAM_FOLDERS):
            folder = self._as_member_sees(folder, call.uid)
        if folder is None:
            raise OcsFailure(404)
        return self._described(folder)

    def create(self, call: Call) -> object:
        self._require_admin(call)
        mount_point = _mount_point(call.text("mountpoint"))
        self._require_free(mount_point)
        root = self._tree.add_root()
        return self._described(self._folders.create(mount_point, root.number, call.flag("acl_default_no_permission")))

    def delete(self, call: Call) -> object:
        self._require_admin(call)
        folder = self._folder(call)
        self._spaces.refuse(folder, "existence")
        self._tree.remove(self._tree.node(folder.root))
        del self._folders.all[str(folder.number)]
        return {"success": True}

    def rename(self, call: Call) -> object:
        self._require_admin(call)
        folder = self._folder(call)
        self._spaces.refuse(folder, "name")
        mount_point = _mount_point(call.text("mountpoint") or call.text("mountPoint"))
        if mount_point != folder.mount_point:
            self._require_free(mount_point)
        return self._done(replace(folder, mount_point=mount_point))

    def grant(self, call: Call) -> object:
        self._require_admin(call)
        folder, name = self._folder(call), call.text("group")
        self._spaces.refuse(folder, "sharing")
        if name in folder.applicable:
            raise OcsFailure(400, "Group already assigned to this Groupfolder")
        return self._done(self._folders.grant(folder, name, ALL))

    def set_permissions(self, call: Call) -> object:
        self._require_admin(call)
        folder, name = self._folder(call), call.part("group")
        self._spaces.refuse(folder, "permissions", of=name)
        permissions = call.number("permissions", ALL)
        if name in folder.applicable and permissions is not None:
            folder = self._folders.grant(folder, name, permissions)
        return self._done(folder)

    def revoke(self, call: Call) -> object:
        self._require_admin(call)
        folder, name = self._folder(call), call.part("group")
        self._spaces.refuse(folder, "access", of=name)
        return self._done(self._folders.revoke(folder, name))

    def set_quota(self, call: Call) -> object:
        self._require_admin(call)
        folder = self._folder(call)
        return self._done(replace(folder, quota=call.number("quota", folder.quota) or 0))

    def set_acl(self, call: Call) -> object:
        """Switching the rules off drops the managers, as on the server."""
        self._require_admin(call)
        folder, acl = self._folder(call), call.flag("acl")
        self._spaces.refuse(folder, "advanced permissions")
        return self._done(replace(folder, acl=acl, managers=folder.managers if acl else ()))

    def set_manager(self, call: Call) -> object:
        self._require_admin(call)
        manager, folder = Manager(call.text("mappingType"), call.text("mappingId")), self._folder(call)
        self._spaces.refuse(folder, "ACL management")
        return self._done(self._folders.set_manager(folder, manager, call.flag("manageAcl")))

    def _require_admin(self, call: Call) -> None:
        if not self._accounts.may(call.uid, TEAM_FOLDERS):
            raise OcsFailure(403, "Logged in account must be an admin or have special right to access this setting")

    def _require_free(self, mount_point: str) -> None:
        if self._folders.named(mount_point):
            raise OcsFailure(400, "Mount point already exists")

    def _folder(self, call: Call) -> TeamFolder:
        folder = self._folders.all.get(str(call.parts["folder"]))
        if folder is None:
            raise OcsFailure(404, "Groupfolder not found")
        return folder

    def _as_member_sees(self, folder: TeamFolder, uid: str) -> TeamFolder | None:
        """Only the entries of the person's own groups; a way in through a team alone does not count here."""
        groups = {group.gid for group in self._accounts.groups_of(uid)}
        own = {name: bits for name, bits in folder.applicable.items() if name in groups}
        return replace(folder, applicable=own) if own else None

    def _done(self, folder: TeamFolder) -> object:
        return {"success": True, "folder": self._described(self._folders.save(folder))}

    def _described(self, folder: TeamFolder) -> dict[str, object]:
        details = {name: self._detail(name, bits) for name, bits in folder.applicable.items()}
        described: dict[str, object] = {
            "id": folder.number,
            "mount_point": folder.mount_point,
            "quota": folder.quota,
            "acl": folder.acl,
            "acl_default_no_permission": folder.acl_default_no_permission,
            "size": self._tree.size(self._tree.node(folder.root)),
            "groups": dict(folder.applicable) or [],
            "group_details": details or [],
            "manage": [self._manager(manager) for manager in folder.managers],
        }
        if self._spaces.are_known:
            described["team_circle_id"] = folder.team or None
        return described if _json_is_wanted() else _for_xml(described, details)

    def _detail(self, name: str, bits: int) -> dict[str, object]:
        kind = "circle" if self._folders.is_team(name) else "group"
        return {"displayName": self._folders.display_name(name), "permissions": bits, "type": kind}

    def _manager(self, manager: Manager) -> dict[str, str]:
        known = self._accounts.people.get(manager.name) if manager.kind == "user" else None
        name = known.display_name if known else self._folders.display_name(manager.name)
        return {"type": manager.kind, "id": manager.name, "displayname": name}


def _for_xml(described: dict[str, object], details: dict[str, dict[str, object]]) -> dict[str, object]:
    rows = [
        {
            "@group_id": name,
            "@permissions": row["permissions"],
            "@display-name": row["displayName"],
            "@type": row["type"],
        }
        for name, row in details.items()
    ]
    return {key: value for key, value in described.items() if key != "group_details"} | {"groups": rows}


def _json_is_wanted() -> bool:
    return request.args.get("format") == "json" or "json" in request.headers.get("Accept", "")


def _mount_point(given: str) -> str:
    parts = [part for part in given.strip().strip("/").split("/") if part not in ("", ".")]
    if ".." in parts:
        raise OcsFailure(400, 'Mount point cannot contain ".."')
    if not parts:  # the server makes a folder called "/" of it; nobody should build on that
        raise OcsFailure(400, "Invalid mount point")
    return "/".join(parts)
