"""Empty workbooks to begin with: the training plan and the list of contact persons.

Drop-downs where there is a choice, dates as dates, and a sheet that says in plain words how to fill it in. Reading the
filled-in workbook back is what the other modules here are for; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from connectors.tables.statuses import WORDS
from connectors.tables.writing import new_workbook, saved, write_header, write_text
from network.text import Language, Text

_ROWS = 500
_LONGEST_CHOICE = 255  # characters that a drop-down's list may have


@dataclass(frozen=True, slots=True)
class Column:
    """`choices` make a drop-down; `form` is a number format of Excel."""

    heading: Text
    width: float
    how: Text
    choices: tuple[Text, ...] = ()
    form: str = ""


def schulungsplan(
    language: Language = "de", *, concepts: Sequence[str] = (), columns: Mapping[str, str] | None = None
) -> bytes:
    """The empty training plan as XLSX. `columns` (field → heading) replaces headings, `concepts` offers these."""
    named = columns or {}
    training = {
        field: replace(column, heading=Text(named[field], named[field])) if field in named else column
        for field, column in _TRAINING.items()
    }
    book, sheet = new_workbook(_PLAN.language(language))
    _table(sheet, [*training.values()], language)
    if concepts:
        _choose(sheet, [*training].index("concept") + 1, [f"{name} 1" for name in concepts], language, strict=False)
    _instructions(book, _TRAINING_RULES, [*training.values()], language)
    return saved(book)


def ansprechpersonen(
    language: Language = "de", *, administrations: Sequence[str] = (), topics: Sequence[str] = ()
) -> bytes:
    """The empty list of contact persons as XLSX, with these names to choose from."""
    book, sheet = new_workbook(_CONTACT_PERSONS.language(language))
    _table(sheet, _CONTACTS, language)
    if administrations:
        _choose(sheet, 2, administrations, language, strict=True)
    listed = ", ".join(topics)
    known = (Text(f"Themen im Netzwerk: {listed}", f"Topics of the network: {listed}"),) if topics else ()
    _instructions(book, (*_CONTACT_RULES, *known), _CONTACTS, language)
    return saved(book)


TEMPLATES: Mapping[str, Callable[[Language], bytes]] = {
    "schulungsplan": schulungsplan,
    "ansprechpersonen": ansprechpersonen,
}


def _table(sheet: Worksheet, columns: Sequence[Column], language: Language) -> None:
    headings = [column.heading.language(language) for column in columns]
    write_header(sheet, 1, headings, [column.width for column in columns])
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        if column.form:
            for row in range(2, _ROWS + 2):
                sheet[f"{letter}{row}"].number_format = column.form
        if column.choices:
            _choose(sheet, number, [each.language(language) for each in column.choices], language, strict=True)


def _choose(sheet: Worksheet, column: int, choices: Sequence[str], language: Language, *, strict: bool) -> None:
    """A drop-down; without `strict` other words may be typed too."""
    listed = ",".join(each.replace(",", " ") for each in choices)
    if len(listed) > _LONGEST_CHOICE or '"' in listed:
        return  # Excel calls a workbook damaged for this; typing is always possible
    letter = get_column_letter(column)
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=strict)
    rule.errorTitle = _PLEASE_CHOOSE.language(language)
    rule.error = ", ".join(choices)
    rule.add(f"{letter}2:{letter}{_ROWS + 1}")
    sheet.add_data_validation(rule)


def _instructions(book: Workbook, rules: Sequence[Text], columns: Sequence[Column], language: Language) -> None:
    """Headings stand below one another here, so that nobody takes them for a table."""
    sheet = book.create_sheet(_HOW.language(language))
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 110
    for row, rule in enumerate(rules, start=1):
        write_text(sheet, row, 2, rule.language(language))
    for row, column in enumerate(columns, start=len(rules) + 2):
        write_text(sheet, row, 1, column.heading.language(language))
        write_text(sheet, row, 2, column.how.language(language))


_PLAN = Text("Schulungsplan", "Training plan")
_CONTACT_PERSONS = Text("Ansprechpersonen", "Contact persons")
_HOW = Text("So geht es", "How it works")
_PLEASE_CHOOSE = Text("Bitte auswählen", "Please choose")
_DATE = "dd.mm.yyyy"
_TIME = "hh:mm"

_TRAINING = {
    "key": Column(
        Text("Nr.", "No."),
        8,
        Text(
            "Gehört für immer zu dieser Schulung, auch wenn sie verschoben wird. Nie neu vergeben.",
            "Belongs to this training for ever, also when it is moved. Never used again.",
        ),
    ),
    "status": Column(
        Text("Status", "Status"),
        16,
        Text(
            "Entwurf ist unsichtbar. Ohne Status gilt eine Zeile als Entwurf.",
            "A draft is invisible. A row without a status is a draft.",
        ),
        tuple(WORDS.values()),
    ),
    "title": Column(Text("Titel", "Title"), 44, Text("Steht so im Kalender.", "Stands in the calendar like this.")),
    "description": Column(
        Text("Inhalt", "Contents"),
        50,
        Text("Worum es geht; neuer Absatz mit Alt+Eingabe.", "What it is about; new paragraph by Alt+Enter."),
    ),
    "date": Column(
        Text("Datum", "Date"),
        24,
        Text(
            "12.03.2027 oder 12.-14.03.2027 oder 12.03.2027; 19.03.2027. Noch offen: leer oder n. n.",
            "12.03.2027 or 12.-14.03.2027 or 12.03.2027; 19.03.2027. Still open: empty or tbd.",
        ),
        form=_DATE,
    ),
    "start": Column(
        Text("Beginn", "Start"),
        12,
        Text("9:00 oder 9–12 Uhr. Leer: ganztägig.", "9:00 or 9:00–12:00. Empty: all day."),
        form=_TIME,
    ),
    "end": Column(
        Text("Ende", "End"),
        12,
        Text("12:30. Leer, wenn es schon bei Beginn steht.", "12:30. Empty where it stands at the start already."),
        form=_TIME,
    ),
    "place": Column(Text("Ort", "Place"), 30, Text("Wo die Schulung stattfindet.", "Where it takes place.")),
    "link": Column(
        Text("Online-Link", "Online link"),
        30,
        Text("Vollständige Adresse, die mit https:// beginnt.", "A whole address that begins with https://."),
    ),
    "seats": Column(Text("Plätze", "Seats"), 9, Text("Eine Zahl. Leer: unbegrenzt.", "A number. Empty: no limit.")),
    "tags": Column(
        Text("Themen", "Topics"), 24, Text("Mehrere mit Komma: OZG, E-Akte.", "Several with commas: OZG, E-Akte.")
    ),
    "audience": Column(
        Text("Zielgruppe", "Audience"), 24, Text("Für wen die Schulung gedacht ist.", "For whom the training is.")
    ),
    "contact": Column(Text("Ansprechperson", "Contact"), 24, Text("Wer Fragen beantwortet.", "Who answers questions.")),
    "register_until": Column(
        Text("Anmeldeschluss", "Register until"),
        18,
        Text("05.03.2027 oder 3 Tage vorher.", "05.03.2027 or 3 days before."),
        form=_DATE,
    ),
    "concept": Column(
        Text("Schulungskonzept", "Concept"),
        18,
        Text("Konzept und Nummer darin: OZG 1.", "The concept and the number in it: OZG 1."),
    ),
    "accessibility": Column(
        Text("Barrierefreiheit", "Accessibility"),
        28,
        Text("Zum Beispiel Aufzug, Höranlage, Untertitel.", "For example lift, hearing loop, subtitles."),
    ),
}

_TRAINING_RULES = (
    Text(
        "Eine Zeile ist eine Schulung. Mehrere Termine stehen in einer Zeile, getrennt mit Semikolon.",
        "One row is one training. Several dates stand in one row, separated by semicolons.",
    ),
    Text(
        "Fällt eine Schulung aus, schreiben Sie „fällt aus“ in die Spalte Status und lassen die Zeile stehen.",
        "When a training is cancelled, write “cancelled” into the status column and leave the row.",
    ),
    Text(
        "Eine gelöschte Zeile sagt nichts ab: Sie werden danach gefragt.",
        "A deleted row cancels nothing: you will be asked about it.",
    ),
    Text(
        "Spalten dürfen Sie umordnen und weitere anlegen, Blätter ebenso. Die Überschriften bleiben, wie sie sind.",
        "You may reorder and add columns, and sheets as well. The headings stay as they are.",
    ),
    Text(
        "Was wir nicht lesen können, steht in einer Datei „… - Hinweise“ neben dieser.",
        "What we can't read stands in a file “… - Notes” beside this one.",
    ),
)

_CONTACTS = (
    Column(
        Text("Nextcloud-Konto", "Nextcloud account"),
        28,
        Text("Der Anmeldename in Nextcloud: erika.beispiel", "The login name in Nextcloud: erika.beispiel"),
    ),
    Column(
        Text("Verwaltung", "Administration"),
        28,
        Text("Name der Verwaltung, wie er im Netzwerk geschrieben wird.", "Its name as the network writes it."),
    ),
    Column(
        Text("Themen", "Topics"),
        60,
        Text(
            "Wofür die Person zuständig ist; mehrere mit Komma: OZG, E-Akte.",
            "What the person is responsible for; several with commas: OZG, E-Akte.",
        ),
    ),
)

_CONTACT_RULES = (
    Text(
        "Eine Zeile ist eine Person. Hier steht nur, wer für welches Thema zuständig ist; es ist keine Personalliste.",
        "One row is one person. Only who is responsible for which topic stands here; it is no staff list.",
    ),
    Text(
        "Bitte keine weiteren Angaben eintragen, zum Beispiel kein Geburtsdatum und keine Personalnummer.",
        "Please write nothing else, for example no birth date and no staff number.",
    ),
)
