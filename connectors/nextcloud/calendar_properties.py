"""What a calendar should be called and look like, as properties on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from connectors.dav.xml import CALDAV, DAV
from connectors.nextcloud.dav_xml import APPLE
from network.ports import CalendarWish

if TYPE_CHECKING:
    from caldav.elements.base import ValuedBaseElement


def wish_properties(wish: CalendarWish) -> dict[str, str]:
    return {
        f"{DAV}displayname": wish.name,
        f"{APPLE}calendar-color": wish.color,
        f"{CALDAV}calendar-description": wish.description,
        f"{CALDAV}calendar-timezone": timezone_text(wish.timezone),
    }


def wish_elements(wish: CalendarWish) -> list[ValuedBaseElement]:
    return [marker_element(name, value) for name, value in wish_properties(wish).items()]


def marker_element(name: str, value: str) -> ValuedBaseElement:
    """Any property by its full name, as the library caldav takes it."""
    from caldav.elements.base import ValuedBaseElement

    class Named(ValuedBaseElement):
        tag = name

    return Named(value)


def timezone_text(timezone: str) -> str:
    """A VCALENDAR with the one VTIMEZONE of an IANA name, as RFC 4791 section 5.2.2 wants it."""
    from icalendar import Calendar, Timezone

    ZoneInfo(timezone)  # an unknown name is a mistake of the caller and ends here
    calendar = Calendar()
    calendar.add("prodid", "-//Digitalnetzwerk//DE")
    calendar.add("version", "2.0")
    calendar.add_component(Timezone.from_tzid(timezone))
    return str(calendar.to_ical(), "utf-8")
