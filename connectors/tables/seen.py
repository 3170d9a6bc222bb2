"""What a table said about each key at the last good reading, and what may be concluded from comparing.

Two things: keys that were shifted (a row was inserted and the numbers dragged down) are noticed before anything is
written under a wrong key, and a session keeps its number for life. Pure; the record travels as JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network.model import Status, Training

_FORGOTTEN_AFTER = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class SeenSession:
    number: int
    start: str
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """`sessions` with ISO starts; those that are not current are kept so that their numbers mean nothing else."""

    title: str
    sessions: tuple[SeenSession, ...] = ()

    @property
    def start(self) -> str:
        return min((each.start for each in self.sessions if each.is_current), default="")

    @property
    def face(self) -> tuple[str, str]:
        return " ".join(self.title.casefold().split()), self.start


def shifted(before: Mapping[str, Seen], now: Mapping[str, Training]) -> frozenset[str]:
    """The keys under which another training may stand now.

    Those whose title and start both changed, and those that carry what stood under another key while that key carries
    something else or is gone. A row that moved to a key nobody used before is not among them, unless its old key goes
    on with something else. Drafts are compared too: what is invisible today may have been published.
    """
    faces = {key: _face(training) for key, training in now.items()}
    changed = {key for key in now.keys() & before.keys() if faces[key] != before[key].face}
    both = {key for key in changed if all(a != b for a, b in zip(faces[key], before[key].face, strict=True))}
    moved: set[str] = set()
    for old, seen in before.items():
        if old in now and old not in changed:
            continue
        for new in (key for key, face in faces.items() if face == seen.face and key != old):
            if new in changed:
                moved |= {new, old} & now.keys()
            elif new not in before and old in changed:
                moved |= {new, old}
    return frozenset(both | moved)


def numbered(before: Seen | None, starts: Sequence[str]) -> tuple[int, ...]:
    """A number for each start: the one it had, else one of a session that is gone, else a new one.

    Sessions that were moved keep their numbers in order of time. A number is never given to a second meaning.
    """
    known = {each.start: each.number for each in reversed(before.sessions)} if before else {}
    current = {each.number for each in before.sessions if each.is_current} if before else set()
    kept = {start: known[start] for start in starts if start in known}
    free = sorted(current - set(kept.values()))
    following = max(known.values(), default=0) + 1
    numbers = dict(kept)
    for start in (start for start in starts if start not in kept):
        if free:
            numbers[start] = free.pop(0)
        else:
            numbers[start], following = following, following + 1
    return tuple(numbers[start] for start in starts)


def seen_now(training: Training, before: Seen | None) -> Seen:
    """What is remembered of a training that counts."""
    current = tuple(SeenSession(each.number, each.start.isoformat()) for each in training.sessions)
    taken = {each.number for each in current}
    gone = tuple(
        SeenSession(each.number, each.start, is_current=False)
        for each in (before.sessions if before else ())
        if each.number not in taken
    )
    return Seen(training.title, current + gone)


def remembered(
    before: Mapping[str, Seen], now: Mapping[str, Training], held: frozenset[str], today: date
) -> dict[str, Seen]:
    """The new record. Held keys and drafts stay as they were, absent keys until they are long past.

    What was only ever a draft leaves no trace: nobody saw it, so it may become something else.
    """
    limit = (today - _FORGOTTEN_AFTER).isoformat()
    stay = {key: seen for key, seen in before.items() if key in now or key in held or seen.start >= limit}
    counted = {
        key: seen_now(training, before.get(key))
        for key, training in now.items()
        if key not in held and training.status is not Status.DRAFT
    }
    return stay | counted


def to_json(seen: Mapping[str, Seen]) -> str:
    return json.dumps(
        {
            key: [each.title, [[s.number, s.start, s.is_current] for s in each.sessions]]
            for key, each in sorted(seen.items())
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> dict[str, Seen]:
    """Nothing for an empty text."""
    return {
        key: Seen(title, tuple(SeenSession(*session) for session in sessions))
        for key, (title, sessions) in json.loads(text or "{}").items()
    }


def _face(training: Training) -> tuple[str, str]:
    start = min((each.start.isoformat() for each in training.sessions), default="")
    return " ".join(training.title.casefold().split()), start
