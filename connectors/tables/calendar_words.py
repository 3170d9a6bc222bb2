"""The words that stand in a date column: months, weekdays, and everything that means "the date is still open"."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan jän",
            "februar feber february feb",
            "märz maerz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montags montag monday mon mo",
            "dienstags dienstag tuesday tue die di",
            "mittwochs mittwoch wednesday wed mit mi",
            "donnerstags donnerstag thursday thu don do",
            "freitags freitag friday fri fre fr",
            "samstags samstag sonnabend saturday sat sam sa",
            "sonntags sonntag sunday sun son so",
        )
    )
    for name in names.split()
}


def one_of(names: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))


OPEN = re.compile(
    r"""[-?./\s]*
    | n\.?\s*n\.?b?\.? | n\.?\s*v\.? | t\.?b\.?[adc]\.? | (?:noch\s+)?(?:offen|unklar|unbekannt)
    | (?:the\s+)?(?:date\s+)?(?:is\s+)?(?:still\s+)?open | to\s+be\s+(?:announced|determined|confirmed|decided)
    | (?:termin|datum)\s+(?:(?:ist\s+)?noch\s+)?(?:offen|folgt|unbekannt) | folgt | (?:wird|werden)\s+(?:noch\s+)?
      (?:bekannt\s*gegeben|festgelegt|abgestimmt|mitgeteilt)
    | (?:nach|auf)\s+(?:vereinbarung|absprache|anfrage) | on\s+request
    | (?:(?:ab|in|ca\.?|voraussichtlich|vsl\.?|vrs\.?)\s+)?(?:kw|kalenderwoche|week|cw)\s*\d{1,2}
      (?:\s*(?:-|/|u\.|und|bis|oder|\.)\s*(?:kw\s*)?\d{1,4})*\.?(?:\s*,?\s*\d{4})?
    | (?:ca\.?\s+|im\s+|in\s+|voraussichtlich\s+)?(?:anfang\s+|mitte\s+|ende\s+)?
      (?:frühjahr|frühling|sommer|herbst|winter|spring|summer|autumn|[1-4]\.\s*quartal|[12]\.\s*halbjahr|q[1-4]
      |"""
    + one_of(MONTHS)
    + r""")\s*(?:/?\s*\d{2,4})?""",
    re.IGNORECASE | re.VERBOSE,
)
