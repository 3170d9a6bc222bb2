"""How a training reads in a calendar, in German. Nothing here changes by itself: a second run must find it equal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from network.model import Session, Status, Training

CANCELLED = "Fällt aus: "
FULL = " (ausgebucht)"


class Fact(StrEnum):
    """What a line of the description says, by the label that it begins with."""

    WHICH = "Termin"
    ONLINE = "Online"
    AUDIENCE = "Zielgruppe"
    SEATS = "Plätze"
    REGISTER_UNTIL = "Anmeldeschluss"
    CONTACT = "Ansprechperson"
    ACCESSIBILITY = "Barrierefreiheit"
    CONCEPT = "Schulungskonzept"


def title(training: Training) -> str:
    """The title of an entry: cancelled and full ones say so."""
    return decorated(" ".join(training.title.split()) or "(ohne Titel)", training.status)


def decorated(text: str, status: Status) -> str:
    """A title as its status shows it, once however often it is asked for."""
    if status is Status.CANCELLED:
        return text if text.casefold().startswith(CANCELLED.strip().casefold()) else CANCELLED + text
    if status is Status.FULL:
        return text if text.casefold().endswith(FULL.strip().casefold()) else text + FULL
    return text


def undecorated(text: str) -> str:
    """The title of a cancelled entry without what its status put before it."""
    return text[len(CANCELLED.strip()) :].strip() if text.casefold().startswith(CANCELLED.strip().casefold()) else text


def is_full(text: str) -> bool:
    """Whether the title says that all seats are taken."""
    return text.casefold().endswith(FULL.strip().casefold())


def plain(text: str) -> str:
    """A title without what any status put before or behind it."""
    text = undecorated(text)
    return text[: -len(FULL.strip())].strip() if is_full(text) else text


def why_cancelled(reason: str) -> str:
    """The sentence that begins the description of an entry that a person cancelled; empty without a reason."""
    said = " ".join(reason.split())
    return f"{CANCELLED}{said}" if said else ""


def description(training: Training, session: Session) -> str:
    """What the training is about, then its facts, one a line."""
    facts = "\n".join(f"{label}: {text}" for label, text in _facts(training, session) if text)
    return "\n\n".join(each for each in (training.description.strip(), facts) if each)


def parted(text: str) -> tuple[str, Mapping[Fact, str]]:
    """A description taken apart again: what it is about, with what a person wrote below, and its facts.

    The facts are the last lines that stand together and begin with their labels.
    """
    lines = text.split("\n")
    found = [_fact(each) for each in lines]
    end = max((number for number, fact in enumerate(found, start=1) if fact), default=0)
    begin = end
    while begin and found[begin - 1]:
        begin -= 1
    about = "\n".join((*lines[:begin], *lines[end:])).strip()
    return about, dict(fact for fact in found[begin:end] if fact)


def unnamed(text: str) -> str:
    """A description without the line that names whom to ask."""
    facts = ((line, _fact(line)) for line in text.split("\n"))
    return "\n".join(line for line, fact in facts if fact is None or fact[0] is not Fact.CONTACT)


def _fact(line: str) -> tuple[Fact, str] | None:
    label, colon, said = line.partition(":")
    return (Fact(label), said.strip()) if colon and said.strip() and label in _LABELS else None


_LABELS = frozenset(Fact)


def _facts(training: Training, session: Session) -> tuple[tuple[Fact, str], ...]:
    return (
        (Fact.WHICH, _which(training, session)),
        (Fact.ONLINE, training.link.strip()),
        (Fact.AUDIENCE, training.audience.strip()),
        (Fact.SEATS, "" if training.seats is None else str(training.seats)),
        (Fact.REGISTER_UNTIL, _moment(training.register_until)),
        (Fact.CONTACT, training.contact.strip()),
        (Fact.ACCESSIBILITY, training.accessibility.strip()),
        (Fact.CONCEPT, training.concept.strip()),
    )


def _which(training: Training, session: Session) -> str:
    many = len(training.sessions)
    return f"{training.sessions.index(session) + 1} von {many}" if many > 1 else ""


def _moment(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment:%d.%m.%Y, %H:%M} Uhr" if isinstance(moment, datetime) else f"{moment:%d.%m.%Y}"
