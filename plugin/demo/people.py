"""The invented staff of the Kreis and its ten towns: nobody here exists, and the list says so in every line.

The same people serve as accounts of the demonstration and as a people table with semicolons in Windows-1252.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

ADMINISTRATIONS = {
    "kreis-hoexter": "Kreis Höxter",
    "bad-driburg": "Stadt Bad Driburg",
    "beverungen": "Stadt Beverungen",
    "borgentreich": "Stadt Borgentreich",
    "brakel": "Stadt Brakel",
    "hoexter": "Stadt Höxter",
    "marienmuenster": "Stadt Marienmünster",
    "nieheim": "Stadt Nieheim",
    "steinheim": "Stadt Steinheim",
    "warburg": "Hansestadt Warburg",
    "willebadessen": "Stadt Willebadessen",
}
STAFF_OF_KREIS = 34
STAFF_OF_TOWN = 11

# Common first names; the family names are put together, so that nobody's own name comes out by accident.
FIRST_NAMES = (
    *("Anna", "Björn", "Carolin", "Dieter", "Elif", "Frank", "Gabriela", "Hülya", "Ingo", "Jörg", "Katharina"),
    *("Lukas", "Märta", "Norbert", "Özlem", "Petra", "Ralf", "Sören", "Tanja", "Ulrich", "Verena", "Wolfgang"),
    *("Yvonne", "Zoë", "Achim", "Birgit", "Cem", "Dörte", "Emil", "Friederike", "Günther"),
)
NAME_BEGINNINGS = ("Ähren", "Birken", "Düster", "Eichel", "Föhren", "Grün", "Hasel", "Königs", "Linden", "Müh", "Weiß")
NAME_ENDS = ("acker", "börde", "brink", "feld", "grund", "kämper", "moor", "rüth", "stroth")

# In a small town one person looks after several topics. The words are those of the exchange groups.
TOPICS_OF_A_TOWN = (
    ("Fortbildung",),
    ("IT", "IT-Sicherheit"),
    ("OZG", "Prozesse"),
    ("E-Akte", "E-Rechnung"),
    ("Smart-Region", "Öffentlichkeitsarbeit"),
)
NAMED = (
    ("erika.beispiel", "Erika Beispiel", ("Fortbildung", "Smart-Region")),
    ("max.beispiel", "Max Beispiel", ("OZG", "E-Akte", "Prozesse")),
    ("presse.kreis", "Pressestelle Kreis Höxter", ("Öffentlichkeitsarbeit",)),
    ("it.admin", "IT-Administration Kreis", ("IT", "IT-Sicherheit")),
    ("dsb.kreis", "Datenschutz Kreis Höxter", ()),
    ("personalrat.kreis", "Personalrat Kreis Höxter", ()),
)

STAFF_HEADERS = ("Nextcloud-Konto", "Name", "E-Mail", "Verwaltung", "Themen", "Personalnummer")
CONTACT_HEADERS = ("Nextcloud-Konto", "Verwaltung", "Themen")
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ë": "e"})


@dataclass(frozen=True, slots=True)
class Employee:
    """An invented person. `administration` is the key of the configuration, `account` the Nextcloud user id."""

    account: str
    name: str
    mail: str
    administration: str
    topics: tuple[str, ...]


def staff() -> tuple[Employee, ...]:
    """All 150, always the same; the Kreis first. Accounts are unique and plain ASCII."""
    names = _names()
    employees = [_named(account, name, topics) for account, name, topics in NAMED]
    for administration in ADMINISTRATIONS:
        size = STAFF_OF_KREIS if administration == "kreis-hoexter" else STAFF_OF_TOWN
        topics = [*TOPICS_OF_A_TOWN, *[()] * (size - len(TOPICS_OF_A_TOWN))]
        employees += [_employee(name, administration, of_one) for of_one, name in zip(topics, names, strict=False)]
    return tuple(employees)


def contacts() -> tuple[Employee, ...]:
    """Those who look after a topic."""
    return tuple(employee for employee in staff() if employee.topics)


def write_staff(path: Path) -> None:
    """A CSV as a German Excel saves it: semicolons, Windows-1252, CRLF; with a staff number that nobody asked for."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(STAFF_HEADERS)
        for number, employee in enumerate(staff(), start=1):
            verwaltung, topics = ADMINISTRATIONS[employee.administration], ", ".join(employee.topics)
            writer.writerow(
                (employee.account, employee.name, employee.mail, verwaltung, topics, f"Beispiel-{number:03}")
            )


def write_contacts(path: Path) -> None:
    """The small workbook of who looks after what; no names, no mail addresses."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Ansprechpersonen"
    sheet.append(("Ansprechpersonen im Digitalnetzwerk (Beispiel: alle Personen sind erfunden)",))
    sheet.append(CONTACT_HEADERS)
    for employee in contacts():
        sheet.append((employee.account, ADMINISTRATIONS[employee.administration], ", ".join(employee.topics)))
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    for column, width in zip("ABC", (28, 24, 36), strict=True):
        sheet.column_dimensions[column].width = width
    book.save(path)


def _names() -> Iterator[tuple[str, str]]:
    # 11 beginnings and 9 ends, 31 first names: the lengths share no divisor, so no name comes twice
    families = (beginning + end for beginning, end in zip(cycle(NAME_BEGINNINGS), cycle(NAME_ENDS), strict=True))
    return islice(zip(cycle(FIRST_NAMES), families, strict=False), 11 * 9 * 31)


def _named(account: str, name: str, topics: tuple[str, ...]) -> Employee:
    return Employee(account, name, f"{account}@kreis-hoexter.example", "kreis-hoexter", topics)


def _employee(name: tuple[str, str], administration: str, topics: tuple[str, ...]) -> Employee:
    account = ".".join(name).lower().translate(ASCII)
    return Employee(account, " ".join(name), f"{account}@{administration}.example", administration, topics)
