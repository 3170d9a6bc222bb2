"""One look at everything: sources, people, Nextcloud, our memory; and the plan that follows. Writes nothing.

The same for dry run and real run. What a run keeps of what it saw (last good copies, counts of absence, health) comes
back with the plan and is stored by `Planned.keep`, which only a real run calls.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from calendar_sync import bookkeeping, cancelling, planner, programme, stillness, survey
from calendar_sync.meetings import offered
from calendar_sync.records import CALENDAR, recall
from calendar_sync.wish import DesiredCalendar
from connectors.registry import Surroundings, people_source, training_source
from network.document import Branch
from network.errors import LookAgain, NotThere, RightMissing, ServerFault
from network.model import Delivery, Question, SourceState
from network.plan import Limit, Plan, Scope, ScopeKind, ScopePlan
from network.ports import CalendarSeen, PeopleSource, Record, Server, TrainingSource
from network.problems import Problem
from network.settings import (
    CaldavCalendar,
    IcsFeed,
    NextcloudCalendar,
    NextcloudPeople,
    Settings,
    TrainingConnector,
)
from network.state import StateStore
from network.state.sources import DelayedSourceMemory, SourceLog, StoredSourceMemory
from network.text import Text
from plugin import folder_sizes
from plugin.counting import Counting
from plugin.decided import Decided
from plugin.findings import FolderState
from plugin.gathering import Gathered, gather
from plugin.intervals import people_connectors
from plugin.last_look import LastLook
from plugin.notes import plan_notes
from plugin.recent_people import RecentPeople
from plugin.wishes.calendars import calendar_wishes
from plugin.wishes.meetings import GroupMeetings, group_meetings, holidays_to_list, meeting_series
from plugin.wishes.minutes import Promised, minutes_links, minutes_wishes, promised
from plugin.wishes.teams import shared_within, teams_to_come
from plugin.wishes.workspaces import workspace_wishes
from workspace_sync.due import digests, due
from workspace_sync.executor import look_again, remember_fulfilled
from workspace_sync.look import look
from workspace_sync.people import People
from workspace_sync.planning import Limits, fulfilled, plan_workspaces, untouched
from workspace_sync.remembered import FOLDER, Remembered
from workspace_sync.situation import Situation
from workspace_sync.wish import MinutesWish, Network, Wishes

VERIFIED = "verified_at"
STILL = "still"
_WHOLE = (IcsFeed, CaldavCalendar, NextcloudCalendar)  # a delivery's digest stands for all of its offers


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what it came from. `fulfilled` are the wishes that hold once the plan is carried out, `over` notes of
    decisions that the files say themselves by now."""

    plan: Plan
    at: datetime
    gathered: Gathered
    requests: Mapping[str, int]
    calendars: planner.Planned
    fulfilled: Mapping[Scope, str]
    foreign: Mapping[str, int]
    problems: tuple[Problem, ...]
    questions: Mapping[str, tuple[Question, ...]]
    memories: Mapping[str, DelayedSourceMemory]
    pilots: frozenset[str] = frozenset()
    verified_at: datetime | None = None
    still: stillness.Stillness | None = None
    over: tuple[Record, ...] = ()
    look: LastLook = field(default_factory=LastLook)
    sizes: tuple[FolderState, ...] | None = None

    def keep(self, state: StateStore) -> None:
        """Stores what was seen: a real run is over."""
        for memory in self.memories.values():
            memory.commit()
        log = SourceLog(state.engine, clock=lambda: self.at)
        for summary in self.gathered.summaries:
            if summary.state == SourceState.RESTING:
                continue
            log.note_health(
                summary.connector,
                summary.state,
                succeeded=summary.state in (SourceState.FRESH, SourceState.UNCHANGED),
                items=summary.items,
                quarantined=summary.quarantined,
            )
        for connector, questions in self.questions.items():
            log.ask(connector, questions)
        bookkeeping.keep(self.calendars, state)
        busy = {each.scope for each in self.plan.scopes if each.changes or each.held}
        look_again(busy, state)
        remember_fulfilled({scope: it for scope, it in self.fulfilled.items() if scope not in busy}, state)
        self.look.keep(state)
        if self.sizes is not None:
            folder_sizes.keep(self.sizes, state)
        for record in self.over:
            state.forget(record.scope, record.kind, record.key)
        if self.verified_at is not None:
            StoredSourceMemory(state.engine, "").keep_note(VERIFIED, self.verified_at.isoformat())
        self.keep_stillness(state)

    def keep_stillness(self, state: StateStore) -> None:
        """Where calendars want nothing, the next run knows it from this note as long as it holds."""
        if self.still is not None:
            StoredSourceMemory(state.engine, "").keep_note(STILL, stillness.to_text(self.still))


class Planning:
    """One look at one moment. `asked` are the connectors that are asked anew; None: all of them."""

    def __init__(
        self,
        settings: Settings,
        server: Server,
        state: StateStore,
        around: Surroundings,
        now: datetime,
        *,
        verify: bool = False,
        asked: Collection[str] | None = None,
        document: Branch | None = None,
    ) -> None:
        """`settings` as they are written; `document` tells where."""
        self.settings, self.server, self.state, self.around, self.now = settings, server, state, around, now
        self.asked = asked
        self.document = document
        self.decided = Decided.of(state)
        self.network = Network(settings.network.id, settings.network.name)
        self.verify = verify or self._is_verification_due()
        self.counting = Counting()
        self.listed: tuple[CalendarSeen, ...] = ()
        self.look = LastLook()
        self.sizes: tuple[FolderState, ...] | None = None
        self.unsaid: tuple[Problem, ...] = ()
        self.still: stillness.Stillness | None = None
        self.people_connectors = people_connectors(settings)
        keys = {*settings.connectors, *self.people_connectors}
        self.memories = {key: DelayedSourceMemory(StoredSourceMemory(state.engine, key)) for key in keys}

    def planned(self, released: Collection[Scope] = (), *, gathered: Gathered | None = None) -> Planned:
        """The whole plan. `released` are scopes whose guard a person let go of. With `gathered` no source is asked."""
        self.listed = self.server.calendars.calendars()
        self.verify = self.verify or self._is_another_server()
        gathered = gathered or gather(dict(self._training_sources()), dict(self._people_sources()), self.now)
        listed = People.gather(gathered.people.values())
        written, (self.settings, people) = self.settings, self.decided.applied(self.settings, listed)
        pilots, nobody = self._pilots()
        frozen = nobody.message if nobody else None
        left = [Scope(ScopeKind.ADMINISTRATION, key) for key in self.decided.departed]
        meetings = group_meetings(self.settings, self.state, self.now)
        minutes = {key: minutes_wishes(each, self.settings, people, self.now) for key, each in meetings.items()}
        workspaces, holding, foreign = self._workspaces(people, pilots, minutes, (*released, *left))
        deliveries = tuple(self._offered(meetings.values(), promised(workspaces)))
        wishes = calendar_wishes(self.settings, people, pilots=pilots or ())
        wanted, waiting = shared_within(wishes, teams_to_come(workspaces, self.state))
        stopped = frozenset(str(each.scope) for each in workspaces if each.unsafe is not None)
        calendars = self._calendars(wanted, gathered, deliveries, released, stopped, frozen)
        if frozen is not None:
            workspaces = _stopped(workspace_wishes(self.settings, pilots=pilots), frozen)
        questions = self._questions(gathered, calendars)
        notes, note_problems = plan_notes(
            self.settings, self.server.files, self.state, gathered, questions, self.now, verify=self.verify
        )
        unlisted = holidays_to_list(self.settings, self.now)
        still_written = self.decided.problems(self.document, listed) if self.document is not None else ()
        problems = (
            *((nobody,) if nobody else ()),
            *still_written,
            *gathered.problems,
            *self.unsaid,
            *waiting,
            *calendars.problems,
            *note_problems,
        )
        plan = Plan((*workspaces, *calendars.scopes, *notes))
        return Planned(
            plan=plan,
            at=self.now,
            gathered=gathered,
            requests=dict(self.counting.counts),
            calendars=calendars,
            fulfilled=holding,
            foreign={**foreign, "entries": sum(each.foreign for each in calendars.scopes)},
            problems=tuple(dict.fromkeys((*problems, *unlisted))),
            questions=questions,
            memories=self.memories,
            pilots=pilots or frozenset(),
            verified_at=self.now if self.verify else None,
            still=self.still,
            look=self.look,
            sizes=self.sizes,
            over=self.decided.over(written, listed) if self.verify and not _takes(plan) else (),
        )

    def people(self) -> People:
        """Who belongs where today, as the lists say."""
        return People.gather(gather({}, dict(self._people_sources()), self.now).people.values())

    def pilots(self) -> frozenset[str] | None:
        """The people of the pilot's group, None without a pilot."""
        return self._pilots()[0]

    # ------------------------------------------------------------------ sources

    def _training_sources(self) -> Iterable[tuple[str, TrainingSource]]:
        log = SourceLog(self.state.engine)
        for key, each in self.settings.connectors.items():
            if isinstance(each, TrainingConnector):
                yield key, training_source(key, each, self.memories[key], self._around(key), answers=log.answers(key))

    def _people_sources(self) -> Iterable[tuple[str, PeopleSource]]:
        groups = "|".join(sorted(each.group for each in self.settings.administrations.values()))
        for key, each in self.people_connectors.items():
            source = people_source(key, each, self.memories[key], self._around(key))
            always = self.verify or not isinstance(each, NextcloudPeople)
            yield key, RecentPeople(source, self.memories[key], every=each.every, verify=always, told=groups)

    def _around(self, connector: str) -> Surroundings:
        rests = self.asked is not None and connector not in self.asked
        return replace(self.counting.around(connector, self.around), rests=rests)

    # ------------------------------------------------------------------ workspaces

    def _pilots(self) -> tuple[frozenset[str] | None, Problem | None]:
        """The people of the pilot's group, None without a pilot; and what is wrong when there is nobody in it."""
        pilot = self.settings.network.pilot
        if not pilot:
            return None, None
        try:
            found = self.server.directory.members(pilot)
        except NotThere:
            return frozenset(), _no_such_pilot(pilot)
        return found, None if found else _empty_pilot(pilot)

    def _workspaces(
        self,
        people: People,
        pilots: frozenset[str] | None,
        minutes: Mapping[str, tuple[MinutesWish, ...]],
        released: Collection[Scope],
    ) -> tuple[tuple[ScopePlan, ...], Mapping[Scope, str], Mapping[str, int]]:
        if pilots == frozenset():
            return (), {}, {}  # nobody knows who shall see anything: nothing is granted, nothing is taken
        wishes = workspace_wishes(self.settings, pilots=pilots, minutes=minutes)
        remembered = Remembered.of(self.state)
        wanted = digests(wishes, network=self.network, people=people, remembered=remembered, now=self.now)
        scopes = due(wanted, remembered, verify=self.verify)
        earlier = LastLook.of(self.state)
        self.unsaid = earlier.unsaid(scopes, wanted)
        if not scopes:
            return (), {}, {}
        situation = self._situation(wishes, remembered, people, scopes)
        plans = plan_workspaces(wishes, situation, scopes=scopes, limits=self._limits(), released=released)
        holds = fulfilled(plans, wanted, situation, wishes)
        self.look = earlier.after(plans, situation)
        self.sizes = self._sizes(situation) if self.verify else None
        return plans, holds, _foreign(situation)

    def _situation(
        self, wishes: Wishes, remembered: Remembered, people: People, scopes: Collection[Scope]
    ) -> Situation:
        actual = look(self.server, wishes, remembered, network=self.network.id, scopes=scopes)
        return Situation(
            self.network, actual, remembered, people, wishes.groups, self.now, wishes.folder_names, wishes.accounts
        )

    def _sizes(self, situation: Situation) -> tuple[FolderState, ...] | None:
        """One request for all folders; None when they couldn't be read: then the earlier figures stay."""
        if situation.actual.folders is None or not situation.remembered.everywhere(FOLDER):
            return None
        try:
            return folder_sizes.measure(situation, self.server.files.list("/"))
        except (LookAgain, RightMissing, ServerFault):
            return folder_sizes.measure(situation, ())

    def _limits(self) -> Limits:
        lost = self.settings.limits.people_lost
        administration = Limit(lost.more_than, lost.or_at_least)
        return Limits(administration, new_accounts=self.settings.limits.new_accounts)

    def _is_another_server(self) -> bool:
        """Not one of our calendars is where it was: nothing that we remember of the server is worth believing."""
        ours = {record.remote for record in self.state.records(kind=CALENDAR) if record.remote}
        return bool(ours) and not ours & {each.href for each in self.listed}

    def _is_verification_due(self) -> bool:
        note = StoredSourceMemory(self.state.engine, "").note(VERIFIED)
        return not note or datetime.fromisoformat(note) + self.settings.nextcloud.verify_every <= self.now

    # ------------------------------------------------------------------ calendars

    def _offered(self, meetings: Iterable[GroupMeetings], coming: Promised) -> Iterator[Delivery]:
        """What the rules of exchange groups say, as sources would."""
        for each in meetings:
            links = minutes_links(each.group, self.settings, self.state, coming)
            yield offered(meeting_series(each, self.settings, links), self.now)

    def _calendars(
        self,
        wanted: Sequence[DesiredCalendar],
        gathered: Gathered,
        meetings: Sequence[Delivery],
        released: Collection[Scope],
        stopped: Collection[str],
        frozen: Text | None,
    ) -> planner.Planned:
        listed = self.listed
        told = self._told(wanted, gathered, meetings, listed)
        known = None if self.verify or released or stopped or frozen else self._still()
        if known is not None and known.holds(told, self.now):
            return known.plan
        remembered = recall(self.state)
        sweep_every = self.settings.nextcloud.sweep_every
        seen = survey.look(
            self.server.calendars,
            remembered,
            [each.key for each in wanted],
            network=self.settings.network.id,
            now=self.now,
            verify=self.verify,
            sweep_every=sweep_every,
            listed=listed,
            hosts={each.key for each in wanted if each.counterpart},
        )
        remembered = cancelling.heard(remembered, seen, self._answers(cancelling.MOVED))
        offered = programme.gather((*gathered.trainings.values(), *meetings), wanted, remembered, now=self.now)
        offered = cancelling.applied(offered, wanted, remembered, now=self.now)
        planned = planner.plan(wanted, offered, seen, remembered, released=released, stopped=stopped, frozen=frozen)
        self.still = stillness.still(planned, wanted, offered, seen, remembered, told=told, sweep_every=sweep_every)
        return planned

    def _told(
        self,
        wanted: Sequence[DesiredCalendar],
        gathered: Gathered,
        meetings: Sequence[Delivery],
        listed: Sequence[CalendarSeen],
    ) -> str:
        """What calendars are planned from. A feed is known by its digest: nothing of it is read for this."""
        settings = self.settings
        written = repr((settings.network, settings.nextcloud.sweep_every, settings.connectors))
        sources = (
            stillness.source_told(each, by_digest=isinstance(settings.connectors[key], _WHOLE))
            for key, each in gathered.trainings.items()
        )
        rules = (stillness.source_told(each, by_digest=True) for each in meetings)
        return stillness.told(wanted, (written, *sources, *rules), listed, memory=self.state.version)

    def _answers(self, code: str) -> Mapping[tuple[str, str], str]:
        """Connector and key → what somebody answered to a question of this code."""
        asked = SourceLog(self.state.engine).questions()
        return {
            (each.connector, each.question.key): each.answer
            for each in asked
            if each.answer and each.question.code == code
        }

    def _still(self) -> stillness.Stillness | None:
        return stillness.from_text(StoredSourceMemory(self.state.engine, "").note(STILL))

    def _questions(self, gathered: Gathered, calendars: planner.Planned) -> dict[str, tuple[Question, ...]]:
        """What is open per training source: asked by the source itself, or because a row is missing for long."""
        asked = {key: delivery.questions for key, delivery in gathered.trainings.items()}
        for connector, question in calendars.questions:
            asked[connector] = (*asked.get(connector, ()), question)
        return asked


def _foreign(situation: Situation) -> Mapping[str, int]:
    """How many are somebody else's, of the kinds that were looked at."""
    seen, actual = untouched(situation), situation.actual
    looked = {"teams": actual.teams, "folders": actual.folders, "rooms": actual.rooms}
    counted = {"teams": seen.teams, "folders": seen.folders, "rooms": seen.rooms}
    return {name: number for name, number in counted.items() if looked[name] is not None}


def _takes(plan: Plan) -> bool:
    """Whether anybody would lose anything, now or once a person released it."""
    return any(change.loses for scope in plan.scopes for change in (*scope.changes, *scope.held))


def _no_such_pilot(pilot: str) -> Problem:
    return Problem(
        "no_such_group",
        "network.pilot",
        Text(
            f"die Pilotgruppe {pilot} gibt es in Nextcloud nicht: alle Freigaben und Rechte bleiben, wie sie sind",
            f"there is no pilot's group {pilot} in Nextcloud: all shares and rights stay as they are",
        ),
        Text("Groß- und Kleinschreibung zählt. Liste: digitalnetzwerk groups", "Case matters: digitalnetzwerk groups"),
    )


def _empty_pilot(pilot: str) -> Problem:
    return Problem(
        "no_such_group",
        "network.pilot",
        Text(
            f"in der Pilotgruppe {pilot} ist niemand: alle Freigaben und Rechte bleiben, wie sie sind",
            f"nobody is in the pilot's group {pilot}: all shares and rights stay as they are",
        ),
        Text("Nehmen Sie in Nextcloud jemanden in die Gruppe auf.", "Take somebody into the group in Nextcloud."),
    )


def _stopped(wishes: Wishes, reason: Text) -> tuple[ScopePlan, ...]:
    return tuple(ScopePlan(scope, unsafe=reason, where=wish.where) for scope, wish in wishes.by_scope.items())
