"""A table as a source of people: who belongs to which administration, who is responsible for which topic.

Columns that we don't need are never taken further, not even into the last good copy. A file with a cell that can't be
read is not used at all: a person must not lose rights because of a formula.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.people.members import Member, nearest_member, recognised
from connectors.sources.last_good import Format, LastGood
from connectors.sources.looking import Place
from connectors.sources.refusal import unreadable
from connectors.tables.lists import read_list
from connectors.tables.places import RowPlace
from connectors.tables.table import Headings, TableRow, Wanted, headings_from_json, headings_to_json, read_table
from network.model import PeopleDelivery, Person
from network.ports import SourceMemory
from network.problems import Problem
from network.text import NOTHING, Language, Text

_HEADINGS = "headings"


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """The mapped cells of one row as text, by field."""

    place: RowPlace
    texts: Mapping[str, str]

    def text(self, field: str) -> str:
        return self.texts.get(field, "")


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """`unneeded` are headings whose columns were not read."""

    rows: tuple[PeopleRow, ...]
    headings: Headings
    unneeded: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class TableOfPeople:
    """Satisfies `network.ports.PeopleSource`."""

    def __init__(
        self,
        connector: str,
        wanted: Wanted,
        place: Place,
        memory: SourceMemory,
        *,
        members: Sequence[Member],
        language: Language,
        may_be_empty: bool = False,
    ) -> None:
        self._connector = connector
        self._wanted = wanted
        self._members = members
        self._language = language
        self._memory = memory
        form = Format(
            self._read,
            is_empty=lambda found: not found.rows,
            keep=lambda _, found: to_json(found),
            recall=from_json,
            stamp=hashlib.sha256(repr(wanted).encode()).hexdigest()[:12],
        )
        self._file = LastGood(connector, place, form, memory, may_be_empty=may_be_empty)

    def deliver(self, now: datetime) -> PeopleDelivery:
        """Never raises for a bad file."""
        taken = self._file.take(now)
        if taken.reading is None:
            return PeopleDelivery(self._connector, taken.state, problems=taken.problems)
        if taken.counts:
            self._memory.keep_note(_HEADINGS, headings_to_json(taken.reading.headings))
        people: dict[str, Person] = {}
        problems: list[Problem] = []
        for row in taken.reading.rows:
            problems.extend(self._add(row, people))
        return PeopleDelivery(
            self._connector,
            taken.state,
            tuple(people.values()),
            (*taken.problems, *taken.reading.problems, *self._unneeded(taken.reading), *problems),
        )

    def _read(self, content: bytes) -> PeopleRows:
        table = read_table(content, self._wanted, before=headings_from_json(self._memory.note(_HEADINGS)))
        rows = tuple(self._plain(row) for row in table.rows if len(row.own) > 1 or "account" in row.own)
        return PeopleRows(rows, table.headings, table.unmapped, table.problems)

    def _plain(self, row: TableRow) -> PeopleRow:
        for field, cell in row.cells.items():
            if cell.lacks_value or cell.is_error:
                where, heading = row.place.text(self._language), self._wanted.columns[field]
                raise unreadable(
                    "formula_without_value",
                    f"{where}: in „{heading}“ steht eine Formel ohne Ergebnis",
                    f"{where}: in “{heading}” there is a formula without a result",
                    remedy=Text("Den Wert selbst hineinschreiben.", "Write the value itself."),
                )
        return PeopleRow(row.place, {field: cell.text for field, cell in row.cells.items() if cell.text})

    def _add(self, row: PeopleRow, people: dict[str, Person]) -> Iterator[Problem]:
        """Takes a row in; several rows of one account add up."""
        where = row.place.text(self._language)
        account = row.text("account")
        if not account or any(each.isspace() for each in account):
            yield _no_account(row, where, self._wanted.columns["account"])
            return
        administration = recognised(row.text("administration"), self._members) if row.text("administration") else ""
        if row.text("administration") and not administration:
            yield self._unknown_administration(row, where)
        known = people.get(account.casefold())
        if known and known.administration and administration and known.administration != administration:
            yield _two_administrations(account, where, known.origin)
        people[account.casefold()] = Person(
            account=known.account if known else account,
            administration=(known.administration if known else "") or administration,
            name=(known.name if known else "") or row.text("name"),
            mail=(known.mail if known else "") or row.text("mail"),
            topics=_united(known.topics if known else (), read_list(row.text("topics"))),
            groups=_united(known.groups if known else (), read_list(row.text("groups"))),
            origin=known.origin if known else where,
        )

    def _unknown_administration(self, row: PeopleRow, where: str) -> Problem:
        written = row.text("administration")
        near = nearest_member(written, self._members)
        return Problem(
            "unknown_administration",
            where,
            Text(
                f"{row.text('account')}: „{written}“ ist keine Verwaltung des Netzwerks",
                f"{row.text('account')}: “{written}” is no administration of the network",
            ),
            Text(f"Gemeint ist vielleicht „{near}“.", f"Perhaps “{near}” is meant.") if near else NOTHING,
        )

    def _unneeded(self, found: PeopleRows) -> Iterator[Problem]:
        if found.unneeded:
            names = ", ".join(f"„{name}“" for name in found.unneeded)
            yield Problem(
                "unneeded_columns",
                f"connectors.{self._connector}",
                Text(f"nicht gelesen, weil nicht gebraucht: {names}", f"not read because not needed: {names}"),
                Text("Am besten eine Liste ohne diese Spalten verwenden.", "Better use a list without these columns."),
            )


def to_json(found: PeopleRows) -> bytes:
    """What is kept of a people table: mapped cells alone."""
    return json.dumps(
        {
            "rows": [[row.place.sheet, row.place.row, dict(row.texts)] for row in found.rows],
            "headings": headings_to_json(found.headings),
            "unneeded": found.unneeded,
            "problems": [
                [each.code, each.where, each.message.de, each.message.en, each.remedy.de, each.remedy.en]
                for each in found.problems
            ],
        },
        ensure_ascii=False,
        sort_keys=True,
    ).encode()


def from_json(content: bytes) -> PeopleRows:
    found = json.loads(content)
    return PeopleRows(
        tuple(PeopleRow(RowPlace(sheet, row), texts) for sheet, row, texts in found["rows"]),
        headings_from_json(found["headings"]),
        tuple(found["unneeded"]),
        tuple(
            Problem(code, where, Text(de, en), Text(remedy_de, remedy_en))
            for code, where, de, en, remedy_de, remedy_en in found["problems"]
        ),
    )


def _united(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each word once, as first spelled."""
    found: dict[str, str] = {}
    for word in (*one, *other):
        found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _no_account(row: PeopleRow, where: str, heading: str) -> Problem:
    said = ", ".join(row.texts[field] for field in ("account", "name", "mail") if row.text(field))
    return Problem(
        "person_without_account",
        where,
        Text(f"{said}: „{heading}“ ist leer oder kein Konto", f"{said}: “{heading}” is empty or no account"),
    )


def _two_administrations(account: str, where: str, first: str) -> Problem:
    return Problem(
        "person_in_two_administrations",
        where,
        Text(
            f"{account} steht mit einer anderen Verwaltung schon in {first}; die erste gilt",
            f"{account} stands with another administration in {first}; the first counts",
        ),
    )
