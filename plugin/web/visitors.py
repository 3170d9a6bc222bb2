"""Who is in front of the pages: an account, and what Nextcloud itself shows it. Never kept longer than a session.

What somebody sees is not worked out from the configuration but read as that person: the calendars in their home, the
teams that they are in, the folders and rooms that they can open. So a page never shows what Nextcloud would not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from urllib.parse import unquote

from calendar_sync.records import CALENDAR
from connectors.nextcloud import NextcloudServer
from network.errors import AppMissing, NotThere
from network.plan import Scope, ScopeKind
from network.ports import CalendarSeen
from network.settings import Selection, Selector, Settings
from network.state import StateStore
from plugin.overviews.membership import Standing
from plugin.overviews.onlooker import Onlooker
from workspace_sync.remembered import FOLDER, ROOM, TEAM


class Role(StrEnum):
    """What somebody may do beyond their own things. Everybody who is logged in is staff."""

    STAFF = "staff"
    TRAINING_OFFICE = "training_office"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    NETWORK_ADMIN = "network_admin"


OVERSEEING = frozenset({Role.COORDINATOR, Role.REVIEWER, Role.NETWORK_ADMIN})


@dataclass(frozen=True, slots=True)
class Visitor:
    """`administrations` and `calendars` are keys of the configuration, `scopes` the scopes whose team holds them.

    `folders`: scope of a Team folder that they see, and its number as a file. `rooms`: scopes whose room they are in.
    `apps`: what Nextcloud offers them in its bar on top.
    `language` is what they chose in Nextcloud ("de", "de_DE"), where it tells. `is_pilot`: in the group of a pilot.
    """

    account: str
    name: str
    administrations: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    roles: tuple[Role, ...] = (Role.STAFF,)
    folders: tuple[tuple[str, str], ...] = ()
    rooms: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    language: str = ""
    is_pilot: bool = False

    @property
    def onlooker(self) -> Onlooker:
        """What overviews want to know. Whoever reviews the protection of data is shown nobody's name."""
        return Onlooker(
            account=self.account,
            administrations=self.administrations,
            scopes=self.scopes,
            calendars=self.calendars,
            folders=dict(self.folders),
            rooms=self.rooms,
            apps=self.apps,
            oversees=self.is_one_of(OVERSEEING),
            sees_names=Role.REVIEWER not in self.roles,
        )

    def after(self, found: Standing) -> Visitor:
        """The same person after joining or leaving a group. A calendar that they see some other way as well comes back
        with the next login."""
        theirs = {found.scope} if found.is_in else set()
        calendars = set(self.calendars) - set(found.calendars) | (set(found.calendars) if found.is_in else set())
        folders = dict(self.folders) | {found.scope: found.folder}
        return replace(
            self,
            scopes=tuple(sorted(set(self.scopes) - {found.scope} | theirs)),
            calendars=tuple(sorted(calendars)),
            folders=tuple(sorted((scope, file) for scope, file in folders.items() if file)),
            rooms=tuple(sorted(set(self.rooms) - {found.scope} | (theirs if found.is_in_room else set()))),
        )

    def is_one_of(self, roles: Collection[Role]) -> bool:
        return not set(roles).isdisjoint(self.roles)


def introduce(server: NextcloudServer, settings: Settings, state: StateStore) -> Visitor:
    """Looks as the person that `server` is logged in as. At most six requests; raises the errors of network.errors."""
    own = server.own_account()
    scopes = tuple(sorted(set(_scopes(server, state))))
    seen = tuple(each for each in server.calendars.calendars() if not each.trashed)
    administrations = tuple(_administrations(settings, own.id, own.groups))
    return Visitor(
        account=own.id,
        name=own.name or own.id,
        administrations=administrations,
        scopes=scopes,
        calendars=tuple(sorted(_calendars(state, seen, own.id))),
        roles=tuple(_roles(settings, own.id, administrations, scopes)),
        folders=tuple(sorted(_folders(server, state))),
        rooms=tuple(sorted(_rooms(server, state))),
        apps=tuple(sorted(server.own_view.apps())),
        is_pilot=settings.network.pilot is not None and settings.network.pilot in own.groups,
        language=own.language,
    )


def as_configured(kept: Visitor, settings: Settings) -> Visitor:
    """Somebody who looked earlier, with what the configuration in force lets them do: roles end with their line there.
    What only Nextcloud knows (teams, shares) stays as it was seen."""
    there = [key for key in kept.administrations if key in settings.administrations]
    return replace(
        kept,
        administrations=tuple(there),
        roles=tuple(_roles(settings, kept.account, there, kept.scopes)),
    )


def to_text(found: Visitor) -> str:
    return json.dumps(asdict(found), ensure_ascii=False)


def from_text(text: str) -> Visitor:
    kept = json.loads(text)
    lists = {name: tuple(kept.get(name, ())) for name in ("administrations", "scopes", "calendars", "rooms", "apps")}
    return Visitor(
        kept["account"],
        kept["name"],
        **lists,
        roles=tuple(Role(each) for each in kept["roles"]),
        folders=tuple((scope, file) for scope, file in kept.get("folders", ())),
        language=kept.get("language", ""),
        is_pilot=kept.get("is_pilot", False),
    )


def _administrations(settings: Settings, account: str, groups: Collection[str]) -> Iterator[str]:
    for key, each in settings.administrations.items():
        if each.group in groups or account in each.accounts:
            yield key


def _calendars(state: StateStore, seen: Collection[CalendarSeen], account: str) -> Iterator[str]:
    """Keys of our calendars that lie in the person's home, as "URI_shared_by_OWNER" or, for the owner, as they are.
    What people made or shared themselves under such a name is none of them."""
    own, shared = ({_plain(each.uri) for each in seen if each.is_own is is_own} for is_own in (True, False))
    for record in state.records(kind=CALENDAR):
        owner, _, uri = _plain(record.remote.rstrip("/")).rpartition("/")
        owner = owner.rpartition("/")[2]
        if uri and (uri in own if owner == _plain(account) else f"{uri}_shared_by_{owner}" in shared):
            yield record.key


def _plain(part: str) -> str:
    """Of an address; user names are not told apart by capitals."""
    return unquote(part).casefold()


def _scopes(server: NextcloudServer, state: StateStore) -> Iterator[str]:
    """Those whose team they are in; an open team is seen by everybody. Without the app nobody is in any."""
    ours = {record.remote: record.key for record in state.records(kind=TEAM)}
    with suppress(AppMissing, NotThere):
        teams = server.teams.teams()
        yield from (ours[each.id].partition("/")[0] for each in teams if each.is_member and each.id in ours)


def _folders(server: NextcloudServer, state: StateStore) -> Iterator[tuple[str, str]]:
    """Asked only where we keep folders at all."""
    ours = {record.remote: record.scope for record in state.records(kind=FOLDER)}
    seen = server.own_view.team_folders() if ours else {}
    yield from ((ours[folder], file) for folder, file in seen.items() if folder in ours)


def _rooms(server: NextcloudServer, state: StateStore) -> Iterator[str]:
    """Asked only where we keep rooms at all; a Talk that was taken away shows nobody any."""
    ours = {record.remote: record.scope for record in state.records(kind=ROOM)}
    if not ours:
        return
    with suppress(AppMissing, NotThere):
        yield from (ours[each.token] for each in server.rooms.rooms() if each.token in ours)


def _roles(
    settings: Settings, account: str, administrations: Collection[str], scopes: Collection[str]
) -> Iterator[Role]:
    yield Role.STAFF
    written: Mapping[Role, Selection] = {
        Role.TRAINING_OFFICE: settings.roles.training_offices,
        Role.COORDINATOR: settings.roles.coordinators,
        Role.REVIEWER: settings.roles.reviewers,
        Role.NETWORK_ADMIN: settings.roles.network_admins,
    }
    for role, selection in written.items():
        if any(_is_meant(each.people, account) or _is_in(each, administrations, scopes) for each in selection):
            yield role


def _is_meant(people: Collection[str], account: str) -> bool:
    return account.casefold() in {each.casefold() for each in people}


def _is_in(selector: Selector, administrations: Collection[str], scopes: Collection[str]) -> bool:
    """A role that is given to a topic goes to nobody: only who looks after the list could say who that is."""
    if selector.people or selector.topic:
        return False
    if selector.exchange_groups:
        return any(str(Scope(ScopeKind.EXCHANGE_GROUP, key)) in scopes for key in selector.exchange_groups)
    return not set(selector.named_administrations(administrations)).isdisjoint(administrations)
