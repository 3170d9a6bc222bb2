"""Freshness, stated and measured (promise 10): how old what stands in Nextcloud may be, by connector, and how much of
what changed was visible in time.

From the store alone. What is measured, and how, says `plugin.arriving`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from network.settings import Settings, TrainingConnector
from network.state import StateStore
from network.state.arrivals import ArrivalLog, Day
from network.state.sources import SourceLog
from plugin.findings import Freshness
from plugin.intervals import all_connectors, target

WINDOW = timedelta(days=7)


def freshness(
    settings: Settings, state: StateStore, now: datetime, *, window: timedelta = WINDOW
) -> tuple[Freshness, ...]:
    """All connectors of the configuration, in its order; shares over the days of `window`, today included."""
    return tuple(_all(settings, state, now, window))


def _all(settings: Settings, state: StateStore, now: datetime, window: timedelta) -> Iterator[Freshness]:
    log = ArrivalLog(state.engine)
    looked = {each.connector: each.succeeded_at for each in SourceLog(state.engine).health()}
    first = now.astimezone(settings.network.timezone).date() - window + timedelta(days=1)
    awaited, as_of, days = log.awaited(), log.as_of(), log.days(since=first)
    for key, connector in all_connectors(settings).items():
        waiting = [each for each in awaited if each.connector == key]
        may_be_old = target(connector)
        yield Freshness(
            connector=key,
            provides="trainings" if isinstance(connector, TrainingConnector) else "people",
            now=now,
            interval=connector.every,
            target=may_be_old,
            looked_at=looked.get(key),
            as_of=as_of.get(key),
            waiting=len(waiting),
            overdue=sum(now - each.since > may_be_old for each in waiting),
            window=window,
            days=_own(key, days),
        )


def _own(connector: str, days: Sequence[Day]) -> tuple[Day, ...]:
    return tuple(each for each in days if each.connector == connector)
