"""Numbers of seats as people write them: "20", "1.000", "20 Plätze", "max. 20", "unbegrenzt".

Pure. Refuses what is no single number ("10-12", "ca. 20"), and 0: a full training says so in its status.
"""

from __future__ import annotations

import re

from connectors.tables.refusal import no
from connectors.tables.sheets import Value, text_of
from network.text import Text
from network.written import NotUnderstood

_UNLIMITED = re.compile(
    r"[-–—./\s]*|∞|(?:un|nicht\s+)begrenzt|unbeschränkt|unlimited|keine\s+(?:begrenzung|beschränkung|grenze)"
    r"|no\s+limit|offen|beliebig(?:\s+viele)?",
    re.IGNORECASE,
)
_SEATS = re.compile(
    r"(?:max\.?|maximal|höchstens|bis\s+zu|up\s+to|at\s+most)?\s*"
    r"(\d{1,3}(?:[.’' ]\d{3})+|\d{1,6})(?:[.,]0+)?"
    r"\s*(?:plätze|platz|pl\.?|personen|pers\.?|tn|teilnehmende|teilnehmer(?:innen|\*innen|:innen)?|seats?|people)?\.?",
    re.IGNORECASE,
)
_MOST = 100_000


def read_seats(value: Value) -> int | None:
    """How many seats; None for no limit. Raises NotUnderstood."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value != int(value):
            raise _no_number(text_of(value))
        return _counted(int(value), text_of(value))
    written = text_of(value)
    if _UNLIMITED.fullmatch(written):
        return None
    found = _SEATS.fullmatch(written)
    if found is None:
        raise _no_number(written)
    return _counted(int(re.sub(r"\D", "", found[1])), written)


def _counted(seats: int, written: str) -> int:
    if seats == 0:
        raise NotUnderstood(
            Text(
                "0 Plätze; ist die Schulung voll, gehört „ausgebucht“ in die Statusspalte",
                '0 seats; where a training is full, the status column says "full"',
            )
        )
    if not 0 < seats <= _MOST:
        raise _no_number(written)
    return seats


def _no_number(written: str) -> NotUnderstood:
    return no(Text("keine Zahl von Plätzen", "no number of seats"), written)
