"""How an entry reads of which a person said that it doesn't take place, and how it reads once that is taken back. Pure.

Cancelled is a whole entry, or one day of a series: that day stands there as an exception, so that everybody sees that
it fails, and the others go on. The sentence that says why begins the description. `shown` and `lifted` are each other's
reverse, as far as a text can tell; what a source says is asked anew in the next run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from calendar_sync import wording
from calendar_sync.entries import with_status
from calendar_sync.selection import in_utc
from network.errors import BadInput
from network.ical.canonical import canonical_component
from network.ical.component import CalendarObject, Component, Property
from network.ical.series import moved, starts
from network.ical.values import Moment, escape, moment_of, property_of, span, text_of, utc_text
from network.ical.writing import fitting
from network.model import Status


@dataclass(frozen=True, slots=True, order=True)
class Cancellation:
    """`day` (ISO) is when it would have been, on the clock of its calendar. `occurrence` names one day of a series as
    `name_of` does; empty: the whole entry."""

    day: str
    reason: str = ""
    occurrence: str = ""


def to_words(cancellations: Sequence[Cancellation]) -> str:
    """As an entry's memory and its marker keep them; empty for none."""
    return json.dumps([asdict(each) for each in sorted(cancellations)], ensure_ascii=False) if cancellations else ""


def from_words(words: str) -> tuple[Cancellation, ...]:
    """What `to_words` wrote; nothing where somebody else wrote there."""
    try:
        return tuple(Cancellation(**each) for each in json.loads(words)) if words else ()
    except (ValueError, TypeError):
        return ()


def name_of(start: Moment) -> str:
    """What one day of a series is called: its start in UTC, or its date."""
    return utc_text(start) if isinstance(start, datetime) else f"{start:%Y%m%d}"


def carried(item: CalendarObject, before: str, after: str) -> CalendarObject:
    """The entry as it reads with the cancellations `after`, where it was written with those `before`."""
    return item if before == after else shown(lifted(item, from_words(before)), from_words(after))


def shown(item: CalendarObject, cancellations: Sequence[Cancellation]) -> CalendarObject:
    """The entry with what doesn't take place, once however often it is asked for."""
    for each in cancellations:
        item = _day_cancelled(item, each) if each.occurrence else _all(item, _cancelled, each.reason)
    return fitting(item) if cancellations else item


def lifted(item: CalendarObject, cancellations: Sequence[Cancellation]) -> CalendarObject:
    """The entry as one that takes place after all."""
    for each in cancellations:
        item = _day_lifted(item, each) if each.occurrence else _all(item, _taking_place, each.reason)
    return item


def day_of_series(item: CalendarObject, name: str) -> Component | None:
    """One day of a series as it is meant: its exception, or what the rule says; None where it has no such day."""
    written = next((each for each in item.components[1:] if day_replaced(each) == name), None)
    return written or _by_the_rule(item.main, name)


def _all(item: CalendarObject, change: Callable[[Component, str], Component], reason: str) -> CalendarObject:
    return replace(item, components=tuple(change(each, reason) for each in item.components))


def _day_cancelled(item: CalendarObject, cancellation: Cancellation) -> CalendarObject:
    day = day_of_series(item, cancellation.occurrence)
    if day is None:
        return item
    others = tuple(each for each in item.components if each is not day)
    return replace(item, components=(*others, _cancelled(day, cancellation.reason)))


def _day_lifted(item: CalendarObject, cancellation: Cancellation) -> CalendarObject:
    written = next((each for each in item.components[1:] if day_replaced(each) == cancellation.occurrence), None)
    if written is None:
        return item
    day, ruled = _taking_place(written, cancellation.reason), _by_the_rule(item.main, cancellation.occurrence)
    others = tuple(each for each in item.components if each is not written)
    is_as_ruled = ruled is not None and _says_the_same(day, ruled)
    return replace(item, components=others if is_as_ruled else (*others, day))


def _by_the_rule(main: Component, name: str) -> Component | None:
    """The day as the series itself gives it."""
    start = _start_called(main, name)
    if start is None:
        return None
    times = [property_of("RECURRENCE-ID", start), property_of("DTSTART", start)]
    begins, ends = span(main)
    end = moved(start, ends, begins)
    if end != start:
        times.append(property_of("DTEND", end))
    left_out = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"}
    kept = tuple(each for each in main.properties if each.name not in left_out)
    return replace(main, properties=(*times, *kept))


def _start_called(main: Component, name: str) -> Moment | None:
    if not (main.first("RRULE") or main.first("RDATE")):
        return None
    try:
        about = moment_of(Property("RECURRENCE-ID", name))
        coming = starts(main, in_utc(about) + timedelta(days=2))
        return next((each for each in coming if name_of(each) == name), None)
    except BadInput:
        return None


def day_replaced(component: Component) -> str:
    """Which day of its series an exception stands for."""
    item = component.first("RECURRENCE-ID")
    try:
        return name_of(moment_of(item)) if item is not None else ""
    except BadInput:
        return ""


def _cancelled(component: Component, reason: str) -> Component:
    text, why = text_of(component, "DESCRIPTION"), wording.why_cancelled(reason)
    told = text if not why or text.startswith(why) else "\n\n".join(filter(None, (why, text)))
    return with_status(_describing(component, told), Status.CANCELLED)


def _taking_place(component: Component, reason: str) -> Component:
    if component.value("STATUS").strip().upper() != "CANCELLED":
        return component
    text, why = text_of(component, "DESCRIPTION"), wording.why_cancelled(reason)
    told = text[len(why) :].lstrip("\n") if why and text.startswith(why) else text
    title = escape(wording.undecorated(text_of(component, "SUMMARY")))
    changed = {"SUMMARY": title, "STATUS": "CONFIRMED"}
    kept = tuple(each for each in _describing(component, told).properties if each.name not in changed)
    return replace(component, properties=(*kept, *(Property(name, value) for name, value in changed.items())))


def _describing(component: Component, text: str) -> Component:
    if text == text_of(component, "DESCRIPTION"):
        return component
    kept = tuple(each for each in component.properties if each.name != "DESCRIPTION")
    return replace(component, properties=(*kept, Property("DESCRIPTION", escape(text))) if text else kept)


def _says_the_same(one: Component, other: Component) -> bool:
    """Whatever is not its status: a rule's day has the status of its series."""
    return _without_status(one) == _without_status(other)


def _without_status(component: Component) -> Component:
    plain = canonical_component(component)
    return replace(plain, properties=tuple(each for each in plain.properties if each.name != "STATUS"))
