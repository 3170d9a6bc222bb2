"""What makes an object ours for everybody who looks at it: properties of an entry, and one property of a calendar.

With them a lost state database costs a re-read and never a duplicate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from network.ical.canonical import MARKER, is_marker
from network.ical.component import CalendarObject, Component, Property
from network.ical.values import escape, text_of


@dataclass(frozen=True, slots=True)
class Marker:
    """Where an entry comes from. `digest` is that of the content we meant: another one tells of an edit by hand.

    `cancellations`: what people cancelled of it (cancellation.py); never who.
    """

    network: str
    uid: str
    connector: str
    key: str
    session: int
    fingerprint: str
    digest: str
    cancellations: str = ""


def with_marker(item: CalendarObject, marker: Marker) -> CalendarObject:
    """The object with exactly this marker on its main component."""
    plain = without_marker(item)
    values = (
        ("NETWORK", marker.network),
        ("UID", marker.uid),
        ("CONNECTOR", marker.connector),
        ("KEY", marker.key),
        ("SESSION", str(marker.session)),
        ("FINGERPRINT", marker.fingerprint),
        ("DIGEST", marker.digest),
        *((("CANCELLED", marker.cancellations),) if marker.cancellations else ()),
    )
    marks = tuple(Property(MARKER + name, escape(value)) for name, value in values)
    main = replace(plain.main, properties=(*plain.main.properties, *marks))
    return CalendarObject(item.uid, (main, *plain.components[1:]))


def without_marker(item: CalendarObject) -> CalendarObject:
    return replace(item, components=tuple(_unmarked(each) for each in item.components))


def read_marker(item: CalendarObject) -> Marker | None:
    """The marker of an object that we wrote; None for anything else."""
    main = item.main
    network, uid = text_of(main, MARKER + "NETWORK"), text_of(main, MARKER + "UID")
    if not network or not uid:
        return None
    session = text_of(main, MARKER + "SESSION")
    return Marker(
        network,
        uid,
        text_of(main, MARKER + "CONNECTOR"),
        text_of(main, MARKER + "KEY"),
        int(session) if session.isdecimal() else 1,
        text_of(main, MARKER + "FINGERPRINT"),
        text_of(main, MARKER + "DIGEST"),
        text_of(main, MARKER + "CANCELLED"),
    )


def calendar_mark(network: str, key: str) -> str:
    """The value of the property that we put on a calendar of ours."""
    return f"{network}/{key}"


def marked_key(mark: str, network: str) -> str:
    """The key behind a calendar's mark; empty when it is not one of this network."""
    prefix = f"{network}/"
    return mark[len(prefix) :] if mark.startswith(prefix) else ""


def _unmarked(component: Component) -> Component:
    return replace(component, properties=tuple(each for each in component.properties if not is_marker(each)))
