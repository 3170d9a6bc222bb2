"""What is allowed but seldom meant. A piece of advice is a warning: it never keeps anybody from working."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from network.document import Branch
from network.settings.advice.days_off import days_off
from network.settings.advice.ends import ends
from network.settings.advice.folders import folders
from network.settings.advice.open_groups import open_groups
from network.settings.advice.rights import rights
from network.settings.advice.sources import sources
from network.settings.advice.transport import transport
from network.settings.advice.twofold import seen_twice, too_many_calendars
from network.settings.both_ways import editors
from network.settings.finding import Finding
from network.settings.settings import Settings
from network.text import Text

_LEVEL_4 = ("trainings", "privacy", "report")


def advice(settings: Settings, root: Branch, today: date) -> Iterator[Finding]:
    """All warnings that the configuration alone gives; their codes begin with `warning_`."""
    yield from transport(settings)
    yield from sources(settings)
    yield from ends(settings, today)
    yield from days_off(settings)
    yield from folders(settings)
    yield from editors(settings)
    yield from rights(settings)
    yield from open_groups(settings)
    yield from seen_twice(settings)
    yield from too_many_calendars(settings)
    yield from _level_4(root)


def _level_4(root: Branch) -> Iterator[Finding]:
    there = [section for section in _LEVEL_4 if section in root]
    if there:
        listed = ", ".join(there)
        yield Finding(
            "warning_level_4",
            (there[0],),
            Text(
                f"Anmeldung, Teilnahme und Bericht (Stufe 4) werden geprüft, in dieser Version aber noch nicht "
                f"ausgeführt: {listed}",
                f"registration, attendance and report (level 4) are checked, but not carried out in this version: "
                f"{listed}",
            ),
        )
