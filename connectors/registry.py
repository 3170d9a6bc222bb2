"""Type of a connector → the source that serves it. The one place that knows all of them.

Nothing is fetched here, and no secret read: that happens when a source delivers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from connectors.caldav.cloud import CloudCalendars
from connectors.caldav.place import CalendarPlace, Finder, Limits
from connectors.caldav.remote import RemoteCalendars, Server
from connectors.caldav.source import CalendarOfTrainings
from connectors.caldav.writing import WrittenCalendar
from connectors.feed.source import FeedOfTrainings
from connectors.people.members import Member
from connectors.people.source import PeopleOfNextcloud
from connectors.sources.asking import Login
from connectors.sources.cloud import CloudPlace
from connectors.sources.disk import DiskPlace
from connectors.sources.http import Bounds, Fetcher
from connectors.sources.looking import Place
from connectors.sources.resting import RestingPlace
from connectors.sources.web import WebPlace
from connectors.tables.people import TableOfPeople
from connectors.tables.source import TableOfTrainings
from connectors.tables.table import Wanted
from connectors.tables.trainings import Reader
from connectors.tables.workbook import Form
from network.ports import (
    CalendarTarget,
    Directory,
    Files,
    PeopleSource,
    SourceCalendar,
    SourceMemory,
    TrainingSource,
)
from network.settings.administrations import Administration
from network.settings.connectors import (
    CaldavCalendar,
    IcsFeed,
    NextcloudCalendar,
    NextcloudPeople,
    PeopleTable,
    TrainingConnector,
)
from network.settings.connectors.tables import PeopleColumns, Table, TrainingColumns
from network.settings.locations import CloudFile, LocalFile, Location, WebFile
from network.text import Language

_NO_SETTLING = timedelta(0)
_ALWAYS_NEEDED = ("key", "title", "status", "date")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every source stands in. `files`, `calendars` and `directory` are those of the service account.

    `rests`: the source's time has not come, so that what was read last speaks. After `sweep_every` a calendar is
    compared as a whole, whatever its server says.
    """

    files: Files
    calendars: CalendarTarget
    directory: Directory
    fetcher: Fetcher
    zone: ZoneInfo
    language: Language
    administrations: Mapping[str, Administration] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    rests: bool = False
    sweep_every: timedelta = timedelta(days=1)

    def asked(self, place: Place) -> Place:
        """The place as a source of this run asks it."""
        return RestingPlace(place) if self.rests else place


def training_source(
    connector: str,
    settings: TrainingConnector,
    memory: SourceMemory,
    around: Surroundings,
    *,
    answers: Mapping[str, str] | None = None,
) -> TrainingSource:
    """The source of one connector that provides trainings. `answers`: key → "accept" (see `TableOfTrainings`)."""
    if isinstance(settings, IcsFeed):
        return FeedOfTrainings(
            connector,
            _place(connector, settings, settings.place, _NO_SETTLING, around),
            memory,
            zone=around.zone,
            language=around.language,
            max_events=settings.max_items,
            may_be_empty=settings.may_be_empty,
        )
    if isinstance(settings, CaldavCalendar):
        return _calendar(connector, _remote(settings, around), settings, memory, around)
    if isinstance(settings, NextcloudCalendar):
        return _calendar(connector, CloudCalendars(around.calendars, settings.calendar), settings, memory, around)
    columns = _mapped(settings.columns)
    wanted = _wanted(settings, columns, tuple(each for each in _ALWAYS_NEEDED if each in columns))
    return TableOfTrainings(
        wanted,
        Reader(connector, columns, around.zone, around.language),
        _place(connector, settings, settings.location, settings.settle, around),
        memory,
        may_be_empty=settings.may_be_empty,
        answers=answers,
    )


def written_calendar(
    connector: str, settings: CaldavCalendar | NextcloudCalendar, around: Surroundings
) -> SourceCalendar:
    """The calendar behind a connector with `mode: two-way`. Nothing is asked before the first write."""
    where = f"connectors.{connector}"
    if isinstance(settings, CaldavCalendar):
        return WrittenCalendar(lambda: _remote(settings, around).find(""), where=where, is_elsewhere=True)
    cloud = CloudCalendars(around.calendars, settings.calendar)
    return WrittenCalendar(lambda: cloud.find(""), where=where, is_elsewhere=False)


def people_source(
    connector: str, settings: NextcloudPeople | PeopleTable, memory: SourceMemory, around: Surroundings
) -> PeopleSource:
    """The source of one connector that provides people."""
    if isinstance(settings, NextcloudPeople):
        # a group that we keep ourselves says nothing new: who is in it comes from the lists
        kept_by_others = {key: each for key, each in around.administrations.items() if each.external}
        return PeopleOfNextcloud(connector, around.directory, _members(kept_by_others), memory)
    members = _members(around.administrations)
    return TableOfPeople(
        connector,
        _wanted(settings, _mapped(settings.columns), ("account",)),
        _place(connector, settings, settings.location, settings.settle, around),
        memory,
        members=members,
        language=around.language,
        may_be_empty=settings.may_be_empty,
    )


def _calendar(
    connector: str,
    finder: Finder,
    settings: CaldavCalendar | NextcloudCalendar,
    memory: SourceMemory,
    around: Surroundings,
) -> CalendarOfTrainings:
    where, limits = f"connectors.{connector}", Limits(settings.max_items, settings.max_bytes)
    return CalendarOfTrainings(
        connector,
        around.asked(CalendarPlace(finder, limits, where=where, sweep_every=around.sweep_every)),
        memory,
        zone=around.zone,
        language=around.language,
        # where both sides are written, the planner sees to it that an empty one empties nothing
        may_be_empty=settings.may_be_empty or settings.is_two_way,
    )


def _remote(settings: CaldavCalendar, around: Surroundings) -> RemoteCalendars:
    return RemoteCalendars(
        Server(
            settings.url,
            around.fetcher,
            Bounds(settings.timeout.total_seconds(), settings.max_bytes),
            calendar=settings.calendar or "",
            login=_login(settings, around.environment),
            ca_file=str(settings.ca_file) if settings.ca_file else "",
            is_written=settings.is_two_way,
        )
    )


def _place(
    connector: str, settings: Table | IcsFeed, location: Location, settle: timedelta, around: Surroundings
) -> Place:
    return around.asked(_file(connector, settings, location, settle, around))


def _file(
    connector: str, settings: Table | IcsFeed, location: Location, settle: timedelta, around: Surroundings
) -> Place:
    where = f"connectors.{connector}"
    match location:
        case LocalFile(path):
            return DiskPlace(path, where=where, settle=settle, max_bytes=settings.max_bytes)
        case CloudFile(path):
            return CloudPlace(around.files, path, where=where, settle=settle, max_bytes=settings.max_bytes)
        case WebFile(url):
            bounds = Bounds(settings.timeout.total_seconds(), settings.max_bytes)
            login = _login(settings, around.environment)
            return WebPlace(url, around.fetcher, bounds=bounds, settle=settle, login=login)


def _login(settings: Table | IcsFeed | CaldavCalendar, environment: Mapping[str, str]) -> Login | None:
    username, password = settings.username, settings.password
    if username is None or password is None:
        return None
    return lambda: (username, password.reveal(environment))


def _wanted(settings: Table, columns: Mapping[str, str], needed: tuple[str, ...]) -> Wanted:
    form = Form(settings.max_items, settings.encoding, settings.delimiter)
    return Wanted(columns, needed, settings.sheets, settings.header, form)


def _mapped(columns: TrainingColumns | PeopleColumns) -> Mapping[str, str]:
    return {field: str(heading) for field, heading in columns if heading is not None}


def _members(administrations: Mapping[str, Administration]) -> Sequence[Member]:
    return [
        Member(key, each.name, each.group, tuple(each.accounts), tuple(each.mail_domains), each.source)
        for key, each in administrations.items()
    ]
