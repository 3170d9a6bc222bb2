"""Every sentence of this package that a person reads: reasons of changes and problems, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from network.problems import Problem
from network.text import Text
from workspace_sync.wish import SHARE, UPDATE

_SHOWN = 3

# ---------------------------------------------------------------------------------------------------- reasons

WANTED = Text("steht in der Konfiguration und ist noch nicht da", "stands in the configuration and isn't there yet")
WITH_ITS_TEAM = Text(
    "steht in der Konfiguration; dieses Nextcloud legt den Ordner zusammen mit dem Team an",
    "stands in the configuration; this Nextcloud makes the folder together with the team",
)
WAS_REMOVED = Text(
    "steht in der Konfiguration; war schon einmal in Nextcloud und fehlt dort",
    "stands in the configuration; was in Nextcloud before and is missing there",
)
WISH_MOVED = Text("steht jetzt so in der Konfiguration", "stands like this in the configuration now")
BOTH_MOVED = Text(
    "in der Konfiguration und in Nextcloud geändert; die Konfiguration gilt",
    "changed in the configuration and in Nextcloud; the configuration holds",
)
RENAMED_BACK = Text(
    "in Nextcloud umbenannt; der Name der Konfiguration gilt (on_rename: put_back)",
    "renamed in Nextcloud; the name of the configuration holds (on_rename: put_back)",
)
UNFINISHED = Text("von uns angelegt, aber noch nicht gekennzeichnet", "made by us, not marked yet")
MARK_MISSING = Text("unsere Kennzeichnung fehlt", "our mark is missing")
GRANTED = Text("laut Konfiguration", "as the configuration says")
GRANTED_AGAIN = Text(
    "laut Konfiguration; war schon einmal in Nextcloud und fehlt dort",
    "as the configuration says; was in Nextcloud before and is missing there",
)
NOT_GRANTED = Text("steht nicht mehr in der Konfiguration", "stands in the configuration no longer")
NOBODY_GRANTS = Text(
    "von Hand vergeben; Rechte vergibt nur die Konfiguration",
    "granted by hand; only the configuration grants rights",
)
ADDED_BY_HAND = Text("von Hand aufgenommen (added_by_hand: remove)", "added by hand (added_by_hand: remove)")
NOT_IN_PEOPLE_LIST = Text("steht nicht in der Personenliste", "doesn't stand in the people list")
NOTED = Text("nur gemerkt; in Nextcloud ändert sich nichts", "only noted; nothing changes in Nextcloud")
RECOGNISED = Text("wiedererkannt; in Nextcloud ändert sich nichts", "recognised; nothing changes in Nextcloud")
LEADS = Text("leitet die Gruppe", "leads the group")
LEADS_NO_MORE = Text("leitet die Gruppe laut Konfiguration nicht", "doesn't lead the group as the configuration says")
SERVICE_NEEDS_IT = Text(
    "das Dienstkonto braucht Zugang, um die Vorlage einzulegen",
    "the service account needs access to put the template in",
)
MEETING_IS_NEAR = Text("das Treffen ist in weniger als einer Woche", "the meeting is less than a week away")
NEW_FOLDER = Text("damit der neue Ordner nicht leer ist", "so that the new folder isn't empty")
OVER = Text("das Projekt ist zu Ende; nur noch lesen", "the project is over; only reading is left")
LEFT = Text("steht nicht mehr in der Konfiguration", "stands in the configuration no longer")
LEFT_LONG_AGO = Text(
    "steht seit mehr als 30 Tagen nicht mehr in der Konfiguration",
    "has stood in the configuration no longer for more than 30 days",
)
ARCHIVED = Text(
    "steht nicht mehr in der Konfiguration; Ordner werden nie gelöscht",
    "stands in the configuration no longer; folders are never deleted",
)
TAKEN_AWAY = Text("alles von uns wird zurückgenommen", "everything of ours is taken back")
LEFT_NETWORK = Text("gehört nicht mehr zum Netzwerk", "belongs to the network no longer")
BELONGS = Text("gehört zum Team", "belongs to the team")
LISTED = Text("steht in der Personenliste und hat kein Konto", "stands in the people list and has no account")
LISTED_AGAIN = Text("steht wieder in der Personenliste", "stands in the people list again")
CARRIED_OVER = Text("dieselbe Person unter einem neuen Konto", "the same person under a new account")
ADOPTED = Text("eingegliedert", "adopted")
RELEASED = Text("abgegeben; es bleibt, wie es ist", "released; it stays as it is")
SURPLUS = Text(
    "den Namen hat ein fremdes Team; unseres mit der Nummer bleibt nicht stehen",
    "a foreign team has the name; ours with the number doesn't stay",
)
GROUP_VANISHED = Text(
    "Die Gruppe dieser Verwaltung ist leer oder fehlt; niemand verliert etwas",
    "The group of this administration is empty or gone; nobody loses anything",
)
LIST_EMPTY = Text(
    "In der Personenliste steht niemand mehr aus dieser Verwaltung; niemand verliert etwas",
    "The people list names nobody of this administration any more; nobody loses anything",
)


RULES = Text("Erweiterte Berechtigungen", "Advanced permissions")
RULES_NEEDED = Text("damit in Unterordnern eigene Rechte gelten", "so that rights of their own hold in sub-folders")
WHOLE_FOLDER = Text("(ganzer Ordner)", "(the whole folder)")


def at_most() -> Text:
    """A team's right for the whole folder, where sub-folders have rights of their own."""
    return Text(
        "höchstens so viel; was wo gilt, steht bei den Unterordnern", "at most that; sub-folders say what holds where"
    )


def rights_in(teams: Mapping[str, int]) -> Text:
    """Who may do what in one place, as the configuration says."""
    changing = [team for team, bits in sorted(teams.items()) if bits & UPDATE]
    reading = [team for team, bits in sorted(teams.items()) if bits and not bits & UPDATE]
    return Text(
        f"ändern: {_listed(changing, 'niemand')}; nur lesen: {_listed(reading, 'niemand')}",
        f"may change: {_listed(changing, 'nobody')}; may only read: {_listed(reading, 'nobody')}",
    )


def _listed(teams: list[str], nobody: str) -> str:
    shown = ", ".join(teams[:_SHOWN])
    return f"{shown}, … ({len(teams)})" if len(teams) > _SHOWN else shown or nobody


def may(permissions: int) -> Text:
    """What a team may do in a folder from now on, as the configuration says."""
    if permissions & SHARE:
        return Text(
            "darf lesen, ändern und weitergeben, laut Konfiguration", "may read, change and share, as configured"
        )
    if permissions & UPDATE:
        return Text("darf lesen und ändern, laut Konfiguration", "may read and change, as configured")
    return Text("darf lesen, laut Konfiguration", "may read, as configured")


# ---------------------------------------------------------------------------------------------------- problems


def name_taken(where: str, name: str, what: Text, who: Text) -> Problem:
    return Problem(
        "name_taken",
        where,
        Text(
            f"{what.de} „{name}“ gibt es schon und gehört nicht uns: bleibt unberührt",
            f"{what.en} “{name}” exists already and isn't ours: left alone",
        ),
        who,
    )


def unknown_account(where: str, who: Iterable[str]) -> Problem:
    names = ", ".join(sorted(who))
    return Problem(
        "unknown_account",
        where,
        Text(f"kennt der Server nicht: {names}", f"unknown to the server: {names}"),
        Text(
            "Schreibweise des Kontos oder der Gruppe prüfen; wer gegangen ist, kann aus Liste und YAML heraus",
            "Check how the account or group is spelled; who has left can go from list and YAML",
        ),
    )


TEAM, FOLDER, ROOM = (
    Text("Das Team", "the team"),
    Text("Den Team-Ordner", "the Team folder"),
    Text("Die Unterhaltung", "the room"),
)
TAKE_OR_RENAME = Text(
    "Anderen Namen in der Konfiguration wählen, oder eingliedern: digitalnetzwerk adopt",
    "Choose another name in the configuration, or take it over: digitalnetzwerk adopt",
)
RENAME_OR_HAND_OVER = Text(
    "Anderen Namen in der Konfiguration wählen, oder das Team vom Eigentümer dem Dienstkonto übergeben lassen",
    "Choose another name in the configuration, or have its owner hand the team over to the service account",
)


def ownership_lost(where: str, name: str, owner: str = "") -> Problem:
    whose = (f", sondern {owner}: geht das Konto, so geht es mit", f" but to {owner}: it goes when the account does")
    return Problem(
        "ownership_lost",
        where,
        Text(
            f"„{name}“ gehört dem Dienstkonto nicht mehr{whose[0] if owner else ''}; bleibt unberührt",
            f"“{name}” no longer belongs to the service account{whose[1] if owner else ''}; left alone",
        ),
        Text(
            "Die Eigentümerin oder den Eigentümer bitten, es zurückzugeben, oder abgeben: digitalnetzwerk release",
            "Ask the owner to give it back, or let go of it: digitalnetzwerk release",
        ),
    )


def renamed_by_hand(where: str, wanted: str, there: str) -> Problem:
    return Problem(
        "renamed_by_hand",
        where,
        Text(
            f"„{wanted}“ heißt in Nextcloud jetzt „{there}“: bleibt so",
            f"“{wanted}” is now called “{there}” in Nextcloud: left so",
        ),
        Text(
            "Soll der Name bleiben, dann tragen Sie ihn in die Konfiguration ein; sonst: on_rename: put_back.",
            "If the name shall stay, write it into the configuration; otherwise: on_rename: put_back.",
        ),
    )


def ends_soon(where: str, name: str, until: date, archived: date) -> Problem:
    return Problem(
        "ends_soon",
        where,
        Text(
            f"„{name}“ endet am {until:%d.%m.%Y}: danach nur noch lesbar, ab {archived:%d.%m.%Y} im Archiv",
            f"“{name}” ends on {until.isoformat()}: only readable afterwards, archived from {archived.isoformat()} on",
        ),
        Text(
            "Geht es weiter, dann tragen Sie den neuen letzten Tag ein (until).",
            "If it goes on, write the new last day (until).",
        ),
    )


def is_over(where: str, name: str, until: date, archived: date) -> Problem:
    return Problem(
        "is_over",
        where,
        Text(
            f"„{name}“ ist seit {until:%d.%m.%Y} zu Ende und nur noch lesbar; ab {archived:%d.%m.%Y} im Archiv: dann "
            "sieht ihn nur noch das Dienstkonto, gelöscht wird nichts",
            f"“{name}” ended on {until.isoformat()} and can only be read; archived from {archived.isoformat()} on: "
            "then only the service account sees it, nothing is deleted",
        ),
        Text(
            "Geht es weiter, dann tragen Sie den neuen letzten Tag ein (until).",
            "If it goes on, write the new last day (until).",
        ),
    )


def left_out(where: str, template: str, path: str, why: Text) -> Problem:
    return Problem(
        "left_out",
        where,
        Text(
            f"Vorlage {template}: „{path}“ wird ausgelassen: {why.de}",
            f"template {template}: “{path}” is left out: {why.en}",
        ),
        Text(
            "Sobald das behoben ist, legt ein Lauf den Rest hinein; alles andere liegt schon da.",
            "Once that is mended, a run puts in the rest; everything else is there already.",
        ),
    )


def rules_left(where: str, path: str) -> Problem:
    return Problem(
        "rules_left",
        where,
        Text(
            f"„{path}“ hat Rechte von uns, die in der Konfiguration nicht mehr vorkommen: bleiben so, "
            "damit nichts Vertrauliches sichtbar wird",
            f"“{path}” has rights of ours that the configuration doesn't know any more: left so, "
            "so that nothing confidential shows",
        ),
        Text(
            "Tragen Sie den Ordner unter folders ein, oder benennen Sie ihn in Nextcloud wieder um.",
            "Write the folder under folders, or rename it back in Nextcloud.",
        ),
    )


def unreachable(where: str, path: str, teams: list[str]) -> Problem:
    listed = _listed(teams, "")
    return Problem(
        "unreachable",
        where,
        Text(
            f"In „{path}“ darf lesen, wer den Ordner darüber nicht sieht und deshalb nicht hinkommt: {listed}",
            f"“{path}” may be read by those who don't see the folder above it and so never get there: {listed}",
        ),
        Text(
            "Geben Sie ihnen darüber read, und nehmen Sie es in den anderen Unterordnern zurück (read: none).",
            "Give them read above it, and take it back in the other sub-folders (read: none).",
        ),
    )


def space_keeps_its_name(where: str, wanted: str, there: str) -> Problem:
    return Problem(
        "space_name",
        where,
        Text(
            f"Der Ordner von „{wanted}“ heißt weiter „{there}“: solange er zum Team gehört, "
            "benennt Nextcloud ihn nicht um",
            f"the folder of “{wanted}” is still called “{there}”: as long as it belongs to the team, "
            "Nextcloud doesn't rename it",
        ),
    )


def left_and_marked(where: str, names: list[str]) -> Problem:
    called = ", ".join(f"„{name}“" for name in names)
    return Problem(
        "left_and_marked",
        where,
        Text(
            f"{called} trägt unser Kennzeichen und steht nicht in der Konfiguration: der nächste Lauf behandelt es wie "
            "einen Eintrag, der sie verlassen hat",
            f"{called} carries our mark and doesn't stand in the configuration: the next run treats it as an entry "
            "that has left",
        ),
        Text(
            "Gehört es dazu, dann tragen Sie es mit demselben Schlüssel wieder ein. Gehen kann niemand, bevor Sie "
            "zustimmen (Sicherheitsstopp).",
            "If it belongs there, write it in again with the same key. Nobody loses anything before you agree (guard).",
        ),
    )


def folder_unclear(where: str, scope: str, name: str, there: list[str]) -> Problem:
    called = ", ".join(f"„{each}“" for each in there)
    return Problem(
        "folder_unclear",
        where,
        Text(
            f"Der Ordner „{name}“ ist nicht zu finden, und unser Gedächtnis ist verloren; von uns sind noch: {called}. "
            "Kein zweiter wird angelegt, bis Sie es gesagt haben",
            f"the folder “{name}” isn't found, and our memory is lost; still ours are: {called}. "
            "No second one is made until you have told",
        ),
        Text(
            f"Ist er es, dann: digitalnetzwerk adopt {scope} NAME. Ist es keiner davon, dann benennen Sie sie in "
            "„Archiv – …“ um.",
            f"If it is one of them: digitalnetzwerk adopt {scope} NAME. If it is none, rename those to “Archiv – …”.",
        ),
    )


def quota_by_hand(where: str, name: str) -> Problem:
    return Problem(
        "local_edit",
        where,
        Text(
            f"Die Größe des Ordners „{name}“ wurde von Hand geändert: bleibt so",
            f"the quota of “{name}” was changed by hand: left so",
        ),
        Text(
            "Soll sie bleiben, dann tragen Sie sie in die Konfiguration ein (quota).",
            "If it shall stay, write it into the configuration (quota).",
        ),
    )


def added_by_hand(where: str, name: str, accounts: list[str]) -> Problem:
    people = ", ".join(accounts)
    return Problem(
        "added_by_hand",
        where,
        Text(f"In „{name}“ von Hand aufgenommen: {people}", f"added to “{name}” by hand: {people}"),
        Text(
            "Sie bleiben. Wer dauerhaft dazugehört, sollte in der Konfiguration stehen.",
            "They stay. Whoever belongs to it for good should stand in the configuration.",
        ),
    )


def not_in_people_list(where: str, group: str, count: int) -> Problem:
    return Problem(
        "not_in_people_list",
        where,
        Text(
            f"In der Gruppe „{group}“ sind {count} Personen, die nicht in der Personenliste stehen: sie bleiben",
            f"the group “{group}” has {count} people who don't stand in the people list: they stay",
        ),
        Text(
            "Die Gruppe gab es schon vorher; dort nehmen wir nur Personen heraus, die wir aufgenommen haben.",
            "The group was there before; we only take out people whom we took in.",
        ),
    )


def people_unknown(where: str, connectors: tuple[str, ...]) -> Problem:
    names = ", ".join(connectors)
    return Problem(
        "people_unknown",
        where,
        Text(
            f"Keine Antwort von {names}: niemand verliert etwas, bis die Liste wieder da ist",
            f"no answer from {names}: nobody loses anything until the list is back",
        ),
    )


def group_missing(where: str, group: str) -> Problem:
    return Problem(
        "group_missing",
        where,
        Text(
            f"Die Gruppe „{group}“ ist leer oder fehlt: wird nicht in das Team aufgenommen",
            f"the group “{group}” is empty or gone: not added to the team",
        ),
        Text("Gruppen zeigt: digitalnetzwerk groups", "To see the groups: digitalnetzwerk groups"),
    )


def account_incomplete(where: str, account: str) -> Problem:
    return Problem(
        "account_incomplete",
        where,
        Text(
            f"Für „{account}“ wird kein Konto angelegt: in der Personenliste fehlt Name oder Mailadresse",
            f"no account is made for “{account}”: the people list lacks its name or mail address",
        ),
        Text("Beide Spalten füllen (columns: name, mail).", "Fill both columns (columns: name, mail)."),
    )


def selector_unclear(where: str) -> Problem:
    return Problem(
        "selector_unclear",
        where,
        Text(
            "exchange_groups zusammen mit anderen Angaben in einer Auswahl: so bekommt niemand ein Recht",
            "exchange_groups together with something else in one selector: nobody gets a right from it",
        ),
        Text("Schreiben Sie zwei Auswahlen in eine Liste.", "Write two selectors in a list."),
    )


def no_lead(where: str, name: str) -> Problem:
    return Problem(
        "no_lead",
        where,
        Text(f"„{name}“ hat keine Leitung", f"“{name}” has no lead"),
        Text("Tragen Sie unter lead eine Person ein.", "Name a person under lead."),
    )


def document_edited(where: str, path: str) -> Problem:
    return Problem(
        "local_edit",
        where,
        Text(f"„{path}“ wurde von Hand geändert: bleibt so", f"“{path}” was changed by hand: left so"),
        Text("Löschen Sie die Datei, dann schreiben wir sie neu.", "Delete the file, then we write it anew."),
    )


def document_foreign(where: str, path: str) -> Problem:
    return Problem(
        "name_taken",
        where,
        Text(
            f"„{path}“ gibt es schon und ist nicht von uns: bleibt unberührt",
            f"“{path}” exists already and isn't ours: left alone",
        ),
        Text("Benennen Sie die Datei um.", "Rename the file."),
    )


def stays(where: str, name: str, why: Text) -> Problem:
    return Problem("stays", where, Text(f"„{name}“ bleibt: {why.de}", f"“{name}” stays: {why.en}"))


HAS_CONTENT = Text("darin liegt, was andere hineingelegt haben", "others put something into it")
GIVES_ACCESS = Text("es gibt Zugang zu einem Ordner, der bleibt", "it gives access to a folder that stays")
HAS_GUESTS = Text("darin sind Personen, die von Hand aufgenommen wurden", "people were added to it by hand")
NEVER_DELETED = Text("Konten werden nie gelöscht", "accounts are never deleted")
IN_USE = Text("andere haben Personen hineingenommen", "others took people in")


def not_adoptable(where: str, name: str, why: Text) -> Problem:
    return Problem(
        "not_adoptable",
        where,
        Text(f"„{name}“ lässt sich nicht eingliedern: {why.de}", f"“{name}” can't be adopted: {why.en}"),
    )


NOT_THERE = Text(
    "gibt es nicht, oder das Dienstkonto sieht es nicht", "it isn't there, or the service account doesn't see it"
)
NOT_OWNER = Text("das Dienstkonto ist nicht Eigentümer", "the service account isn't its owner")
CLAIMED = Text("es gehört schon zu einem anderen Bereich", "it already belongs to another scope")


def named_beside(where: str, name: str, other: str) -> Problem:
    return Problem(
        "name_taken",
        where,
        Text(
            f"„{name}“ heißt schon ein Team oder eine Gruppe, die nicht uns gehört: unser Team heißt „{other}“",
            f"“{name}” is the name of a team or group that isn't ours: our team is called “{other}”",
        ),
    )
