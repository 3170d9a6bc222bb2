"""Making, listing, revoking and answering feeds. Who may ask for what is decided here; pages only ask."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from network.settings import Settings, all_calendars
from network.state.feeds import Feed, FeedKind, FeedShelf
from plugin.feeds.contents import Contents, Wanted
from plugin.feeds.rights import Rights
from plugin.running import Running

RIGHTS_HOLD_FOR = timedelta(minutes=10)
TRUSTED_FOR = timedelta(days=90)
"""So long a feed lives on what its owner saw last, where nobody can read who is in the network."""
MOST_FEEDS = 20
MOST_TEXTS = 16


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who asks for feeds. `administrations` are those that they may make feeds for; `calendars` those that they see."""

    account: str
    calendars: tuple[str, ...]
    administrations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A feed that may be read now. `etag` is that of its text, not packed."""

    wanted: Wanted
    etag: str


@dataclass(frozen=True, slots=True)
class Body:
    """A feed's whole text, plain or packed with gzip."""

    etag: str
    plain: bytes
    packed: bytes


class Feeds:
    def __init__(self, running: Running) -> None:
        self._running = running
        self._shelf = FeedShelf(running.state.engine, clock=running.clock)
        self._contents = Contents(running.state)
        self._lock = threading.Lock()
        self._rights: tuple[datetime, Settings, Rights] | None = None
        self._etags: OrderedDict[Wanted, tuple[int, str]] = OrderedDict()
        self._texts: OrderedDict[str, Body] = OrderedDict()

    # ------------------------------------------------------------------ reading

    def shown(self, token: str) -> Shown | None:
        """None for a token that nobody has (any more), and when its owner has left the network."""
        feed = self._shelf.by_token(token)
        wanted = self._wanted(feed) if feed is not None else None
        return Shown(wanted, self._etag(wanted)) if wanted is not None else None

    def text(self, shown: Shown) -> Body:
        """Its ETag may be another one than a moment ago: it belongs to this text."""
        with self._lock:
            known = self._texts.get(shown.etag)
        if known is not None:
            return known
        etag, plain = self._contents.text(shown.wanted)
        found = Body(etag, plain, gzip.compress(plain, mtime=0))
        with self._lock:
            self._texts[etag] = found
            while len(self._texts) > MOST_TEXTS:
                self._texts.popitem(last=False)
        return found

    def _etag(self, wanted: Wanted) -> str:
        version = self._contents.version
        with self._lock:
            known = self._etags.get(wanted)
        if known is not None and known[0] == version:
            return known[1]
        etag = self._contents.etag(wanted)
        with self._lock:
            self._etags[wanted] = version, etag
            while len(self._etags) > MOST_FEEDS * 50:
                self._etags.popitem(last=False)
        return etag

    def _wanted(self, feed: Feed) -> Wanted | None:
        calendars = self._calendars(feed)
        if calendars is None:
            return None
        topic = feed.subject if feed.kind is FeedKind.TOPIC else ""
        return Wanted(self.name(feed), calendars, topic, self._running.settings.network.timezone.key)

    def _calendars(self, feed: Feed) -> frozenset[str] | None:
        """Keys of the calendars that the feed may show now; None when there is no such feed any more."""
        rights, settings = self._today(), self._running.settings
        if feed.kind is FeedKind.ADMINISTRATION:
            return rights.of_administration(feed.subject) if feed.subject in rights.members else None
        if rights.knows_people:
            if not rights.knows(feed.owner):
                return None
            seen = rights.of_person(feed.owner).intersection(feed.calendars)
        elif self._running.clock() - feed.seen_at > TRUSTED_FOR:
            return None
        else:
            seen = frozenset(feed.calendars).intersection(all_calendars(settings))
        return seen.intersection({feed.subject}) if feed.kind is FeedKind.CALENDAR else seen

    def _today(self) -> Rights:
        now, settings = self._running.clock(), self._running.settings
        with self._lock:
            known = self._rights
        if known is not None and known[0] > now and known[1] is settings:
            return known[2]
        rights = Rights.of(settings, self._running.state)
        with self._lock:
            self._rights = now + RIGHTS_HOLD_FOR, settings, rights
        return rights

    # ------------------------------------------------------------------ keeping

    def of(self, subscriber: Subscriber) -> tuple[Feed, ...]:
        """The subscriber's own, and those of the administrations that they look after. What they see now counts."""
        self._shelf.saw(subscriber.account, subscriber.calendars)
        self._tidy()
        return tuple(each for each in self._shelf.all() if _belongs(each, subscriber))

    def _tidy(self) -> None:
        """Nothing is kept for ever of who left."""
        rights, before = self._today(), self._running.clock() - TRUSTED_FOR
        for each in self._shelf.all() if rights.knows_people else ():
            is_over = (
                each.subject not in rights.members
                if each.kind is FeedKind.ADMINISTRATION
                else not rights.knows(each.owner)
            )
            if is_over and each.seen_at < before:
                self._shelf.revoke(each.id)

    def may_have_any(self, account: str) -> bool:
        """Nobody who stands in no people list, where there are lists."""
        with self._lock:
            self._rights = None  # somebody is waiting: the lists may have been read a moment ago
        rights = self._today()
        return not rights.knows_people or rights.knows(account)

    def make(self, kind: FeedKind, subject: str, subscriber: Subscriber) -> str | None:
        """The token of a new feed; None for what this subscriber may not ask for, or for one too many."""
        if subject not in set(self.offered(kind, subscriber)) or len(self.of(subscriber)) >= MOST_FEEDS:
            return None
        if kind is FeedKind.ADMINISTRATION:
            return self._shelf.make(kind, subject, subscriber.account, ())
        if not self.may_have_any(subscriber.account):
            return None
        return self._shelf.make(kind, subject, subscriber.account, subscriber.calendars)

    def offered(self, kind: FeedKind, subscriber: Subscriber) -> Iterator[str]:
        """What may be asked for: subjects of the kind. Any topic may be: it shows what the subscriber sees anyway."""
        settings = self._running.settings
        if kind is FeedKind.PERSON:
            yield ""
        elif kind is FeedKind.CALENDAR:
            yield from (key for key in all_calendars(settings) if key in subscriber.calendars and not _is_tasks(key))
        elif kind is FeedKind.TOPIC:
            yield from self._contents.topics(subscriber.calendars)
        else:
            yield from (key for key in subscriber.administrations if key in settings.administrations)

    def renew(self, id: str, subscriber: Subscriber) -> str | None:
        """A new token for a feed of theirs; the old one opens nothing any more."""
        return self._shelf.renew(id) if self._one(id, subscriber) is not None else None

    def revoke(self, id: str, subscriber: Subscriber) -> bool:
        if self._one(id, subscriber) is None:
            return False
        self._shelf.revoke(id)
        return True

    def _one(self, id: str, subscriber: Subscriber) -> Feed | None:
        return next((each for each in self.of(subscriber) if each.id == id), None)

    def name(self, feed: Feed) -> str:
        """What the calendar is called in the program that reads it."""
        settings = self._running.settings
        if feed.kind is FeedKind.CALENDAR:
            found = all_calendars(settings).get(feed.subject)
            return found.name if found is not None else feed.subject
        if feed.kind is FeedKind.ADMINISTRATION:
            administration = settings.administrations.get(feed.subject)
            return f"{settings.network.name}: {administration.name if administration else feed.subject}"
        return f"{settings.network.name}: {feed.subject}" if feed.subject else settings.network.name


def _belongs(feed: Feed, subscriber: Subscriber) -> bool:
    if feed.kind is FeedKind.ADMINISTRATION:
        return feed.subject in subscriber.administrations
    return feed.owner == subscriber.account


def _is_tasks(key: str) -> bool:
    return "." in key
