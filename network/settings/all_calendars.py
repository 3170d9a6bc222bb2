"""Every calendar that the configuration asks for: those of trainings, those of exchange groups, and lists of tasks.

By key, which becomes part of the calendar's address and of our mark on it: no two may be the same.
"""

from __future__ import annotations

from network.settings.calendars import Calendar
from network.settings.exchange_groups import ExchangeGroup
from network.settings.settings import Settings
from network.text import Language


def all_calendars(settings: Settings) -> dict[str, Calendar | ExchangeGroup]:
    """Key → the entry that asks for it. A group's calendar has the group's key."""
    groups = settings.exchange_groups.items()
    meetings = {key: group for key, group in groups if group.has_calendar}
    return {**settings.calendars, **meetings, **{task_list_key(key): group for key, group in groups if group.tasks}}


def task_list_key(group: str) -> str:
    """No key that is written holds a dot: this one is never anybody else's."""
    return f"{group}.tasks"


def task_list_name(group: ExchangeGroup, language: Language) -> str:
    """What the group's list of tasks is called in Nextcloud."""
    return f"Aufgaben {group.name}" if language == "de" else f"Tasks of {group.name}"
