"""Why a change is made and what a person should know, in German and English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from network.ical.canonical import canonical
from network.ical.component import CalendarObject, Property
from network.ical.values import unescape
from network.plan import Kind
from network.problems import Problem
from network.text import Text

NEW = Text("neu", "new")
IS_MISSING = Text("war schon einmal da und fehlt in Nextcloud", "was there before and is missing in Nextcloud")
OUT_OF_TIME = Text("liegt lange genug zurück", "lies back long enough")
NOT_HERE_ANY_MORE = Text("gehört nicht mehr in diesen Kalender", "doesn't belong in this calendar any more")
NOT_A_SOURCE = Text("ihre Quelle gehört nicht mehr zu diesem Kalender", "its source feeds this calendar no more")
RULED_OUT = Text("die Regel der Treffen nennt diesen Tag nicht mehr", "the rule of the meetings names it no longer")
MISSING_LONG = Text("fehlt seit Längerem in ihrer Quelle", "has been missing from its source for long")
CANCELLED_BY_SOURCE = Text("fällt aus", "is cancelled")
CANCELLED_BY_HAND = Text("fällt aus: von Hand eingetragen", "is cancelled: entered by hand")
TAKES_PLACE = Text("findet doch statt", "takes place after all")
TAKEN_BACK = Text("der letzte Lauf wird zurückgenommen", "the last run is taken back")
HELD_FIRST = Text(
    "bleibt danach, wie er ist, bis jemand ihn freigibt", "stays as it is from then on until somebody releases it"
)
CHANGED_CALENDAR = Text("die Schulung gehört jetzt in diesen Kalender", "the training now belongs in this calendar")
CONFIGURED = Text("steht so in der Konfiguration", "is what the configuration says")
NOT_GRANTED = Text("nichts in der Konfiguration gewährt es", "nothing in the configuration grants it")
LEFT = Text("steht nicht mehr in der Konfiguration", "is no longer in the configuration")
LEFT_LONG = Text("steht seit 30 Tagen nicht mehr in der Konfiguration", "left the configuration 30 days ago")
BACK = Text("steht wieder in der Konfiguration", "is in the configuration again")
UNFINISHED = Text("war beim letzten Mal nicht fertig geworden", "wasn't finished last time")

TAKEN_AWAY = Text("der Weg zurück: von uns gemacht und von niemandem bearbeitet", "the way back: ours and unedited")
ADOPTED = Text("auf ausdrücklichen Wunsch eingegliedert", "adopted because somebody asked for it")
RELEASED = Text("auf ausdrücklichen Wunsch abgegeben", "released because somebody asked for it")

NEW_HERE = Text("von Hand in Nextcloud eingetragen", "entered by hand in Nextcloud")
REMOVED_HERE = Text("in Nextcloud von Hand gelöscht", "deleted by hand in Nextcloud")
REMOVED_THERE = Text("in der Quelle gelöscht", "deleted in the source")
CHANGED_SINCE_REMOVED_HERE = Text(
    "in Nextcloud gelöscht, in der Quelle seitdem geändert", "deleted in Nextcloud, but changed in the source since"
)
CHANGED_SINCE_REMOVED_THERE = Text(
    "in der Quelle gelöscht, in Nextcloud seitdem geändert", "deleted in the source, but changed in Nextcloud since"
)
SOURCE_EMPTY = Text(
    "in der Quelle steht kein Termin mehr; was hier steht, würde verschwinden",
    "no event is left in the source; what stands here would vanish",
)
NEXTCLOUD_EMPTY = Text(
    "in Nextcloud steht kein Eintrag mehr; was in der Quelle steht, würde verschwinden",
    "no entry is left in Nextcloud; what stands in the source would vanish",
)

_WORDS = {
    "SUMMARY": Text("Titel", "title"),
    "DTSTART": Text("Zeit", "time"),
    "DTEND": Text("Zeit", "time"),
    "LOCATION": Text("Ort", "place"),
    "DESCRIPTION": Text("Beschreibung", "description"),
    "STATUS": Text("Status", "status"),
    "CATEGORIES": Text("Themen", "topics"),
    "URL": Text("Link", "link"),
    "RRULE": Text("Wiederholung", "recurrence"),
    "EXDATE": Text("Ausnahmen", "exceptions"),
    "ATTACH": Text("Anhang", "attachment"),
}


def changed(before: CalendarObject, after: CalendarObject) -> Text:
    """Which properties differ, in the words of people."""
    what = differing(before, after)
    return Text(f"geändert: {what.de}", f"changed: {what.en}")


def differing(before: CalendarObject, after: CalendarObject) -> Text:
    """Their names, one after the other."""
    names = sorted({each.name for each in _properties(before) ^ _properties(after)})
    words = tuple(dict.fromkeys(_WORDS.get(name, Text(name, name)) for name in names)) or (Text("Inhalt", "content"),)
    return Text(", ".join(each.de for each in words), ", ".join(each.en for each in words))


def changed_in_nextcloud(before: CalendarObject, after: CalendarObject) -> Text:
    """Why a source is written: somebody changed the entry by hand."""
    what = changed(before, after)
    return Text(f"in Nextcloud {what.de}", f"in Nextcloud {what.en}")


def changed_on_both_sides(in_source: Text, here: Text) -> Text:
    """What is written where, when both sides were changed; given are the names of what is."""
    return Text(
        f"nachgetragen in der Quelle: {in_source.de}; hier: {here.de}",
        f"carried to the source: {in_source.en}; here: {here.en}",
    )


def not_returned(where: str, title: str, why: Text) -> Problem:
    """An entry whose change by hand stays where it was made."""
    return Problem(
        "not_returned",
        where,
        Text(
            f"„{title}“: in der Quelle nicht nachgetragen ({why.de}); es bleibt in Nextcloud",
            f"“{title}”: not carried to the source ({why.en}); it stays in Nextcloud",
        ),
    )


def given_up(name: str, lines: str) -> tuple[Text, str]:
    """What a value that gave way is called, and what it said; `lines` are content lines."""
    said = (line.partition(":")[2] if line.startswith(name) else line for line in lines.splitlines())
    return _WORDS.get(name, Text(name, name)), ", ".join(unescape(each) for each in said)


def missing(title: str, origin: str, since: datetime) -> Text:
    """The question to the coordinator."""
    where = f"{origin}: " if origin else ""
    return Text(
        f"{where}„{title}“ fehlt seit dem {since:%d.%m.%Y}. Fällt die Schulung aus?",
        f"{where}“{title}” has been missing since {since:%Y-%m-%d}. Is the training cancelled?",
    )


WRITE_STATUS = Text(
    "Tragen Sie die Zeile mit dem Status „fällt aus“ wieder ein, oder stellen Sie sie wieder her.",
    "Put the row back with the status “cancelled”, or restore it.",
)


def cancelled_moved(title: str, origin: str, day: str, moved_to: str) -> Text:
    """The question when a source names another day for what somebody cancelled."""
    before, now = date.fromisoformat(day), date.fromisoformat(moved_to)
    where = f"{origin}: " if origin else ""
    return Text(
        f"{where}„{title}“ war am {before:%d.%m.%Y} als ausgefallen eingetragen; die Quelle nennt jetzt den "
        f"{now:%d.%m.%Y}. Findet die Schulung an diesem Tag statt?",
        f"{where}“{title}” was cancelled for {before:%Y-%m-%d}; its source names {now:%Y-%m-%d} now. Does it take "
        "place on that day?",
    )


CANCELLED_OR_NOT = Text(
    "„accept“: sie findet statt, wie die Quelle sagt (so steht es schon im Kalender). „keep“: sie fällt auch dann aus.",
    "“accept”: it takes place as the source says (the calendar says so already). “keep”: it is cancelled then too.",
)


def held_back(run: int, at: datetime) -> Text:
    """Why a calendar stands still after its last run was taken back."""
    return Text(
        f"Lauf {run} wurde am {at:%d.%m.%Y} um {at:%H:%M} Uhr zurückgenommen; was aus den Quellen käme, wartet, bis "
        "Sie es freigeben",
        f"run {run} was taken back on {at:%Y-%m-%d} at {at:%H:%M}; what would come from the sources waits for your "
        "release",
    )


def touched_since(where: str, title: str) -> Problem:
    """An entry that is not taken back, because somebody edited, cancelled or removed it meanwhile."""
    return Problem(
        "touched_since",
        where,
        Text(f"„{title}“ wurde seitdem geändert: bleibt, wie es ist", f"“{title}” was touched since: stays as it is"),
        Text("Ändern Sie den Eintrag in Nextcloud, wenn er anders sein soll.", "Edit it in Nextcloud if need be."),
    )


def renamed_back(name: str) -> Text:
    return Text(
        f"in Nextcloud in „{name}“ umbenannt; der Name der Konfiguration gilt (on_rename: put_back)",
        f"renamed “{name}” in Nextcloud; the name of the configuration holds (on_rename: put_back)",
    )


def renamed_by_hand(where: str, wanted: str, there: str) -> Problem:
    return Problem(
        "renamed_by_hand",
        where,
        Text(
            f"Der Kalender „{wanted}“ heißt in Nextcloud jetzt „{there}“: bleibt so",
            f"the calendar “{wanted}” is now called “{there}” in Nextcloud: left so",
        ),
        Text(
            "Soll der Name bleiben, dann tragen Sie ihn in die Konfiguration ein; sonst: on_rename: put_back.",
            "If the name shall stay, write it into the configuration; otherwise: on_rename: put_back.",
        ),
    )


def would_vanish(kind: Kind, count: int) -> Text:
    """Why a calendar, or a list of tasks, that left the configuration waits for a person."""
    if kind is Kind.TASK_LIST:
        return Text(f"eine Liste mit {count} Aufgaben würde verschwinden", f"a list of {count} tasks would vanish")
    return Text(
        f"ein Kalender mit {count} Einträgen würde verschwinden", f"a calendar with {count} entries would vanish"
    )


def calendar_taken(where: str, name: str) -> Problem:
    return Problem(
        "name_taken",
        where,
        Text(
            f"Die Adresse des Kalenders „{name}“ gehört schon einem anderen Kalender dieses Kontos",
            f"the address of the calendar “{name}” already belongs to another calendar of this account",
        ),
        Text("Übernehmen Sie ihn mit adopt, oder benennen Sie den Eintrag um.", "Take it over with adopt, or rename."),
    )


def calendar_of_another_network(where: str, name: str) -> Problem:
    return Problem(
        "name_taken",
        where,
        Text(
            f"Die Adresse des Kalenders „{name}“ gehört schon einem anderen Netzwerk mit demselben Dienstkonto",
            f"the address of the calendar “{name}” already belongs to another network of the same service account",
        ),
        Text(
            "Geben Sie dem Kalender hier einen anderen Schlüssel, oder diesem Netzwerk ein eigenes Dienstkonto.",
            "Give the calendar another key here, or this network a service account of its own.",
        ),
    )


def entry_taken(where: str, title: str) -> Problem:
    return Problem(
        "name_taken",
        where,
        Text(
            f"An der Stelle von „{title}“ steht ein fremder Eintrag; er bleibt unberührt",
            f"a foreign entry stands in the place of “{title}”; it is left alone",
        ),
        Text("Entfernen Sie ihn in Nextcloud.", "Remove it in Nextcloud."),
    )


def undecided(where: str, title: str, properties: Iterable[str]) -> Problem:
    names = ", ".join(_WORDS.get(name, Text(name, name)).de for name in properties)
    english = ", ".join(_WORDS.get(name, Text(name, name)).en for name in properties)
    return Problem(
        "conflict",
        where,
        Text(
            f"„{title}“ wurde in der Quelle und von Hand geändert ({names}); was in Nextcloud steht, bleibt",
            f"“{title}” was changed in the source and by hand ({english}); what stands in Nextcloud stays",
        ),
        Text("Gleichen Sie eine der beiden Seiten an.", "Make one side like the other."),
    )


def share_refused(where: str, who: str) -> Problem:
    return Problem(
        "share_refused",
        where,
        Text(
            f"Nextcloud hat die Freigabe für „{who}“ nicht angenommen",
            f"Nextcloud didn't accept the share for “{who}”",
        ),
        Text(
            "Prüfen Sie, ob es die Gruppe oder das Team noch gibt und ob das Konto mit ihr teilen darf.",
            "Check that the group or team still exists and that the account may share with it.",
        ),
    )


def share_waits(where: str, name: str, team: str) -> Problem:
    return Problem(
        "share_waits",
        where,
        Text(
            f"„{name}“ bleibt für {team} sichtbar, bis über den Sicherheitsstopp dort entschieden ist",
            f"“{name}” stays visible to {team} until somebody has decided about the guard's stop there",
        ),
        Text(f"Sehen Sie sich an, was bei {team} angehalten ist.", f"Look at what is held back at {team}."),
    )


def looks_like_a_rename(old: str, new: str, name: str, *, of_group: bool) -> Problem:
    """`old` and `new` are keys of calendars; those of exchange groups have the group's, their lists of tasks with a
    dot behind it."""
    section = "exchange_groups" if of_group else "calendars"
    old, new = old.partition(".")[0], new.partition(".")[0]
    return Problem(
        "looks_like_a_rename",
        f"{section}.{new}",
        Text(
            f"{section}.{old} steht nicht mehr da, und {section}.{new} („{name}“) sieht aus wie derselbe Kalender",
            f"{section}.{old} is not there any more, and {section}.{new} (“{name}”) looks like the same one",
        ),
        Text(
            f"Soll es derselbe Kalender bleiben, dann nennen Sie ihn wieder {old}; sein Name darf sich ändern.",
            f"If it shall stay the same calendar, call it {old} again; its name may change.",
        ),
    )


def _properties(item: CalendarObject) -> frozenset[Property]:
    return frozenset(each for part in canonical(item).components for each in part.properties)


def stays(where: str, name: str, edited: int, foreign: int) -> Problem:
    """A calendar that the way back leaves standing, because people put something into it."""
    return Problem(
        "stays",
        where,
        Text(
            f"der Kalender „{name}“ bleibt: {edited} von Hand bearbeitete und {foreign} fremde Einträge",
            f"the calendar “{name}” stays: {edited} entries edited by hand and {foreign} of other people",
        ),
    )


def not_adoptable(where: str, name: str) -> Problem:
    return Problem(
        "not_adoptable",
        where,
        Text(f"nichts Fremdes heißt hier „{name}“", f"nothing of somebody else is called “{name}” here"),
    )
