"""Which of several calendars is meant by a name. Pure; refuses to guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.sources.refusal import unreadable
from network.errors import NotThere, SourceUnreadable
from network.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A calendar with what it may be called by: its display name first, then other names."""

    calendar: T
    names: tuple[str, ...]


def choose(wanted: str, candidates: Sequence[Named[T]]) -> T:
    """The only one of that name. NotThere when there is none (the remedy lists what there is) or more than one."""
    found = _called(wanted, candidates) or _called(wanted.casefold(), [_folded(each) for each in candidates])
    if len(found) == 1:
        return found[0].calendar
    if found:
        raise NotThere(
            Text(f"mehrere Kalender heißen „{wanted}“", f'several calendars are called "{wanted}"'),
            remedy=Text(f"Eindeutig sind: {_listed(found, -1)}", f"Unmistakable are: {_listed(found, -1)}"),
            code="calendar_ambiguous",
        )
    raise NotThere(
        Text(f"einen Kalender „{wanted}“ gibt es dort nicht", f'there is no calendar "{wanted}"'),
        remedy=_there(candidates),
        code="calendar_not_found",
    )


def unnamed(candidates: Sequence[Named[T]]) -> NotThere:
    """The address is none of a calendar, and no name was given."""
    return NotThere(
        Text("unter der Adresse liegt kein Kalender", "there is no calendar at the address"),
        remedy=_there(candidates),
        code="calendar_not_found",
    )


def own_calendar() -> SourceUnreadable:
    """What we write can't be what we write it from."""
    return unreadable(
        "own_calendar",
        "diesen Kalender schreiben wir selbst; er kann nicht zugleich eine Quelle sein",
        "we write this calendar ourselves; it can't be a source at the same time",
        remedy=Text("Einen anderen Kalender nennen.", "Name another calendar."),
    )


def _called(wanted: str, candidates: Sequence[Named[T]]) -> list[Named[T]]:
    return [each for each in candidates if wanted in each.names]


def _folded(named: Named[T]) -> Named[T]:
    return Named(named.calendar, tuple(each.casefold() for each in named.names))


def _there(candidates: Sequence[Named[T]]) -> Text:
    if not candidates:
        return Text(
            "Diesem Konto zeigt der Server dort keinen Kalender; ist er freigegeben?",
            "The server shows this account no calendar there; is it shared?",
        )
    return Text(f"calendar: eines von {_listed(candidates, 0)}", f"calendar: one of {_listed(candidates, 0)}")


def _listed(candidates: Sequence[Named[T]], which: int) -> str:
    return ", ".join(sorted(each.names[which] for each in candidates if each.names))
