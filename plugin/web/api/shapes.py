"""What the API answers with. Times are ISO 8601 with their offset; what is said to people stands there in German and
English; keys are those of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from network.problems import Problem
from network.text import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing came of a call (RFC 9457). `code` is stable."""

    type: str
    title: str
    status: int
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Me:
    """Who is asking. `token` goes into the header X-Token of every call that changes something."""

    account: str
    name: str
    roles: list[str]
    administrations: list[str]
    calendars: list[str]
    token: str


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Date:
    """All day: two dates, the end exclusive; else two times."""

    start: datetime | date
    end: datetime | date
    all_day: bool
    cancelled: bool


@dataclass(frozen=True, slots=True)
class TrainingDate:
    """One date of a training, as it stands in a calendar that the asker sees."""

    uid: str
    title: str
    date: Date
    place: str
    online: bool
    topics: list[str]
    calendar: str
    full: bool


@dataclass(frozen=True, slots=True)
class Training:
    """`dates` are all sessions, past ones too. `ask`: the address of who can be asked."""

    uid: str
    title: str
    description: str
    place: str
    online: bool
    topics: list[str]
    calendar: str
    link: str
    dates: list[Date]
    material: list[Link]
    ask: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Trainings:
    """`total` counts what was found, of which one page stands here."""

    total: int
    page: int
    dates: list[TrainingDate]


@dataclass(frozen=True, slots=True)
class Lead:
    account: str
    name: str
    administration: str


@dataclass(frozen=True, slots=True)
class Group:
    """`belonging`: none, by_rule, by_hand. `meetings` and `links` for whom Nextcloud shows them."""

    key: str
    name: str
    topic: str
    administrations: list[str]
    leads: list[Lead]
    open: bool
    belonging: str
    may_join: bool
    meetings: list[Date]
    links: list[Link]
    minutes: list[Link]


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether the asker is in the group now, as Nextcloud says after the change."""

    key: str
    is_member: bool


@dataclass(frozen=True, slots=True)
class Grant:
    who: Text
    level: str


@dataclass(frozen=True, slots=True)
class Project:
    """`size` and `quota` in bytes as the last verifying run saw them; `address` for whom Nextcloud shows the folder."""

    key: str
    name: str
    topic: str
    phase: str
    until: date | None
    grants: list[Grant]
    size: int | None
    quota: int | None
    changed_at: datetime | None
    address: str


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str
    kind: str
    subject: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """`path` below the service's public address is the secret address of the feed; it is told this once."""

    path: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What takes place on a day. `key` names it in a cancellation; `by_hand`: a person cancelled it here."""

    key: str
    title: str
    date: Date
    place: str
    calendars: list[str]
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    code: str
    where: str
    message: Text
    remedy: Text

    @classmethod
    def of(cls, problem: Problem) -> Trouble:
        return cls(problem.code, problem.where, problem.message, problem.remedy)


@dataclass(frozen=True, slots=True)
class Cancelled:
    """`shown`: the calendar says so by now; else `problems` say why not yet."""

    shown: bool
    problems: list[Trouble]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next meeting of an exchange group."""

    group: str
    name: str
    date: Date
    place: str


@dataclass(frozen=True, slots=True)
class Coming:
    """One of the two: the date of a training, or a meeting."""

    training: TrainingDate | None
    meeting: Meeting | None


@dataclass(frozen=True, slots=True)
class MissedCalendar:
    """One that the asker ought to see and took out of their Nextcloud."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Mine:
    """`total` counts what comes, of which one page stands here, the next first."""

    total: int
    page: int
    coming: list[Coming]
    missed: list[MissedCalendar]


@dataclass(frozen=True, slots=True)
class Returned:
    """`seen`: Nextcloud shows it to the asker by now."""

    calendar: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Step:
    """`number` is null where the source gives none. `last`: the latest date that is over."""

    number: int | None
    name: str
    coming: list[TrainingDate]
    last: TrainingDate | None


@dataclass(frozen=True, slots=True)
class Concept:
    """A set of trainings in their order. `material` is an address, empty where there is none."""

    key: str
    name: str
    audience: str
    description: str
    material: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the asker may subscribe to, as POST /subscriptions takes it."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Connector:
    """`as_of`: what the source said then stands in Nextcloud; `share` of what changed was visible in time."""

    key: str
    state: Text
    well: bool
    attempted_at: datetime | None
    succeeded_at: datetime | None
    next_at: datetime | None
    as_of: datetime | None
    share: float | None
    items: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Scope:
    """`stopped` is why the guard holds it, empty when it doesn't. `looked_at`: by the last run that did."""

    scope: str
    name: Text
    health: str
    pending: int
    stopped: str
    fingerprint: str
    looked_at: datetime | None
    succeeded_at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """How things stand. `broken`: mistakes of a configuration that was saved and is not in force."""

    well: bool
    now: datetime
    next_look: datetime | None
    connectors: list[Connector]
    scopes: list[Scope]
    troubles: list[Trouble]
    broken: list[Trouble]


@dataclass(frozen=True, slots=True)
class Errand:
    """What somebody asked for. `exit_code` is null until it is over; `run` is the run that came of it, 0 for none."""

    id: int
    what: str
    by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    exit_code: int | None
    run: int
    problem: Trouble | None


@dataclass(frozen=True, slots=True)
class Difference:
    name: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedChange:
    deed: Text
    title: str
    reason: Text
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class PlannedScope:
    """The first changes one by one; `total` and `held_total` count all. `stopped`: why the guard holds `held`."""

    scope: str
    fingerprint: str
    changes: list[PlannedChange]
    total: int
    stopped: Text
    held: list[PlannedChange]
    held_total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """`mails`: how many it would send; `untouched`: how much that is not ours is left alone."""

    fingerprint: str
    made_at: datetime
    mails: int
    untouched: Text
    scopes: list[PlannedScope]
    problems: list[Trouble]


@dataclass(frozen=True, slots=True)
class Resting:
    """A calendar whose last run was taken back: no run changes it until somebody releases it."""

    scope: str
    name: Text
    run: int
    since: datetime


@dataclass(frozen=True, slots=True)
class TakingBack:
    """`plan` is what would take the last run back; where it is null, `problem` says why."""

    plan: Preview | None
    problem: Trouble | None
    resting: list[Resting]


@dataclass(frozen=True, slots=True)
class Answer:
    words: str
    label: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Question:
    """`answer` is empty while nobody answered; `answers` are those that are possible."""

    connector: str
    key: str
    code: str
    where: str
    message: Text
    asked_at: datetime | None
    answer: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Run:
    id: int
    command: str
    started_at: datetime | None
    ended_at: datetime | None
    fingerprint: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class Change:
    run: int
    at: datetime | None
    scope: str
    kind: str
    title: str
    deed: Text
    result: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class RunDetails:
    run: Run
    summary: Mapping[str, int]
    requests: Mapping[str, int]
    mails: int
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Setting:
    path: str
    value: str


@dataclass(frozen=True, slots=True)
class FreshDay:
    """What changed on one day; `share` of it was visible in time, from 0 to 1."""

    day: date
    total: int
    in_time: int
    share: float


@dataclass(frozen=True, slots=True)
class FreshConnector:
    """`days` are those of the last thirty on which anything changed."""

    connector: str
    days: list[FreshDay]


@dataclass(frozen=True, slots=True)
class TownMonths:
    town: Text
    trainings: list[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """`months` are written "2026-12"; `trainings` stand in their order. `totals` count each training once."""

    promised: float
    fresh: list[FreshConnector]
    months: list[str]
    towns: list[TownMonths]
    totals: list[int]
