"""Changes as sentences: "1 Kalender anlegen, 3 Schulungen eintragen"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from network.plan import Action, Change, Kind
from network.report import Result
from network.text import Language, Text

NOUNS: Mapping[Kind, Mapping[Language, tuple[str, str]]] = {
    Kind.ACCOUNT: {"de": ("Konto", "Konten"), "en": ("account", "accounts")},
    Kind.GROUP: {"de": ("Gruppe", "Gruppen"), "en": ("group", "groups")},
    Kind.MEMBER: {"de": ("Mitglied", "Mitglieder"), "en": ("member", "members")},
    Kind.TEAM: {"de": ("Team", "Teams"), "en": ("team", "teams")},
    Kind.FOLDER: {"de": ("Ordner", "Ordner"), "en": ("folder", "folders")},
    Kind.DOCUMENT: {"de": ("Dokument", "Dokumente"), "en": ("document", "documents")},
    Kind.ROOM: {"de": ("Unterhaltung", "Unterhaltungen"), "en": ("chat room", "chat rooms")},
    Kind.CALENDAR: {"de": ("Kalender", "Kalender"), "en": ("calendar", "calendars")},
    Kind.SHARE: {"de": ("Freigabe", "Freigaben"), "en": ("share", "shares")},
    Kind.ENTRY: {"de": ("Schulung", "Schulungen"), "en": ("training", "trainings")},
    Kind.MEETING: {"de": ("Treffen", "Treffen"), "en": ("meeting", "meetings")},
    Kind.TASK_LIST: {"de": ("Aufgabenliste", "Aufgabenlisten"), "en": ("task list", "task lists")},
    Kind.SOURCE_ENTRY: {"de": ("Termin", "Termine"), "en": ("event", "events")},
}

VERBS: Mapping[Action, Mapping[Language, str]] = {
    Action.CREATE: {"de": "anlegen", "en": "create"},
    Action.UPDATE: {"de": "ändern", "en": "update"},
    Action.MOVE: {"de": "verschieben", "en": "move"},
    Action.CANCEL: {"de": "als „fällt aus“ zeigen", "en": "show as cancelled"},
    Action.REMOVE: {"de": "entfernen", "en": "remove"},
    Action.RESTORE: {"de": "wiederherstellen", "en": "restore"},
    Action.ADOPT: {"de": "eingliedern", "en": "adopt"},
    Action.FORGET: {"de": "vergessen", "en": "forget"},
    Action.GRANT: {"de": "berechtigen", "en": "grant"},
    Action.REVOKE: {"de": "entziehen", "en": "revoke"},
}

OWN_VERBS: Mapping[tuple[Kind, Action], Mapping[Language, str]] = {
    (Kind.ENTRY, Action.CREATE): {"de": "eintragen", "en": "enter"},
    (Kind.MEETING, Action.CREATE): {"de": "eintragen", "en": "enter"},
    (Kind.SOURCE_ENTRY, Action.CREATE): {"de": "in der Quelle eintragen", "en": "enter in the source"},
    (Kind.SOURCE_ENTRY, Action.UPDATE): {"de": "in der Quelle ändern", "en": "change in the source"},
    (Kind.SOURCE_ENTRY, Action.CANCEL): {
        "de": "in der Quelle als „fällt aus“ zeigen",
        "en": "show as cancelled in the source",
    },
    (Kind.SOURCE_ENTRY, Action.REMOVE): {"de": "in der Quelle löschen", "en": "delete in the source"},
    (Kind.MEMBER, Action.GRANT): {"de": "aufnehmen", "en": "add"},
    (Kind.MEMBER, Action.CREATE): {"de": "aufnehmen", "en": "add"},
    (Kind.MEMBER, Action.REVOKE): {"de": "herausnehmen", "en": "take out"},
    (Kind.ACCOUNT, Action.REVOKE): {"de": "sperren", "en": "disable"},
    (Kind.ACCOUNT, Action.RESTORE): {"de": "entsperren", "en": "enable"},
    (Kind.SHARE, Action.GRANT): {"de": "erteilen", "en": "grant"},
    (Kind.SHARE, Action.CREATE): {"de": "erteilen", "en": "grant"},
    (Kind.SHARE, Action.REVOKE): {"de": "entziehen", "en": "revoke"},
    (Kind.DOCUMENT, Action.CREATE): {"de": "schreiben", "en": "write"},
}

RESULTS: Mapping[Result, Mapping[Language, str]] = {
    Result.DONE: {"de": "erledigt", "en": "done"},
    Result.FAILED: {"de": "fehlgeschlagen", "en": "failed"},
    Result.DEFERRED: {"de": "wird nachgeholt", "en": "deferred"},
    Result.SKIPPED: {"de": "übersprungen", "en": "skipped"},
}

SOURCE_STATES: Mapping[str, Text] = {
    "fresh": Text("neu gelesen", "read anew"),
    "unchanged": Text("unverändert", "unchanged"),
    "settling": Text("wird gerade bearbeitet, letzter guter Stand", "being edited, last good state"),
    "resting": Text("noch nicht wieder an der Reihe", "not due again yet"),
    "kept": Text("nicht lesbar, letzter guter Stand", "not readable, last good state"),
    "failed": Text("nicht lesbar", "not readable"),
    "forbidden": Text(
        "nicht erlaubt; die Gruppen wirken trotzdem, nur Themen und der Sicherheitsstopp für Personen nicht",
        "not allowed; groups work all the same, only topics and the guard for people don't",
    ),
}

FOREIGN: Mapping[str, Text] = {
    "entries": Text("Einträge", "entries"),
    "teams": Text("Teams", "teams"),
    "folders": Text("Ordner", "folders"),
    "rooms": Text("Unterhaltungen", "chat rooms"),
}
NOT_LOOKED = Text(
    "; bei Teams, Ordnern und Unterhaltungen diesmal nicht nachgesehen",
    "; teams, folders and chat rooms were not looked at this time",
)

KIND_ORDER = (
    Kind.CALENDAR,
    Kind.TASK_LIST,
    Kind.ENTRY,
    Kind.MEETING,
    Kind.SOURCE_ENTRY,
    Kind.ACCOUNT,
    Kind.GROUP,
    Kind.TEAM,
    Kind.FOLDER,
    Kind.ROOM,
    Kind.DOCUMENT,
    Kind.MEMBER,
    Kind.SHARE,
)


def counted(number: int, kind: Kind, language: Language) -> str:
    """`3 Schulungen`."""
    return f"{number} {NOUNS[kind][language][number != 1]}"


def deed(kind: Kind, action: Action, language: Language) -> str:
    """The verb for doing this to that: `eintragen` for creating an entry."""
    return OWN_VERBS.get((kind, action), VERBS[action])[language]


def summary(changes: Iterable[Change], language: Language) -> str:
    """`1 Kalender anlegen, 3 Schulungen eintragen`, or that nothing is to be done."""
    numbers = Counter((change.kind, change.action) for change in changes)
    if not numbers:
        return "Nichts zu tun." if language == "de" else "Nothing to do."
    ordered = sorted(numbers, key=lambda each: (KIND_ORDER.index(each[0]), list(Action).index(each[1])))
    return ", ".join(phrase(numbers[each], *each, language) for each in ordered)


def phrase(number: int, kind: Kind, action: Action, language: Language) -> str:
    if language == "de":
        return f"{counted(number, kind, language)} {deed(kind, action, language)}"
    return f"{deed(kind, action, language)} {counted(number, kind, language)}"


def untouched(foreign: Mapping[str, int], language: Language) -> str:
    """`Fremdes wird nicht angefasst: 312 Einträge, 41 Ordner`. Speaks only of what was looked at."""
    parts = [f"{number} {FOREIGN[name].language(language)}" for name, number in foreign.items() if number]
    none = [f"0 {FOREIGN[name].language(language)}" for name in foreign]
    start = Text("Fremdes wird nicht angefasst: ", "Not touched because not ours: ").language(language)
    return start + (", ".join(parts or none) or Text("nicht nachgesehen", "not looked").language(language))
