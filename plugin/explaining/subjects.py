"""Whom a question is about: a person, or everybody of a town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from network.document import Branch, find
from network.settings import Administration, Settings
from network.text import Text
from plugin.explaining.known import Known, Listed
from plugin.findings import Reason

_SERVICES = {
    "calendars": Text("Kalender", "calendars"),
    "workspaces": Text("Gruppen und Ordner", "groups and folders"),
    "registration": Text("Anmeldung", "registration"),
    "attendance": Text("Teilnahme", "attendance"),
}


@dataclass(frozen=True, slots=True)
class Individual:
    """An account, with every row of a list that names it."""

    account: str
    rows: tuple[Listed, ...] = ()

    @property
    def title(self) -> Text:
        name = next((row.person.name for row in self.rows if row.person.name), "")
        title = f"{self.account} ({name})" if name and name != self.account else self.account
        return Text(title, title)

    @property
    def administrations(self) -> frozenset[str]:
        return frozenset(row.person.administration for row in self.rows if row.person.administration)

    def row_of(self, administration: str) -> Listed | None:
        return next((row for row in self.rows if row.person.administration == administration), None)

    def row_with(self, topic: str) -> Listed | None:
        wanted = topic.strip().casefold()
        return next(
            (row for row in self.rows if wanted in {each.strip().casefold() for each in row.person.topics}), None
        )


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody of an administration."""

    administration: Administration

    @property
    def key(self) -> str:
        return self.administration.key

    @property
    def title(self) -> Text:
        return Text(self.administration.name, self.administration.name)


Subject = Individual | Town


def subject_of(words: str, settings: Settings, known: Known) -> Subject | None:
    """The town or person that the words name: by key, group or name; by account, full name or mail address."""
    wanted = words.strip().casefold()
    for each in settings.administrations.values():
        if wanted in (each.key, f"administration:{each.key}", each.group.casefold(), each.name.casefold()):
            return Town(each)
    for row in known.listed:
        person = row.person
        if wanted and wanted in (person.account.casefold(), person.name.casefold(), person.mail.casefold()):
            return Individual(person.account, known.rows(person.account))
    named = next((account for account in _named(settings, known) if account.casefold() == wanted), None)
    return Individual(named) if named is not None else None


def facts(subject: Subject, settings: Settings, document: Branch, known: Known) -> Iterator[Reason]:
    """Who that is: rows of lists, the group of a town."""
    if isinstance(subject, Town):
        yield from _facts_of_town(subject, document, known)
        return
    for row in subject.rows:
        yield Reason(True, _said(row, settings))
    if not subject.rows:
        text = Text("steht in keiner Personenliste, die wir gelesen haben", "stands in no people list that we read")
        yield Reason(False, text, ", ".join(known.read))


def _facts_of_town(town: Town, document: Branch, known: Known) -> Iterator[Reason]:
    group = town.administration.group
    people = known.people.of(town.key)
    where = find(document, ("administrations", town.key, "group")).where
    yield Reason(
        bool(people),
        Text(f"Gruppe „{group}“: {len(people)} Personen", f"group “{group}”: {len(people)} people"),
        where,
    )
    services = [_SERVICES[each] for each in town.administration.services]
    german, english = ", ".join(each.de for each in services), ", ".join(each.en for each in services)
    yield Reason(True, Text(f"Dienste: {german}", f"services: {english}"), town.administration.source)


def _said(row: Listed, settings: Settings) -> Text:
    town = settings.administrations.get(row.person.administration)
    topics = ", ".join(row.person.topics)
    german = [f"gehört zu {town.name}"] if town else []
    english = [f"belongs to {town.name}"] if town else []
    if topics:
        german.append(f"Themen: {topics}")
        english.append(f"topics: {topics}")
    origin = row.origin
    return Text(
        f"{'; '.join(german) or 'bekannt'} – {origin.de} (Anbindung {row.connector})",
        f"{'; '.join(english) or 'known'} – {origin.en} (connector {row.connector})",
    )


def _named(settings: Settings, known: Known) -> Iterator[str]:
    """Accounts that no list holds: leads, named people, and whom somebody took into a team."""
    for group in settings.exchange_groups.values():
        yield from group.lead
        for selector in group.members:
            yield from selector.people
    for project in settings.projects.values():
        for selection in (project.access.read, project.access.edit, project.access.manage):
            for selector in selection:
                yield from selector.people
    for calendar in settings.calendars.values():
        for selector in (*calendar.share, *calendar.edit):
            yield from selector.people
    for accounts in known.look.teams.values():
        yield from accounts
