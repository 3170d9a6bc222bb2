"""A town leaves the network: what goes, what stays, and what somebody has to do. Plans only.

Access of its people ends everywhere, its team is dissolved, nothing that anybody wrote is deleted. That it left is
noted with the first change: from then on the files mean nothing else, whatever they still say, and the next run
finishes what was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from network.document import Branch
from network.errors import ConfigurationError
from network.plan import Action, Change, Kind, Plan, Scope, ScopeKind, ScopePlan
from network.ports import FolderSeen, Principal, Record
from network.problems import Problem
from network.settings import Settings
from network.text import Text
from plugin.decided import Decided, Departed, departure_records, mentions_of_departed
from plugin.findings import Farewell, LeftFolder
from plugin.handover import Handover, Meaning
from workspace_sync.marks import team_of
from workspace_sync.people import People
from workspace_sync.remembered import FOLDER
from workspace_sync.situation import Situation
from workspace_sync.steps import KeepBooks
from workspace_sync.wish import digest

LEAVES = Text("die Verwaltung verlässt das Netzwerk", "the administration leaves the network")
NOTED = Text(
    "verlässt das Netzwerk: nur gemerkt, das leere Team wird nach 30 Tagen gelöscht",
    "leaves the network: only noted, the empty team is deleted after 30 days",
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """`written` and `people` are what the files and lists say, before anything that was decided by command."""

    written: Settings
    people: People
    document: Branch
    decided: Decided
    pilots: frozenset[str] | None
    handover: Handover

    def plan(self, key: str) -> tuple[Plan, Farewell]:
        """What leaving changes, and what the town and the administrator should know. ConfigurationError for no key."""
        if key not in self.written.administrations:
            raise _no_such_administration(key, self.written)
        name = self.written.administrations[key].name
        before, after, accounts = self._sides(key, name)
        situation = self.handover.situation(before, files=True)
        scope = Scope(ScopeKind.ADMINISTRATION, key)
        plans = self.handover.workspaces(
            situation, before, after, lambda change: change.loses or change.scope == scope or _is_books(change)
        )
        noted = _with_note(plans, scope, name, departure_records(key, Departed(name, accounts)))
        scopes = (*noted, *self.handover.calendars(before, after))
        plan = Plan(tuple(map(_explained, scopes)), tuple(_unsure(key, name, before.people)))
        return plan, self._farewell(key, name, accounts, before, situation)

    def _sides(self, key: str, name: str) -> tuple[Meaning, Meaning, frozenset[str]]:
        others = {each: it for each, it in self.decided.departed.items() if each != key}
        rest = Decided(others, self.decided.merged)
        settings, people = rest.applied(self.written, self.people)
        known = self.decided.departed.get(key)
        accounts = people.of(key) | (known.accounts if known is not None else frozenset())
        gone = replace(rest, departed={**others, key: Departed(name, accounts)})
        after = Meaning(*gone.applied(self.written, self.people), self.pilots)
        theirs = gone.gone(self.people)
        if self.pilots is not None:
            after = replace(after, pilots=self.pilots - theirs)
        return Meaning(settings, people, self.pilots), after, accounts

    def _farewell(
        self, key: str, name: str, accounts: frozenset[str], before: Meaning, situation: Situation
    ) -> Farewell:
        theirs = accounts & Decided({key: Departed(name, accounts)}).gone(before.people)
        groups = before.settings.exchange_groups.values()
        return Farewell(
            key=key,
            name=name,
            people=len(theirs),
            folders=tuple(sorted(_folders(key, theirs, situation), key=lambda each: each.name)),
            leaderless=tuple(each.name for each in groups if each.lead and set(each.lead) <= theirs),
            mentions=mentions_of_departed(self.document, key, theirs),
            is_external=self.written.administrations[key].external,
        )


def _folders(key: str, accounts: frozenset[str], situation: Situation) -> Iterator[LeftFolder]:
    """Our folders that its people can open, with what lies in them."""
    ours = {record.remote for record in situation.remembered.everywhere(FOLDER)}
    groups = set(situation.groups.get(key, ()))
    for folder in situation.actual.folders or ():
        if str(folder.id) in ours and (bits := _bits(folder, key, accounts, groups, situation)):
            files = situation.actual.files.get(folder.id)
            documents = tuple(each.path.lstrip("/") for each in files or () if not each.is_folder)
            yield LeftFolder(folder.name, bits, documents, is_known=files is not None)


def _bits(folder: FolderSeen, key: str, accounts: frozenset[str], groups: set[str], situation: Situation) -> int:
    """What its people may do in the folder, as permission bits."""
    bits = 0
    for who, granted in folder.grants:
        if who.kind == "team" and _is_in(who.id, key, accounts, groups, situation):
            bits |= granted
    return bits


def _is_in(team: str, key: str, accounts: frozenset[str], groups: set[str], situation: Situation) -> bool:
    if situation.team_key(team) == team_of(Scope(ScopeKind.ADMINISTRATION, key)):
        return True
    members = {row.who for row in situation.actual.members.get(team, ())}
    people, theirs = (Principal("user", each) for each in accounts), (Principal("group", each) for each in groups)
    return bool(members & {*people, *theirs})


def _is_books(change: Change) -> bool:
    return isinstance(change.step, KeepBooks)


def _with_note(
    plans: tuple[ScopePlan, ...], scope: Scope, name: str, records: tuple[Record, ...]
) -> tuple[ScopePlan, ...]:
    """That it left is remembered before anything else is done."""
    own = next((plan for plan in plans if plan.scope == scope), ScopePlan(scope))
    books = next((change.step for change in own.changes if isinstance(change.step, KeepBooks)), KeepBooks())
    step = replace(books, remember=(*records, *books.remember))
    note = Change(scope, Action.FORGET, Kind.TEAM, "departed", name, NOTED, step, digest(step))
    rest = tuple(change for change in own.changes if not _is_books(change))
    return (replace(own, changes=(note, *rest)), *(plan for plan in plans if plan.scope != scope))


def _explained(plan: ScopePlan) -> ScopePlan:
    """What is taken from the town says why."""
    return replace(plan, changes=tuple(replace(each, reason=LEAVES) if each.loses else each for each in plan.changes))


def _unsure(key: str, name: str, people: People) -> Iterator[Problem]:
    """Where nobody can say who its people are, those who are named one by one stay."""
    if people.of(key):
        return
    yield Problem(
        "people_unknown",
        f"administrations.{key}",
        Text(
            f"Wer zu {name} gehört, ist nicht bekannt: einzeln genannte oder von Hand aufgenommene Personen bleiben",
            f"nobody can tell who belongs to {name}: people named one by one or added by hand stay",
        ),
        Text(
            "Am sichersten zuerst dafür sorgen, dass die Gruppe lesbar ist: digitalnetzwerk check --online",
            "It is safest to make the group readable first: digitalnetzwerk check --online",
        ),
    )


def _no_such_administration(key: str, settings: Settings) -> ConfigurationError:
    known = ", ".join(settings.administrations)
    message = Text(f"keine Verwaltung heißt so; vorhanden: {known}", f"there is no such administration; known: {known}")
    return ConfigurationError((Problem("unknown_name", key, message),))
