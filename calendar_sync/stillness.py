"""An empty plan that still holds: nothing that it was made from has changed, and no time has run out since. Pure.

A plan is made from what sources say, what is wished, how Nextcloud lists our calendars (tokens, shares, marks), what we
remember, and the time. Where all of that is as it was when a whole plan found nothing to do and nothing to remember,
that plan is said again, without reading a single entry. Whatever is in doubt (a training that is missing and counted, a
question that waits, a check that is due) makes a whole plan. It never holds longer than until the next full listing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from calendar_sync.calendar_plan import KEPT_WHEN_LEFT
from calendar_sync.entries import COMPOSITION
from calendar_sync.planner import Planned
from calendar_sync.programme import Programme
from calendar_sync.records import Remembered
from calendar_sync.selection import stands_until
from calendar_sync.sharing import ASK_AGAIN
from calendar_sync.survey import Survey
from calendar_sync.wish import DesiredCalendar, calendar_scope
from network.model import Delivery, SourceState
from network.plan import Kind, ScopePlan
from network.ports import CalendarSeen
from network.problems import Problem
from network.text import Text


@dataclass(frozen=True, slots=True)
class Stillness:
    """`told` stands for everything that the plan was made from; it holds from `since` until before `until`."""

    told: str
    since: datetime
    until: datetime
    plan: Planned

    def holds(self, told: str, now: datetime) -> bool:
        return self.told == told and self.since <= now < self.until


def told(
    calendars: Sequence[DesiredCalendar], sources: Iterable[str], seen: Iterable[CalendarSeen], *, memory: object
) -> str:
    """A digest of all that planners are given but the time. `memory` is equal only while no record has changed."""
    own = sorted(repr(each) for each in seen if each.is_own)
    return _digest(str(COMPOSITION), repr(calendars), *sources, *own, repr(memory))


def source_told(delivery: Delivery, *, by_digest: bool) -> str:
    """What a delivery says, without when. With `by_digest` its digest alone stands for all of its offers."""
    offers = (f"{each.key}\0{each.digest}" for each in delivery.offers()) if not by_digest else (delivery.digest,)
    is_silent = delivery.state is SourceState.FAILED
    counts = delivery.counts or delivery.state is SourceState.RESTING  # it counted when it was read
    keys = [each.key for each in delivery.questions]
    return _digest(delivery.connector, repr((is_silent, counts, keys, delivery.problems)), *offers)


def still(
    planned: Planned,
    calendars: Sequence[DesiredCalendar],
    programme: Programme,
    survey: Survey,
    remembered: Remembered,
    *,
    told: str,
    sweep_every: timedelta,
) -> Stillness | None:
    """The stillness that a whole plan has found; None where it found something to do, to count or to remember, or where
    a source that is written too was not asked: then nobody looked.
    """
    written = {rules.connector for each in calendars if (rules := each.counterpart) is not None}
    if remembered.absences or not _is_empty(planned) or not written <= programme.counting.keys():
        return None
    moments = (*_ends(calendars, programme, survey), *_appointments(survey, remembered, sweep_every))
    return Stillness(told, survey.at, min(each for each in moments if each >= survey.at), planned)


def to_text(found: Stillness) -> str:
    """The stillness in the form in which it is remembered."""
    scopes = [
        {
            "key": each.scope.key,
            "there": dict(each.present),
            "kept": each.kept,
            "foreign": each.foreign,
            "problems": [asdict(problem) for problem in each.problems],
            "where": each.where,
        }
        for each in found.plan.scopes
    ]
    problems = [asdict(problem) for problem in found.plan.problems]
    shown = {"told": found.told, "since": found.since.isoformat(), "until": found.until.isoformat()}
    return json.dumps({**shown, "scopes": scopes, "problems": problems}, ensure_ascii=False)


def from_text(text: str) -> Stillness | None:
    """The stillness that `to_text` wrote down; None for an empty text."""
    if not text:
        return None
    kept = json.loads(text)
    scopes = tuple(
        ScopePlan(
            calendar_scope(each["key"]),
            present={Kind(kind): count for kind, count in each.get("there", {}).items()},
            kept=each["kept"],
            foreign=each["foreign"],
            problems=tuple(map(_problem, each["problems"])),
            where=each["where"],
        )
        for each in kept["scopes"]
    )
    planned = Planned(scopes, tuple(map(_problem, kept["problems"])))
    since, until = (datetime.fromisoformat(kept[name]) for name in ("since", "until"))
    return Stillness(kept["told"], since, until, planned)


def _is_empty(planned: Planned) -> bool:
    """Nothing to do, and nothing seen that was not remembered."""
    to_do = any(each.changes or each.held or each.unsafe for each in planned.scopes)
    to_remember = planned.calendars or planned.entries or planned.forgotten or planned.absences or planned.cancelled
    return not to_do and not to_remember and not planned.questions


def _ends(calendars: Sequence[DesiredCalendar], programme: Programme, survey: Survey) -> Iterator[datetime]:
    """Until when entries, and sessions that stand nowhere, are kept."""
    for calendar in calendars:
        actual = survey.calendars.get(calendar.key)
        entries = (each.memory for each in actual.entries) if actual else ()
        for each in (*entries, *programme.wanted.get(calendar.key, ())):
            yield stands_until(each.ends, calendar, cancelled=each.is_cancelled)


def _appointments(survey: Survey, remembered: Remembered, sweep_every: timedelta) -> Iterator[datetime]:
    """When something is looked at or tried again, whatever else happens."""
    yield survey.at + sweep_every
    for at in remembered.refused_shares.values():
        yield datetime.fromisoformat(at) + ASK_AGAIN
    for each in remembered.calendars.values():
        if each.swept_at:
            yield datetime.fromisoformat(each.swept_at) + sweep_every
        if each.left_at:
            yield datetime.fromisoformat(each.left_at) + KEPT_WHEN_LEFT


def _problem(kept: dict[str, object]) -> Problem:
    texts = {name: Text(**value) if isinstance(value, dict) else value for name, value in kept.items()}
    return Problem(**texts)  # type: ignore[arg-type]  # written by `to_text` out of a Problem


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
