"""Provisioning of groups: /cloud/groups.

A gid over 64 characters is stored as its SHA-256 and the long text becomes the display name, as on the server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from plugin.sandbox.accounts import ADMIN_GROUP, USERS, Accounts, Group
from plugin.sandbox.departures import Departures
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import NOT_FOUND, UNKNOWN, OcsFailure
from plugin.sandbox.ocs.people import NOT_ALLOWED_MESSAGE, SUB_ADMIN_MESSAGE, People

LONGEST_GID = 64


class Groups:
    def __init__(self, accounts: Accounts, people: People, departures: Departures) -> None:
        self._accounts = accounts
        self._departures = departures
        self._people = people

    def routes(self) -> Iterable[Route]:
        one = "/cloud/groups/<path:gid>"
        yield Route("GET", "/cloud/groups", self.ids)
        yield Route("GET", "/cloud/groups/details", self.details)
        yield Route("POST", "/cloud/groups", self.add, confirmed=True)
        yield Route("GET", one + "/users", self.users)
        yield Route("GET", one + "/users/details", self.user_details)
        yield Route("GET", one + "/subadmins", self.subadmins)
        yield Route("GET", one, self.users)
        yield Route("PUT", one, self.rename, confirmed=True)
        yield Route("DELETE", one, self.delete, confirmed=True)

    def ids(self, call: Call) -> object:
        if not self._accounts.may(call.uid, USERS):
            raise OcsFailure(403, SUB_ADMIN_MESSAGE)
        return {"groups": [group.gid for group in self._found(call)]}

    def details(self, call: Call) -> object:
        self._require_manager(call)
        return {"groups": [self._data(group) for group in self._found(call)]}

    def add(self, call: Call) -> object:
        self._require_manager(call)
        gid, name = call.text("groupid"), call.text("displayname")
        if not gid:
            raise OcsFailure(101, "Invalid group name")
        stored = gid if len(gid) <= LONGEST_GID else hashlib.sha256(gid.encode()).hexdigest()
        if stored in self._accounts.groups:
            raise OcsFailure(102, "group exists")
        self._accounts.add_group(stored, name or gid)
        return []

    def users(self, call: Call) -> object:
        group = self._accounts.groups.get(call.part("gid"))
        if group is None:
            raise OcsFailure(404, "The requested group could not be found")
        if call.uid not in group.members and not self._accounts.may(call.uid, USERS):
            raise OcsFailure(403)
        return {"users": list(group.members)}

    def user_details(self, call: Call) -> object:
        if not self._accounts.may(call.uid, USERS):
            raise OcsFailure(403, "Logged in account must be at least a sub admin")
        group = self._accounts.groups.get(call.part("gid"))
        if group is None:
            raise OcsFailure(NOT_FOUND, "The requested group could not be found")
        members = [self._accounts.people[uid] for uid in group.members if uid in self._accounts.people]
        return {"users": self._people.described(call, members)}

    def subadmins(self, call: Call) -> object:
        self._require_manager(call)
        gid = call.part("gid")
        if gid not in self._accounts.groups:
            raise OcsFailure(101, "Group does not exist")
        return [person.uid for person in self._accounts.people.values() if gid in person.subadmin]

    def rename(self, call: Call) -> object:
        self._require_manager(call)
        if call.text("key") != "displayname":
            raise OcsFailure(UNKNOWN)
        group = self._accounts.groups.get(call.part("gid"))
        if group is None:
            raise OcsFailure(NOT_FOUND, "Group does not exist")
        self._accounts.groups[group.gid] = replace(group, display_name=call.text("value"))
        return []

    def delete(self, call: Call) -> object:
        self._require_manager(call)
        gid = call.part("gid")
        if gid not in self._accounts.groups:
            raise OcsFailure(101)
        if gid == ADMIN_GROUP:
            raise OcsFailure(102)
        self._departures.group(gid)
        return []

    def _require_manager(self, call: Call) -> None:
        if not self._accounts.may(call.uid, USERS):
            raise OcsFailure(403, NOT_ALLOWED_MESSAGE)

    def _found(self, call: Call) -> list[Group]:
        term = call.text("search").lower()
        groups = [group for group in self._accounts.groups.values() if _fits(group, term)]
        groups.sort(key=lambda group: group.gid)
        start, limit = call.number("offset", 0) or 0, call.number("limit")
        return groups[start : None if limit is None else start + limit]

    def _data(self, group: Group) -> dict[str, object]:
        disabled = sum(not self._accounts.people[uid].enabled for uid in group.members if uid in self._accounts.people)
        return {
            "id": group.gid,
            "displayname": group.display_name,
            "usercount": len(group.members),
            "disabled": disabled,
            "canAdd": True,
            "canRemove": True,
        }


def _fits(group: Group, term: str) -> bool:
    return term in group.gid.lower() or term in group.display_name.lower()
