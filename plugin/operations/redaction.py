"""Takes people out of a text: those whom we know by account, name or mail address, and whatever looks like one.

For the role *reviewer* and for what leaves the house. Refuses to guess names that nobody ever told us: where a text is
free (what a source says), `without_quotes` takes out all that is quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from network.plan import Kind
from network.settings import Section
from network.settings.settings import Settings
from network.state import StateStore, tables
from network.state.engine import reading
from network.text import Text
from plugin.explaining.known import Known

PERSON = Text("[Person]", "[person]")
ADDRESS = "[Adresse]"
SHORTEST = 3
PEOPLE_KINDS = frozenset({Kind.MEMBER.value, Kind.ACCOUNT.value})
PEOPLE_FIELDS = frozenset({"people", "lead", "accounts", "username"})
NOBODY = frozenset({"digitalnetzwerk"})
"""What this program is called: an account of that name is the service's; commands and network names keep the word."""

_MAIL = re.compile(r"[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+")
_QUOTED = re.compile(r"„[^“]*“|“[^”]*”|\"[^\"]*\"|»[^«]*«|‚[^‘]*‘")
_SECRET = re.compile(
    r"(?i)(bearer|basic|token|secret|password|passwort|kennwort|pwd|client_secret|authorization)(\W{1,3})(?:(?:bearer|basic)\s+)?\S+"
)
_LOGIN_IN_ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/\s@]+@")
_WHAT = re.compile(r" (?:level|moderates|members)$")
_ADDRESS = re.compile(r"(?i)\b(https?://[^/\s?#]+)[^\s]*")


@dataclass(frozen=True, slots=True)
class Redaction:
    """`text` replaces all that `of` was told about, whole words only, in any spelling of capitals."""

    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Iterable[str]) -> Redaction:
        found = {each.strip() for each in words}
        known = sorted(
            (each for each in found if len(each) >= SHORTEST and each.casefold() not in NOBODY), key=len, reverse=True
        )
        if not known:
            return cls(None)
        either = "|".join(re.escape(each) for each in known)
        return cls(re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE))

    def text(self, text: str) -> str:
        """Without people and without mail addresses."""
        found = _MAIL.sub(PERSON.de, text)
        return self.pattern.sub(PERSON.de, found) if self.pattern is not None else found


def without_quotes(text: str) -> str:
    """What is quoted comes from a source or from a person."""
    return _QUOTED.sub("„…“", text)


def without_secrets(text: str) -> str:
    """Without logins in addresses, what stands behind the host, and what follows words like "password"."""
    found = _LOGIN_IN_ADDRESS.sub(r"\1", text)
    return _SECRET.sub(r"\1\2[…]", _ADDRESS.sub(r"\1/…", found))


def people_known(settings: Settings, state: StateStore) -> Redaction:
    """Everybody whom configuration, people lists, teams, logins, errands and history name."""
    return Redaction.of({*_written(settings), *_listed(settings, state), *_stored(state)})


def _written(section: object, name: str = "") -> Iterator[str]:
    """People whom the configuration names, by its keys."""
    if isinstance(section, Section):
        for field in type(section).model_fields:
            yield from _written(getattr(section, field), field)
    elif isinstance(section, dict):
        for each in section.values():
            yield from _written(each, name)
    elif isinstance(section, (tuple, list, frozenset)):
        for each in section:
            yield from _written(each, name)
    elif isinstance(section, str) and name in PEOPLE_FIELDS:
        yield section


def _listed(settings: Settings, state: StateStore) -> Iterator[str]:
    for each in Known.of(settings, state).listed:
        person = each.person
        yield from (person.account, person.mail, *_spellings(person.name))


def _stored(state: StateStore) -> Iterator[str]:
    sessions, errands, history = tables.sessions.c, tables.errands.c, tables.history.c
    with reading(state.engine) as connection:
        for row in connection.execute(select(sessions.account, sessions.visitor)):
            yield from (row.account, *_spellings(json.loads(row.visitor or "{}").get("name", "")))
        yield from connection.execute(select(errands.by).distinct()).scalars()
        changes = select(history.key, history.title).where(history.kind.in_(PEOPLE_KINDS)).distinct()
        for row in connection.execute(changes):
            yield from accounts(row.key, row.title)


def accounts(key: str, title: str) -> Iterator[str]:
    """Whom a change of people is about. Groups, teams and rooms are nobody.

    The key ends in the account ("room > user:anna moderates"); the title is one, several of them, or "Name (account)".
    """
    yield from _account(_WHAT.sub("", key.rpartition(" > ")[2]))
    name, _, inside = title.removesuffix(")").rpartition(" (")
    if name and not (inside == "Talk" or inside.isdigit()):
        yield inside
        yield from _spellings(name)
        return
    for each in (name or title).split(", "):
        yield from _account(each)


def _account(written: str) -> Iterator[str]:
    """ "anna" and "user:anna" are an account, "group:brakel" is none."""
    kind, colon, rest = written.partition(":")
    if not colon:
        yield written
    elif kind == "user":
        yield rest


def _spellings(name: str) -> Iterator[str]:
    """ "Erika Muster", "Muster, Erika" and "Muster Erika"; a name of one word as it is."""
    plain = " ".join(name.replace(",", " ").split())
    parts = plain.split()
    yield name
    yield plain
    if len(parts) > 1:
        yield f"{parts[-1]}, {' '.join(parts[:-1])}"
        yield f"{parts[-1]} {' '.join(parts[:-1])}"
        yield f"{' '.join(parts[1:])} {parts[0]}"
