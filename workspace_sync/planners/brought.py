"""Who is in a chat room because its team brought them: as a person, in a group, or in a team inside of it.

Talk (24.0.0-rc.1) doesn't follow every change of a team: whoever joins a group that is in the team already isn't added,
and when a group leaves the team, or somebody leaves a team inside of it, they stay. So the missing ones are added, also
those who were thrown out by hand (rights know no local edit), and we remember whom groups and inner teams brought:
those whom nothing explains any more go.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from network.plan import Scope
from network.ports import Record
from workspace_sync.remembered import BROUGHT, ROOM, Remembered


@dataclass(frozen=True, slots=True)
class Brought:
    """`people` are brought by the groups and inner teams that the team shall have; `settled` is everybody whom members
    bring that the team has already, persons too."""

    people: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()


NOBODY = Brought()


@dataclass(frozen=True, slots=True)
class Followed:
    """`joining` have to be added one by one, `stale` were brought by somebody who does so no longer; `known` is what to
    remember, if every addition of the server's own works."""

    joining: frozenset[str]
    stale: frozenset[str]
    known: frozenset[str]


def followed(
    brought: Brought, there: Collection[str], explained: Collection[str], known: frozenset[str], *, is_linked: bool
) -> Followed:
    """Of the people `there`, of whom `explained` have a right to be. `is_linked`: the team is in the room already.

    Whom the server brings together with the team, or with a group that is new in it, counts as brought at once: if that
    fails, the team or group is added again and brings them then.
    """
    by_server = brought.people - brought.settled if is_linked else brought.people
    joining = brought.settled - frozenset(there) if is_linked else frozenset[str]()
    stale = known & frozenset(there) - frozenset(explained)
    return Followed(joining, stale, stale | (brought.people & frozenset(there)) | by_server)


def known_as_brought(scope: Scope, remembered: Remembered) -> frozenset[str] | None:
    """None: we never looked."""
    return accounts_in(remembered.record(scope, BROUGHT, ROOM))


def accounts_in(record: Record | None) -> frozenset[str] | None:
    return frozenset(json.loads(record.content)) if record is not None else None


def brought_record(scope: Scope | str, accounts: Collection[str]) -> Record:
    return Record(str(scope), BROUGHT, ROOM, content=json.dumps(sorted(accounts), ensure_ascii=False))
