"""The sections of the site, in the order in which they are shown. A section stands there for whoever may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from network.text import Text
from plugin.web.access import ALLOWED
from plugin.web.visitors import Visitor


@dataclass(frozen=True, slots=True)
class Section:
    """`endpoint` is its first page, or the first of `otherwise` for who may not open that one; all pages of that
    blueprint belong to it, and those of the blueprints `more`."""

    endpoint: str
    name: Text
    otherwise: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def blueprints(self) -> tuple[str, ...]:
        return self.endpoint.partition(".")[0], *self.more


SECTIONS = (
    Section("trainings.overview", Text("Schulungen", "Trainings")),
    Section("mine.overview", Text("Meine Termine", "My dates"), more=("subscriptions",)),
    Section("groups.overview", Text("Austauschgruppen", "Exchange groups")),
    Section("projects.overview", Text("Projekte", "Projects")),
    Section("cancelling.today", Text("Fällt heute aus", "Cancelled today")),
    Section("operations.overview", Text("Betrieb", "Operations"), otherwise=("operations.questions",)),
)


def sections(visitor: Visitor) -> Iterator[Section]:
    for each in SECTIONS:
        first = next((at for at in (each.endpoint, *each.otherwise) if visitor.is_one_of(ALLOWED[at])), None)
        if first is not None:
            yield replace(each, endpoint=first)
