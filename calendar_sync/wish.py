"""What the configuration asks for, as plain values: calendars, whom they are shared with, and rules for each source.

The settings model stands elsewhere; the assembly translates. Keys and names arrive here already checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote_plus

from network.plan import Kind, Limit, Scope, ScopeKind
from network.ports import CalendarWish

MEETINGS = "meetings."
EVENTS, TASKS = "VEVENT", "VTODO"
DEFAULT_LIMIT = Limit(0.30, 3)


class OnConflict(StrEnum):
    """Which side wins where source and hand changed the same property of an entry."""

    SOURCE = "source"
    NEXTCLOUD = "nextcloud"
    NEWEST = "newest"
    ASK = "ask"


class Then(StrEnum):
    """What happens to a training that is missing from its source for long enough."""

    ASK = "ask"
    CANCEL = "cancel"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Missing:
    """Promise 3: nothing happens before `after` and `fetches` complete answers without the training."""

    after: timedelta = timedelta(hours=24)
    fetches: int = 3
    then: Then = Then.ASK


@dataclass(frozen=True, slots=True)
class SourceRules:
    """How the trainings of one connector are treated in a calendar.

    `is_rule`: the source is a rule of the configuration. What it names no longer is meant to go, without waiting; and
    what a person took out of the calendar stays out, as long as the rule names it. `is_two_way`: the source is a
    calendar that is written too; then the calendar takes from it alone. `may_be_empty` matters only there: an empty
    source is no stop by itself.
    """

    connector: str
    missing: Missing = Missing()
    on_conflict: OnConflict = OnConflict.SOURCE
    is_rule: bool = False
    is_two_way: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Which trainings: with at least one of `tags` (empty: any) and none of `not_tags`. Case does not matter."""

    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """Somebody who sees a calendar: `team` is the scope of a team of ours (`administration:brakel`), whose id may still
    be unknown; `principal` anybody whose spelling is known (`groups/dnw-test`, `users/erika.beispiel`).
    """

    team: str = ""
    principal: str = ""
    title: str = ""
    read_write: bool = False


def group_grant(group: str) -> Grant:
    """A group of Nextcloud, spelled as its shares want it: any other spelling is accepted and reaches nobody."""
    return Grant(principal=f"groups/{quote_plus(group)}", title=group)


@dataclass(frozen=True, slots=True)
class DesiredCalendar:
    """One calendar of the configuration. `where_written` is its place there (file:line).

    `puts_name_back`: a name that somebody gave it in Nextcloud doesn't stay.
    """

    key: str
    properties: CalendarWish
    sources: tuple[SourceRules, ...]
    where: Where = Where()
    grants: tuple[Grant, ...] = ()
    keep_past: timedelta = timedelta(days=400)
    keep_cancelled: timedelta = timedelta(days=14)
    limit: Limit = DEFAULT_LIMIT
    where_written: str = ""
    puts_name_back: bool = False

    @property
    def is_of_group(self) -> bool:
        """Whether it stands below an exchange group: the calendar of its meetings, or its list of tasks."""
        return self.properties.component == TASKS or any(each.is_rule for each in self.sources)

    @property
    def scope(self) -> Scope:
        return calendar_scope(self.key)

    @property
    def uri(self) -> str:
        return calendar_uri(self.key)

    @property
    def kind(self) -> Kind:
        """What people call it: a calendar, or a list of tasks."""
        return Kind.CALENDAR if self.properties.component == EVENTS else Kind.TASK_LIST

    @property
    def counterpart(self) -> SourceRules | None:
        """The source that is written too, of a calendar that goes both ways."""
        return next((each for each in self.sources if each.is_two_way), None)

    def rules(self, connector: str) -> SourceRules | None:
        return next((each for each in self.sources if each.connector == connector), None)


def meetings_source(group: str) -> str:
    """The source of the meetings of an exchange group; no connector that is written has a dot in its key."""
    return f"{MEETINGS}{group}"


@lru_cache(maxsize=256)  # one value for all the changes of a calendar, however many
def calendar_scope(key: str) -> Scope:
    return Scope(ScopeKind.CALENDAR, key)


def calendar_uri(key: str) -> str:
    """The last part of a calendar's address, from its key in the configuration."""
    return f"dnw-{key}"
