"""What else goes when an account, a group or a team goes. The one place that knows who refers to whom.

As measured: the share rows of a deleted team stay, nameless; those of a deleted group or account go.
"""

from __future__ import annotations

from urllib.parse import quote_plus

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.calendars.book import Calendars
from plugin.sandbox.calendars.properties import Properties
from plugin.sandbox.calendars.shares import CalendarShares
from plugin.sandbox.files.access import FileAccess
from plugin.sandbox.files.shares import FileShares
from plugin.sandbox.logins import Logins
from plugin.sandbox.rooms import GROUPS, TEAMS, USERS, Rooms
from plugin.sandbox.team_folders import TeamFolders
from plugin.sandbox.teams import GROUP, TEAM, USER, Teams


class Departures:
    def __init__(
        self,
        *,
        accounts: Accounts,
        logins: Logins,
        teams: Teams,
        team_folders: TeamFolders,
        rooms: Rooms,
        calendars: Calendars,
        calendar_shares: CalendarShares,
        properties: Properties,
        files: FileAccess,
        file_shares: FileShares,
    ) -> None:
        self._accounts = accounts
        self._logins = logins
        self._teams = teams
        self._team_folders = team_folders
        self._rooms = rooms
        self._calendars = calendars
        self._calendar_shares = calendar_shares
        self._properties = properties
        self._files = files
        self._file_shares = file_shares

    def account(self, uid: str) -> None:
        for team in list(self._teams.all.values()):
            if team.owner and team.owner.name == uid:
                self.team(team.key)
        self._teams.forget_member(USER, uid)
        for calendar in self._calendars.of_owner(uid):
            self._calendar_shares.forget_calendar(calendar)
            self._calendars.purge(calendar)
        self._calendar_shares.forget_principal(f"principals/users/{uid}")
        self._properties.forget_person(uid)
        self._rooms.forget(USERS, uid)
        self._file_shares.forget(uid)
        self._files.forget_home(uid)
        self._logins.forget(uid)
        self._accounts.delete(uid)

    def group(self, gid: str) -> None:
        self._teams.forget_member(GROUP, gid)
        self._team_folders.forget(gid)
        self._calendar_shares.forget_principal(f"principals/groups/{quote_plus(gid)}")
        self._rooms.forget(GROUPS, gid)
        self._file_shares.forget(gid)
        del self._accounts.groups[gid]

    def team(self, key: str) -> None:
        self._teams.forget_member(TEAM, key)
        self._team_folders.forget(key)
        self._rooms.forget(TEAMS, key)
        self._file_shares.forget(key)
        del self._teams.all[key]
