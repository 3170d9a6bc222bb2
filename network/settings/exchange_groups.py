"""Exchange groups: team, folder, chat room, meetings and tasks of people with one topic."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from network.settings import names
from network.settings.fields import (
    Account,
    Bytes,
    ClockTime,
    Day,
    Duration,
    Line,
    MeetingRhythm,
    Paragraph,
    TeamName,
    YesNo,
)
from network.settings.section import Entry, Section
from network.settings.selectors import Selection
from network.text import Text
from network.written import NotUnderstood

Holidays = Literal["public_holidays", "school_holidays"]


class Meetings(Section):
    """Regular meetings."""

    every: MeetingRhythm
    """The rhythm: first tuesday, erster Dienstag, last friday every 2 months, every monday."""
    at: ClockTime
    """When it starts, in the network's time zone."""
    length: Duration
    """How long it lasts."""
    place: Line = ""
    """Where; "online" for a video conference."""
    starts: Day | None = None
    """No meeting before this day; also the day that "every 2 weeks" counts from."""
    until: Day | None = None
    """No meeting after this day."""

    @model_validator(mode="after")
    def _is_whole(self) -> Meetings:
        if self.every.interval > 1 and self.starts is None:
            raise NotUnderstood(
                Text(
                    "nicht jede Woche oder jeden Monat: dann wird starts gebraucht, der Tag des ersten Treffens",
                    "not every week or month: then starts is needed, the day of the first meeting",
                )
            )
        if self.starts and self.until and self.until < self.starts:
            raise NotUnderstood(Text("until liegt vor starts", "until lies before starts"))
        if not self.length:
            raise NotUnderstood(Text("length ist 0", "length is 0"))
        return self


class ExchangeGroupDefaults(Section):
    """What holds for every exchange group that says nothing else."""

    room: YesNo = True
    """A chat room."""
    folder: YesNo = True
    """A Team folder."""
    tasks: YesNo = False
    """A list of tasks."""
    calendar: YesNo = False
    """A calendar of its own; meetings imply one."""
    open: YesNo = False
    """Whoever likes joins."""
    added_by_hand: Literal["keep", "report", "remove"] = "keep"
    """What happens to people whom a lead took in by hand."""
    on_rename: Literal["keep", "put_back"] = "keep"
    """What happens when somebody renames team, folder or room in Nextcloud: the new name stays, or ours comes back."""
    skip: tuple[Holidays, ...] = ()
    """Days on which the meeting falls through."""
    quota: Bytes | None = None
    """How much the folder may hold; without it as much as the server allows."""


class ExchangeGroup(ExchangeGroupDefaults, Entry):
    """A topical working group across administrations."""

    name: TeamName
    """Name of team, folder and room."""
    lead: tuple[Account, ...] = Field(min_length=1)
    """Nextcloud accounts of those who lead it."""
    members: Selection = ()
    """Who belongs to it beside the lead."""
    meetings: Meetings | None = None
    """Regular meetings."""
    description: Paragraph = ""
    """What it is about."""

    @field_validator("name")
    @classmethod
    def _can_name_a_folder(cls, name: str, info: ValidationInfo) -> str:
        return names.folder(name) if info.data.get("folder") else name

    @property
    def has_calendar(self) -> bool:
        """Whether it has a calendar, asked for or implied by meetings."""
        return self.calendar or self.meetings is not None


class SchoolHoliday(Section):
    """Days without school, the last one included."""

    name: Line
    """Name."""
    first: Day = Field(validation_alias="from")
    """First day."""
    last: Day = Field(validation_alias="to")
    """Last day."""

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> SchoolHoliday:
        if self.last < self.first:
            raise NotUnderstood(Text("to liegt vor from", "to lies before from"))
        return self

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last
