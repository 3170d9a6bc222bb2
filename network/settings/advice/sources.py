"""Sources that lead nowhere, and calendars, topics and groups that nothing fills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from network.settings.calendars import Calendar
from network.settings.connectors import KeptCalendar, ListConnector, PeopleTable, Table, TrainingTable
from network.settings.finding import Finding
from network.settings.locations import CloudFile
from network.settings.selections import selections
from network.settings.settings import Settings
from network.text import Text

_PROMISED = timedelta(hours=24)


def sources(settings: Settings) -> Iterator[Finding]:
    """Everything of that kind."""
    for key, calendar in settings.calendars.items():
        yield from _calendar(key, calendar, settings)
    yield from _unused(settings)
    for key, connector in settings.connectors.items():
        if isinstance(connector, Table):
            yield from _table(key, connector)
        if isinstance(connector, ListConnector):
            yield from _missing(key, connector)
    yield from _topics(settings)
    yield from _groups(settings)


def _calendar(key: str, calendar: Calendar, settings: Settings) -> Iterator[Finding]:
    if not calendar.share:
        yield Finding(
            "warning_shared_with_nobody",
            ("calendars", key, "share"),
            Text("niemand sieht diesen Kalender", "nobody sees this calendar"),
            Text("Zum Beispiel share: {administrations: all}", "For example share: {administrations: all}"),
        )
    connectors = [settings.connectors[name] for name in calendar.sources]
    if (calendar.where.tags or calendar.where.not_tags) and all(
        isinstance(connector, TrainingTable) and not connector.columns.tags for connector in connectors
    ):
        yield Finding(
            "warning_tag_not_delivered",
            ("calendars", key, "where"),
            Text(
                "keine Spalte liefert Themen; bei der Anbindung fehlt columns.tags",
                "no column delivers tags; columns.tags is missing at the connector",
            ),
        )


def _unused(settings: Settings) -> Iterator[Finding]:
    used = {name for calendar in settings.calendars.values() for name in calendar.sources}
    for key, connector in settings.connectors.items():
        if connector.provides == "trainings" and key not in used:
            yield Finding(
                "warning_connector_not_used",
                ("connectors", key),
                Text(
                    "kein Kalender nimmt Schulungen aus dieser Anbindung",
                    "no calendar takes trainings from this connector",
                ),
            )


def _table(key: str, table: Table) -> Iterator[Finding]:
    if isinstance(table, TrainingTable) and not table.columns.status:
        yield Finding(
            "warning_no_status_column",
            ("connectors", key, "columns"),
            Text(
                "ohne Spalte status gilt jede Zeile als veröffentlicht",
                "without a column status every row is published",
            ),
        )
    if table.notes and not isinstance(table.location, CloudFile):
        yield Finding(
            "warning_notes_nowhere",
            ("connectors", key, "notes"),
            Text(
                "Hinweise legen wir nur neben eine Tabelle in Nextcloud (nextcloud:/…)",
                "notes are only put beside a table in Nextcloud (nextcloud:/…)",
            ),
        )


def _missing(key: str, connector: ListConnector) -> Iterator[Finding]:
    is_meant = isinstance(connector, KeptCalendar) and connector.is_two_way  # there a deletion is carried over
    if connector.missing.after < _PROMISED and not is_meant:
        yield Finding(
            "warning_missing_soon",
            ("connectors", key, "missing", "after"),
            Text(
                "kürzer als 24 Stunden: so bleibt kaum Zeit, ein Versehen in der Quelle zu bemerken",
                "less than 24 hours: that leaves hardly any time to notice a slip in the source",
            ),
        )


def _topics(settings: Settings) -> Iterator[Finding]:
    if any(isinstance(one, PeopleTable) and one.columns.topics for one in settings.connectors.values()):
        return
    for location, selection, _ in selections(settings):
        for number, selector in enumerate(selection):
            if selector.topic:
                yield Finding(
                    "warning_topic_not_delivered",
                    (*location, number, "topic"),
                    Text(
                        "keine Personenliste liefert Themen (columns.topics); das trifft niemanden",
                        "no people list delivers topics (columns.topics); that is nobody",
                    ),
                )


def _groups(settings: Settings) -> Iterator[Finding]:
    if any(isinstance(one, PeopleTable) and one.columns.administration for one in settings.connectors.values()):
        return
    for key, administration in settings.administrations.items():
        if not administration.external:
            yield Finding(
                "warning_no_people_list",
                ("administrations", key, "external"),
                Text(
                    "keine Personenliste nennt Verwaltungen (columns.administration); die Gruppe bliebe leer",
                    "no people list names administrations (columns.administration); the group would stay empty",
                ),
            )
