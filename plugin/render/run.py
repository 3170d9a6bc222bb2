"""What a command found or did, ready to be shown, and the exit code that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from network.errors import (
    ConfigurationError,
    DigitalnetzwerkError,
    InsecureTransport,
    LoginRefused,
    PersonMustAct,
    Unreachable,
    WrongAddress,
)
from network.plan import Plan
from network.problems import Problem
from network.report import Report, Result
from network.secrets import SecretMissing
from network.text import NOTHING, Text

DONE, LATER, USAGE, PERSON, OUT_OF_REACH, PENDING = 0, 1, 2, 3, 4, 10
FORBIDDEN = "forbidden"
WORST_FIRST = (USAGE, OUT_OF_REACH, PERSON, LATER, PENDING, DONE)


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One connector's part in a run. `requests` counts those sent to the source itself."""

    connector: str
    state: str
    items: int = 0
    quarantined: int = 0
    requests: int = 0
    provides: str = "trainings"

    @property
    def failed(self) -> bool:
        return self.state in {"kept", "failed"}


@dataclass(frozen=True, slots=True)
class Run:
    """`report` is None where nothing was carried out. `visible_to` names the audience of a pilot."""

    command: str
    plan: Plan = field(default_factory=Plan)
    report: Report | None = None
    sources: tuple[SourceSummary, ...] = ()
    requests: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    mails: int = 0
    foreign: Mapping[str, int] = field(default_factory=dict)
    visible_to: Text = NOTHING
    is_preview: bool = False
    exit_code: int | None = None  # what went wrong before there was a plan

    @property
    def code(self) -> int:
        """The worst that happened: 2, 4, 3, 1, 10, 0."""
        found = set(_codes(self))
        return next(code for code in WORST_FIRST if code in found)


def problems_of(error: DigitalnetzwerkError) -> tuple[Problem, ...]:
    return error.problems if isinstance(error, ConfigurationError) else (error.problem(),)


def exit_code(error: DigitalnetzwerkError) -> int:
    """DESIGN.md section 7: 2 configuration, 4 out of reach, 3 a person must act, 1 again later."""
    if isinstance(error, (ConfigurationError, SecretMissing)):
        return USAGE
    if isinstance(error, (Unreachable, LoginRefused, InsecureTransport, WrongAddress)):
        return OUT_OF_REACH
    return PERSON if isinstance(error, PersonMustAct) else LATER


def _codes(run: Run) -> set[int]:
    codes = {DONE}
    if run.exit_code is not None:
        codes.add(run.exit_code)
    if run.plan.is_stopped:
        codes.add(PERSON)
    codes |= _source_codes(run.sources)
    if run.report is None:
        return codes | ({PENDING} if run.command == "plan" and (run.plan.changes) else set())
    if run.report.is_out_of_reach:
        codes.add(OUT_OF_REACH)
    if run.report.count(Result.FAILED) or run.report.count(Result.DEFERRED):
        codes.add(LATER)
    return codes


def _source_codes(sources: tuple[SourceSummary, ...]) -> set[int]:
    offering = [source.failed for source in sources if source.provides == "trainings"]
    if offering and all(offering):
        return {OUT_OF_REACH}
    return {LATER} if any(source.failed for source in sources) else set()
