"""Reads all sources side by side: trainings and people, and what is wrong with them. Writes nothing.

A source that fails costs itself: the others go on. A training that can't be understood costs that training.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from network.errors import BadInput
from network.model import Delivery, PeopleDelivery, Training
from network.ports import PeopleSource, TrainingSource
from network.problems import Problem
from plugin.render.run import SourceSummary


@dataclass(frozen=True, slots=True)
class Trainings:
    """What one training source gave, parsed. `unclear` are keys whose offer could not be understood: they are held."""

    delivery: Delivery
    trainings: tuple[Training, ...]
    unclear: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def held(self) -> frozenset[str]:
        """Keys whose entries stay as they are until a person decides."""
        return frozenset(question.key for question in self.delivery.questions) | frozenset(self.unclear)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that the sources say now, by connector."""

    trainings: Mapping[str, Trainings]
    people: Mapping[str, PeopleDelivery]

    @property
    def problems(self) -> tuple[Problem, ...]:
        of_trainings = (p for each in self.trainings.values() for p in (*each.delivery.problems, *each.problems))
        of_people = (problem for each in self.people.values() for problem in each.problems)
        return tuple(dict.fromkeys((*of_trainings, *of_people)))

    @property
    def summaries(self) -> tuple[SourceSummary, ...]:
        trainings = (_summary(each) for each in self.trainings.values())
        people = (SourceSummary(each.connector, each.state.value, len(each.people)) for each in self.people.values())
        return (*trainings, *people)


def gather(
    trainings: Mapping[str, TrainingSource],
    people: Mapping[str, PeopleSource],
    now: datetime,
    *,
    parallel: int = 4,
) -> Gathered:
    """Asks every source once."""
    with ThreadPoolExecutor(parallel) as pool:
        delivered = pool.map(lambda source: parsed(source.deliver(now)), trainings.values())
        known = pool.map(lambda source: source.deliver(now), people.values())
        return Gathered(dict(zip(trainings, delivered, strict=True)), dict(zip(people, known, strict=True)))


def parsed(delivery: Delivery) -> Trainings:
    """The delivery's offers as trainings; a bad one is set aside with its reason."""
    trainings: list[Training] = []
    unclear: list[str] = []
    problems: list[Problem] = []
    for offer in delivery.offers():
        try:
            trainings.append(offer.parse())
        except BadInput as error:
            unclear.append(offer.key)
            problems.append(error.problem(error.where or delivery.connector))
    return Trainings(delivery, tuple(trainings), tuple(unclear), tuple(problems))


def _summary(given: Trainings) -> SourceSummary:
    return SourceSummary(
        connector=given.delivery.connector,
        state=given.delivery.state.value,
        items=len(given.trainings),
        quarantined=given.delivery.quarantined + len(given.unclear) + len(given.delivery.questions),
    )
