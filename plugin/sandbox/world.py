"""Everything that one sandbox holds, put together once. The only place that knows all parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from plugin.sandbox.access_log import AccessLog
from plugin.sandbox.accounts import Accounts
from plugin.sandbox.app_config import AppConfig, Limits
from plugin.sandbox.brute_force import BruteForce
from plugin.sandbox.calendars.application import CalendarApplication
from plugin.sandbox.calendars.book import Calendars
from plugin.sandbox.calendars.properties import Properties
from plugin.sandbox.calendars.scheduling import Scheduling
from plugin.sandbox.calendars.shares import CalendarShares
from plugin.sandbox.calendars.views import Homes
from plugin.sandbox.clock import Clock
from plugin.sandbox.departures import Departures
from plugin.sandbox.ex_app_program import ExAppProgram
from plugin.sandbox.ex_apps import ExApps
from plugin.sandbox.faults import Faults
from plugin.sandbox.files.access import FileAccess
from plugin.sandbox.files.application import FilesApplication
from plugin.sandbox.files.shares import FileShares
from plugin.sandbox.files.tree import Tree
from plugin.sandbox.journal import Journal, Numbers
from plugin.sandbox.limits import RateLimits
from plugin.sandbox.login_flow import LoginFlow
from plugin.sandbox.logins import Logins
from plugin.sandbox.mails import Mails
from plugin.sandbox.notifications import Notifications
from plugin.sandbox.oauth2 import OAuth2
from plugin.sandbox.ocs.application import create_application
from plugin.sandbox.ocs.calls import Route
from plugin.sandbox.ocs.capabilities import Apps, Capabilities
from plugin.sandbox.ocs.file_share_calls import FileShareCalls
from plugin.sandbox.ocs.groups import Groups
from plugin.sandbox.ocs.navigation import Navigation
from plugin.sandbox.ocs.notifications import NotificationCalls
from plugin.sandbox.ocs.own_login import OwnLogin
from plugin.sandbox.ocs.people import People
from plugin.sandbox.ocs.rooms import RoomCalls
from plugin.sandbox.ocs.settings import Settings
from plugin.sandbox.ocs.sharees import Sharees
from plugin.sandbox.ocs.team_folder_calls import TeamFolderCalls
from plugin.sandbox.ocs.teams import TeamCalls
from plugin.sandbox.rooms import Rooms
from plugin.sandbox.team_folders import TeamFolders
from plugin.sandbox.team_spaces import TeamSpaces
from plugin.sandbox.teams import Teams
from plugin.sandbox.version import Version


class World:
    def __init__(self, directory: Path | None, clock: Clock, limits: Limits, apps: Apps, version: Version) -> None:
        self.clock = clock
        self.version = version
        self.journal = Journal(directory / "state.jsonl" if directory else None)
        numbers = Numbers(self.journal)
        self.app_config = AppConfig(self.journal, limits)
        self.accounts = Accounts(self.journal, clock)
        self.logins = Logins(self.journal, numbers, self.accounts, clock, version)
        self.teams = Teams(self.journal, self.accounts, clock)
        self.team_folders = TeamFolders(self.journal, numbers, self.accounts, self.teams)
        self.tree = Tree(self.journal, numbers, clock, directory / "files" if directory else None)
        self.file_shares = FileShares(self.journal, numbers, self.accounts, self.teams)
        self.files = FileAccess(self.journal, self.accounts, self.tree, self.team_folders, self.file_shares)
        self.calendars = Calendars(self.journal, numbers, clock)
        self.calendar_shares = CalendarShares(self.journal, self.accounts, self.teams)
        self.homes = Homes(self.accounts, self.calendars, self.calendar_shares)
        self.properties = Properties(self.journal, self.accounts, self.homes)
        self.rate_limits = RateLimits(clock, self.app_config, version)
        self.brute_force = BruteForce(clock)
        self.faults = Faults()
        self.mails = Mails(directory / "mails.jsonl" if directory else None)
        self.access_log = AccessLog(directory / "access.jsonl" if directory else None)
        self.rooms = Rooms(self.journal, numbers, self.accounts, self.teams, clock)
        self.ex_apps = ExApps(self.accounts)
        self.notifications = Notifications(self.journal, numbers, clock)
        self.apps = apps
        self.departures = Departures(
            accounts=self.accounts,
            logins=self.logins,
            teams=self.teams,
            team_folders=self.team_folders,
            rooms=self.rooms,
            calendars=self.calendars,
            calendar_shares=self.calendar_shares,
            properties=self.properties,
            files=self.files,
            file_shares=self.file_shares,
        )
        scheduling = Scheduling(self.accounts, self.homes, self.mails, self.app_config, clock)
        self.calendar_program = CalendarApplication(
            self.accounts, self.homes, self.properties, self.rate_limits, scheduling, clock
        )
        self.files_program = FilesApplication(self.files, self.tree)
        self.web_program = create_application(self.logins, self._routes(), apps)
        LoginFlow(self.logins, self.accounts, self.brute_force).register(self.web_program)
        self.oauth2 = OAuth2(self.logins, self.accounts, self.brute_force)
        self.oauth2.register(self.web_program)
        self.ex_app_program = ExAppProgram(self.ex_apps, self.accounts, self.notifications)

    def _routes(self) -> Iterable[Route]:
        departures = self.departures
        people = People(self.accounts, self.rate_limits, departures)
        yield from people.routes()
        yield from Groups(self.accounts, people, departures).routes()
        yield from OwnLogin(self.logins, self.brute_force).routes()
        yield from Capabilities(self.apps, self.version, self.brute_force).routes()
        yield from Navigation(self.apps).routes()
        yield from NotificationCalls(self.notifications, self.accounts, self.ex_apps).routes()
        yield from Settings(self.app_config, self.accounts, self.apps).routes()
        yield from Sharees(self.accounts, self.teams).routes()
        yield from FileShareCalls(self.file_shares, self.files, self.accounts, self.teams, self.clock).routes()
        spaces = TeamSpaces(self.version, self.apps, self.app_config, self.team_folders, self.tree)
        teams = TeamCalls(self.teams, self.accounts, self.brute_force, departures, spaces)
        yield from _of("spreed", RoomCalls(self.rooms, self.accounts, self.teams).routes())
        yield from _of("circles", teams.routes())
        yield from _of("groupfolders", TeamFolderCalls(self.team_folders, self.accounts, self.tree, spaces).routes())

    def close(self) -> None:
        self.journal.close()
        self.mails.close()
        self.access_log.close()


def _of(app: str, routes: Iterable[Route]) -> Iterable[Route]:
    """The same routes, which are only there while the app is enabled."""
    return (replace(route, app=app) for route in routes)
