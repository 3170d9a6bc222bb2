"""The doors through which iCalendar comes in: a source's feed, and what stands in Nextcloud.

A source's object comes in cleaned: silent, with IANA zones, every time readable. What stands in Nextcloud comes in
whole, because whatever a person added there stays. In both, the UID is the object's and no property of a component.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from icalendar.prop import vRecur

from network.errors import BadInput
from network.ical.component import CalendarObject, Component, Property
from network.ical.feed import RawObject, decode, split, unfold
from network.ical.lines import parse_components
from network.ical.silence import silenced
from network.ical.timezones import by_name, resolve
from network.ical.values import Moment, moment, property_of, span
from network.text import Text

__all__ = ["RawObject", "clean_object", "parse_object", "plain_object", "split"]

# Nothing that one could attend, and a server that looks for a rule's last date counts every one.
_TOO_OFTEN = frozenset(("SECONDLY", "MINUTELY", "HOURLY"))
_LARGEST = 500_000
_MOMENTS = frozenset(("DTSTART", "DTEND", "RECURRENCE-ID"))
_MOMENT_LISTS = frozenset(("EXDATE", "RDATE"))
_ZONED = _MOMENTS | _MOMENT_LISTS


def clean_object(raw: RawObject, *, timezone: str) -> CalendarObject:
    """A source's object as it may stand in a calendar; `timezone` (IANA) is where its floating times are meant.

    Exceptions follow the main event by RECURRENCE-ID. Times are in UTC or in an IANA zone; a DURATION became a DTEND.
    BadInput, each time with its own code: `broken_line`, `no_start`, `bad_date`, `bad_duration`, `ends_before_start`,
    `unknown_timezone`, `bad_rule`, `not_public`, and `too_large` for more than 500,000 characters beside the
    description, which is shortened later.
    """
    zones = _Zones(_definitions(raw.timezones), by_name(raw.calendar_zone) or timezone)
    events = [_clean(event, zones) for event in parse_components(raw.text) if event.name == "VEVENT"]
    return CalendarObject(raw.uid or raw.key, tuple(sorted(events, key=_recurrence)))


def plain_object(item: CalendarObject, *, timezone: str) -> CalendarObject:
    """A stored object (`parse_object`) cleaned like a source's; its components keep their order. As `clean_object`."""
    zones = _Zones({}, timezone)
    return replace(item, components=tuple(_clean(each, zones) for each in item.components))


def parse_object(data: bytes) -> CalendarObject:
    """The object in a stored file with everything that is in it, alarms and guests included; main event first.

    BadInput `broken_line`, or `no_event` when it holds something else.
    """
    calendars = parse_components(decode(unfold(data)))
    inside = [each for calendar in calendars for each in calendar.components]
    events = [each for each in inside if each.name == "VEVENT"]
    if not events:
        raise _bad("no_event", "die Datei enthält keinen Termin", "the file holds no event")
    definitions = {each.value("TZID"): each for each in inside if each.name == "VTIMEZONE"}
    known = [_without_uid(_named_zones(event, definitions)) for event in events]
    return CalendarObject(events[0].value("UID").strip(), tuple(sorted(known, key=_recurrence)))


class _Zones:
    """The zones of one feed: what its TZIDs mean, and where its floating times are meant."""

    def __init__(self, definitions: dict[str, Component], floating: str) -> None:
        self.definitions = definitions
        self.floating = floating

    def of(self, item: Property) -> str:
        tzid = item.parameter("TZID")
        if not tzid:
            return self.floating
        found = resolve(tzid, self.definitions, preferred=self.floating)
        if not found:
            raise _bad("unknown_timezone", f"unbekannte Zeitzone „{tzid}“", f"unknown time zone “{tzid}”")
        return found

    def moment(self, item: Property, value: str) -> Moment:
        # Seen: `VALUE=DATE` with a time behind it, and `Z` behind a time that names a zone.
        is_date = item.parameter("VALUE").upper() == "DATE"
        text = value.strip().upper()
        zone = "" if is_date or text.endswith("Z") or "T" not in text else self.of(item)
        return moment(text[:8] if is_date else text, zone, where=item.name)


@lru_cache(maxsize=8)
def _definitions(timezones: tuple[str, ...]) -> dict[str, Component]:
    found: dict[str, Component] = {}
    for text in timezones:
        try:
            found |= {each.value("TZID"): each for each in parse_components(text)}
        except BadInput:
            continue  # costs only the events that need this very zone
    return found


def _clean(event: Component, zones: _Zones) -> Component:
    _must_be_public(event)
    if event.first("DTSTART") is None:
        raise _bad("no_start", "der Beginn fehlt", "the start is missing")
    plain = silenced(event)
    _must_be_small(plain)
    properties = [known for item in plain.properties for known in _known(item, zones)]
    return _with_end(replace(plain, properties=tuple(properties)))


def _known(item: Property, zones: _Zones) -> list[Property]:
    """The property with its times in known zones; lists of times one by one."""
    if item.name in _MOMENTS:
        extra = tuple(each for each in item.parameters if each[0] == "RANGE")
        found = property_of(item.name, zones.moment(item, item.value))
        return [replace(found, parameters=(*extra, *found.parameters))]
    if item.name in _MOMENT_LISTS:
        return [_listed(item, each, zones) for each in item.value.split(",") if each.strip()]
    if item.name in ("RRULE", "EXRULE"):
        _must_be_a_rule(item)
    return [item]


def _listed(item: Property, value: str, zones: _Zones) -> Property:
    """One time of an EXDATE or RDATE; of a period only its start, because Nextcloud's clients know no other."""
    plain = replace(item, parameters=tuple(each for each in item.parameters if each != ("VALUE", ("PERIOD",))))
    return property_of(item.name, zones.moment(plain, value.partition("/")[0]))


def _with_end(event: Component) -> Component:
    start, end = span(event)
    if event.first("DTEND") is None and event.first("DURATION") is None:
        return event
    kept = tuple(each for each in event.properties if each.name not in ("DTEND", "DURATION"))
    return (
        replace(event, properties=(*kept, property_of("DTEND", end)))
        if end != start
        else replace(event, properties=kept)
    )


def _must_be_public(event: Component) -> None:
    """RFC 5545 section 3.8.1.3: a class that nobody knows is to be treated as PRIVATE."""
    classified = event.value("CLASS").strip().upper()
    if classified not in ("", "PUBLIC"):
        raise _bad("not_public", f"nicht öffentlich (CLASS:{classified})", f"not public (CLASS:{classified})")


def _must_be_small(event: Component) -> None:
    size = sum(len(item.value) for item in event.properties if item.name != "DESCRIPTION")
    if size > _LARGEST:
        raise _bad("too_large", f"zu groß ({size} Zeichen)", f"too large ({size} characters)")


def _must_be_a_rule(item: Property) -> None:
    try:
        rule = vRecur.from_ical(item.value)
    except (ValueError, KeyError, TypeError) as error:
        raise _bad("bad_rule", f"unlesbare Wiederholung „{item.value}“", f"unreadable rule “{item.value}”") from error
    if not rule.get("FREQ"):
        raise _bad("bad_rule", f"Wiederholung ohne FREQ „{item.value}“", f"a rule without FREQ “{item.value}”")
    if _TOO_OFTEN & set(rule["FREQ"]):
        raise _bad(
            "bad_rule", f"zu häufige Wiederholung „{item.value}“", f"a rule that repeats too often “{item.value}”"
        )
    if any(number < 1 for name in ("INTERVAL", "COUNT") for number in rule.get(name, ())):
        raise _bad("bad_rule", f"unlesbare Wiederholung „{item.value}“", f"unreadable rule “{item.value}”")


def _named_zones(event: Component, definitions: dict[str, Component]) -> Component:
    """Known zones by their IANA names; one that nobody knows stays as it stands."""
    return replace(event, properties=tuple(_named_zone(each, definitions) for each in event.properties))


def _named_zone(item: Property, definitions: dict[str, Component]) -> Property:
    tzid = item.parameter("TZID")
    if item.name not in _ZONED or not tzid:
        return item
    name = resolve(tzid, definitions, preferred="UTC") or tzid
    return replace(
        item, parameters=tuple((key, (name,) if key == "TZID" else values) for key, values in item.parameters)
    )


def _without_uid(event: Component) -> Component:
    return replace(event, properties=tuple(each for each in event.properties if each.name != "UID"))


def _recurrence(event: Component) -> str:
    return event.value("RECURRENCE-ID")


def _bad(code: str, german: str, english: str) -> BadInput:
    return BadInput(Text(german, english), code=code)
