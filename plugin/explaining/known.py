"""What the last runs saw: who stands in which people list, who was in which team, which change did what.

Everything from the state database. Where no run has looked yet, nothing is known and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from connectors.tables.places import RowPlace
from network.model import Person
from network.settings import PeopleTable, Settings, TrainingConnector
from network.settings.locations import WebFile
from network.state import StateStore
from network.state.runs import PastChange, RunLog
from network.state.sources import StoredSourceMemory
from network.text import Text
from plugin.findings import ScopeState
from plugin.last_look import LastLook
from plugin.recent_people import NOTE, ReadNote, read_note
from plugin.scope_states import RUNS, scope_states
from workspace_sync.people import People

IMPLIED = "nextcloud"  # people without a connector of their own


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as one list names them. `at`: when that list was read last; `file`: the table's name."""

    person: Person
    connector: str
    at: datetime
    file: str = ""

    @property
    def origin(self) -> Text:
        """The group or row, as a person finds it."""
        written = self.person.origin
        if written.startswith("group "):
            group = written.removeprefix("group ")
            return Text(f"Gruppe „{group}“ in Nextcloud", f"group “{group}” in Nextcloud")
        place = RowPlace.parse(written)
        if place is None:
            return Text(written, written)
        sheet = f", {place.sheet}" if place.sheet else ""
        return Text(f"{self.file}{sheet}, Zeile {place.row}", f"{self.file}{sheet}, row {place.row}")


@dataclass(frozen=True, slots=True)
class Known:
    """`read` are the people connectors with the moment of their last good answer."""

    listed: tuple[Listed, ...]
    read: Mapping[str, datetime | None]
    look: LastLook
    log: RunLog
    states: Mapping[str, ScopeState]

    @classmethod
    def of(cls, settings: Settings, state: StateStore) -> Known:
        notes = dict(_notes(settings, state))
        listed = tuple(
            Listed(person, connector, note.at, _file(settings, connector))
            for connector, note in notes.items()
            for person in note.people
        )
        read = {connector: note.at for connector, note in notes.items()}
        log = RunLog(state.engine)
        return cls(listed, read, LastLook.of(state), log, scope_states(log.latest("apply", limit=RUNS)))

    @property
    def people(self) -> People:
        return People(tuple(each.person for each in self.listed))

    def rows(self, account: str) -> tuple[Listed, ...]:
        """Every row that names the account."""
        return tuple(each for each in self.listed if each.person.account.casefold() == account.casefold())

    def change(self, scope: str, key: str, words: str = "") -> PastChange | None:
        """The last change of this key in the scope whose title holds the words."""
        done = (each for each in self.log.changes(key) if each.scope == scope and each.outcome == "done")
        return next((each for each in done if words in each.title or "…" in each.title), None)

    def change_titled(self, scope: str, title: str) -> PastChange | None:
        """The last change in the scope whose title holds the words."""
        done = (each for each in self.log.changes_named(title) if each.scope == scope and each.outcome == "done")
        return next(done, None)


def people_last_read(settings: Settings, state: StateStore) -> People:
    """What all people lists said when they were read last."""
    return People(tuple(person for _, note in _notes(settings, state) for person in note.people))


def _file(settings: Settings, connector: str) -> str:
    """The name of the table that a connector reads."""
    table = settings.connectors.get(connector)
    location = table.location if isinstance(table, PeopleTable) else None
    path = location.url if isinstance(location, WebFile) else str(location.path) if location is not None else connector
    return path.rpartition("/")[2]


def _notes(settings: Settings, state: StateStore) -> Iterator[tuple[str, ReadNote]]:
    for connector in dict.fromkeys((*settings.connectors, IMPLIED)):
        if not isinstance(settings.connectors.get(connector), TrainingConnector):
            note = read_note(StoredSourceMemory(state.engine, connector).note(NOTE))
            if note is not None:
                yield connector, note
