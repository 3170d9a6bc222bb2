"""What the server accepts as a calendar object, what it repairs, and with which status it refuses.

Repairs (a missing UID, DTSTAMP, VERSION or PRODID) change the text, so the answer to the PUT carries no ETag. Much that
is wrong passes, as measured: an end before the start, a TZID without its definition, a rule without occurrences.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from radicale.item import Item

from plugin.sandbox.calendars.ical import Component, Property, Unreadable, build, read, write
from plugin.sandbox.dav_error import Refusal

LARGEST = 10_485_760
DATE = re.compile(r"^\d{8}$")
DATE_TIME = re.compile(r"^\d{8}T\d{6}Z?$")
DATES = ("DTSTART", "DTEND", "DTSTAMP", "DUE", "RECURRENCE-ID", "EXDATE", "CREATED", "LAST-MODIFIED", "COMPLETED")
ONCE = ("UID", "DTSTAMP", "DTSTART", "CLASS", "CREATED", "DESCRIPTION", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER",
        "PRIORITY", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "URL", "RECURRENCE-ID", "RRULE", "DTEND",
        "DURATION")  # fmt: skip
PRODUCT = "-//Sandbox//NONSGML Nextcloud stand-in//EN"


@dataclass(frozen=True, slots=True)
class Checked:
    """`text` is what will be stored; `repaired`: it is not what came in."""

    text: str
    tree: Component
    uid: str
    component: str
    classification: str
    repaired: bool


def check(body: bytes, components: tuple[str, ...], now: datetime, strict: bool = False) -> Checked:
    """Raises Refusal. `components` is what the calendar takes; `strict` as `Prefer: handling=strict` asks."""
    if len(body) > LARGEST:
        raise Refusal(403, "Forbidden", f"VEvent or VTodo object exceeds {LARGEST} bytes")
    text, reencoded = _decoded(body)
    tree = _read(text)
    kinds = {component.name for component in tree.main()}
    _check_kinds(tree, kinds, components)
    repaired = _repair(tree, now)
    if repaired and strict:
        raise _unsupported("Validation error in iCalendar: UID MUST appear exactly once in a VEVENT component")
    _check_calendar(tree, kinds)
    for component in tree.main():
        _check_component(component)
    if repaired:
        text = write(tree)
    first = tree.main()[0]
    return Checked(text, tree, first.value("UID"), first.name, _class_of(tree), repaired or reencoded)


def _decoded(body: bytes) -> tuple[str, bool]:
    try:
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        return body.decode("latin-1"), True


def _read(text: str) -> Component:
    try:
        tree = read(text)
    except Unreadable as error:
        raise _unsupported(f"This resource only supports valid iCalendar 2.0 data. Parse error: {error}") from error
    if tree.name != "VCALENDAR":
        raise _unsupported("This collection can only support iCalendar objects.")
    return tree


def _check_kinds(tree: Component, kinds: set[str], components: tuple[str, ...]) -> None:
    last = tree.main()[-1].name if tree.main() else ""
    if last not in components:
        raise Refusal(
            403,
            "InvalidComponentType",
            "iCalendar objects must at least have a component of type " + ", ".join(components),
            '<cal:supported-calendar-component xmlns:cal="urn:ietf:params:xml:ns:caldav"/>',
        )


def _repair(tree: Component, now: datetime) -> bool:
    repaired = False
    for name, value in (("VERSION", "2.0"), ("PRODID", PRODUCT)):
        if not tree.first(name):
            tree.properties.insert(0, build(name, value))
            repaired = True
    for component in tree.main():
        if not component.first("UID"):
            component.properties.append(build("UID", f"sabre-vobject-{uuid.uuid4()}"))
            repaired = True
        if not component.first("DTSTAMP"):
            component.properties.append(build("DTSTAMP", now.strftime("%Y%m%dT%H%M%SZ")))
            repaired = True
    return repaired


def _check_calendar(tree: Component, kinds: set[str]) -> None:
    if tree.value("VERSION") != "2.0":
        raise _invalid("Only iCalendar version 2.0 as defined in rfc5545 is supported.")
    if tree.first("METHOD"):
        raise _invalid("A calendar object on a CalDAV server MUST NOT have a METHOD property.")
    if len({component.value("UID") for component in tree.main()}) > 1:
        raise _invalid("A calendar object on a CalDAV server may only have components with the same UID.")
    if len(kinds) > 1:
        raise _invalid(
            "A calendar object on a CalDAV server may only have 1 type of component (VEVENT, VTODO or VJOURNAL)."
        )
    masters = [component for component in tree.main() if not component.first("RECURRENCE-ID")]
    if len(masters) > 1:
        raise _invalid(f"More than one master object was found for the object with UID {masters[0].value('UID')}")


def _check_component(component: Component) -> None:
    if component.name == "VEVENT" and not component.first("DTSTART"):
        raise _invalid("DTSTART MUST appear exactly once in a VEVENT component")
    for name in ONCE:
        if len(component.all(name)) > 1:
            raise _invalid(f"{name} MUST NOT appear more than once in a {component.name} component")
    for found in component.properties:
        if found.name in DATES:
            _check_dates(found)
    if component.first("RRULE") and component.first("EXDATE") and _is_all_excluded(component):
        raise Refusal(403, "Forbidden", "This recurrence rule does not generate any valid instances")


def _check_dates(found: Property) -> None:
    is_date = found.parameters.get("VALUE", "").upper() == "DATE"
    for value in found.value.split(","):
        pattern = DATE if is_date else DATE_TIME
        if not pattern.match(value.strip()) and not (not is_date and DATE.match(value.strip())):
            kind = "DATE" if is_date else "DATE-TIME"
            raise _invalid(f"The supplied value ({value}) is not a correct {kind}")


def _is_all_excluded(component: Component) -> bool:
    """Whether a rule loses every occurrence to its exceptions; a rule without occurrences passes, as measured."""
    text = write(Component("VCALENDAR", [build("VERSION", "2.0")], [component]))
    try:
        occurrences = Item(collection_path="", text=text).vobject_item.vevent.getrruleset(addRDate=True)
        return next(iter(occurrences), None) is None
    except Exception:  # noqa: BLE001 - vobject raises anything; what it cannot read is not refused for this
        return False


def _class_of(tree: Component) -> str:
    return next((value.upper() for part in tree.main() if (value := part.value("CLASS"))), "PUBLIC")


def _invalid(message: str) -> Refusal:
    return _unsupported(f"Validation error in iCalendar: {message}")


def _unsupported(message: str) -> Refusal:
    return Refusal(415, "UnsupportedMediaType", message)
