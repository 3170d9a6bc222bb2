"""Training concepts: which trainings make up which, and in what order.

A training says it itself, in the column of its source ("OZG 2"; several with a comma between). The first part names the
concept by its key or its name, the number is the step. Where no number stands, it comes after all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from calendar_sync.wording import Fact
from network.settings import Settings, TrainingConcept
from network.settings.names import slug
from plugin.listed import Listed, ListedDate

_STEP = re.compile(r"(?P<name>.*?)[\s.:–-]*(?P<number>\d{1,3})?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `number` None where the source gives none. `coming` are its dates that are not over, the next first;
    `last` the latest that is over."""

    number: int | None
    name: str
    coming: tuple[ListedDate, ...]
    last: ListedDate | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """That a training is a step of a concept."""

    concept: TrainingConcept
    number: int | None


def parts(training: Listed, settings: Settings) -> tuple[Part, ...]:
    """The concepts that the training belongs to; names that nobody configured are none."""
    return tuple(_parts(training.facts.get(Fact.CONCEPT, ""), settings))


def steps(concept: TrainingConcept, dates: Iterable[ListedDate], settings: Settings, now: datetime) -> tuple[Step, ...]:
    """Its steps in order, as far as these dates tell. Two names under one number are two steps, one after the other."""
    found: dict[tuple[bool, int, str], list[ListedDate]] = {}
    for each in dates:
        for part in parts(each.training, settings):
            if part.concept.key == concept.key:
                order = (part.number is None, part.number or 0, each.training.name.casefold())
                found.setdefault(order, []).append(each)
    return tuple(_step(None if is_last else number, each, now) for (is_last, number, _), each in sorted(found.items()))


def _step(number: int | None, dates: list[ListedDate], now: datetime) -> Step:
    coming = tuple(each for each in dates if each.ends_at > now)
    over = [each for each in dates if each.ends_at <= now and not each.is_cancelled]
    return Step(number, dates[0].training.name, coming, over[-1] if over else None)


def _parts(said: str, settings: Settings) -> Iterator[Part]:
    called = {name: each for each in settings.concepts.values() for name in (slug(each.name), each.key)}
    for each in re.split("[,;]", said):
        read = _STEP.fullmatch(each.strip())
        if whole := called.get(slug(each)):  # a name may end with a number of its own
            yield Part(whole, None)
        elif read and read["number"] and (concept := called.get(slug(read["name"]))):
            yield Part(concept, int(read["number"]))
