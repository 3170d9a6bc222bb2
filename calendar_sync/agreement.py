"""What two calendars that are both written agree on about one entry, and how each of them comes to say it. Pure.

Both are compared in the same plain form: silent, with IANA zones, without what an entry of ours adds (it blocks
nobody's time, a cancelled title says so). Guests, alarms and whatever a program notes for itself have no place in that
form, so they stay on the side where somebody put them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from calendar_sync.entries import mirrored, status_of, transparent, with_status
from calendar_sync.merge import Lost, by_recurrence, groups, merge, said
from calendar_sync.wish import OnConflict
from calendar_sync.wording import undecorated
from network.errors import Refused
from network.ical.canonical import digest
from network.ical.component import CalendarObject, Component, Property
from network.ical.reading import plain_object
from network.ical.values import escape, text_of
from network.ical.writing import fitting
from network.text import Text


@dataclass(frozen=True, slots=True)
class Agreement:
    """All plain. `source` and `here` differ only in `asks`: properties that a person has to decide about.

    `base` is what both agree on from now on; of `asks` it keeps what was last agreed.
    """

    source: CalendarObject
    here: CalendarObject
    base: CalendarObject
    lost: tuple[Lost, ...] = ()
    asks: tuple[str, ...] = ()


def agree(
    base: CalendarObject | None, source: CalendarObject, here: CalendarObject, on_conflict: OnConflict
) -> Agreement:
    """What follows from three plain objects. Without a `base` the source wins where both speak."""
    merged = merge(base, source, here, on_conflict)
    both = merged.item
    if base is None or not merged.asks:
        return Agreement(both, both, both, merged.lost)
    asks = frozenset(merged.asks)
    return Agreement(
        _with_values(both, source, asks), both, _with_values(both, base, asks), merged.lost, tuple(sorted(asks))
    )


def plain(item: CalendarObject) -> CalendarObject:
    """What an entry that was composed or cleaned says, without what we add to it."""
    return replace(item, components=tuple(_plain(each) for each in item.components))


def plain_stored(item: CalendarObject, timezone: str) -> CalendarObject:
    """The same of an object as it stands in a calendar. BadInput when it can't be understood or isn't public."""
    return plain(composed(plain(plain_object(item, timezone=timezone))))


def composed(item: CalendarObject) -> CalendarObject:
    """A plain object as an entry of ours."""
    return fitting(mirrored(item, status_of(item)))


def is_equal(one: CalendarObject, other: CalendarObject) -> bool:
    """Whether both say the same."""
    return digest(one) == digest(other)


def for_source(stored: CalendarObject, before: CalendarObject, after: CalendarObject, timezone: str) -> CalendarObject:
    """The source's stored object, saying `after` where it said `before`. Refused when it is another one by now."""
    return _overlaid(stored, _recurrences(stored, timezone), before, after, lambda each: each)


def for_here(stored: CalendarObject, after: CalendarObject, timezone: str) -> CalendarObject:
    """What stands here, saying `after`; a title shows whether it is cancelled."""
    told = _overlaid(
        replace(stored, components=tuple(map(_untitled, stored.components))),
        _recurrences(stored, timezone),
        plain_stored(stored, timezone),
        after,
        transparent,
    )
    status = status_of(told)
    return replace(told, components=tuple(with_status(each, status) for each in told.components))


def _overlaid(
    stored: CalendarObject,
    recurrences: Sequence[str],
    before: CalendarObject,
    after: CalendarObject,
    new: Callable[[Component], Component],
) -> CalendarObject:
    old, wanted = by_recurrence(before.components), by_recurrence(after.components)
    if set(recurrences) != set(old):
        raise Refused(
            Text(
                "die Ausnahmen dieser Serie sind andere als gelesen", "this series has other exceptions than were read"
            ),
            code="series_changed",
        )
    there = zip(recurrences, stored.components, strict=True)
    kept = [_saying(each, old[at], wanted[at]) for at, each in there if at in wanted]
    added = [new(each) for at, each in wanted.items() if at not in old]
    return replace(stored, components=(*kept, *added))


def _saying(stored: Component, before: Component, after: Component) -> Component:
    """The component with every statement exchanged that differs, and everything else left as it was spelled."""
    old, wanted, there = groups(before), groups(after), groups(stored)
    names = [name for name in dict.fromkeys((*old, *wanted)) if said(old.get(name, ())) != said(wanted.get(name, ()))]
    gone = {id(each) for name in names for each in there.get(name, ())}
    kept = [each for each in stored.properties if id(each) not in gone]
    added: list[Property] = [each for name in names for each in wanted.get(name, ())]
    return replace(stored, properties=(*kept, *added))


def _recurrences(stored: CalendarObject, timezone: str) -> list[str]:
    return [each.value("RECURRENCE-ID") for each in plain_object(stored, timezone=timezone).components]


def _with_values(item: CalendarObject, other: CalendarObject, names: Iterable[str]) -> CalendarObject:
    """The object with these statements as the other one makes them."""
    others = by_recurrence(other.components)
    components = []
    for each in item.components:
        theirs = others.get(each.value("RECURRENCE-ID"))
        mine, given = groups(each), groups(theirs)
        gone = {id(old) for name in names for old in mine.get(name, ())} if theirs is not None else set()
        kept = tuple(old for old in each.properties if id(old) not in gone)
        added = tuple(new for name in names for new in given.get(name, ())) if theirs is not None else ()
        components.append(replace(each, properties=(*kept, *added)))
    return replace(item, components=tuple(components))


def _plain(component: Component) -> Component:
    kept = tuple(each for each in _untitled(component).properties if each.name != "TRANSP")
    return replace(component, properties=kept)


def _untitled(component: Component) -> Component:
    """A cancelled event by the title that it has without that."""
    if component.value("STATUS").strip().upper() != "CANCELLED":
        return component
    title = escape(undecorated(text_of(component, "SUMMARY")))
    changed = tuple(
        replace(each, value=title) if each.name == "SUMMARY" and each.value != title else each
        for each in component.properties
    )
    return replace(component, properties=changed)
