"""How a training reads in a calendar, in German. Nothing here changes by itself: a second run must find it equal."""

from __future__ import annotations

from datetime import date, datetime

from network.model import Session, Status, Training

CANCELLED = "Fällt aus: "
FULL = " (ausgebucht)"


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


def description(training: Training, session: Session) -> str:
    """What the training is about, then its facts, one a line."""
    facts = "\n".join(f"{label}: {text}" for label, text in _facts(training, session) if text)
    return "\n\n".join(each for each in (training.description.strip(), facts) if each)


def _facts(training: Training, session: Session) -> tuple[tuple[str, str], ...]:
    return (
        ("Termin", _which(training, session)),
        ("Online", training.link.strip()),
        ("Zielgruppe", training.audience.strip()),
        ("Plätze", "" if training.seats is None else str(training.seats)),
        ("Anmeldeschluss", _moment(training.register_until)),
        ("Ansprechperson", training.contact.strip()),
        ("Barrierefreiheit", training.accessibility.strip()),
        ("Schulungskonzept", training.concept.strip()),
    )


def _which(training: Training, session: Session) -> str:
    many = len(training.sessions)
    return f"{training.sessions.index(session) + 1} von {many}" if many > 1 else ""


def _moment(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment:%d.%m.%Y, %H:%M} Uhr" if isinstance(moment, datetime) else f"{moment:%d.%m.%Y}"
