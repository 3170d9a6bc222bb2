"""What the service answers when asked how things stand and why something is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from calendar_sync.records import CancelledByHand
from network.plan import ScopeKind
from network.ports import Record
from network.settings.mentions import Mention
from network.state.arrivals import Day
from network.state.runs import PastChange, PastRun
from network.state.sources import AskedQuestion, SourceHealth
from network.text import NOTHING, Text


class Health(StrEnum):
    """How a scope fares, by the last run that looked at it."""

    HEALTHY = "healthy"
    PENDING = "pending"
    STOPPED = "stopped"
    NEVER_RUN = "never_run"


@dataclass(frozen=True, slots=True)
class ScopeState:
    """A scope as the last run left it. `unsafe` is the guard's sentence, empty when nothing is stopped.

    `looked_at`: when that run ended; `succeeded_at`: when the last one ended that left nothing to do. None: not lately.
    """

    scope: str
    fingerprint: str = ""
    unsafe: str = ""
    pending: int = 0
    has_run: bool = True
    looked_at: datetime | None = None
    succeeded_at: datetime | None = None

    @property
    def health(self) -> Health:
        if self.unsafe:
            return Health.STOPPED
        if self.pending:
            return Health.PENDING
        return Health.HEALTHY if self.has_run else Health.NEVER_RUN


@dataclass(frozen=True, slots=True)
class AdministrationState:
    """A member with the number of its people, None while nobody has read that."""

    key: str
    name: str
    people: int | None


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When an exchange group (by key and name) meets next, as it stands in its calendar."""

    group: str
    name: str
    start: datetime
    end: datetime
    place: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """A Team folder of ours as the last verifying run saw it. `size` and `quota` in bytes, no quota: as much as the
    server allows. `changed_at`: the last change of anything in it, None when nobody could tell; `until`: a project's
    last day."""

    scope: str
    name: str
    size: int
    quota: int | None
    changed_at: datetime | None
    seen_at: datetime
    until: date | None = None

    @property
    def share(self) -> float:
        """How full it is, from 0 to 1 and above; 0 without a quota."""
        return self.size / self.quota if self.quota else 0.0


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what stands in Nextcloud of one connector may be, and how soon what changed was visible.

    `as_of`: what the source said then stands in Nextcloud, all of it ("Stand 10:42 Uhr"); None while it was never read.
    `looked_at`: when the source answered last. `target`: how old `as_of` may be, and how long a change may take.
    `waiting` entries are not written yet, `overdue` of them longer than that. `days` are those of `window` on which
    something arrived; their delays are upper bounds.
    """

    connector: str
    provides: str
    now: datetime
    interval: timedelta
    target: timedelta
    looked_at: datetime | None
    as_of: datetime | None
    waiting: int
    overdue: int
    window: timedelta
    days: tuple[Day, ...] = ()

    @property
    def age(self) -> timedelta | None:
        return None if self.as_of is None else self.now - self.as_of

    @property
    def is_met(self) -> bool:
        """Whether what stands there is as young as it should be now."""
        return self.age is not None and self.age <= self.target

    @property
    def total(self) -> int:
        """What arrived, and what should have."""
        return sum(each.total for each in self.days) + self.overdue

    @property
    def in_time(self) -> int:
        return sum(each.in_time for each in self.days)

    @property
    def share(self) -> float | None:
        """How much of what changed was visible in time, from 0 to 1; None while nothing changed."""
        return self.in_time / self.total if self.total else None

    @property
    def worst(self) -> timedelta | None:
        return max((each.worst for each in self.days), default=None)

    @property
    def is_kept(self) -> bool:
        """Promise 10: 95 % of what changed was visible in time."""
        return self.share is None or self.share >= PROMISED


PROMISED = 0.95


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem of the last run, in the language in which it was noted."""

    code: str
    where: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything from the store; nobody else was asked. `scopes` and `administrations`: all of the configuration.

    `refused_at`: when Nextcloud refused our login, unless a run has succeeded in logging in since then.
    `folders`: as the last verifying run saw them. `group_whitelist`: which groups an identity provider may keep, as a
    pattern for user_oidc.
    """

    network: str
    mode: str
    now: datetime
    sources: tuple[SourceHealth, ...]
    scopes: tuple[ScopeState, ...]
    questions: tuple[AskedQuestion, ...]
    last_run: PastRun | None
    administrations: tuple[AdministrationState, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    refused_at: datetime | None = None
    group_whitelist: str = ""
    meetings: tuple[NextMeeting, ...] = ()
    folders: tuple[FolderState, ...] = ()
    freshness: tuple[Freshness, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftFolder:
    """A folder that a town took part in. `bits`: what its people could do there; `documents` are paths.

    `is_known` is False where we can't look into the folder.
    """

    name: str
    bits: int
    documents: tuple[str, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Farewell:
    """What a town that leaves should know, and what the administrator has to do. `leaderless`: groups that lose every
    lead. `mentions`: lines of the files that name the town or its people."""

    key: str
    name: str
    people: int
    folders: tuple[LeftFolder, ...]
    leaderless: tuple[str, ...]
    mentions: tuple[Mention, ...]
    is_external: bool


@dataclass(frozen=True, slots=True)
class Merging:
    """One person under two accounts. `is_old_there`: the old account still exists on the server."""

    old: str
    new: str
    mentions: tuple[Mention, ...]
    is_old_there: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One link in a chain of reasons. `holds`: it is so. `where` is a line of the configuration (file:line) or a row of
    a list; `because` what it rests on, or what is missing where it does not hold; `run` the run that wrote it."""

    holds: bool
    text: Text
    where: str = ""
    because: tuple[Reason, ...] = ()
    run: PastChange | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may do with an object. `ways` are those that hold; where none does, all that there would be."""

    name: Text
    holds: bool
    ways: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody (`subject`) sees an object, and why. `notes` say what else decides: a pilot, a stopped scope.

    `partly` names those of a town who see it although the town as a whole doesn't.
    """

    subject: Text
    object: Text
    scope: str
    where: str
    rights: tuple[Right, ...]
    notes: tuple[Text, ...] = ()
    partly: Text = NOTHING

    @property
    def is_membership(self) -> bool:
        """Whether the only right is to be in a group: then its one way is the membership, and rests on the rules."""
        return self.scope.startswith(f"{ScopeKind.EXCHANGE_GROUP}:")

    @property
    def sees(self) -> bool:
        return any(right.holds for right in self.rights)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Which rule (YAML line), which source (row), which run. `rules` are sentences from the general to the special.

    For a person or a town: `facts` say who that is, `answers` what they see and what not, and why. `is_about_one`: it
    was asked about one object, so that every link of the chain counts. `cancelled`: what people cancelled of it, with
    their accounts: nothing for who may see no names.
    """

    what: str
    rules: tuple[Text, ...] = ()
    records: tuple[Record, ...] = ()
    changes: tuple[PastChange, ...] = ()
    facts: tuple[Reason, ...] = ()
    answers: tuple[Answer, ...] = ()
    is_about_one: bool = False
    cancelled: tuple[CancelledByHand, ...] = ()
