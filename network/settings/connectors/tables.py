"""Spreadsheets: CSV, XLSX or ODS from a path, an address or Nextcloud; trainings or people."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import ValidationInfo, field_validator

from network.settings.connectors.connector import FileConnector
from network.settings.fields import Account, Count, Duration, Line, Place, SecretReference, YesNo
from network.settings.locations import Location, WebFile
from network.settings.names import encrypted
from network.settings.section import Section


class TrainingColumns(Section):
    """Left our field, right the heading in the table."""

    key: Line
    """Belongs to this training for ever, also when it is moved."""
    title: Line
    """Title."""
    status: Line | None = None
    """Draft, published, full or cancelled; without this column every row is published."""
    description: Line | None = None
    """Contents."""
    date: Line | None = None
    """A day or days; empty: the date is open."""
    start: Line | None = None
    """Time of day at which it starts."""
    end: Line | None = None
    """Time of day at which it ends."""
    place: Line | None = None
    """Where."""
    link: Line | None = None
    """Address of an online meeting."""
    seats: Line | None = None
    """Number of seats; empty: unlimited."""
    tags: Line | None = None
    """Topics, separated by comma or semicolon."""
    audience: Line | None = None
    """For whom."""
    contact: Line | None = None
    """Whom to ask."""
    register_until: Line | None = None
    """Last day of registration."""
    concept: Line | None = None
    """The training concept that it belongs to, with a number: OZG 1."""
    accessibility: Line | None = None
    """Lift, hearing loop, subtitles."""


class PeopleColumns(Section):
    """Left our field, right the heading in the table. Other columns are never read."""

    account: Line
    """Nextcloud account."""
    name: Line | None = None
    """Name."""
    mail: Line | None = None
    """Mail address."""
    administration: Line | None = None
    """Key, name or mail domain of the administration."""
    topics: Line | None = None
    """Topics that the person is responsible for."""
    groups: Line | None = None
    """Keys or names of exchange groups."""


class Table(FileConnector):
    """What tables of trainings and of people have in common."""

    type: Literal["table"]
    """A spreadsheet."""
    location: Place
    """A path, an address, or nextcloud:/path."""
    username: Account | None = None
    """Login at the address, where it needs one."""
    password: SecretReference | None = None
    """Password of that login, by reference."""
    sheets: tuple[Line, ...] = ()
    """Names of sheets; without it every sheet that carries the headings."""
    header: Count | None = None
    """Row of the headings; without it they are looked for."""
    settle: Duration = timedelta(minutes=10)
    """The file is read when nobody has saved it for this long."""
    notes: YesNo = False
    """Puts a file with notes on unclear rows beside a table in Nextcloud."""
    encoding: Literal["utf-8", "windows-1252", "iso-8859-15"] | None = None
    """Encoding of a CSV file; without it it is found out."""
    delimiter: Literal[";", ",", "\t", "|"] | None = None
    """What separates the columns of a CSV file; without it it is found out."""

    @property
    def place(self) -> Location:
        """Where the table lies."""
        return self.location

    @field_validator("location")
    @classmethod
    def _is_encrypted(cls, location: Location, info: ValidationInfo) -> Location:
        if isinstance(location, WebFile):
            encrypted(location.url, allow_http=bool(info.data.get("allow_http")))
        return location


class TrainingTable(Table):
    """A table of trainings."""

    provides: Literal["trainings"] = "trainings"
    """What it delivers."""
    columns: TrainingColumns
    """Which heading means what."""


class PeopleTable(Table):
    """A table of people: who belongs where, who is responsible for what."""

    provides: Literal["people"]
    """What it delivers."""
    columns: PeopleColumns
    """Which heading means what."""
