"""A session of a training → the calendar object that should stand for it, without UID and marker.

Says nothing that a training does not say, and blocks nobody's time. A source's own object is kept whole, series and
exceptions included; only what its status means is added.
"""

from __future__ import annotations

from dataclasses import replace

from calendar_sync import wording
from network.ical.component import CalendarObject, Component, Property
from network.ical.values import escape, text_of
from network.ical.writing import event, fitting
from network.model import Session, Status, Training

COMPOSITION = 2
"""Goes up when the same training reads differently, so that entries written before are composed anew."""

_TRANSPARENT = Property("TRANSP", "TRANSPARENT")


def compose(training: Training, session: Session, uid: str = "") -> CalendarObject:
    """The whole object of one session, small enough to be written."""
    source = session.source_object
    item = CalendarObject(uid, (_event(training, session),)) if source is None else mirrored(source, training.status)
    return fitting(replace(item, uid=uid))


def mirrored(item: CalendarObject, status: Status) -> CalendarObject:
    """A source's own object as it stands in a calendar of ours."""
    return replace(item, components=tuple(with_status(transparent(each), status) for each in item.components))


def status_of(item: CalendarObject) -> Status:
    """Of a source's own object."""
    return Status.CANCELLED if item.main.value("STATUS").strip().upper() == "CANCELLED" else Status.PUBLISHED


def cancelled(item: CalendarObject) -> CalendarObject:
    """The same entry as one that does not take place."""
    return replace(item, components=tuple(with_status(each, Status.CANCELLED) for each in item.components))


def _event(training: Training, session: Session) -> Component:
    return event(
        start=session.start,
        end=session.end,
        summary=wording.title(training),
        description=wording.description(training, session),
        location=training.place.strip() or training.link.strip(),
        url=training.link.strip(),
        categories=tuple(dict.fromkeys(tag.strip() for tag in training.tags if tag.strip())),
        status="CANCELLED" if training.status is Status.CANCELLED else "CONFIRMED",
        extra=(_TRANSPARENT,),
    )


def transparent(component: Component) -> Component:
    """The event as one that blocks nobody's time."""
    kept = tuple(each for each in component.properties if each.name != "TRANSP")
    return replace(component, properties=(*kept, _TRANSPARENT))


def with_status(component: Component, status: Status) -> Component:
    """A cancelled series is cancelled in every part; of a series that takes place, only what its source cancelled."""
    if component.value("STATUS").upper() == "CANCELLED":
        status = Status.CANCELLED
    if status not in (Status.CANCELLED, Status.FULL):
        return component
    changed = {"SUMMARY": escape(wording.decorated(text_of(component, "SUMMARY") or "(ohne Titel)", status))}
    if status is Status.CANCELLED:
        changed["STATUS"] = "CANCELLED"
    kept = tuple(each for each in component.properties if each.name not in changed)
    return replace(component, properties=(*kept, *(Property(name, value) for name, value in changed.items())))
