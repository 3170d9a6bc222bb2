"""The kinds of values that settings are made of: how each is read, and how an editor is told about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator, WithJsonSchema

from network import written
from network.document.values import Scalar
from network.secrets import IN_CLEAR, Secret
from network.settings import names
from network.settings.locations import CloudFile, LocalFile, Location, WebFile, local_path, location
from network.text import Text
from network.written import NotUnderstood, Rhythm

T = TypeVar("T")
_ONE_VALUE = Text("hier wird ein einzelner Wert erwartet", "a single value is expected here")


def _read(read: Callable[[str], T], *ready: type) -> PlainValidator:
    """Text is read; what is one of `ready` already (settings made in Python) passes."""

    def check(value: object) -> object:
        if ready and isinstance(value, ready):
            return value
        if not isinstance(value, str):
            raise NotUnderstood(_ONE_VALUE)
        found = read(value)
        return str(found) if isinstance(found, str) else found  # without the place that a document's text carries

    return PlainValidator(check)


def _text(*examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **({"examples": list(examples)} if examples else {})})


def _interval(text: str) -> timedelta:
    span = written.duration(text)
    if span < timedelta(minutes=1):
        raise NotUnderstood(Text("kürzer als 1 Minute", "shorter than 1 minute"))
    return span


def _secret(value: object) -> Secret:
    if isinstance(value, Secret):
        return value
    if not isinstance(value, str):
        raise NotUnderstood(IN_CLEAR)
    secret = Secret(str(value))
    if isinstance(value, Scalar) and secret.path is not None:
        return Secret(f"file:{Path(value.spot.folder, secret.path)}")
    return secret


Key = Annotated[str, _read(names.key), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]
Line = Annotated[str, _read(names.line), WithJsonSchema({"type": "string", "maxLength": 255})]
Paragraph = Annotated[str, _read(names.paragraph), _text()]
TeamName = Annotated[str, _read(names.team), WithJsonSchema({"type": "string", "minLength": 3, "maxLength": 127})]
FolderName = Annotated[str, _read(names.folder), WithJsonSchema({"type": "string", "maxLength": 127})]
FolderPath = Annotated[str, _read(names.folder_path), WithJsonSchema({"type": "string", "pattern": r"^[^.\\][^\\]*$"})]
GroupId = Annotated[str, _read(names.group), WithJsonSchema({"type": "string", "maxLength": 64, "pattern": "^[^+%]+$"})]
Account = Annotated[str, _read(names.account), WithJsonSchema({"type": "string", "maxLength": 64})]
Mail = Annotated[str, _read(names.mail), _text("fortbildung@brakel.example", "it@{domain}")]
Domain = Annotated[str, _read(names.domain), _text("brakel.example")]
Colour = Annotated[str, _read(names.colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"})]
Zone = Annotated[ZoneInfo, _read(names.time_zone, ZoneInfo), _text("Europe/Berlin")]
Address = Annotated[str, _read(names.web_address), WithJsonSchema({"type": "string", "format": "uri"})]
YesNo = Annotated[bool, _read(written.yes_or_no, bool), WithJsonSchema({"type": "boolean"})]
Number = Annotated[int, _read(written.whole_number, int), WithJsonSchema({"type": "integer"})]
Count = Annotated[Number, Field(ge=1)]
Duration = Annotated[timedelta, _read(written.duration, timedelta), _text("15 minutes", "1 hour", "3 Tage")]
Interval = Annotated[timedelta, _read(_interval, timedelta), _text("15 minutes", "1 hour", "30 Minuten")]
Before = Annotated[timedelta, _read(written.before, timedelta), _text("3 days before", "3 Tage vorher")]
Bytes = Annotated[int, _read(written.size, int), _text("20 GB", "500 MB")]
Share = Annotated[float, _read(written.percentage, float), _text("30%", "12,5 %")]
Day = Annotated[date, _read(written.written_date, date), WithJsonSchema({"type": "string", "format": "date"})]
ClockTime = Annotated[time, _read(written.clock_time, time), _text("10:00", "9:30 Uhr")]
MeetingRhythm = Annotated[
    Rhythm, _read(written.rhythm, written.Weekly, written.Monthly), _text("first tuesday", "erster Dienstag")
]
LocalPath = Annotated[Path, _read(local_path, Path), _text("/var/lib/digitalnetzwerk")]
Place = Annotated[
    Location,
    _read(location, LocalFile, WebFile, CloudFile),
    _text("nextcloud:/Planung/Schulungsplan.xlsx", "https://studieninstitut.example/kurse.ics", "liste.csv"),
]
SecretReference = Annotated[
    Secret,
    PlainValidator(_secret),
    WithJsonSchema({"type": "string", "pattern": "^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$", "examples": ["env:NAME"]}),
]
