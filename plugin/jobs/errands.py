"""What people ask for on pages and a worker carries out: a page answers at once, however long it takes.

Whoever asks only writes a row; the clockwork of any machine that works looks for it each second. An errand that finds
another run at work is tried again for a while; one that was begun is never begun again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from network.errors import AgainLater, DigitalnetzwerkError, PlanChanged
from network.plan import Scope
from network.problems import Problem
from network.state.errands import Errand, ErrandLog
from network.state.leases import this_process
from network.text import Text
from plugin.operations.preview import preview_of, to_text
from plugin.render.run import DONE, LATER, PENDING, PERSON, Run, exit_code, problems_of
from plugin.running import Running
from plugin.service import Service

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(seconds=5)
TRIED_FOR = timedelta(minutes=15)
RUN_NOW, APPROVE, PREVIEW, UNDO = "run_now", "approve", "preview", "undo"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an errand. `run` is its number in the history, `document` what a page shows of it (JSON text)."""

    exit_code: int
    run: int = 0
    document: str = ""

    @classmethod
    def of(cls, run: Run, service: Service) -> Came:
        return cls(run.code, service.state.run if run.report is not None else 0)


Work = Callable[[Service, Mapping[str, object]], Came]


def _run_now(service: Service, arguments: Mapping[str, object]) -> Came:
    connectors = arguments["connectors"]
    asked = None if connectors is None else [str(each) for each in _listed(connectors)]
    return Came.of(service.apply(asked=asked), service)


def _approve(service: Service, arguments: Mapping[str, object]) -> Came:
    scope = arguments["scope"]
    run = service.apply(
        fingerprint=str(arguments["fingerprint"]),
        scope=None if scope is None else Scope.parse(str(scope)),
        release_unsafe=bool(arguments["release_unsafe"]),
    )
    return Came.of(run, service)


def _preview(service: Service, _arguments: Mapping[str, object]) -> Came:
    run = service.plan()
    shown = preview_of(run, service.state, service.now, service.settings.network.timezone)
    waits = PERSON if run.plan.is_stopped else PENDING if shown.has_changes else DONE
    return Came(waits, document=to_text(shown))


def _undo(service: Service, arguments: Mapping[str, object]) -> Came:
    scope = arguments["scope"]
    named = None if scope is None else Scope.parse(str(scope))
    return Came.of(service.undo(str(arguments["fingerprint"]), scope=named), service)


WORK: Mapping[str, Work] = {RUN_NOW: _run_now, APPROVE: _approve, PREVIEW: _preview, UNDO: _undo}
"""What each errand does. All workers have to know it."""


class Errands:
    def __init__(self, running: Running) -> None:
        self._running = running

    @property
    def log(self) -> ErrandLog:
        """All errands, to be read."""
        return ErrandLog(self._running.state.engine, clock=self._running.clock, holder=this_process())

    # ------------------------------------------------------------------ asking

    def run_now(self, by: str, connectors: Collection[str] | None = None) -> Errand:
        """A run that asks these connectors anew (None: all); of the others speaks what was read last."""
        return self.ask(RUN_NOW, {"connectors": None if connectors is None else sorted(connectors)}, by)

    def approve(self, by: str, fingerprint: str, *, scope: Scope | None = None, release_unsafe: bool = False) -> Errand:
        """Exactly the plan that was shown; its problem is `plan_changed` when it is another by then."""
        asked = {"fingerprint": fingerprint.strip().upper(), "scope": str(scope) if scope else None}
        return self.ask(APPROVE, {**asked, "release_unsafe": release_unsafe}, by)

    def preview(self, by: str) -> Errand:
        """What would change now: its document is a `plugin.operations.preview`. Writes nothing anywhere else."""
        return self.ask(PREVIEW, {}, by)

    def undo(self, by: str, fingerprint: str, *, scope: Scope | None = None) -> Errand:
        """The last run taken back exactly as it was shown."""
        asked = {"fingerprint": fingerprint.strip().upper(), "scope": str(scope) if scope else None}
        return self.ask(UNDO, asked, by)

    def ask(self, what: str, arguments: Mapping[str, object], by: str) -> Errand:
        """`what` stands in WORK; `arguments` are plain JSON. What is asked for already is not asked for twice."""
        assert what in WORK, what  # noqa: S101
        return self.log.ask(what, arguments, by)

    # ------------------------------------------------------------------ carrying out

    def is_any_due(self) -> bool:
        return self.log.is_any_due()

    def go(self) -> Errand | None:
        """Carries out the oldest errand that is due; None when there is none."""
        errands = self.log
        for lost in errands.abandoned():
            errands.end(lost, exit_code=LATER, problem=_abandoned(lost))
        errand = errands.take()
        if errand is None:
            return None
        try:
            with self._running.service() as service:
                came = WORK[errand.what](service, errand.arguments)
        except AgainLater as error:
            self._later(errands, errand, error)
        except DigitalnetzwerkError as error:
            errands.end(errand, exit_code=exit_code(error), problem=problems_of(error)[0])
            if isinstance(error, PlanChanged):
                self.preview(errand.by)  # whoever agreed to another plan sees the new one
        except Exception:  # the outermost loop of a worker: the page must learn that it is over
            log.exception("unforeseen fault in errand %s", errand.id)
            errands.end(errand, exit_code=LATER, problem=_unforeseen(errand))
        else:
            errands.end(errand, exit_code=came.exit_code, run=came.run, document=came.document)
            log.info("errand %s (%s): exit code %s", errand.id, errand.what, came.exit_code)
        return errands.one(errand.id)

    def _later(self, errands: ErrandLog, errand: Errand, error: AgainLater) -> None:
        """Nothing was written yet: what goes wrong while writing is an outcome of the run, not an error."""
        if self._running.clock() - errand.asked_at < TRIED_FOR:
            errands.put_back(errand, after=AGAIN_AFTER, because=error.problem())
        else:
            errands.end(errand, exit_code=exit_code(error), problem=error.problem())


def _listed(found: object) -> Collection[object]:
    return found if isinstance(found, list) else ()


def _abandoned(errand: Errand) -> Problem:
    return Problem(
        "abandoned",
        errand.what,
        Text("Der Dienst endete, während er daran arbeitete.", "The service ended while it was at work on it."),
        Text(
            "Was fehlt, holt der nächste Lauf nach. Es wird nicht von selbst noch einmal ausgeführt.",
            "The next run catches up with what is missing. It is not carried out again by itself.",
        ),
    )


def _unforeseen(errand: Errand) -> Problem:
    return Problem(
        "unforeseen",
        errand.what,
        Text("Unvorhergesehener Fehler", "unforeseen fault"),
        Text("Bitte melden Sie ihn mit dem Protokoll des Dienstes.", "Please report it with the log of the service."),
    )
