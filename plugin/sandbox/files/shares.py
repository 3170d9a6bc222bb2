"""Files and folders that one person shares with another or with a group (the sharing app, without links)."""

from __future__ import annotations

from dataclasses import dataclass

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.journal import Journal, Numbers
from plugin.sandbox.teams import Teams

WITH_USER, WITH_GROUP, WITH_TEAM = 0, 1, 7


@dataclass(frozen=True, slots=True)
class FileShare:
    """`name` is how the node is called in the receivers' homes; `created` in seconds."""

    number: int
    node: int
    name: str
    path: str
    owner: str
    kind: int
    receiver: str
    permissions: int
    created: int


class FileShares:
    def __init__(self, journal: Journal, numbers: Numbers, accounts: Accounts, teams: Teams) -> None:
        self._numbers = numbers
        self._accounts = accounts
        self._teams = teams
        self.all = journal.table("file_shares", FileShare)

    def next_number(self) -> int:
        return self._numbers.next("file_share")

    def add(self, share: FileShare) -> None:
        self.all[str(share.number)] = share

    def forget(self, name: str) -> None:
        """Drop what this person, group or team gave or got."""
        for share in list(self.all.values()):
            if name in (share.owner, share.receiver):
                del self.all[str(share.number)]

    def received(self, uid: str) -> list[FileShare]:
        return [share for share in self.all.values() if self.reaches(share, uid)]

    def reaches(self, share: FileShare, uid: str) -> bool:
        if share.kind == WITH_USER:
            return share.receiver == uid
        if share.kind == WITH_GROUP:
            group = self._accounts.groups.get(share.receiver)
            return group is not None and uid in group.members
        return uid in self._teams.people(share.receiver)
