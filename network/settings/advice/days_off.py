"""Public holidays that nobody can know, because nobody said which federal state the network lies in."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.finding import Finding
from network.settings.settings import Settings
from network.text import Text


def days_off(settings: Settings) -> Iterator[Finding]:
    """Meetings that shall fall through on public holidays, in a network without a federal state."""
    groups = settings.exchange_groups.items()
    minding = [key for key, group in groups if group.meetings and "public_holidays" in group.skip]
    if minding and settings.network.state is None:
        yield Finding(
            "warning_no_state",
            ("exchange_groups", minding[0], "meetings"),
            Text(
                "ohne network.state fallen Treffen nur an bundesweiten Feiertagen aus",
                "without network.state meetings fall through on national holidays only",
            ),
            Text("Zum Beispiel: network: {state: NW}", "For example: network: {state: NW}"),
        )
