"""Whom to ask about a training: who is named there, else the town whose calendar it is, else the network's office."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_sync.wording import Fact
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
