"""Rhythms of meetings: "first tuesday", "letzter Freitag alle 2 Monate", "every monday", "jeden Montag".

Only what falls on one weekday is a rhythm here; "every other week" is refused without a number because nobody could
tell which week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from network.text import Text
from network.written.refusal import not_understood

_WEEKDAYS = (
    ("monday", "montag"),
    ("tuesday", "dienstag"),
    ("wednesday", "mittwoch"),
    ("thursday", "donnerstag"),
    ("friday", "freitag"),
    ("saturday", "samstag", "sonnabend"),
    ("sunday", "sonntag"),
)
_DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}
_ORDINAL = {
    "first": 1, "1st": 1, "1.": 1, "erster": 1, "ersten": 1,
    "second": 2, "2nd": 2, "2.": 2, "zweiter": 2, "zweiten": 2,
    "third": 3, "3rd": 3, "3.": 3, "dritter": 3, "dritten": 3,
    "fourth": 4, "4th": 4, "4.": 4, "vierter": 4, "vierten": 4,
    "last": -1, "letzter": -1, "letzten": -1,
}  # fmt: skip
_EVERY = frozenset({"every", "each", "jeden", "jeder"})
_INTERVAL = re.compile(
    r"(?P<day>.+?)\s+(?:every|alle)\s+(?P<number>\d{1,2})\s+(?P<unit>weeks|wochen|months|monate)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Weekly:
    """`weekday` counts from Monday = 0; `interval` in weeks."""

    weekday: int
    interval: int = 1

    def rrule(self) -> str:
        """The value of an RRULE (RFC 5545 section 3.3.10)."""
        return f"FREQ=WEEKLY;INTERVAL={self.interval};BYDAY={_DAY_CODES[self.weekday]}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """The `nth` (1 to 4, or -1 for the last) `weekday` (Monday = 0) of every `interval`th month."""

    weekday: int
    nth: int
    interval: int = 1

    def rrule(self) -> str:
        """The value of an RRULE (RFC 5545 section 3.3.10)."""
        return f"FREQ=MONTHLY;INTERVAL={self.interval};BYDAY={self.nth}{_DAY_CODES[self.weekday]}"


Rhythm = Weekly | Monthly


def rhythm(written: str) -> Rhythm:
    """Raises NotUnderstood."""
    sentence = " ".join(written.casefold().split())
    spaced = _INTERVAL.fullmatch(sentence)
    words = (spaced["day"] if spaced else sentence).split(" ")
    interval = int(spaced["number"]) if spaced else 1
    unit = spaced["unit"] if spaced else ""
    weekday = _WEEKDAY.get(words[-1])
    if weekday is not None and interval > 0:
        if len(words) == 2 and words[0] in _ORDINAL and not unit.startswith("w"):
            return Monthly(weekday, _ORDINAL[words[0]], interval)
        if (len(words) == 1 and unit.startswith("w")) or (len(words) == 2 and words[0] in _EVERY and not spaced):
            return Weekly(weekday, interval)
    raise not_understood(
        written,
        Text("kein Rhythmus", "no rhythm"),
        "first tuesday, erster Dienstag, last friday every 2 months, every monday, montag alle 2 wochen",
    )
