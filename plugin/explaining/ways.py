"""Which rule gives somebody a right, told aloud: a selector that names them, or what is missing where none does.

The same rules as the planners': keys of one selector all have to fit, a list of selectors adds up, exchange groups
joined with other keys name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from network.document import Branch, find
from network.plan import Scope, ScopeKind
from network.settings import ExchangeGroup, Selection, Selector, Settings
from network.settings.selectors import ALL
from network.state.runs import PastChange
from network.text import Text
from plugin.explaining.known import Known
from plugin.explaining.sentences import belongs, belongs_nowhere, told
from plugin.explaining.subjects import Individual, Subject, Town
from plugin.findings import Reason
from workspace_sync.marks import team_of

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """`service` is what a town must have switched on to be meant by `all`: calendars or workspaces."""

    settings: Settings
    document: Branch
    known: Known
    service: str = "workspaces"

    def of(self, subject: Subject, selection: Selection, location: Location) -> tuple[Reason, ...]:
        """One reason for each selector of the list."""
        return tuple(
            self._selector(subject, selector, (*location, number)) for number, selector in enumerate(selection)
        )

    def membership(self, subject: Subject, key: str, seen: frozenset[str] = frozenset()) -> Reason:
        """Whether somebody is in an exchange group, and by which rule."""
        group = self.settings.exchange_groups[key]
        where = self.place(("exchange_groups", key))
        ways = [
            *self._leads(subject, group),
            *self._members(subject, group, seen | {key}),
            *self._by_hand(subject, group),
        ]
        holding = tuple(way for way in ways if way.holds)
        holds = bool(holding)
        verb = Text("ist in", "is in") if holds else Text("ist nicht in", "is not in")
        text = Text(f"{verb.de} „{group.name}“", f"{verb.en} “{group.name}”")
        return Reason(holds, text, where, holding or tuple(ways), self._taken_in(subject, group) if holds else None)

    def place(self, location: Location) -> str:
        """`network.yaml:14 calendars.schulungen.share`; in the defaults where the entry says nothing itself."""
        spot = find(self.document, location)
        return f"{spot.where} {spot.dotted}"

    # ------------------------------------------------------------------ one selector

    def _selector(
        self, subject: Subject, selector: Selector, location: Location, seen: frozenset[str] = frozenset()
    ) -> Reason:
        where = self.place(location)
        said = told(selector, self.settings)
        parts = self._parts(subject, selector, seen)
        if selector.exchange_groups and len(parts) > 1:
            unclear = Text("exchange_groups mit anderen Angaben: das meint niemanden", "means nobody")
            return Reason(False, said, where, (Reason(False, unclear),))
        holds = all(part.holds for part in parts)
        return Reason(holds, said, where, tuple(part for part in parts if part.holds is holds))

    def _parts(self, subject: Subject, selector: Selector, seen: frozenset[str]) -> list[Reason]:
        parts: list[Reason] = []
        if selector.administrations:
            parts.append(self._administrations(subject, selector))
        if selector.exchange_groups:
            parts.append(self._exchange_groups(subject, selector.exchange_groups, seen))
        if selector.people:
            parts.append(_people(subject, selector.people))
        if selector.topic:
            parts.append(self._topic(subject, selector.topic))
        return parts

    def _administrations(self, subject: Subject, selector: Selector) -> Reason:
        named = selector.named_administrations(with_service(self.settings, self.service))
        if isinstance(subject, Town):
            return self._town(subject, named, is_all=selector.administrations == ALL)
        for key in named:
            row = subject.row_of(key)
            if row is not None:
                return Reason(True, belongs(row, key, self.settings), run=self._group_run(key))
        return Reason(False, belongs_nowhere(subject, named, self.settings, self.service))

    def _town(self, town: Town, named: Sequence[str], *, is_all: bool) -> Reason:
        name, group = town.administration.name, town.administration.group
        if town.key in named:
            text = Text(f"{name}: alle in der Gruppe „{group}“", f"{name}: everybody in the group “{group}”")
            return Reason(True, text, town.administration.source, run=self._group_run(town.key))
        if is_all:
            text = Text(
                f"{name} hat den Dienst {self.service} nicht (services)",
                f"{name} does not have the service {self.service} (services)",
            )
            return Reason(False, text, self.place(("administrations", town.key, "services")))
        return Reason(False, Text(f"{name} steht nicht dabei", f"{name} isn't among them"))

    def _exchange_groups(self, subject: Subject, keys: Sequence[str], seen: frozenset[str]) -> Reason:
        found = [self.membership(subject, key, seen) for key in keys if key not in seen]
        holding = [each for each in found if each.holds]
        if len(found) == 1 or len(holding) == 1:
            return (holding or found)[0]
        text = Text("ist in einer dieser Gruppen", "is in one of these groups")
        return Reason(bool(holding), text, because=tuple(holding or found))

    def _topic(self, subject: Subject, topic: str) -> Reason:
        if isinstance(subject, Town):
            return Reason(False, Text(f"nur wer das Thema „{topic}“ hat", f"only who has the topic “{topic}”"))
        row = subject.row_with(topic)
        if row is not None:
            origin = row.origin
            return Reason(
                True,
                Text(f"Thema „{topic}“ steht in {origin.de}", f"the topic “{topic}” stands in {origin.en}"),
            )
        others = sorted({each for row in subject.rows for each in row.person.topics})
        german = f"dort steht: {', '.join(others)}" if others else "dort steht kein Thema"
        english = f"there is: {', '.join(others)}" if others else "no topic there"
        read = ", ".join(self.known.read) or "–"
        return Reason(
            False,
            Text(
                f"das Thema „{topic}“ steht bei {subject.account} in keiner Personenliste ({read}; {german})",
                f"the topic “{topic}” stands beside {subject.account} in no people list ({read}; {english})",
            ),
        )

    # ------------------------------------------------------------------ one exchange group

    def _leads(self, subject: Subject, group: ExchangeGroup) -> list[Reason]:
        where = self.place(("exchange_groups", group.key, "lead"))
        leads = ", ".join(group.lead)
        holds = isinstance(subject, Individual) and subject.account.casefold() in {
            each.casefold() for each in group.lead
        }
        if isinstance(subject, Town):
            return []
        text = (
            Text("leitet die Gruppe (lead)", "leads the group (lead)")
            if holds
            else Text(f"lead: {leads}", f"lead: {leads}")
        )
        return [Reason(holds, text, where)]

    def _members(self, subject: Subject, group: ExchangeGroup, seen: frozenset[str]) -> list[Reason]:
        location: Location = ("exchange_groups", group.key, "members")
        return [
            self._selector(subject, selector, (*location, number), seen)
            for number, selector in enumerate(group.members)
        ]

    def _by_hand(self, subject: Subject, group: ExchangeGroup) -> list[Reason]:
        """Whom no rule names and who stood in the team when a run looked last."""
        if isinstance(subject, Town):
            return []
        key = team_of(Scope(ScopeKind.EXCHANGE_GROUP, group.key))
        accounts = {each.casefold() for each in self.known.look.teams.get(key, ())}
        policy = Text(f"added_by_hand: {group.added_by_hand}", f"added_by_hand: {group.added_by_hand}")
        if subject.account.casefold() in accounts:
            text = Text(f"von Hand aufgenommen ({policy.de})", f"added by hand ({policy.en})")
            return [Reason(True, text, self.place(("exchange_groups", group.key, "added_by_hand")))]
        if group.open:
            text = Text("darf selbst beitreten (open) und hat es nicht getan", "may join (open) and has not")
            return [Reason(False, text, self.place(("exchange_groups", group.key, "open")))]
        return []

    def _taken_in(self, subject: Subject, group: ExchangeGroup) -> PastChange | None:
        scope = Scope(ScopeKind.EXCHANGE_GROUP, group.key)
        key = f"{team_of(scope)} members"
        names = [subject.account] if isinstance(subject, Individual) else []
        towns = subject.administrations if isinstance(subject, Individual) else {subject.key}
        names += [
            f"group:{self.settings.administrations[town].group}"
            for town in towns
            if town in self.settings.administrations
        ]
        found = (self.known.change(str(scope), key, name) for name in names)
        return next((change for change in found if change is not None), None)

    def _group_run(self, key: str) -> PastChange | None:
        """When the town's group came into the town's team."""
        scope = Scope(ScopeKind.ADMINISTRATION, key)
        return self.known.change(str(scope), f"{team_of(scope)} members")


def _people(subject: Subject, named: Sequence[str]) -> Reason:
    if isinstance(subject, Town):
        return Reason(False, Text("nur einzelne Personen", "single people only"))
    holds = subject.account.casefold() in {each.casefold() for each in named}
    german = "steht namentlich dabei" if holds else f"{subject.account} steht nicht dabei"
    english = "is named" if holds else f"{subject.account} isn't named"
    return Reason(holds, Text(german, english))


def with_service(settings: Settings, service: str) -> tuple[str, ...]:
    """The administrations that `all` means there."""
    return tuple(key for key, each in settings.administrations.items() if service in each.services)


def with_run(reason: Reason, run: PastChange | None) -> Reason:
    """The same with the run that wrote it, where it holds."""
    return replace(reason, run=run) if reason.holds and run is not None else reason
