"""Whom to ask about a training: who is named there, else the town whose calendar it is, else the network's office.

And the training without that person, for who may read no names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from calendar_sync.wording import Fact, unnamed
from network.ical.component import CalendarObject, Property
from network.ical.values import escape, unescape
from network.settings import Settings
from plugin.listed import Listed


@dataclass(frozen=True, slots=True)
class Office:
    """`person` is what the training itself names, as it was written there; the others are an office."""

    person: str
    office: str
    mail: str
    phone: str


def whom_to_ask(training: Listed, settings: Settings) -> Office:
    person = training.facts.get(Fact.CONTACT, "")
    calendar = settings.calendars.get(training.calendar)
    town = settings.administrations.get(calendar.owner) if calendar else None
    if town is not None and town.contacts.training:
        return Office(person, town.name, town.contacts.training, "")
    contact = settings.network.contact
    return Office(person, contact.name, contact.mail, contact.phone)


_PEOPLE = frozenset({"ORGANIZER", "ATTENDEE", "CONTACT"})


def naming_nobody(item: CalendarObject) -> CalendarObject:
    """The entry without the people whom it names in a place of their own."""
    return replace(
        item,
        components=tuple(
            replace(each, properties=tuple(_unnamed(one) for one in each.properties if one.name not in _PEOPLE))
            for each in item.components
        ),
    )


def _unnamed(one: Property) -> Property:
    return replace(one, value=escape(unnamed(unescape(one.value)))) if one.name == "DESCRIPTION" else one
