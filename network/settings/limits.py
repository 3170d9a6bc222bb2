"""Guards: at which loss a scope stays as it was until a person decides, and how many mails may leave."""

from __future__ import annotations

from typing import Literal

from network.settings.fields import Count, Number, Share
from network.settings.section import Section


class Loss(Section):
    """Whichever comes first stops the scope."""

    more_than: Share
    """Part of what is there."""
    or_at_least: Count
    """Number of things lost."""


class Mails(Section):
    """A budget that stops runaways."""

    per_hour: Number = 500
    """So many mails may leave in an hour."""
    above: Literal["hold"] = "hold"
    """hold: nothing is lost, all stop and the office is warned."""


class Limits(Section):
    """When to stop and ask."""

    entries_lost: Loss = Loss(more_than=0.30, or_at_least=3)
    """Per calendar."""
    people_lost: Loss = Loss(more_than=0.20, or_at_least=5)
    """Per administration; an empty or missing group always stops."""
    new_accounts: Count = 25
    """Per administration and run; more wait until a person releases them."""
    mails: Mails = Mails()
    """Mails."""
