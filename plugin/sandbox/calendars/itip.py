"""What invitations do to the text of calendar objects: guests, copies for guests, answers, cancellations. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy

from plugin.sandbox.calendars.ical import Component, Property, build, with_parameter

SENT, ANSWERED = "1.1", "2.0"


def address(found: Property) -> str:
    """The mail address or principal of an ORGANIZER or ATTENDEE, in lower case, without its scheme."""
    return found.value.strip().lower().removeprefix("mailto:")


def organizer(tree: Component) -> str:
    """The organiser's address, empty without one."""
    return next((address(found) for part in tree.main() for found in part.all("ORGANIZER")), "")


def guests(tree: Component) -> dict[str, Property]:
    """Who is to be told by the server, by address: neither the organiser nor who asked for SCHEDULE-AGENT=CLIENT."""
    own = organizer(tree)
    found = {address(one): one for part in tree.main() for one in part.all("ATTENDEE")}
    return {
        name: one
        for name, one in found.items()
        if name != own and one.parameters.get("SCHEDULE-AGENT", "").upper() != "CLIENT"
    }


def copy_for_guest(tree: Component) -> Component:
    """The object as it is put into a guest's calendar: without alarms and without the organiser's bookkeeping."""
    copy = deepcopy(tree)
    for part in copy.main():
        part.children = [child for child in part.children if child.name != "VALARM"]
        part.properties = [
            with_parameter(found, "SCHEDULE-STATUS", None) if found.name == "ATTENDEE" else found
            for found in part.properties
        ]
    return copy


def cancelled(tree: Component) -> Component:
    """The guest's copy after the organiser called it off."""
    copy = deepcopy(tree)
    for part in copy.main():
        part.properties = [found for found in part.properties if found.name != "STATUS"]
        part.properties.append(build("STATUS", "CANCELLED"))
    return copy


def with_statuses(tree: Component, addresses: Iterable[str]) -> Component:
    """The organiser's object after these guests were told."""
    told = set(addresses)
    return _each(
        tree, "ATTENDEE", lambda one: with_parameter(one, "SCHEDULE-STATUS", SENT) if address(one) in told else one
    )


def with_organizer_status(tree: Component) -> Component:
    """The guest's own copy after its answer was sent."""
    return _each(tree, "ORGANIZER", lambda one: with_parameter(one, "SCHEDULE-STATUS", SENT))


def with_answer(tree: Component, guest: str, answer: str) -> Component:
    """The organiser's object after this guest answered."""

    def answered(one: Property) -> Property:
        if address(one) != guest:
            return one
        one = with_parameter(one, "PARTSTAT", answer)
        return with_parameter(with_parameter(one, "RSVP", None), "SCHEDULE-STATUS", ANSWERED)

    return _each(tree, "ATTENDEE", answered)


def answer_of(tree: Component, guest: str) -> str:
    """The guest's PARTSTAT, NEEDS-ACTION if there is none, empty if the person is no guest."""
    for part in tree.main():
        for one in part.all("ATTENDEE"):
            if address(one) == guest:
                return one.parameters.get("PARTSTAT", "NEEDS-ACTION").upper()
    return ""


def essence(tree: Component) -> list[tuple[str, str]]:
    """What decides whether guests get another mail."""
    names = ("DTSTART", "DTEND", "DURATION", "RRULE", "SEQUENCE", "LAST-MODIFIED", "RECURRENCE-ID", "STATUS")
    return sorted((name, part.value(name)) for part in tree.main() for name in names)


def _each(tree: Component, name: str, change: Callable[[Property], Property]) -> Component:
    copy = deepcopy(tree)
    for part in copy.main():
        part.properties = [change(found) if found.name == name else found for found in part.properties]
    return copy
