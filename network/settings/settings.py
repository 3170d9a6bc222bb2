"""The whole configuration as one value."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from network.settings.administrations import Administration, AdministrationDefaults
from network.settings.calendars import Calendar
from network.settings.connectors import AnyConnector
from network.settings.exchange_groups import ExchangeGroup, ExchangeGroupDefaults, SchoolHoliday
from network.settings.fields import Key, Line
from network.settings.limits import Limits
from network.settings.network import Network, Nextcloud
from network.settings.projects import Project, ProjectDefaults
from network.settings.registration import Privacy, Report, Roles, TrainingConcept, Trainings
from network.settings.section import Section
from network.settings.selectors import Selection
from network.settings.service import AdminRights, Service


class Include(Section):
    """Another file, perhaps a member's own."""

    file: Line
    """Its path."""
    administration: Key | None = None
    """The file is this administration's own: it defines only what belongs to it."""
    may_share: Selection = ()
    """Whom it may share with beyond its own people."""


class Settings(Section):
    """The configuration of a network. Entries are complete: what a defaults section says is filled in."""

    include: tuple[Include, ...] = ()
    """Other files."""
    network: Network
    """The network as a whole."""
    nextcloud: Nextcloud
    """The Nextcloud that it shares."""
    administration_defaults: AdministrationDefaults = AdministrationDefaults()
    """For every administration that says nothing else."""
    administrations: Mapping[Key, Administration] = Field(default_factory=dict)
    """The members."""
    connectors: Mapping[Key, AnyConnector] = Field(default_factory=dict)
    """Where data comes from."""
    calendars: Mapping[Key, Calendar] = Field(default_factory=dict)
    """Calendars of trainings."""
    exchange_group_defaults: ExchangeGroupDefaults = ExchangeGroupDefaults()
    """For every exchange group that says nothing else."""
    exchange_groups: Mapping[Key, ExchangeGroup] = Field(default_factory=dict)
    """Topical working groups."""
    school_holidays: tuple[SchoolHoliday, ...] = ()
    """Days without school."""
    project_defaults: ProjectDefaults = ProjectDefaults()
    """For every project that says nothing else."""
    projects: Mapping[Key, Project] = Field(default_factory=dict)
    """Shared project folders."""
    admin_rights: AdminRights | None = None
    """print, or an account for what an app password may not do."""
    limits: Limits = Limits()
    """When to stop and ask."""
    service: Service = Service()
    """The running service."""
    trainings: Trainings = Trainings()
    """Level 4: what holds for all trainings."""
    concepts: Mapping[Key, TrainingConcept] = Field(default_factory=dict, validation_alias="training_concepts")
    """Ordered sets of trainings, as pages show them."""
    roles: Roles = Roles()
    """Level 4: who sees more than the own registrations."""
    privacy: Privacy = Privacy()
    """Level 4: data protection."""
    report: Report = Report()
    """Level 4: the yearly report."""
