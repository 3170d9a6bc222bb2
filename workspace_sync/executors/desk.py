"""What all executors of one run share: the server, the ledger of the scope at work, and how names become ids."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from network.errors import AgainLater, NameTaken, Refused
from network.plan import Scope
from network.ports import Intent, Ledger, Principal, Record, Server
from network.problems import Problem
from network.text import Text
from workspace_sync import words
from workspace_sync.executors.service_team import ServiceTeam
from workspace_sync.marks import SERVICE_TEAM, scope_of
from workspace_sync.remembered import FOLDER, ROOM, TAKEN, TEAM, UNKNOWN, Written, content
from workspace_sync.steps import TeamRef, Who, written


@dataclass(frozen=True, slots=True)
class Desk:
    """One change at work. Raises AgainLater for what an earlier change should have made and didn't, NameTaken for a
    team that can't be made."""

    server: Server
    scope: Scope
    ledger: Ledger
    service: ServiceTeam

    @property
    def ourselves(self) -> Principal:
        return Principal("user", self.server.account)

    def record(self, kind: str, key: str) -> Record:
        record = self.ledger.record(str(self.scope), kind, key)
        if record is None:
            raise _not_there_yet(f"{self.scope} {kind}")
        return record

    def team(self, key: str) -> str:
        """The id of a team of ours; the service team is made when it is asked for."""
        if key == SERVICE_TEAM:
            return self.service.id(self.server, self.ledger)
        record = self.ledger.record(scope_of(key), TEAM, key)
        if record is not None:
            return record.remote
        if self.ledger.record(scope_of(key), TAKEN, key) is not None:
            raise _never_there(key)
        raise _not_there_yet(key)

    @property
    def folder(self) -> int:
        return int(self.record(FOLDER, FOLDER).remote)

    @property
    def room(self) -> str:
        return self.record(ROOM, ROOM).remote

    def principal(self, who: Who) -> Principal:
        return Principal("team", self.team(who.key)) if isinstance(who, TeamRef) else who

    def is_there(self, who: Who) -> bool:
        """Whether a team of ours has been made already; everybody else is taken to be there."""
        if not isinstance(who, TeamRef) or who.key == SERVICE_TEAM:
            return True
        return self.ledger.record(scope_of(who.key), TEAM, who.key) is not None

    def rewrite(self, kind: str, key: str, fresh: Written) -> None:
        """Remembers that we wrote the properties of `fresh` that are not None just now."""
        record = self.record(kind, key)
        wrote = content(record)
        fresh = Written(
            wrote.name if fresh.name is None else fresh.name,
            wrote.description if fresh.description is None else fresh.description,
            wrote.quota if fresh.quota is None else fresh.quota,
            wrote.is_made_by_us,
        )
        self.ledger.remember(replace(record, content=fresh.text(), at=None))

    def intend(self, kind: str, key: str, name: str) -> Intent:
        intent = Intent(str(self.scope), kind, key, name)
        self.ledger.intend(intent)
        return intent

    def note_unknown(self, who: Collection[Who]) -> Problem:
        """So that the next runs don't ask for them again at once; what to tell."""
        scope = str(self.scope)
        self.ledger.remember_all(Record(scope, UNKNOWN, written(each)) for each in who)
        return words.unknown_account(scope, map(written, who))

    def lost(self, key: str, name: str, value: str) -> None:
        """A value that a person wrote and that gave way to the configuration stands in the history."""
        if value:
            self.ledger.lost_value(str(self.scope), key, name, value, "on_conflict")


def unknown_account(who: Principal) -> Refused:
    problem = words.unknown_account("", (written(who),))
    return Refused(problem.message, remedy=problem.remedy, code=problem.code)


def _not_there_yet(what: str) -> AgainLater:
    return AgainLater(
        Text(f"wartet auf {what}: noch nicht angelegt", f"waits for {what}: not made yet"),
        where=what,
        code="waits_for_foundation",
    )


def _never_there(what: str) -> NameTaken:
    """No failure of this change: the team's own scope says who has its name."""
    return NameTaken(
        Text(f"{what} gibt es nicht, weil der Name vergeben ist", f"there is no {what}, because its name is taken"),
        where=what,
        code="waits_for_team",
    )
