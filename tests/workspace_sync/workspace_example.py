"""A small network that uses everything once: what most tests start from."""

from __future__ import annotations

from workspace_run import Runs, person
from workspace_stand_in import StandIn

from workspace_sync.people import People
from workspace_sync.template import Template, TemplateEntry
from workspace_sync.wish import (
    Access,
    AdministrationWish,
    ExchangeGroupWish,
    FolderWish,
    Level,
    ProjectWish,
    Selector,
    Wishes,
)

GROUPS = {"brakel": ["anna", "bernd"], "nieheim": ["clara"]}
BRAKEL = AdministrationWish("brakel", "Stadt Brakel", "brakel", ("brakel",))
NIEHEIM = AdministrationWish("nieheim", "Stadt Nieheim", "nieheim", ("nieheim",))
KREIS = AdministrationWish("kreis", "Kreis", "kreis-staff", ("kreis-staff",), is_external=False)
ALL = Selector(administrations=("brakel", "nieheim", "kreis"))
SMALL = Template(
    "klein",
    (TemplateEntry("Protokolle"), TemplateEntry("Protokolle/Muster.md", b"{name}"), TemplateEntry("Readme.md", b"x")),
)
OZG = ExchangeGroupWish(
    "ozg",
    "Austausch OZG",
    ("erika",),
    (Selector(topics=("ozg",)), Selector(administrations=("nieheim",))),
    folder=FolderWish("Austausch OZG", None, SMALL, (("name", "Austausch OZG"),)),
)
PRESS = ProjectWish(
    "presse",
    FolderWish("Presse", 10_000, SMALL),
    (
        Access(Level.READ, ALL),
        Access(Level.EDIT, Selector(people=("presse",))),
        Access(Level.EDIT, Selector(exchange_groups=("ozg",))),
    ),
)
WISHES = Wishes((BRAKEL, NIEHEIM, KREIS), (OZG,), (PRESS,))
PEOPLE = People(
    (person("anna", "brakel", "ozg"), person("clara", "nieheim"), person("dora", "kreis"), person("emil", "kreis"))
)


def example(wishes: Wishes = WISHES, people: People = PEOPLE) -> Runs:
    """The network on a server that holds nothing of it yet."""
    return Runs(StandIn(["erika", "max", "presse", "dora", "emil", "frieda"], GROUPS), wishes, people)
