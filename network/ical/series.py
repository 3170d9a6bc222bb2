"""Recurring events: when the last one ends, and a change of "this and all that follow" as two series.

RANGE=THISANDFUTURE (RFC 5545 section 3.2.13) is understood by hardly any calendar program, Nextcloud's included: they
change one day and leave the rest. So the series is taken apart where it changes. Works on cleaned objects; an endless
series with such a change is refused, because what follows can't be written down day by day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from network.errors import BadInput
from network.ical.component import CalendarObject, Component, Property
from network.ical.values import Moment, moment, moment_of, property_of, span
from network.text import Text

ENDLESS = date(9000, 1, 1)
"""The end of a series without one."""

_MOST = 1_000
_HORIZON = timedelta(days=50 * 365)
_DAY = timedelta(days=1)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_REPEATING = ("RRULE", "RDATE", "EXDATE", "EXRULE")


def last_end(item: CalendarObject) -> Moment:
    """When the last occurrence ends, for a single event its end; ENDLESS where it can't be followed to an end.

    BadInput `no_occurrence` when no day is left of a series: servers refuse it.
    """
    start, end = span(item.main)
    if not repeats(item.main):
        return end
    try:
        starts = _all_starts(item.main)
    except BadInput:
        return ENDLESS
    if not starts and len(item.components) == 1:
        raise BadInput(Text("kein Tag der Serie bleibt übrig", "no day of the series is left"), code="no_occurrence")
    return max([end, *(moved(each, end, start) for each in starts), *_ends_of(item.components[1:])], key=_at)


def pieces(item: CalendarObject) -> tuple[CalendarObject, ...]:
    """The object itself, or one object from each "this and all that follow" to the next.

    BadInput `endless_range` where such a series can't be followed to an end, `range_mixed` when whole days turn into
    times, `unknown_range` for THISANDPRIOR, which RFC 5545 forbids.
    """
    replacing = [each for each in item.components if each.first("RECURRENCE-ID")]
    changes = [each for each in replacing if _is_range(each)]
    if not changes:
        return (item,)
    if not repeats(item.main):
        return (replace(item, components=tuple(map(_without_range, item.components))),)
    starts = _all_starts(item.main)
    exceptions = [each for each in replacing if not _is_range(each)]
    bounds = [moment_of(_recurrence(each)) for each in changes]
    found = [_first(item.main, starts, exceptions, bounds[0])]
    for number, change in enumerate(changes):
        until = bounds[number + 1] if number + 1 < len(bounds) else None
        found.append(_Piece(change, bounds[number], until).components(starts, exceptions))
    return tuple(CalendarObject(item.uid, each) for each in found if each)


def _first(
    main: Component, starts: Sequence[Moment], exceptions: Sequence[Component], bound: Moment
) -> tuple[Component, ...]:
    """What comes before the first change: day by day, because a COUNT can't simply be cut."""
    kept = [each for each in starts if _at(each) < _at(bound)]
    before = [each for each in exceptions if _at(moment_of(_recurrence(each))) < _at(bound)]
    return (_listed(main, kept), *before) if kept else ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What follows from one change: every occurrence from `since` until before `until`, moved as the change is."""

    change: Component
    since: Moment
    until: Moment | None

    def components(self, starts: Sequence[Moment], exceptions: Sequence[Component]) -> tuple[Component, ...]:
        kept = [self._follow(each) for each in starts if self._holds(each)]
        if not kept:
            return ()
        main = _listed(_without(self.change, "RECURRENCE-ID"), kept)
        return (main, *(self._moved(each) for each in exceptions if self._holds(moment_of(_recurrence(each)))))

    def _holds(self, start: Moment) -> bool:
        return _at(self.since) <= _at(start) and (self.until is None or _at(start) < _at(self.until))

    def _follow(self, start: Moment) -> Moment:
        return moved(start, span(self.change)[0], self.since)

    def _moved(self, exception: Component) -> Component:
        """An exception names the day that it replaces as the new series has it."""
        item = property_of("RECURRENCE-ID", self._follow(moment_of(_recurrence(exception))))
        kept = _without(exception, "RECURRENCE-ID")
        return replace(kept, properties=(*kept.properties, item))


def _listed(component: Component, starts: Sequence[Moment]) -> Component:
    """The component on exactly these days: from the first, the others listed."""
    first, *others = starts
    start, end = span(component)
    plain = _without(component, "DTSTART", "DTEND", "DURATION", *_REPEATING)
    times = [property_of("DTSTART", first)]
    if end != start:
        times.append(property_of("DTEND", moved(first, end, start)))
    if others:  # in one property: not every program reads a second one
        days = [property_of("RDATE", each) for each in others]
        times.append(replace(days[0], value=",".join(each.value for each in days)))
    return replace(plain, properties=(*times, *plain.properties))


def _all_starts(main: Component) -> list[Moment]:
    """All starts in order; BadInput `endless_range` when there are too many to be followed."""
    starts = list(islice(_starts(main), _MOST + 1))
    if len(starts) > _MOST:
        raise _endless()
    return starts


def starts(main: Component, before: datetime) -> Iterator[Moment]:
    """The starts of a series before an aware moment, in order, also of a series without end.

    BadInput where its rule can't be followed.
    """
    return (each for each in _starts(main, before) if _at(each) < before)


def _starts(main: Component, before: datetime | None = None) -> Iterator[Moment]:
    """All starts in order; those that EXDATE takes out are left out."""
    start = span(main)[0]
    gone = {_at(each) for each in _moments(main, "EXDATE")}
    extra = _moments(main, "RDATE")
    listed = sorted({_at(each): each for each in (*extra, start)}.items(), reverse=True)
    seen: set[datetime] = set()
    for each in _by_rule(main, start, before):
        while listed and listed[-1][0] <= _at(each):
            yield from _once(listed.pop()[1], seen, gone)
        yield from _once(each, seen, gone)
    while listed:
        yield from _once(listed.pop()[1], seen, gone)


def _moments(main: Component, name: str) -> list[Moment]:
    values = ((item, value) for item in main.all(name) for value in item.value.split(",") if value.strip())
    return [moment_of(replace(item, value=value)) for item, value in values]


def _once(start: Moment, seen: set[datetime], gone: set[datetime]) -> Iterator[Moment]:
    if _at(start) not in seen and _at(start) not in gone:
        seen.add(_at(start))
        yield start


def _by_rule(main: Component, start: Moment, before: datetime | None) -> Iterator[Moment]:
    """On the clock of the start's own zone, as the rule is meant there; not far beyond `before`."""
    if main.first("RRULE") is None:
        return
    rule = dict(part.strip().split("=", 1) for part in main.value("RRULE").upper().split(";") if "=" in part)
    count, until = rule.pop("COUNT", ""), rule.pop("UNTIL", "")
    if not (count or until or before) or rule.get("FREQ") not in _FREQUENCIES:
        raise _endless()
    clock = _on_the_clock(start)
    try:
        # a rule that no day fulfils would be followed to the year 9999
        end = _local_end(until, start) if until else clock + _HORIZON
        rule["UNTIL"] = f"{min(end, before.replace(tzinfo=None) + _DAY) if before else end:%Y%m%dT%H%M%S}"
        found = iter(rrulestr(";".join(map("=".join, rule.items())), dtstart=clock))
        for each in islice(found, int(count) if count else None):
            yield each.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else each.date()
    except (ValueError, OverflowError) as error:
        raise BadInput(
            Text(f"unlesbare Wiederholung „{main.value('RRULE')}“", f"unreadable rule “{main.value('RRULE')}”"),
            code="bad_rule",
        ) from error


def _local_end(until: str, start: Moment) -> datetime:
    """UNTIL on the clock of the start; a day counts to its end."""
    found = moment(until, "" if until.endswith("Z") else "UTC", where="UNTIL")
    if not isinstance(found, datetime):
        return datetime.combine(found, time(23, 59, 59))
    if isinstance(start, datetime) and until.endswith("Z"):
        found = found.astimezone(start.tzinfo)
    return found.replace(tzinfo=None)


def moved(start: Moment, to: Moment, since: Moment) -> Moment:
    """`start`, moved as `since` was moved to `to`: by so much on the clock, in the zone of `to`."""
    if not isinstance(to, datetime) or not isinstance(start, datetime) or not isinstance(since, datetime):
        if isinstance(to, datetime) or isinstance(start, datetime) or isinstance(since, datetime):
            raise BadInput(
                Text("aus ganzen Tagen werden Uhrzeiten oder umgekehrt", "whole days turn into times or the reverse"),
                code="range_mixed",
            )
        return start + (to - since)
    zone = to.tzinfo
    difference = to.replace(tzinfo=None) - since.astimezone(zone).replace(tzinfo=None)
    return (start.astimezone(zone).replace(tzinfo=None) + difference).replace(tzinfo=zone)


def _on_the_clock(start: Moment) -> datetime:
    return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())


def _at(each: Moment) -> datetime:
    """For comparing; days begin at midnight in UTC."""
    return each.astimezone(UTC) if isinstance(each, datetime) else datetime.combine(each, time(), UTC)


def _ends_of(components: Sequence[Component]) -> list[Moment]:
    return [span(each)[1] for each in components]


def repeats(component: Component) -> bool:
    return any(component.first(name) for name in ("RRULE", "RDATE"))


def _is_range(component: Component) -> bool:
    written = _recurrence(component).parameter("RANGE").upper()
    if written in ("", "THISANDFUTURE"):
        return bool(written)
    raise BadInput(
        Text(f"unbekannter Bereich einer Serie (RANGE={written})", f"unknown range of a series (RANGE={written})"),
        code="unknown_range",
    )


def _recurrence(component: Component) -> Property:
    found = component.first("RECURRENCE-ID")
    assert found is not None  # noqa: S101  # only exceptions are asked
    return found


def _without(component: Component, *names: str) -> Component:
    return replace(component, properties=tuple(each for each in component.properties if each.name not in names))


def _without_range(component: Component) -> Component:
    return replace(component, properties=tuple(map(_plain, component.properties)))


def _plain(item: Property) -> Property:
    return replace(item, parameters=tuple(each for each in item.parameters if each[0] != "RANGE"))


def _endless() -> BadInput:
    return BadInput(
        Text(
            "eine Serie ohne Ende, die sich ab einem Tag für immer ändert (RANGE=THISANDFUTURE)",
            "a series without end that changes for ever from some day on (RANGE=THISANDFUTURE)",
        ),
        remedy=Text(
            "Die Serie in der Quelle enden lassen und ab diesem Tag eine neue anlegen.",
            "Let the series end in its source, and begin a new one on that day.",
        ),
        code="endless_range",
    )
