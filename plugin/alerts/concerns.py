"""What a round of the service found wrong, and whether it can wait."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from network.errors import DigitalnetzwerkError, LoginRefused, PersonMustAct
from network.problems import Problem
from network.text import Text
from plugin.render.run import Run, problems_of

HINTS = frozenset({"row_hint", "stays", "not_tried", "stopping", "locked"})
"""Said where somebody looks, like every warning about the configuration, and no reason for a mail."""
STOPPED = "stopped"
DECIDE = Text(
    "Bitte ansehen und entscheiden, auf der Seite „Betrieb“ oder mit „digitalnetzwerk plan“. Bis dahin verliert dort "
    "niemand etwas.",
    'Please look and decide, on the page "Operations" or with "digitalnetzwerk plan". Until then nobody loses anything '
    "there.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """`urgent` are the codes that nobody but a person mends."""

    problems: tuple[Problem, ...] = ()
    urgent: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: Found) -> Found:
        return Found((*self.problems, *other.problems), self.urgent | other.urgent)


def found_in(run: Run) -> Found:
    """Everything that a run had to say, and each scope that the guard stopped."""
    said = (*run.problems, *_stopped(run))
    return Found(tuple(each for each in said if _is_news(each)), frozenset({STOPPED}))


def found_by(error: DigitalnetzwerkError) -> Found:
    """What ended a round before there was a plan."""
    problems = tuple(each for each in problems_of(error) if _is_news(each))
    return Found(problems, _codes(problems) if isinstance(error, PersonMustAct | LoginRefused) else frozenset())


def broken(problems: Collection[Problem]) -> Found:
    """A configuration that can't be used; the last valid one stays in force."""
    return Found(tuple(problems), _codes(problems))


def _is_news(problem: Problem) -> bool:
    return problem.code not in HINTS and not problem.code.startswith("warning_")


def _codes(problems: Collection[Problem]) -> frozenset[str]:
    return frozenset(each.code for each in problems)


def _stopped(run: Run) -> Iterator[Problem]:
    for each in run.plan.scopes:
        if each.unsafe is not None:
            yield Problem(STOPPED, str(each.scope), each.unsafe, DECIDE)
