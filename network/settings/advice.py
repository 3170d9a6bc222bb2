"""What is allowed but seldom meant. Each piece of advice is a warning: it never keeps anybody from working."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from network.document import Branch
from network.settings.connectors import FileConnector, PeopleTable, TrainingTable
from network.settings.finding import Finding, Location
from network.settings.locations import CloudFile
from network.settings.selections import selections
from network.settings.settings import Settings
from network.settings.twofold import seen_twice, too_many_calendars
from network.text import NOTHING, Text

_LEVEL_4 = ("trainings", "training_concepts", "roles", "privacy", "report")
_PROMISED = timedelta(hours=24)


def advice(settings: Settings, root: Branch, today: date) -> Iterator[Finding]:
    """All warnings that the configuration alone gives."""
    yield from _transport(settings)
    yield from _calendars(settings)
    yield from _connectors(settings)
    yield from _people(settings)
    yield from _ends(settings, today)
    yield from _managed_by_all(settings)
    yield from _single_admin(settings)
    yield from seen_twice(settings)
    yield from too_many_calendars(settings)
    yield from _level_4(root)


def _transport(settings: Settings) -> Iterator[Finding]:
    if not settings.nextcloud.verify:
        yield _warning(
            "warning_tls_not_verified",
            ("nextcloud", "verify"),
            "ACHTUNG: Zertifikate werden nicht geprüft; wer im Netz dazwischensitzt, liest das Passwort mit",
            "ATTENTION: certificates are not verified; whoever sits in between reads the password",
            remedy=Text(
                "Besser: ca_file mit dem Zertifikat Ihres Rechenzentrums", "Better: ca_file with your certificate"
            ),
        )
    places: list[tuple[Location, bool]] = [(("nextcloud", "allow_http"), settings.nextcloud.allow_http)]
    places += [
        (("connectors", key, "allow_http"), one.allow_http)
        for key, one in settings.connectors.items()
        if isinstance(one, FileConnector)
    ]
    for location, allowed in places:
        if allowed:
            yield _warning(
                "warning_not_encrypted",
                location,
                "ACHTUNG: unverschlüsselte Verbindungen sind erlaubt; Passwörter und Daten gehen offen durchs Netz",
                "ATTENTION: connections without encryption are allowed; passwords and data go openly through the net",
            )


def _calendars(settings: Settings) -> Iterator[Finding]:
    for key, calendar in settings.calendars.items():
        if not calendar.share:
            yield _warning(
                "warning_shared_with_nobody",
                ("calendars", key, "share"),
                "niemand sieht diesen Kalender",
                "nobody sees this calendar",
                remedy=Text("Zum Beispiel share: {administrations: all}", "For example share: {administrations: all}"),
            )
        tables = [settings.connectors[name] for name in calendar.sources if name in settings.connectors]
        without_tags = all(isinstance(one, TrainingTable) and not one.columns.tags for one in tables)
        if (calendar.where.tags or calendar.where.not_tags) and tables and without_tags:
            yield _warning(
                "warning_tag_not_delivered",
                ("calendars", key, "where"),
                "keine Spalte liefert Themen; bei der Anbindung fehlt columns.tags",
                "no column delivers tags; columns.tags is missing at the connector",
            )


def _connectors(settings: Settings) -> Iterator[Finding]:
    used = {name for calendar in settings.calendars.values() for name in calendar.sources}
    for key, connector in settings.connectors.items():
        if connector.provides == "trainings" and key not in used:
            yield _warning(
                "warning_connector_not_used",
                ("connectors", key),
                "kein Kalender nimmt Schulungen aus dieser Anbindung",
                "no calendar takes trainings from this connector",
            )
        if isinstance(connector, TrainingTable) and not connector.columns.status:
            yield _warning(
                "warning_no_status_column",
                ("connectors", key, "columns"),
                "ohne Spalte status gilt jede Zeile als veröffentlicht",
                "without a column status every row is published",
            )
        if isinstance(connector, TrainingTable | PeopleTable) and connector.notes:
            if not isinstance(connector.location, CloudFile):
                yield _warning(
                    "warning_notes_nowhere",
                    ("connectors", key, "notes"),
                    "Hinweise legen wir nur neben eine Tabelle in Nextcloud (nextcloud:/…)",
                    "notes are only put beside a table in Nextcloud (nextcloud:/…)",
                )
        if isinstance(connector, FileConnector) and connector.missing.after < _PROMISED:
            yield _warning(
                "warning_missing_soon",
                ("connectors", key, "missing", "after"),
                "kürzer als 24 Stunden: ein Versehen in der Quelle bleibt dann kaum Zeit, bemerkt zu werden",
                "less than 24 hours: that leaves hardly any time to notice a slip in the source",
            )


def _people(settings: Settings) -> Iterator[Finding]:
    lists = [one for one in settings.connectors.values() if isinstance(one, PeopleTable)]
    if not any(one.columns.topics for one in lists):
        for location, selection, _ in selections(settings):
            for number, selector in enumerate(selection):
                if selector.topic:
                    yield _warning(
                        "warning_topic_not_delivered",
                        (*location, number, "topic"),
                        "keine Personenliste liefert Themen (columns.topics); das trifft niemanden",
                        "no people list delivers topics (columns.topics); that is nobody",
                    )
    if not any(one.columns.administration for one in lists):
        for key, administration in settings.administrations.items():
            if not administration.external:
                yield _warning(
                    "warning_no_people_list",
                    ("administrations", key, "external"),
                    "keine Personenliste nennt Verwaltungen (columns.administration); die Gruppe bliebe leer",
                    "no people list names administrations (columns.administration); the group would stay empty",
                )


def _ends(settings: Settings, today: date) -> Iterator[Finding]:
    ends: list[tuple[Location, date | None]] = [
        (("projects", key, "until"), project.until) for key, project in settings.projects.items()
    ]
    ends += [
        (("exchange_groups", key, "meetings", "until"), group.meetings and group.meetings.until)
        for key, group in settings.exchange_groups.items()
    ]
    for location, end in ends:
        if end is not None and end < today:
            yield _warning(
                "warning_over",
                location,
                f"liegt in der Vergangenheit ({end:%d.%m.%Y})",
                f"lies in the past ({end.isoformat()})",
            )
    skipping = [
        group for group in settings.exchange_groups.values() if group.meetings and "school_holidays" in group.skip
    ]
    if skipping and not any(holiday.last >= today for holiday in settings.school_holidays):
        yield _warning(
            "warning_no_school_holidays",
            ("school_holidays",),
            "keine Schulferien ab heute eingetragen; Treffen fallen in den Ferien nicht aus",
            "no school holidays from today on; meetings don't fall through in the holidays",
        )


def _managed_by_all(settings: Settings) -> Iterator[Finding]:
    for key, project in settings.projects.items():
        for number, selector in enumerate(project.access.manage):
            if selector.model_fields_set == {"administrations"}:
                yield _warning(
                    "warning_managed_by_all",
                    ("projects", key, "access", "manage", number),
                    "alle Beschäftigten dürften Rechte ändern und den Papierkorb leeren; edit genügt meist",
                    "all staff could change rights and empty the trash bin; edit is mostly enough",
                )


def _single_admin(settings: Settings) -> Iterator[Finding]:
    admins = settings.roles.network_admins
    if len(admins) == 1 and admins[0].model_fields_set == {"people"} and len(admins[0].people) == 1:
        yield _warning(
            "warning_single_admin",
            ("roles", "network_admins"),
            "nur eine Person; im Urlaub kann niemand etwas ändern",
            "one person only; nobody can change anything during a holiday",
        )


def _level_4(root: Branch) -> Iterator[Finding]:
    there = [section for section in _LEVEL_4 if section in root]
    if there:
        listed = ", ".join(there)
        yield _warning(
            "warning_level_4",
            (there[0],),
            f"Anmeldung, Teilnahme und Bericht (Stufe 4) werden geprüft, in dieser Version aber nicht ausgeführt: {listed}",
            f"registration, attendance and report (level 4) are checked, but not carried out in this version: {listed}",
        )


def _warning(code: str, location: Location, de: str, en: str, *, remedy: Text = NOTHING) -> Finding:
    return Finding(code, location, Text(de, en), remedy)
