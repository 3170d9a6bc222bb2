"""What the address of a page asks for, as a `Search`; and the search as the part of an address behind its "?".

What can't be understood is said beside its field, and everything else of the address still counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from network.text import Text
from plugin.searching import Search

ONLINE = {"ja": True, "nein": False}
NO_DATE = Text("ist kein Datum; zum Beispiel 2027-03-31", "is no date; for example 2027-03-31")
TURNED_ROUND = Text("liegt vor dem ersten Tag", "is before the first day")


@dataclass(frozen=True, slots=True)
class Asked:
    """`wrong`: field → what is wrong with it; `written`: field → what stands in it."""

    search: Search
    wrong: Mapping[str, Text] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


def asked(arguments: Mapping[str, str]) -> Asked:
    wrong: dict[str, Text] = {}

    def day(name: str) -> date | None:
        written = arguments.get(name, "").strip()
        try:
            return date.fromisoformat(written) if written else None
        except ValueError:
            wrong[name] = NO_DATE
            return None

    first, last = day("von"), day("bis")
    if first and last and last < first:
        wrong["bis"], last = TURNED_ROUND, None
    search = Search(
        words=arguments.get("q", "").strip(),
        topic=arguments.get("thema", "").strip(),
        town=arguments.get("ort", "").strip(),
        calendar=arguments.get("kalender", "").strip(),
        first=first,
        last=last,
        online=ONLINE.get(arguments.get("online", "")),
        is_open=arguments.get("offen", "") == "1",
    )
    return Asked(search, wrong, {name: arguments.get(name, "") for name in ("von", "bis")})


def arguments(search: Search) -> dict[str, str]:
    """The search for a link: only what narrows it."""
    online = {value: name for name, value in ONLINE.items()}
    written = {
        "q": search.words,
        "thema": search.topic,
        "ort": search.town,
        "kalender": search.calendar,
        "von": search.first.isoformat() if search.first else "",
        "bis": search.last.isoformat() if search.last else "",
        "online": online.get(search.online, "") if search.online is not None else "",
        "offen": "1" if search.is_open else "",
    }
    return {name: each for name, each in written.items() if each}


def page_number(arguments: Mapping[str, str], pages: int) -> int:
    """Which page of so many is asked for; the nearest that there is."""
    written = arguments.get("seite", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
    return max(1, min(number, pages))
