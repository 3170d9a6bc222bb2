"""A table as a source of people: who belongs to which administration, who is responsible for which topic.

Columns that we don't need are never taken further, not even into the last good copy. A file with a cell that can't be
read is not used at all: a person must not lose rights because of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from connectors.people.members import Member, nearest_member, recognised
from connectors.sources.last_good import Format, LastGood
from connectors.sources.looking import Place
from connectors.sources.refusal import unreadable
from connectors.tables import record
from connectors.tables.lists import read_list
from connectors.tables.table import Table, TableRow, Wanted, headings_from_json, headings_to_json, read_table
from network.model import PeopleDelivery, Person
from network.ports import SourceMemory
from network.problems import Problem
from network.text import NOTHING, Language, Text

_HEADINGS = "headings"
_MORE_THAN_A_HEADING = 2


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
            is_empty=lambda table: not table.rows,
            keep=lambda _, table: record.to_json(table),
            recall=record.from_json,
            stamp=f"{record.FORM}-{wanted.stamp}",
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

    def _read(self, content: bytes) -> Table:
        table = read_table(content, self._wanted, before=headings_from_json(self._memory.note(_HEADINGS)))
        for row in table.rows:
            self._refuse_unknown_values(row)
        return table

    def _refuse_unknown_values(self, row: TableRow) -> None:
        for field, cell in row.cells.items():
            if cell.lacks_value or cell.is_error:
                where, heading = row.place.text(self._language), self._wanted.columns[field]
                raise unreadable(
                    "formula_without_value",
                    f"{where}: in „{heading}“ steht eine Formel ohne Ergebnis",
                    f"{where}: in “{heading}” there is a formula without a result",
                    remedy=Text("Den Wert selbst hineinschreiben.", "Write the value itself."),
                )

    def _add(self, row: TableRow, people: dict[str, Person]) -> Iterator[Problem]:
        """Takes a row in; several rows of one account add up."""
        where = row.place.text(self._language)
        account = row.text("account")
        if not account and len(row.own) < _MORE_THAN_A_HEADING:
            return
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
            name=(known.name if known else "") or " ".join(row.text("name").split()),
            mail=(known.mail if known else "") or row.text("mail"),
            topics=_united(known.topics if known else (), read_list(row.text("topics"))),
            groups=_united(known.groups if known else (), read_list(row.text("groups"))),
            origin=known.origin if known else where,
        )

    def _unknown_administration(self, row: TableRow, where: str) -> Problem:
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

    def _unneeded(self, table: Table) -> Iterator[Problem]:
        if table.unmapped:
            names = ", ".join(f"„{name}“" for name in table.unmapped)
            yield Problem(
                "unneeded_columns",
                f"connectors.{self._connector}",
                Text(f"nicht gelesen, weil nicht gebraucht: {names}", f"not read because not needed: {names}"),
                Text("Am besten eine Liste ohne diese Spalten verwenden.", "Better use a list without these columns."),
            )


def _united(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each word once, as first spelled."""
    found: dict[str, str] = {}
    for word in (*one, *other):
        found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _no_account(row: TableRow, where: str, heading: str) -> Problem:
    said = ", ".join(row.text(field) for field in ("account", "name", "mail") if row.text(field))
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
