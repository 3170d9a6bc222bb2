"""What the rules need from the outside. Connectors satisfy these protocols by shape; contract tests keep them honest.

Every method may raise the errors of `network.errors`. A write that returns has been accepted by the server; whether
others see it is for the caller to read back. No method repeats a write by itself.
"""

from network.ports.calendars import (
    CalendarDelta,
    CalendarSeen,
    CalendarTarget,
    CalendarWish,
    ObjectSeen,
    ShareRow,
    TrashedObject,
)
from network.ports.files import Files, FileSeen
from network.ports.folder_rules import EVERY_BIT, FolderRules, Rule, RuledSeen
from network.ports.folders import FolderSeen, TeamFolders
from network.ports.memory import Intent, Ledger, Memory, Record
from network.ports.people import AccountSeen, Directory, GroupSeen
from network.ports.principal import Principal, PrincipalKind
from network.ports.rooms import AttendeeSeen, Rooms, RoomSeen
from network.ports.server import Features, Server
from network.ports.sources import PeopleSource, SourceCalendar, SourceCopy, SourceMemory, TrainingSource
from network.ports.teams import TeamMemberSeen, Teams, TeamSeen

__all__ = [
    "EVERY_BIT",
    "AccountSeen",
    "AttendeeSeen",
    "CalendarDelta",
    "CalendarSeen",
    "CalendarTarget",
    "CalendarWish",
    "Directory",
    "Features",
    "FileSeen",
    "Files",
    "FolderRules",
    "FolderSeen",
    "GroupSeen",
    "Intent",
    "Ledger",
    "Memory",
    "ObjectSeen",
    "PeopleSource",
    "Principal",
    "PrincipalKind",
    "Record",
    "RoomSeen",
    "Rooms",
    "Rule",
    "RuledSeen",
    "Server",
    "ShareRow",
    "SourceCalendar",
    "SourceCopy",
    "SourceMemory",
    "TeamFolders",
    "TeamMemberSeen",
    "TeamSeen",
    "Teams",
    "TrainingSource",
    "TrashedObject",
]
