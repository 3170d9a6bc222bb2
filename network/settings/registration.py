"""Training concepts and roles, which pages show and ask for; registration, attendance and report (level 4), which are
checked here and not acted upon in this version."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema, field_validator, model_validator

from network import written
from network.settings.fields import Before, Count, Day, Duration, Line, Paragraph, Place, TeamName, YesNo
from network.settings.locations import LocalFile, Location
from network.settings.section import Entry, Section
from network.settings.selectors import Selection
from network.text import Text
from network.written import NotUnderstood


def _seats(value: object) -> int | None:
    if value is None or value in ("unlimited", "unbegrenzt"):
        return None
    seats = value if isinstance(value, int) else written.whole_number(str(value))
    if seats < 0:
        raise NotUnderstood(Text("weniger als 0 Plätze gibt es nicht", "there are no fewer than 0 seats"))
    return seats


Seats = Annotated[
    int | None,
    PlainValidator(_seats),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "unlimited"}]}),
]


class TrainingDefaults(Section):
    """Holds only where the table says nothing."""

    registration: Literal["network", "provider", "none"] = "none"
    """Where people register."""
    seats: Seats = None
    """Number of seats; None: unlimited."""
    register_until: Before = timedelta(days=3)
    """How long before the start."""
    withdraw_until: Before = timedelta(days=1)
    """After that only with a message to the contact person."""
    substitute: YesNo = True
    """A person may name a substitute of the same administration."""
    remind: tuple[Before, ...] = ()
    """When people are reminded."""
    participants_visible: YesNo = False
    """Whether participants see each other."""


class Trainings(Section):
    """What holds for all trainings."""

    defaults: TrainingDefaults = TrainingDefaults()
    """Holds only where the table says nothing."""


class TrainingConcept(Entry):
    """An ordered set of trainings for a target group."""

    name: TeamName
    """As it is shown."""
    audience: Line = ""
    """For whom."""
    description: Paragraph = ""
    """What it is about."""
    folder: Place | None = None
    """Where its material lies: nextcloud:/… as those see it who take part (best a project's folder), or an address."""

    @field_validator("folder")
    @classmethod
    def _can_be_opened(cls, folder: Location | None) -> Location | None:
        if isinstance(folder, LocalFile):
            raise NotUnderstood(
                Text(
                    "diesen Ordner kann außer diesem Rechner niemand öffnen; "
                    "erlaubt ist zum Beispiel: nextcloud:/Schulungsmaterial/OZG",
                    "nobody but this machine can open this folder; "
                    "allowed is for example: nextcloud:/Schulungsmaterial/OZG",
                )
            )
        return folder


class Roles(Section):
    """Who sees more than the own registrations."""

    coordinators: Selection = ()
    """See all registrations."""
    training_offices: Selection = ()
    """Each only those of the own administration."""
    network_admins: Selection = ()
    """Look after the configuration."""
    reviewers: Selection = ()
    """See settings and logs, no names."""


class Keep(Section):
    """How long after the training."""

    registrations: Duration = timedelta(days=90)
    """Registrations."""
    support_needs: Duration = timedelta(days=1)
    """What somebody needs to take part."""
    attendance: Duration = timedelta(days=3 * 365)
    """Attendance."""
    technical_logs: Duration = timedelta(days=14)
    """The record of each run; how an object came about is told for longer."""


class Privacy(Section):
    """Data protection."""

    agreement: Line = ""
    """The agreement of the administrations (Art. 26 GDPR)."""
    keep: Keep = Keep()
    """Retention."""
    report_smallest_number: Count = 5
    """Smaller numbers are not shown in reports."""


class Period(Section):
    """From one day to another, both included."""

    first: Day = Field(validation_alias="from")
    """First day."""
    last: Day = Field(validation_alias="to")
    """Last day."""

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Period:
        if self.last < self.first:
            raise NotUnderstood(Text("to liegt vor from", "to lies before from"))
        return self


class Report(Section):
    """The yearly report."""

    period: Period | None = None
    """The period of the grant."""
    keep_figures: Duration = timedelta(days=3650)
    """How long figures without names are kept."""
