"""Why each right is asked of a data centre, and how far it reaches. Keys are the names of probes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from network.text import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence why, one sentence how far it goes."""

    why: Text
    limit: Text


_ONE_ACCOUNT = Text("nur dieses Konto.", "this account alone.")
_ALL_ACCOUNTS = Text(
    "gilt für alle Konten des Servers; unser Bedarf endet nach dem ersten Abgleich.",
    "holds for all accounts of the server; we need it until the first sync is over.",
)
_APP = Text(
    "eine App aus dem Verzeichnis von Nextcloud; sie ändert keine vorhandenen Daten.",
    "an app of Nextcloud's own store; it changes no data that exists.",
)
_PEOPLE = Reason(
    Text(
        "Wer zu welcher Verwaltung gehört, steht in Ihren Gruppen; daraus folgt, wer welche Kalender und Ordner sieht.",
        "Who belongs to which administration is in your groups; who sees which calendars and folders follows from it.",
    ),
    Text(
        "nur Gruppen und Konten, keine Dateien und keine Einstellungen des Servers.",
        "groups and accounts alone, no files and no settings of the server.",
    ),
)
_GROUP_WRITES = Reason(
    Text(
        "Das Netzwerk nimmt Beschäftigte in die Gruppen seiner Verwaltungen auf und nur diese wieder heraus.",
        "The network adds new staff to its administrations' groups; it takes out only whom it added itself.",
    ),
    _PEOPLE.limit,
)

REASONS: Mapping[str, Reason] = {
    "mail_address": Reason(
        Text(
            "Nextcloud verschickt Einladungen und Mitteilungen nur für Konten mit Mailadresse.",
            "Nextcloud sends invitations and notices only for accounts that have a mail address.",
        ),
        _ONE_ACCOUNT,
    ),
    "display_name": Reason(
        Text(
            "Der Anzeigename steht bei allen Beschäftigten hinter jedem Kalender, der ihnen freigegeben ist.",
            "The display name stands behind every calendar that staff are given.",
        ),
        _ONE_ACCOUNT,
    ),
    "brute_force": Reason(
        Text(
            "Solange die Bremse wirkt, wartet jede Anfrage des Abgleichs.",
            "While the delay lasts, every request of a sync waits.",
        ),
        Text("nur die genannte Adresse; der Schutz bleibt eingeschaltet.", "this address alone; protection stays on."),
    ),
    "sharing": Reason(
        Text("Ohne Freigaben sieht niemand die Kalender.", "Without shares nobody sees the calendars."),
        Text(
            "gilt für den ganzen Server; was Konten einzeln freigeben dürfen, regeln weiterhin Ihre Einstellungen.",
            "holds for the whole server; what accounts may share is still up to your settings.",
        ),
    ),
    "calendars": Reason(
        Text("Die Schulungen stehen in Kalendern.", "The trainings stand in calendars."),
        Text("die mitgelieferte Kalender-Schnittstelle.", "the calendar interface that comes with Nextcloud."),
    ),
    "calendar_creation": Reason(
        Text(
            "Der erste Abgleich legt alle Kalender an; unter der üblichen Grenze dauert er Stunden.",
            "The first sync makes all calendars; below the usual limit it takes hours.",
        ),
        _ALL_ACCOUNTS,
    ),
    "calendar_number": Reason(
        Text(
            "Alle Kalender des Netzwerks gehören diesem einen Konto.",
            "All calendars of the network belong to this one account.",
        ),
        Text("gilt für alle Konten des Servers, auf Dauer.", "holds for all accounts of the server, for good."),
    ),
    "share_limit": Reason(
        Text(
            "Der erste Abgleich gibt Kalender allen Verwaltungen frei; unter der üblichen Grenze dauert er Stunden.",
            "The first sync shares each calendar with each administration; below the usual limit it takes hours.",
        ),
        _ALL_ACCOUNTS,
    ),
    "teams": Reason(
        Text("Kalender und Ordner werden Teams freigegeben.", "Calendars and folders are shared with teams."), _APP
    ),
    "team_folders": Reason(
        Text(
            "Gemeinsame Ordner gehören damit niemandem allein und haben eine Grenze für den Speicherplatz.",
            "So shared folders belong to no single person and have a limit of space.",
        ),
        _APP,
    ),
    "rooms": Reason(
        Text("Austauschgruppen haben eine gemeinsame Unterhaltung.", "Exchange groups have a chat room."), _APP
    ),
    "read_groups": _PEOPLE,
    "read_accounts": _PEOPLE,
    "group_writes": _GROUP_WRITES,
    "account_writes": Reason(
        Text(
            "Das Netzwerk legt Konten für Personen an, die in der Personenliste stehen; es löscht nie ein Konto.",
            "The network creates accounts for people of the people list; it never deletes an account.",
        ),
        _PEOPLE.limit,
    ),
    "folder_writes": Reason(
        Text(
            "Das Netzwerk legt Projektordner an, setzt ihre Größe und regelt, welche Teams sie sehen.",
            "The network makes project folders, sets their size and says which teams see them.",
        ),
        Text(
            "nur Team-Ordner; andere als die eigenen werden nie angefasst.",
            "Team folders alone; any that are not our own are never touched.",
        ),
    ),
}
