"""Sharing a file or folder with a person, a group or a team: /apps/files_sharing/api/v1/shares."""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.clock import Clock
from plugin.sandbox.files.access import FileAccess, Place
from plugin.sandbox.files.shares import WITH_GROUP, WITH_TEAM, WITH_USER, FileShare, FileShares
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import OcsFailure
from plugin.sandbox.team_folders import ALL, SHARE
from plugin.sandbox.teams import Teams

BASE = "/apps/files_sharing/api/v1/shares"


class FileShareCalls:
    def __init__(self, shares: FileShares, files: FileAccess, accounts: Accounts, teams: Teams, clock: Clock) -> None:
        self._shares = shares
        self._files = files
        self._accounts = accounts
        self._teams = teams
        self._clock = clock

    def routes(self) -> Iterable[Route]:
        yield Route("GET", BASE, self.listed)
        yield Route("POST", BASE, self.create)
        yield Route("GET", BASE + "/<int:share>", self.one)
        yield Route("DELETE", BASE + "/<int:share>", self.delete)

    def listed(self, call: Call) -> object:
        if call.flag("shared_with_me"):
            return [self._described(share) for share in self._shares.received(call.uid)]
        own = [share for share in self._shares.all.values() if share.owner == call.uid]
        if path := call.text("path"):
            node = self._place(call, path).node.number
            own = [share for share in own if share.node == node]
        return [self._described(share) for share in own]

    def create(self, call: Call) -> object:
        place = self._place(call, call.text("path"))
        kind, receiver = call.number("shareType", -1), call.text("shareWith")
        if kind not in (WITH_USER, WITH_GROUP, WITH_TEAM):
            raise OcsFailure(400, "Unknown share type")
        self._require_receiver(kind, receiver)
        if not place.permissions & SHARE:
            raise OcsFailure(404, "Wrong path, file/folder does not exist")
        permissions = (call.number("permissions", ALL) or ALL) & place.permissions
        path = "/" + call.text("path").strip("/")
        for known in self._shares.all.values():
            if (known.node, known.kind, known.receiver) == (place.node.number, kind, receiver):
                raise OcsFailure(403, "Path is already shared with this account")
        share = FileShare(
            self._shares.next_number(), place.node.number, path.rpartition("/")[2], path, call.uid, kind, receiver,
            permissions, int(self._clock.seconds()),
        )  # fmt: skip
        self._shares.add(share)
        return self._described(share)

    def one(self, call: Call) -> object:
        return [self._described(self._share(call))]

    def delete(self, call: Call) -> object:
        share = self._share(call)
        if share.owner != call.uid:
            raise OcsFailure(403, "Could not delete share")
        del self._shares.all[str(share.number)]
        return []

    def _share(self, call: Call) -> FileShare:
        share = self._shares.all.get(str(call.parts["share"]))
        if share is None or (share.owner != call.uid and not self._shares.reaches(share, call.uid)):
            raise OcsFailure(404, "Wrong share ID, share does not exist")
        return share

    def _place(self, call: Call, path: str) -> Place:
        place = self._files.place(call.uid, tuple(part for part in path.split("/") if part))
        if place is None:
            raise OcsFailure(404, "Wrong path, file/folder does not exist")
        return place

    def _require_receiver(self, kind: int, receiver: str) -> None:
        if kind == WITH_USER and receiver not in self._accounts.people:
            raise OcsFailure(404, "Please specify a valid account to share with")
        if kind == WITH_GROUP and receiver not in self._accounts.groups:
            raise OcsFailure(404, "Please specify a valid group")
        if kind == WITH_TEAM and receiver not in self._teams.all:
            raise OcsFailure(404, "Please specify a valid team")

    def _described(self, share: FileShare) -> dict[str, object]:
        owner = self._accounts.people.get(share.owner)
        return {
            "id": str(share.number),
            "share_type": share.kind,
            "uid_owner": share.owner,
            "displayname_owner": owner.display_name if owner else share.owner,
            "permissions": share.permissions,
            "stime": share.created,
            "path": share.path,
            "file_source": share.node,
            "item_source": share.node,
            "file_target": f"/{share.name}",
            "share_with": share.receiver,
        }
