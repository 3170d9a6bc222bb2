"""Who a calendar is shared with, how it was spelled, and whom that reaches.

A row is stored for every principal that can be found by any spelling and listed in `oc:invite`; it reaches a group's
members only if it is spelled as form encoding spells it (`quote_plus`). A person who unshared holds a row of her own
that hides the calendar, whatever else is shared, until a direct share to her replaces that row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote_plus, unquote_plus

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.calendars.book import Calendar
from plugin.sandbox.journal import Journal
from plugin.sandbox.teams import Teams

Access = Literal["read", "write", "unshared"]


@dataclass(frozen=True, slots=True)
class CalendarShare:
    """`principal` as spelled, such as `principals/groups/Kommune+A`."""

    calendar: int
    principal: str
    access: Access


class CalendarShares:
    def __init__(self, journal: Journal, accounts: Accounts, teams: Teams) -> None:
        self._accounts = accounts
        self._teams = teams
        self._rows = journal.table("calendar_shares", CalendarShare)

    def of_calendar(self, calendar: Calendar) -> list[CalendarShare]:
        """All rows that are listed, in the order in which they were made."""
        return [row for row in self._rows.values() if row.calendar == calendar.number and row.access != "unshared"]

    def share(self, calendar: Calendar, href: str, write: bool) -> None:
        """Unknown principals and the owner are passed over in silence."""
        principal = self.known(href)
        if principal and principal != f"principals/users/{calendar.owner}":
            self._set(calendar, principal, "write" if write else "read")

    def remove(self, calendar: Calendar, href: str) -> None:
        principal = self.known(href) or href.removeprefix("principal:")
        self._rows.pop(f"{calendar.number}/{principal}", None)

    def unshare(self, calendar: Calendar, uid: str) -> None:
        """The person's own farewell: the direct share goes; a way in by group or team is hidden for good."""
        principal = f"principals/users/{uid}"
        self._rows.pop(f"{calendar.number}/{principal}", None)
        if self.access(calendar, uid):
            self._set(calendar, principal, "unshared")

    def forget_calendar(self, calendar: Calendar) -> None:
        for key in [key for key, row in self._rows.items() if row.calendar == calendar.number]:
            del self._rows[key]

    def forget_principal(self, principal: str) -> None:
        for key in [key for key, row in self._rows.items() if row.principal == principal]:
            del self._rows[key]

    def access(self, calendar: Calendar, uid: str) -> Access | None:
        """What this person may do with somebody else's calendar; the strongest way in counts."""
        principals = self.principals(uid)
        found = {
            row.access for row in self._rows.values() if row.calendar == calendar.number and row.principal in principals
        }
        if not found or "unshared" in found:
            return None
        return "write" if "write" in found else "read"

    def reached(self, uid: str) -> dict[int, Access]:
        """The numbers of all calendars that reach this person."""
        principals = self.principals(uid)
        found: dict[int, Access] = {}
        for row in self._rows.values():
            weaker = row.access == "read" and row.calendar in found
            if row.principal in principals and found.get(row.calendar) != "unshared" and not weaker:
                found[row.calendar] = row.access
        return {number: access for number, access in found.items() if access != "unshared"}

    def principals(self, uid: str) -> set[str]:
        groups = {f"principals/groups/{quote_plus(group.gid)}" for group in self._accounts.groups_of(uid)}
        teams = {f"principals/circles/{team.key}" for team in self._teams.of_person(uid)}
        return {f"principals/users/{uid}"} | groups | teams

    def known(self, href: str) -> str | None:
        """The principal of this href as it is stored, None if there is none."""
        if not href.startswith("principal:"):
            return None
        principal = href.removeprefix("principal:")
        kind, _, name = principal.removeprefix("principals/").partition("/")
        if not name or "/" in name:
            return None
        if kind == "users":
            account = self._accounts.find(unquote_plus(name))
            return f"principals/users/{account.uid}" if account else None
        if kind == "groups":
            return principal if {unquote_plus(name), name} & set(self._accounts.groups) else None
        return principal if kind == "circles" and name in self._teams.all else None

    def common_name(self, principal: str) -> str:
        kind, _, name = principal.removeprefix("principals/").partition("/")
        if kind == "users" and name in self._accounts.people:
            return self._accounts.people[name].display_name
        if kind == "groups":
            group = self._accounts.groups.get(unquote_plus(name)) or self._accounts.groups.get(name)
            return group.display_name if group else ""
        return self._teams.all[name].display_name if name in self._teams.all else ""

    def _set(self, calendar: Calendar, principal: str, access: Access) -> None:
        key = f"{calendar.number}/{principal}"
        self._rows.pop(key, None)
        self._rows[key] = CalendarShare(calendar.number, principal, access)
