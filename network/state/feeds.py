"""Calendar feeds that somebody subscribed to. Of the secret address only the hash of its token is stored.

When a feed is read is stored nowhere (it would tell when people look at their calendars).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select, update

from network.state import tables
from network.state.engine import reading
from network.state.store import moment, stamp

TOKEN_BYTES = 32


class FeedKind(StrEnum):
    """What a feed is about. All but `administration` belong to their owner."""

    PERSON = "person"
    ADMINISTRATION = "administration"
    CALENDAR = "calendar"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Feed:
    """`subject`: key of the administration or calendar, or the topic; empty for a person. `calendars`: keys of those
    that the owner saw in Nextcloud at `seen_at`; of an administration's feed empty."""

    id: str
    kind: FeedKind
    subject: str
    owner: str
    calendars: tuple[str, ...]
    made_at: datetime
    seen_at: datetime


class FeedShelf:
    def __init__(self, engine: Engine, *, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, kind: FeedKind, subject: str, owner: str, calendars: Collection[str]) -> str:
        """A new feed; its token, which nobody can be told again."""
        token, now = secrets.token_urlsafe(TOKEN_BYTES), stamp(self._clock())
        row = {"id": secrets.token_hex(8), "token": _hash(token), "kind": str(kind), "subject": subject, "owner": owner}
        kept = {"calendars": json.dumps(sorted(calendars)), "made_at": now, "seen_at": now}
        with self._engine.begin() as connection:
            connection.execute(insert(tables.feeds).values({**row, **kept}))
        return token

    def by_token(self, token: str) -> Feed | None:
        with reading(self._engine) as connection:
            found = connection.execute(select(tables.feeds).where(tables.feeds.c.token == _hash(token))).one_or_none()
        return _feed(found) if found is not None else None

    def all(self) -> tuple[Feed, ...]:
        """The oldest first."""
        query = select(tables.feeds).order_by(tables.feeds.c.made_at, tables.feeds.c.id)
        with reading(self._engine) as connection:
            return tuple(map(_feed, connection.execute(query)))

    def renew(self, id: str) -> str:
        """A new token in the place of the old one, which opens nothing from now on."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._engine.begin() as connection:
            connection.execute(update(tables.feeds).where(tables.feeds.c.id == id).values(token=_hash(token)))
        return token

    def saw(self, owner: str, calendars: Collection[str]) -> None:
        """What the owner sees in Nextcloud now counts for all feeds that belong to them."""
        columns, now = tables.feeds.c, stamp(self._clock())
        theirs = (columns.owner == owner) & (columns.kind != str(FeedKind.ADMINISTRATION))
        with self._engine.begin() as connection:
            connection.execute(
                update(tables.feeds).where(theirs).values(calendars=json.dumps(sorted(calendars)), seen_at=now)
            )

    def revoke(self, id: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(tables.feeds).where(tables.feeds.c.id == id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _feed(row: Row[Any]) -> Feed:
    made, seen = moment(row.made_at), moment(row.seen_at)
    assert made is not None  # noqa: S101  # both are always written
    assert seen is not None  # noqa: S101
    return Feed(row.id, FeedKind(row.kind), row.subject, row.owner, tuple(json.loads(row.calendars)), made, seen)
