"""The sections of the site, in the order in which they are shown. A section stands there for whoever may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from network.text import Text
from plugin.web.access import ALLOWED
from plugin.web.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Section:
    """`endpoint` is its first page; all pages of that blueprint belong to it."""

    endpoint: str
    name: Text

    @property
    def blueprint(self) -> str:
        return self.endpoint.partition(".")[0]


SECTIONS = (
    Section("trainings.overview", Text("Schulungen", "Trainings")),
    Section("groups.overview", Text("Austauschgruppen", "Exchange groups")),
    Section("projects.overview", Text("Projekte", "Projects")),
    Section("operations.overview", Text("Betrieb", "Operations")),
)


def sections(visitor: Visitor) -> Iterator[Section]:
    yield from (each for each in SECTIONS if visitor.is_one_of(ALLOWED[each.endpoint]))
