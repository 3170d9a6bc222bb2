"""Everything that the program can do, without a command line and without a page: check, plan, apply, status, explain.

Entry points show what comes back. One run at a time per scope: whoever comes second is told who is at work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from calendar_sync.records import HELD
from connectors.nextcloud import NextcloudServer
from connectors.nextcloud.probes import Probe
from connectors.registry import Surroundings
from connectors.sources.http import Fetcher
from network.apply import apply_plan
from network.errors import (
    AgainLater,
    DigitalnetzwerkError,
    NotThere,
    PersonMustAct,
    PlanChanged,
    PreconditionFailed,
    SourceUnreadable,
    WrongAddress,
)
from network.model import Question
from network.plan import Action, Kind, Plan, Scope, ScopeKind
from network.ports import AccountSeen, GroupSeen
from network.problems import Problem
from network.report import Outcome, Report, Result
from network.settings import Loaded, Settings
from network.state import Leases, StateStore
from network.state.leases import this_process
from network.state.runs import RefusedLogins, RunLog
from network.state.sources import SourceLog
from network.state.tidying import tidy
from network.text import NOTHING, Language, Text
from network.trace import about
from plugin import arriving, taking_back
from plugin.answering import answer
from plugin.bringing_back import Granted, bring_back
from plugin.cancelling import Cancelling, named
from plugin.catalogue import Catalogue
from plugin.decided import Decided
from plugin.executors import executors
from plugin.explaining import explain
from plugin.findings import Explanation, Farewell, Merging, Status
from plugin.handover import Handover
from plugin.happenings import Happening
from plugin.leaving import Leaving
from plugin.logs import tell
from plugin.merging import MergingAccounts
from plugin.needs import need
from plugin.planning import Planned, Planning
from plugin.render.document import document
from plugin.render.run import Run
from plugin.standing import standing
from plugin.taking_back import TakingBack
from plugin.tallying import count_failure, count_run
from plugin.undoing import Undoing, foreign, scope_named
from workspace_sync.executor import look_again

LOUD = frozenset({"warning_tls_not_verified", "warning_not_encrypted"})
OnOutcome = Callable[[Outcome], None]


def _silent(outcome: Outcome) -> None:
    pass


class Service:
    def __init__(
        self,
        loaded: Loaded,
        server: NextcloudServer,
        state: StateStore,
        *,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
        fetcher: Fetcher,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.settings: Settings = loaded.settings
        self.warnings = loaded.warnings
        self.document = loaded.document
        self.server = server
        self.state = state
        self.environment = environment
        self.clock = clock
        self.fetcher = fetcher
        self.is_stopping = is_stopping
        self.runs = RunLog(state.engine, clock=clock)

    @property
    def language(self) -> Language:
        return self.settings.network.language

    @property
    def now(self) -> datetime:
        return self.clock().astimezone(self.settings.network.timezone)

    # ------------------------------------------------------------------ the daily round

    def plan(self, *, scope: Scope | None = None, verify: bool = False) -> Run:
        """What would change. Writes nothing, neither in Nextcloud nor in our own database."""
        planned = self._planned(verify=verify)
        return self._run("plan", planned, self._of(planned.plan, scope))

    def apply(
        self,
        *,
        fingerprint: str | None = None,
        scope: Scope | None = None,
        release_unsafe: bool = False,
        verify: bool = False,
        asked: Collection[str] | None = None,
        on_outcome: OnOutcome = _silent,
    ) -> Run:
        """Plans and carries out. With `fingerprint` only exactly that plan: PlanChanged when it is another by now.

        `release_unsafe` lets go of the guards of the plan that the fingerprint names. `asked` are the connectors that
        are asked anew (None: all); of the others speaks what was read last.
        """
        if self.settings.network.mode == "preview":
            return replace(self.plan(scope=scope, verify=verify), command="apply")
        with self._writing("apply") as may_write:
            planned = self._planned(verify=verify, asked=asked)
            plan = self._of(planned.plan, scope)
            if fingerprint is not None and plan.fingerprint != fingerprint.strip().upper():
                raise _changed(plan.fingerprint, fingerprint)
            released = [each.scope for each in plan.scopes if each.unsafe] if release_unsafe else []
            if released:
                planned = self._planned(verify=verify, asked=asked, released=released)
                plan = self._of(planned.plan, scope)
            with self._recorded("apply"):
                arriving.expect(planned.plan, planned.gathered.summaries, self.state)
                planned.keep(self.state)
                taking_back.keep(plan, self.state.run, self.settings, self.state, self.now)
                for each in released:
                    self.state.forget(str(each), HELD, each.key)
                report = self._carry_out(plan, may_write, on_outcome, planned.fulfilled)
                arriving.settle(planned.plan, report, self.settings, self.state, self.now)
                if plan is planned.plan and _calendars_were_written(report):
                    self._look_again(planned)
                run = self._run("apply", planned, plan, report)
                self._finish(run)
                if planned.verified_at is not None:
                    tidy(self.state.engine, now=self.now, runs_kept=self.settings.privacy.keep.technical_logs)
        return run

    def carry_out(self, planned: Run, *, on_outcome: OnOutcome = _silent) -> Run:
        """Carries out a plan that a person has just seen and agreed to (adopt, release, remove)."""
        if self.settings.network.mode == "preview":
            return replace(planned, is_preview=True)
        with self._writing(planned.command) as may_write, self._recorded(planned.command):
            look_again((each.scope for each in planned.plan.scopes), self.state)
            report = self._carry_out(planned.plan, may_write, on_outcome)
            problems = (*planned.problems, *_of_report(report))
            run = Run(
                planned.command,
                planned.plan,
                report,
                requests=self.requests(),
                problems=problems,
                foreign=planned.foreign,
            )
            self._finish(run)
        return run

    def bring_back(self, calendar: Granted, account: str) -> None:
        """Shows a calendar of ours again to a person who took it out of their Nextcloud; `calendar` is granted to them.

        Raises NotThere, Locked while a run is at work, and PersonMustAct in a preview, where nothing is written.
        """
        if self.settings.network.mode == "preview":
            raise _only_preview()
        with self._writing("bring_back") as may_write:
            may_write(calendar.calendar.scope)
            bring_back(self.server.calendars, self.state, calendar, account)

    # ------------------------------------------------------------------ questions

    def probe(self) -> tuple[Probe, ...]:
        """Tries every right harmlessly. A person asked for it: a login that was refused before is tried once more."""
        RefusedLogins(self.state.engine, clock=self.clock).forgive_all()
        return self.server.probes(need(self.settings))

    def status(self) -> Status:
        return standing(self.settings, self.state, self.now)

    def explain(self, what: str, about: str = "") -> Explanation:
        """`what` alone is anything of ours, a person or a town; with `about`, why the one sees the other or not."""
        return explain(what, about, self.settings, self.document, self.state, today=self.now.date())

    def answer(self, connector: str, key: str, words: str) -> None:
        """As `plugin.answering.answer`."""
        answer(SourceLog(self.state.engine, clock=self.clock), connector, key, words)

    def groups(self) -> tuple[tuple[GroupSeen, ...], tuple[AccountSeen, ...]]:
        return self.server.directory.groups(), self.server.directory.accounts()

    def requests(self) -> dict[str, int]:
        return dict(self.server.counts)

    # ------------------------------------------------------------------ what doesn't take place

    def happening(self, what: str, day: date | None = None) -> Happening:
        """The one training that a person means; ConfigurationError where none is, or several are."""
        catalogue = Catalogue(self.state, self.settings.network.timezone)
        return named(what, day, catalogue, self.state, self.now)

    def cancel(self, happening: Happening, reason: str, *, by: str = "") -> Run:
        """It doesn't take place: remembered first, whatever comes then, and shown by its entry at once.

        Locked when another run is at work: that one or the next shows it.
        """
        return self._say_of(happening, lambda: self._cancelling.say(happening, reason, by))

    def take_place(self, happening: Happening) -> Run:
        """It does take place: what somebody said is forgotten, and the entry becomes as its source says."""
        return self._say_of(happening, lambda: self._cancelling.take_back(happening))

    def show_cancelled(self, uid: str) -> Run:
        """One narrow run: the entry reads as what people said of it. Once more where somebody edited it meanwhile."""
        run = self._tell("cancel", uid)
        return self._tell("cancel", uid) if run.report is not None and _has_moved(run.report) else run

    def _say_of(self, happening: Happening, say: Callable[[], None]) -> Run:
        if self.settings.network.mode == "preview":
            return Run("cancel", is_preview=True)
        say()
        return self.show_cancelled(happening.uid)

    def _tell(self, command: str, uid: str) -> Run:
        planned = self._special(command, self._cancelling.plan(uid))
        return self.carry_out(planned) if planned.plan.changes else planned

    @property
    def _cancelling(self) -> Cancelling:
        return Cancelling(self.settings, self.state, self.now)

    # ------------------------------------------------------------------ what exists already, and the way back

    def plan_adoption(self, what: str, name: str = "") -> Run:
        """`what` is a scope; `name` what is to be taken over, when it isn't called as the configuration wants."""
        return self._special("adopt", self._undoing.adoption(scope_named(what, self.settings), name))

    def plan_release(self, what: str) -> Run:
        return self._special("release", self._undoing.release(scope_named(what, self.settings)))

    def plan_removal(self) -> Run:
        return self._special("remove", self._undoing.removal())

    def plan_undo(self, scope: Scope | None = None) -> Run:
        """What takes the last run back in calendars, or in one the last run that changed it; then they are held."""
        return self._special("undo", TakingBack(self.settings, self.server, self.state, self.now).plan(scope))

    def undo(self, fingerprint: str, *, scope: Scope | None = None, on_outcome: OnOutcome = _silent) -> Run:
        """Takes it back as it was shown: PlanChanged when it would be something else by now."""
        planned = self.plan_undo(scope)
        if planned.plan.fingerprint != fingerprint.strip().upper():
            raise _changed(planned.plan.fingerprint, fingerprint)
        return self.carry_out(planned, on_outcome=on_outcome)

    def release_taken_back(self, what: str) -> None:
        """A calendar goes on after its last run was taken back. ConfigurationError where it isn't held."""
        taking_back.release(scope_named(what, self.settings), self.state)

    def plan_leaving(self, administration: str) -> tuple[Run, Farewell]:
        """What happens when a town leaves the network, and what it and the administrator should know."""
        planning = self._planning()
        plan, farewell = Leaving(
            self.settings,
            planning.people(),
            self.document,
            Decided.of(self.state),
            planning.pilots(),
            Handover(self.server, self.state, self.now),
        ).plan(administration)
        return self._special("leave", plan), farewell

    def plan_merging(self, old: str, new: str) -> tuple[Run, Merging]:
        """What changes when two accounts are one person."""
        planning = self._planning()
        plan, merging = MergingAccounts(
            self.settings,
            planning.people(),
            self.document,
            Decided.of(self.state),
            planning.pilots(),
            Handover(self.server, self.state, self.now),
        ).plan(old, new)
        return self._special("merge-accounts", plan), merging

    @property
    def _undoing(self) -> Undoing:
        settings, people = Decided.of(self.state).applied(self.settings, self._planning().people())
        return Undoing(settings, self.server, self.state, people, self.now)

    # ------------------------------------------------------------------ inside

    def _of(self, plan: Plan, scope: Scope | None) -> Plan:
        """A scope that left the configuration may still have a plan; any other that isn't there is a mistake."""
        if scope is None:
            return plan
        if all(each.scope != scope for each in plan.scopes):
            scope_named(str(scope), self.settings)
        return plan.only(scope)

    def _planned(
        self, *, verify: bool, asked: Collection[str] | None = None, released: list[Scope] | None = None
    ) -> Planned:
        try:
            return self._planning(verify=verify, asked=asked).planned(released or ())
        except (NotThere, SourceUnreadable) as error:
            raise _wrong_address(self.settings.nextcloud.url, error) from error

    def _planning(self, *, verify: bool = False, asked: Collection[str] | None = None) -> Planning:
        return Planning(
            self.settings,
            self.server,
            self.state,
            self._around(),
            self.now,
            verify=verify,
            asked=asked,
            document=self.document,
        )

    def _look_again(self, planned: Planned) -> None:
        """One listing more: where nothing is left to do, the next run knows it without reading a single entry."""
        try:
            again = self._planning(asked=()).planned(gathered=planned.gathered)
        except DigitalnetzwerkError:
            return  # the next run looks for itself
        again.keep_stillness(self.state)

    def _around(self) -> Surroundings:
        network = self.settings.network
        return Surroundings(
            files=self.server.files,
            calendars=self.server.calendars,
            directory=self.server.directory,
            fetcher=self.fetcher,
            zone=network.timezone,
            language=network.language,
            administrations=self.settings.administrations,
            environment=self.environment,
            sweep_every=self.settings.nextcloud.sweep_every,
        )

    def _carry_out(
        self,
        plan: Plan,
        may_write: Callable[[Scope], None],
        on_outcome: OnOutcome,
        fulfilled: Mapping[Scope, str] = MappingProxyType({}),
    ) -> Report:
        report = apply_plan(
            plan,
            executors(self.settings, self.server, self.clock, fulfilled, self._around()),
            self.state,
            may_write=may_write,
            parallel=self.settings.nextcloud.parallel,
            on_outcome=on_outcome,
        )
        self.runs.note(self.state.run, report.outcomes)
        return report

    @contextmanager
    def _writing(self, command: str) -> Iterator[Callable[[Scope], None]]:
        """Takes the lease of the whole network; gives the question that is asked before each write."""
        leases = Leases(self.state.engine, holder=this_process(), clock=lambda: self.clock().timestamp())
        (lease,) = leases.take([f"network:{self.settings.network.id}"])
        try:
            with self.server.asking(lambda: leases.check(lease)):
                yield lambda _scope: self._may_go_on(lambda: leases.check(lease))
        except DigitalnetzwerkError as error:
            count_failure(command, error, self.state)
            raise
        finally:
            leases.give_back([lease])

    @contextmanager
    def _recorded(self, command: str) -> Iterator[None]:
        """What happens within belongs to one run of the history, and so do the lines of the log."""
        self.state.run = self.runs.start(command)
        with about(run=str(self.state.run)):
            yield

    def _may_go_on(self, check: Callable[[], None]) -> None:
        if self.is_stopping():
            raise _stopping()
        check()

    def _run(self, command: str, planned: Planned, plan: Plan, report: Report | None = None) -> Run:
        loud = tuple(each for each in self.warnings if each.code in LOUD)
        asked = tuple(_asked(question) for each in planned.questions.values() for question in each)
        said = (*loud, *planned.problems, *asked, *(problem for each in plan.scopes for problem in each.problems))
        return Run(
            command=command,
            plan=plan,
            report=report,
            mails=_mails(plan, report),
            sources=tuple(
                replace(each, requests=planned.requests.get(each.connector, 0)) for each in planned.gathered.summaries
            ),
            requests=self.requests(),
            problems=tuple(dict.fromkeys((*said, *(_of_report(report) if report else ())))),
            foreign=planned.foreign,
            visible_to=self._audience(planned),
            is_preview=self.settings.network.mode == "preview",
        )

    def _special(self, command: str, plan: Plan) -> Run:
        problems = dict.fromkeys((*plan.problems, *(problem for each in plan.scopes for problem in each.problems)))
        return Run(command, plan, requests=self.requests(), problems=tuple(problems), foreign=foreign(plan))

    def _audience(self, planned: Planned) -> Text:
        pilot, count = self.settings.network.pilot, len(planned.pilots)
        if not pilot:
            return NOTHING
        people = Text("Person", "person") if count == 1 else Text("Personen", "people")
        return Text(f"Gruppe {pilot} ({count} {people.de})", f"group {pilot} ({count} {people.en})")

    def _finish(self, run: Run) -> None:
        shown = json.dumps(document(run, self.language), ensure_ascii=False)
        self.runs.finish(self.state.run, fingerprint=run.plan.fingerprint, exit_code=run.code, document=shown)
        tell(run)
        count_run(run, self.state)


def _wrong_address(url: str, error: DigitalnetzwerkError) -> WrongAddress:
    """What every Nextcloud has is not there: something else answers, or the path is another."""
    return WrongAddress(
        Text(
            f"Unter {url} antwortet kein Nextcloud, das unseren Kalenderbereich kennt ({error.message.de})",
            f"no Nextcloud that knows our calendars answers at {url} ({error.message.en})",
        ),
        where="nextcloud.url",
        remedy=Text(
            "Steht nextcloud.url richtig, auch der Pfad dahinter (zum Beispiel /nextcloud)? Steht eine Anmeldeseite "
            "davor, muss sie diesen Rechner durchlassen.",
            "Is nextcloud.url right, also the path behind it (for example /nextcloud)? A login page in front of it "
            "has to let this machine pass.",
        ),
    )


def _asked(question: Question) -> Problem:
    """An open question as a line of the run; the coordinator finds the same in the notes file."""
    return Problem(question.code, question.where, question.message, question.write_instead)


def _only_preview() -> PersonMustAct:
    return PersonMustAct(
        Text("dieses Netzwerk zeigt nur die Vorschau", "this network shows the preview only"),
        where="network.mode",
        remedy=Text("Mit „mode: live“ wird wirklich geschrieben.", "With “mode: live” things are really written."),
        code="preview",
    )


def _stopping() -> AgainLater:
    """Between two changes: the one that was under way has been finished."""
    return AgainLater(
        Text("der Dienst wird gerade beendet", "the service is being stopped"),
        remedy=Text("Der nächste Lauf holt es nach.", "The next run catches up."),
        code="stopping",
    )


def _has_moved(report: Report) -> bool:
    """Whether something stood there that we did not know yet; it is known now."""
    codes = {each.problem.code for each in report.outcomes if each.problem is not None}
    return PreconditionFailed.code in codes


def _calendars_were_written(report: Report) -> bool:
    """Everything was done, and nothing but calendars was touched."""
    are_all_done = bool(report.outcomes) and all(each.result is Result.DONE for each in report.outcomes)
    is_calendar = all(each.change.scope.kind is ScopeKind.CALENDAR for each in report.outcomes)
    return are_all_done and is_calendar and not report.problems


def _of_report(report: Report) -> tuple[Problem, ...]:
    failed = (outcome.problem for outcome in report.outcomes if outcome.problem is not None)
    return (*(problem for problem in failed if problem.code != "not_tried"), *report.problems)


def _mails(plan: Plan, report: Report | None) -> int:
    """Nextcloud mails everybody who gets an account; nothing else of a run sends any."""
    made = plan.changes if report is None else (each.change for each in report.outcomes if each.result is Result.DONE)
    return sum(change.kind is Kind.ACCOUNT and change.action is Action.CREATE for change in made)


def _changed(now: str, given: str) -> PlanChanged:
    return PlanChanged(
        Text(
            f"Inzwischen sähe die Vorschau anders aus (Prüfnummer {now} statt {given})",
            f"the plan is another by now (fingerprint {now} instead of {given})",
        ),
        where="plan",
        remedy=Text("Bitte sehen Sie sich die neue Vorschau an.", "Please look at the new plan."),
    )
