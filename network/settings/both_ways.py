"""Calendars that go both ways: one of ours and one source, and nothing between them that would tell them apart."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.calendars import Calendar
from network.settings.connectors import KeptCalendar, NextcloudCalendar
from network.settings.finding import Finding
from network.settings.settings import Settings
from network.text import Text


def both_ways(settings: Settings) -> Iterator[Finding]:
    """Where a connector with `mode: two-way` can't be written back as the configuration stands."""
    users: dict[str, str] = {}
    for key, calendar in settings.calendars.items():
        for number, name in enumerate(calendar.sources):
            if not _is_two_way(name, settings):
                continue
            if name in users:
                yield _second(key, number, name, users[name])
            users.setdefault(name, key)
            yield from _calendar(key, calendar, name)
    for key, connector in settings.connectors.items():
        if isinstance(connector, NextcloudCalendar) and connector.is_two_way and connector.owner:
            yield Finding(
                "two_way_of_a_member",
                ("connectors", key, "mode"),
                Text(
                    "in die Kalender dieses Nextcloud schreibt nur, was in der Datei des Netzwerks steht",
                    "only what stands in the network's own file writes into calendars of this Nextcloud",
                ),
            )


def editors(settings: Settings) -> Iterator[Finding]:
    """Calendars that go both ways, and that nobody may change by hand."""
    for key, calendar in settings.calendars.items():
        if not calendar.edit and any(_is_two_way(name, settings) for name in calendar.sources):
            yield Finding(
                "warning_two_way_without_editors",
                ("calendars", key),
                Text(
                    "mode: two-way trägt zurück, was von Hand geändert wurde; hier darf das niemand",
                    "mode: two-way carries back what is changed by hand; nobody may do that here",
                ),
                Text("Zum Beispiel edit: {people: [erika.beispiel]}", "For example edit: {people: [erika.beispiel]}"),
            )


def _calendar(key: str, calendar: Calendar, name: str) -> Iterator[Finding]:
    if len(calendar.sources) > 1:
        yield Finding(
            "two_way_not_alone",
            ("calendars", key, "from"),
            Text(
                f"{name} wird auch zurückgeschrieben (mode: two-way), dann nimmt der Kalender nur aus dieser Anbindung",
                f"{name} is written back too (mode: two-way), so the calendar takes from this connector alone",
            ),
        )
    if calendar.where.tags or calendar.where.not_tags:
        yield Finding(
            "two_way_selects",
            ("calendars", key, "where"),
            Text(
                f"{name} wird auch zurückgeschrieben (mode: two-way); dann stehen alle Termine auf beiden Seiten",
                f"{name} is written back too (mode: two-way); then all events stand on both sides",
            ),
        )


def _second(key: str, number: int, name: str, first: str) -> Finding:
    return Finding(
        "two_way_twice",
        ("calendars", key, "from", number),
        Text(
            f"{name} wird auch zurückgeschrieben (mode: two-way) und gehört schon zum Kalender {first}; "
            "mehr als einer geht nicht",
            f"{name} is written back too (mode: two-way) and belongs to the calendar {first} already; "
            "more than one is impossible",
        ),
    )


def _is_two_way(name: str, settings: Settings) -> bool:
    connector = settings.connectors.get(name)
    return isinstance(connector, KeptCalendar) and connector.is_two_way
