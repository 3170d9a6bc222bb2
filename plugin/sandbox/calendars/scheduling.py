"""Delivery of invitations, as a stub that never invites."""

from __future__ import annotations

from dataclasses import dataclass

from plugin.sandbox.calendars.book import Entry
from plugin.sandbox.calendars.requests import Request
from plugin.sandbox.calendars.validation import Checked
from plugin.sandbox.calendars.views import View


@dataclass(frozen=True, slots=True)
class Delivery:
    """`text` is the object as scheduling rewrote it, None if it did not."""

    text: str | None = None

    def carry_out(self) -> None:
        return None


class Scheduling:
    def prepare(self, request: Request, view: View, checked: Checked | None, known: Entry | None) -> Delivery:
        return Delivery()
