"""Calendars of trainings: from which connectors, which of them, for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from network.settings.fields import Colour, Duration, Line
from network.settings.section import Entry, Section
from network.settings.selectors import Selection


class Where(Section):
    """Which trainings. Tags are compared without regard to upper and lower case."""

    tags: tuple[Line, ...] = ()
    """Only trainings with at least one of these tags."""
    not_tags: tuple[Line, ...] = ()
    """No trainings with any of these tags."""


class Calendar(Entry):
    """A calendar of the service account, shared read-only."""

    name: Line
    """Shown with the account's display name behind it: keep it short."""
    color: Colour = "#00679e"
    """Red, green, blue."""
    sources: tuple[str, ...] = Field(validation_alias="from", min_length=1)
    """Keys of the connectors whose trainings it holds."""
    where: Where = Where()
    """Which of their trainings."""
    share: Selection = ()
    """Who sees it."""
    edit: Selection = ()
    """Who may also change entries by hand; default: nobody."""
    keep_past: Duration = timedelta(days=400)
    """How long past trainings stay."""
    on_rename: Literal["keep", "put_back"] = "keep"
    """What happens when somebody renames the calendar in Nextcloud: the new name stays, or ours comes back."""
