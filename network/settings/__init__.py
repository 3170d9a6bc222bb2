"""The configuration, typed: what a network, its connectors, calendars, exchange groups and projects shall be.

`load` reads YAML files and reports every mistake at once as `file:line: path: what is wrong, what is allowed`. Nothing
here speaks to a server or reveals a secret.
"""

from network.secrets import Secret, SecretMissing
from network.settings.administrations import Administration, AdministrationDefaults, Approval, Contacts
from network.settings.all_calendars import all_calendars, task_list_key, task_list_name
from network.settings.calendars import Calendar, Where
from network.settings.connectors import (
    AnyConnector,
    CaldavCalendar,
    Connector,
    FileConnector,
    IcsFeed,
    KeptCalendar,
    ListConnector,
    Missing,
    NextcloudCalendar,
    NextcloudPeople,
    PeopleColumns,
    PeopleTable,
    Table,
    TrainingColumns,
    TrainingConnector,
    TrainingTable,
)
from network.settings.exchange_groups import ExchangeGroup, ExchangeGroupDefaults, Meetings, SchoolHoliday
from network.settings.limits import Limits, Loss, Mails
from network.settings.loading import Loaded, load
from network.settings.locations import CloudFile, LocalFile, Location, WebFile
from network.settings.network import Contact, Network, Nextcloud
from network.settings.projects import TEMPLATES, Access, Project, ProjectDefaults, SubFolder
from network.settings.registration import (
    Keep,
    Period,
    Privacy,
    Report,
    Roles,
    TrainingConcept,
    TrainingDefaults,
    Trainings,
)
from network.settings.schema import json_schema
from network.settings.section import Entry, Section
from network.settings.selectors import ALL, Selection, Selector
from network.settings.service import AdminRights, Credential, ExApp, LogForm, Login, MailServer, Service
from network.settings.settings import Include, Settings

__all__ = [
    "ALL",
    "TEMPLATES",
    "Access",
    "AdminRights",
    "Administration",
    "AdministrationDefaults",
    "AnyConnector",
    "Approval",
    "CaldavCalendar",
    "Calendar",
    "CloudFile",
    "Connector",
    "Contact",
    "Contacts",
    "Credential",
    "Entry",
    "ExApp",
    "ExchangeGroup",
    "ExchangeGroupDefaults",
    "FileConnector",
    "IcsFeed",
    "Include",
    "Keep",
    "KeptCalendar",
    "Limits",
    "ListConnector",
    "Loaded",
    "LocalFile",
    "Location",
    "LogForm",
    "Login",
    "Loss",
    "MailServer",
    "Mails",
    "Meetings",
    "Missing",
    "Network",
    "Nextcloud",
    "NextcloudCalendar",
    "NextcloudPeople",
    "PeopleColumns",
    "PeopleTable",
    "Period",
    "Privacy",
    "Project",
    "ProjectDefaults",
    "Report",
    "Roles",
    "SchoolHoliday",
    "Secret",
    "SecretMissing",
    "Section",
    "Selection",
    "Selector",
    "Service",
    "Settings",
    "SubFolder",
    "Table",
    "TrainingColumns",
    "TrainingConcept",
    "TrainingConnector",
    "TrainingDefaults",
    "TrainingTable",
    "Trainings",
    "WebFile",
    "Where",
    "all_calendars",
    "json_schema",
    "load",
    "task_list_key",
    "task_list_name",
]
