"""Looks at what stands in Nextcloud: one request for all calendars, more only for those that moved.

Content of what did not move comes from memory. Nextcloud does not validate sync tokens, so a smaller new one or a mark
that is not the remembered one means that the calendar was made anew: then everything in it is listed. Reads only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from calendar_sync.identity import file_name, fingerprint, is_our_uid, uid_of
from calendar_sync.marker import Marker, calendar_mark, marked_key, read_marker, without_marker
from calendar_sync.records import CalendarMemory, EntryMemory, Remembered
from calendar_sync.selection import in_utc
from calendar_sync.wish import EVENTS, calendar_uri
from network.errors import BadInput
from network.ical.canonical import digest, from_text, to_text
from network.ical.component import CalendarObject
from network.ical.reading import parse_object
from network.ical.series import last_end
from network.ical.values import Moment, span, text_of
from network.plan import Kind
from network.ports import CalendarDelta, CalendarSeen, CalendarTarget, ObjectSeen


@dataclass(frozen=True, slots=True)
class ActualEntry:
    """An entry of ours that stands in a calendar; `memory` is what we know of it now, content included.

    `is_adopted` tells that we did not remember it: it is ours by its marker or its name.
    """

    memory: EntryMemory
    is_adopted: bool = False

    @property
    def uid(self) -> str:
        return self.memory.uid

    @property
    def is_edited(self) -> bool:
        """Something else stands there than what we meant."""
        return bool(self.memory.actual)


@dataclass(frozen=True, slots=True)
class ActualCalendar:
    """A calendar of ours, or one that bears the name of one; `foreign` maps file names to ETags.

    `is_marked`: it carries our mark. `is_empty`: nothing lies in it and nobody sees it. `is_anew`: it isn't the one
    that we remember, or was taken back to an earlier state: what is missing in it was removed by nobody. `guests` are
    foreign entries, read only where a calendar takes them in.
    """

    key: str
    seen: CalendarSeen
    is_marked: bool
    entries: tuple[ActualEntry, ...] = ()
    foreign: Mapping[str, str] | None = None
    token: str = ""
    is_swept: bool = False
    is_anew: bool = False
    guests: tuple[EntryMemory, ...] = ()

    @property
    def kind(self) -> Kind:
        """What people call it: a calendar, or a list of tasks."""
        return Kind.CALENDAR if EVENTS in self.seen.components else Kind.TASK_LIST

    @property
    def foreign_names(self) -> frozenset[str]:
        return frozenset(self.foreign or ())

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.foreign and not self.seen.shares


@dataclass(frozen=True, slots=True)
class Survey:
    """Key → calendar, for every calendar that is ours or has the name of one of ours."""

    calendars: Mapping[str, ActualCalendar]
    network: str
    at: datetime


def look(
    target: CalendarTarget,
    remembered: Remembered,
    keys: Iterable[str],
    *,
    network: str,
    now: datetime,
    verify: bool = False,
    sweep_every: timedelta = timedelta(days=1),
    listed: Sequence[CalendarSeen] | None = None,
    hosts: Collection[str] = frozenset(),
) -> Survey:
    """What stands there now. `keys` are the configured calendars; remembered and marked ones are looked at too.

    With `verify`, or when the last full listing of a calendar is older than `sweep_every`, all its ETags are compared.
    `listed` are the calendars where somebody has asked for them already. `hosts` are calendars that take foreign
    entries in: those are read each time.
    """
    found = _candidates(target.calendars() if listed is None else listed, {*keys, *remembered.calendars}, network)
    glance = _Glance(target, remembered, network, now, verify, sweep_every, frozenset(hosts))
    return Survey({key: glance.at(key, seen) for key, seen in sorted(found.items())}, network, now)


def _candidates(calendars: Iterable[CalendarSeen], keys: set[str], network: str) -> dict[str, CalendarSeen]:
    """A mark tells more than a name; who bears the name under another network's mark has to be known as well."""
    own = [each for each in calendars if each.is_own]
    named = {key: each for key in keys for each in own if each.uri == calendar_uri(key)}
    return named | {key: each for each in own if (key := marked_key(each.marker, network))}


@dataclass(frozen=True, slots=True)
class _Glance:
    target: CalendarTarget
    remembered: Remembered
    network: str
    now: datetime
    verify: bool
    sweep_every: timedelta
    hosts: frozenset[str]

    def at(self, key: str, seen: CalendarSeen) -> ActualCalendar:
        found = self._at(key, seen)
        if key not in self.hosts or not found.foreign or seen.trashed:
            return found
        items = self.target.objects(seen.href, [seen.href + name for name in found.foreign])
        return replace(found, guests=tuple(each for item in items if (each := foreign_entry(item)) is not None))

    def _at(self, key: str, seen: CalendarSeen) -> ActualCalendar:
        memory = self.remembered.calendars.get(key)
        is_marked = seen.marker == calendar_mark(self.network, key)
        known = {each.href: each for each in self.remembered.in_calendar(key).values()}
        ours = {each.href for each in known.values() if not each.is_gone}
        foreign = {name: etag for name, etag in (memory.foreign if memory else ()) if seen.href + name not in ours}
        is_same = memory is not None and memory.href == seen.href and memory.mark == seen.marker
        if seen.trashed or (is_same and memory is not None and not self._has_moved(memory, seen)):
            entries = tuple(ActualEntry(each) for each in known.values() if not each.is_gone)
            return ActualCalendar(key, seen, is_marked, entries, foreign, memory.token if memory else "")
        is_sweep = memory is None or not is_same or self._is_due(memory)
        token = "" if is_sweep or memory is None else _comparable(memory.token, seen.sync_token)
        delta = self.target.changes(seen.href, token)
        reading = _Reading(seen.href, self.network, known, foreign, partial(self._elsewhere, key))
        reading.take(delta, self.target if EVENTS in seen.components else None)
        if key in self.hosts and delta.removed:
            reading.look_again(delta.removed, self.target)
        return ActualCalendar(
            key,
            seen,
            is_marked,
            tuple(reading.entries.values()),
            reading.foreign,
            delta.token,
            is_swept=delta.is_full,
            is_anew=not is_same or (memory is not None and not _comparable(memory.token, seen.sync_token)),
        )

    def _elsewhere(self, key: str, name: str) -> EntryMemory | None:
        """The entry of this file name that we remember in another calendar: a move may have come about unheard."""
        uid, entries = uid_of(name), self.remembered.entries
        return next((each[uid] for other, each in entries.items() if other != key and uid in each), None)

    def _has_moved(self, memory: CalendarMemory, seen: CalendarSeen) -> bool:
        return memory.token != seen.sync_token or self._is_due(memory)

    def _is_due(self, memory: CalendarMemory) -> bool:
        """One that left the configuration only waits for its end: nobody keeps its date."""
        if self.verify or not memory.swept_at:
            return True
        return not memory.left_at and datetime.fromisoformat(memory.swept_at) + self.sweep_every <= self.now


class _Reading:
    """Turns one delta into entries and foreign objects."""

    def __init__(
        self,
        href: str,
        network: str,
        known: Mapping[str, EntryMemory],
        foreign: Mapping[str, str],
        elsewhere: Callable[[str], EntryMemory | None],
    ) -> None:
        self.href, self.network, self.known, self.elsewhere = href, network, known, elsewhere
        self.entries = {each.href: ActualEntry(each) for each in known.values() if not each.is_gone}
        self.foreign = dict(foreign)

    def take(self, delta: CalendarDelta, target: CalendarTarget | None) -> None:
        """Without a `target` nothing is read: nothing in there can be ours, and people's tasks are their own."""
        changed = dict(delta.changed)
        gone = [href for href in self._all_hrefs() if href not in changed] if delta.is_full else delta.removed
        for href in gone:
            self.entries.pop(href, None)
            self.foreign.pop(self._name(href), None)
        unknown = [href for href, etag in changed.items() if not self._is_known(href, etag)]
        if target is None:
            self.foreign |= {self._name(href): changed[href] for href in unknown}
        elif unknown:
            for item in target.objects(self.href, unknown):
                self._sort(item)

    def look_again(self, hrefs: Sequence[str], target: CalendarTarget) -> None:
        """What was deleted and restored between two looks counts as deleted, and stands there (Nextcloud)."""
        for item in target.objects(self.href, hrefs):
            self._sort(item)

    def _all_hrefs(self) -> list[str]:
        return [*self.entries, *(self.href + name for name in self.foreign)]

    def _is_known(self, href: str, etag: str) -> bool:
        entry = self.entries.get(href)
        return self.foreign.get(self._name(href)) == etag if entry is None else entry.memory.etag == etag

    def _sort(self, item: ObjectSeen) -> None:
        name = self._name(item.href)
        self.entries.pop(item.href, None)
        self.foreign.pop(name, None)
        entry = self._ours(item)
        if entry is None:
            self.foreign[name] = item.etag
        else:
            self.entries[item.href] = entry

    def _ours(self, item: ObjectSeen) -> ActualEntry | None:
        memory = self.known.get(item.href)
        found = seen_entry(item, memory, self.network)
        if found is None or memory is not None:
            return None if found is None else ActualEntry(found)
        known = self.elsewhere(self._name(item.href))
        # Its marker tells what stands there, and the key it was written under: the source may use another one by now.
        told = replace(found, connector=known.connector, key=known.key, session=known.session) if known else found
        return ActualEntry(told, is_adopted=True)

    def _name(self, href: str) -> str:
        return href.removeprefix(self.href)


def seen_entry(item: ObjectSeen, memory: EntryMemory | None, network: str) -> EntryMemory | None:
    """What we know of an entry once we have seen it; None when it is not ours, or can't be read.

    Ours: what we remember at this place, what carries our marker for this very UID (a person's copy has another one),
    or, where a client lost the marker, our UID at its file name.
    """
    try:
        found = parse_object(item.data)
        span(found.main)
    except BadInput:
        return None
    if memory is not None:
        return _seen(memory, found, item) if memory.uid == found.uid else None
    marker = read_marker(found)
    if marker is None:
        is_ours = is_our_uid(found.uid) and item.href.endswith("/" + file_name(found.uid))
    else:
        is_ours = marker.network == network and marker.uid == found.uid
    return _adopted(found, marker, item) if is_ours else None


def foreign_entry(item: ObjectSeen) -> EntryMemory | None:
    """Somebody else's entry as we would remember it if it were ours; None when it can't be read."""
    try:
        found = parse_object(item.data)
        span(found.main)
    except BadInput:
        return None
    return _adopted(found, None, item)


def _seen(memory: EntryMemory, found: CalendarObject, item: ObjectSeen) -> EntryMemory:
    """What we remember, with what stands there now.

    What we wrote at another time and nobody edited (the server came back from a backup, or we never heard that a write
    came about) is no edit by hand: it is what we meant then, and the source is asked anew.
    """
    plain = without_marker(found)
    told = digest(plain)
    standing = replace(memory, href=item.href, etag=item.etag, actual="", is_taken_out=False)
    if memory.wish and told == digest(from_text(memory.wish)):
        return standing
    marker = read_marker(found)
    if marker is not None and marker.uid == found.uid and marker.digest == told:
        return replace(standing, wish=to_text(plain), source="", cancellations=marker.cancellations)
    return replace(standing, actual=to_text(plain))


def _adopted(found: CalendarObject, marker: Marker | None, item: ObjectSeen) -> EntryMemory:
    """What the entry itself tells after the state was lost.

    Its content is what we meant if it still has the digest that we put into its marker; otherwise somebody edited it
    and what we meant is unknown.
    """
    plain = without_marker(found)
    text = to_text(plain)
    is_as_meant = marker is not None and digest(plain) == marker.digest
    start, _ = span(plain.main)
    title, place = text_of(plain.main, "SUMMARY"), text_of(plain.main, "LOCATION")
    return EntryMemory(
        uid=found.uid,
        connector=marker.connector if marker else "",
        key=marker.key if marker else "",
        session=marker.session if marker else 1,
        sessions=0,
        fingerprint=marker.fingerprint if marker else fingerprint(title, start, place),
        title=title,
        start=in_utc(start).isoformat(),
        end=in_utc(_last_end(plain)).isoformat(),
        wish=text if is_as_meant else "",
        actual="" if is_as_meant else text,
        is_cancelled=plain.main.value("STATUS") == "CANCELLED",
        is_guest=marker is not None and not is_our_uid(found.uid),
        cancellations=marker.cancellations if marker else "",
        href=item.href,
        etag=item.etag,
    )


def _last_end(plain: CalendarObject) -> Moment:
    """A series ends with its last occurrence; one that can't be read to its end, with its first."""
    try:
        return last_end(plain)
    except BadInput:
        return span(plain.main)[1]


def _comparable(old: str, new: str) -> str:
    """The old token, or none when the new one is smaller: the calendar was made anew."""
    before, after = re.search(r"\d+$", old), re.search(r"\d+$", new)
    return "" if before and after and int(after[0]) < int(before[0]) else old
