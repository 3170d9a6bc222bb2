"""Who is in front of the pages: an account, and what Nextcloud itself shows it. Never kept longer than a session.

What somebody sees is not worked out from the configuration but read as that person: the calendars in their home, the
teams that they are in. So a page never shows what Nextcloud would not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from calendar_sync.records import CALENDAR
from connectors.nextcloud import NextcloudServer
from network.plan import Scope, ScopeKind
from network.settings import Selection, Selector, Settings
from network.state import StateStore
from workspace_sync.remembered import TEAM


class Role(StrEnum):
    """What somebody may do beyond their own things. Everybody who is logged in is staff."""

    STAFF = "staff"
    TRAINING_OFFICE = "training_office"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    NETWORK_ADMIN = "network_admin"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`administrations` and `calendars` are keys of the configuration, `scopes` the scopes whose team holds them."""

    account: str
    name: str
    administrations: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    roles: tuple[Role, ...] = (Role.STAFF,)

    def is_one_of(self, roles: Collection[Role]) -> bool:
        return not set(roles).isdisjoint(self.roles)


def introduce(server: NextcloudServer, settings: Settings, state: StateStore) -> Visitor:
    """Looks as the person that `server` is logged in as. Three requests; raises the errors of `network.errors`."""
    own = server.own_account()
    ours = {record.remote: record.key for record in state.records(kind=TEAM)}
    scopes = tuple(sorted({ours[each.id].partition("/")[0] for each in server.teams.teams() if each.id in ours}))
    seen = {each.uri for each in server.calendars.calendars() if not each.trashed}
    administrations = tuple(_administrations(settings, own.id, own.groups))
    return Visitor(
        account=own.id,
        name=own.name or own.id,
        administrations=administrations,
        scopes=scopes,
        calendars=tuple(sorted(_calendars(state, seen))),
        roles=tuple(_roles(settings, own.id, administrations, scopes)),
    )


def _administrations(settings: Settings, account: str, groups: Collection[str]) -> Iterator[str]:
    for key, each in settings.administrations.items():
        if each.group in groups or account in each.accounts:
            yield key


def _calendars(state: StateStore, seen: Collection[str]) -> Iterator[str]:
    """Keys of our calendars that lie in the person's home, as "URI_shared_by_OWNER" or, for the owner, as they are."""
    for record in state.records(kind=CALENDAR):
        uri = record.remote.rstrip("/").rpartition("/")[2]
        if uri and any(each == uri or each.startswith(f"{uri}_shared_by_") for each in seen):
            yield record.key


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
