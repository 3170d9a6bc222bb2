"""Looking people, groups and teams up by a few letters, as every account may."""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.files.shares import WITH_GROUP, WITH_TEAM, WITH_USER
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.teams import Teams

Row = tuple[int, str, str, str]
SOURCES = {WITH_USER: "users", WITH_GROUP: "groups", WITH_TEAM: "circles"}
EMPTY = ("remotes", "remote_groups", "emails", "rooms")


class Sharees:
    def __init__(self, accounts: Accounts, teams: Teams) -> None:
        self._accounts = accounts
        self._teams = teams

    def routes(self) -> Iterable[Route]:
        yield Route("GET", "/apps/files_sharing/api/v1/sharees", self.search)
        yield Route("GET", "/core/autocomplete/get", self.autocomplete)

    def search(self, call: Call) -> object:
        """Exact hits apart from the others, by kind."""
        term = call.text("search").lower()
        exact: dict[str, list[object]] = {name: [] for name in ("users", "groups", "circles", *EMPTY)}
        found: dict[str, list[object]] = {name: [] for name in ("users", "groups", "circles", *EMPTY)}
        for row in self._rows(call, term):
            kind, name, label, unique = row
            described = {
                "label": label,
                "subline": "",
                "value": {"shareType": kind, "shareWith": name},
                "shareWithDisplayNameUnique": unique,
            }
            (exact if term in (name.lower(), label.lower()) else found)[SOURCES[kind]].append(described)
        return {"exact": exact, **found, "lookup": [], "lookupEnabled": False}

    def autocomplete(self, call: Call) -> object:
        limit = call.number("limit", 10) or 10
        wanted = {int(kind) for kind in call.texts("shareTypes") if kind.isdigit()} or {WITH_USER}
        rows = [row for row in self._rows(call, call.text("search").lower()) if row[0] in wanted]
        return [
            {"id": name, "label": label, "source": SOURCES[kind], "subline": "", "shareWithDisplayNameUnique": unique}
            for kind, name, label, unique in rows[:limit]
        ]

    def _rows(self, call: Call, term: str) -> list[Row]:
        people = [
            (WITH_USER, one.uid, one.display_name, one.email)
            for one in self._accounts.people.values()
            if one.enabled and any(term in value.lower() for value in (one.uid, one.display_name, one.email))
        ]
        groups = [
            (WITH_GROUP, one.gid, one.display_name, "")
            for one in self._accounts.groups.values()
            if term in one.gid.lower() or term in one.display_name.lower()
        ]
        teams = [
            (WITH_TEAM, one.key, one.display_name, "")
            for one in self._teams.of_person(call.uid)
            if term in one.display_name.lower()
        ]
        return [*people, *groups, *teams]
