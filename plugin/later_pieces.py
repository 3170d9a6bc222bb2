"""What the configuration may say already and this version doesn't carry out yet: a sentence for each, in `check`."""

from __future__ import annotations

from collections.abc import Iterator

from network.problems import Problem
from network.settings import ExchangeGroup, Settings
from network.text import Text


def later_pieces(settings: Settings) -> tuple[Problem, ...]:
    return tuple(problem for group in settings.exchange_groups.values() for problem in _group(group))


def _group(group: ExchangeGroup) -> Iterator[Problem]:
    words = [
        *(["meetings"] if group.meetings else []),
        *(["calendar"] if group.calendar else []),
        *(["tasks"] if group.tasks else []),
    ]
    if words:
        listed = ", ".join(words)
        yield Problem(
            "not_yet",
            group.source,
            Text(
                f"exchange_groups.{group.key}: {listed} wird geprüft, in dieser Version aber noch nicht angelegt",
                f"exchange_groups.{group.key}: {listed} is checked, but not made in this version yet",
            ),
        )
