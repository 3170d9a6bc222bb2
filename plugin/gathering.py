"""Asks all sources side by side what they offer and whom they know. A source that fails costs itself alone."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from datetime import datetime

from network.errors import RightMissing
from network.model import Delivery, PeopleDelivery
from network.ports import PeopleSource, TrainingSource
from network.problems import Problem
from network.trace import Threads, about
from plugin.render.run import FORBIDDEN, SourceSummary


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that the sources say now, by connector. Nothing is parsed yet."""

    trainings: Mapping[str, Delivery]
    people: Mapping[str, PeopleDelivery]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for each in self.people.values() for problem in each.problems)

    @property
    def summaries(self) -> tuple[SourceSummary, ...]:
        trainings = (_summary(each) for each in self.trainings.values())
        return (*trainings, *map(_summary_of_people, self.people.values()))


def gather(
    trainings: Mapping[str, TrainingSource],
    people: Mapping[str, PeopleSource],
    now: datetime,
    *,
    parallel: int = 4,
) -> Gathered:
    """Asks every source once."""

    def trained(connector: str) -> Delivery:
        with about(connector=connector):
            return trainings[connector].deliver(now)

    def listed(connector: str) -> PeopleDelivery:
        with about(connector=connector):
            return people[connector].deliver(now)

    with Threads(parallel) as pool:
        delivered, known = pool.map(trained, trainings), pool.map(listed, people)
        return Gathered(dict(zip(trainings, delivered, strict=True)), dict(zip(people, known, strict=True)))


def _summary(delivery: Delivery) -> SourceSummary:
    offers = delivery.offers
    return SourceSummary(
        connector=delivery.connector,
        state=delivery.state.value,
        items=len(offers) if isinstance(offers, Sized) else sum(1 for _ in offers()),
        quarantined=delivery.quarantined + len(delivery.questions),
    )


def _summary_of_people(delivery: PeopleDelivery) -> SourceSummary:
    """An ordinary account may not read groups; teams work all the same, so that is worth a word and no failure."""
    is_forbidden = any(problem.code == RightMissing.code for problem in delivery.problems)
    state = FORBIDDEN if is_forbidden else delivery.state.value
    return SourceSummary(delivery.connector, state, len(delivery.people), provides="people")
