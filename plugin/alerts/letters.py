"""What a mail about problems says: what is wrong, where, since when, what to do; and what is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from babel.dates import format_datetime

from connectors.mail import Letter
from network.settings import Network
from network.state.concerns import Concern
from network.text import Language, Text

AT_MOST = 30
"""So many problems are written out; the others are counted."""
LONGEST = 500


def about(
    to: str, wrong: Sequence[Concern], over: Sequence[Concern], *, network: Network, pages: str, now: datetime
) -> Letter:
    """`pages` is the address at which people reach the pages, empty where there is none."""
    spoken = network.language
    lines = [
        *_part(_WRONG, wrong, spoken, network.timezone, with_remedy=True),
        *_part(_OVER, over, spoken, network.timezone, with_remedy=False),
    ]
    return Letter(
        to, _subject(len(wrong), len(over), network), "\n".join((*lines, *_end(network, pages, spoken))) + "\n"
    )


_WRONG = Text("Das braucht jemanden:", "This needs somebody:")
_OVER = Text("Das ist wieder in Ordnung:", "This is all right again:")


def _subject(wrong: int, over: int, network: Network) -> str:
    if network.language == "de":
        said = [f"{wrong} {'Problem' if wrong == 1 else 'Probleme'}"] if wrong else []
        said += [f"{over} behoben"] if over else []
    else:
        said = [f"{wrong} {'problem' if wrong == 1 else 'problems'}"] if wrong else []
        said += [f"{over} solved"] if over else []
    return f"{network.name}: {', '.join(said)}"


def _part(
    title: Text, concerns: Sequence[Concern], spoken: Language, zone: tzinfo, *, with_remedy: bool
) -> Iterator[str]:
    if not concerns:
        return
    yield title.language(spoken)
    yield ""
    for each in concerns[:AT_MOST]:
        since = format_datetime(each.since.astimezone(zone), "short", locale=spoken)
        yield f"* {_short(each.problem.where)}: {_short(each.problem.message.language(spoken))}"
        yield f"  {Text('seit', 'since').language(spoken)} {since}  [{each.problem.code}]"
        remedy = each.problem.remedy.language(spoken)
        if with_remedy and remedy:
            yield f"  → {_short(remedy)}"
        yield ""
    if len(concerns) > AT_MOST:
        more = len(concerns) - AT_MOST
        yield Text(
            f"und {more} weitere, siehe „digitalnetzwerk status“", f'and {more} more, see "digitalnetzwerk status"'
        ).language(spoken)
        yield ""


def _end(network: Network, pages: str, spoken: Language) -> Iterator[str]:
    if pages:
        yield Text(f"Alles Weitere: {pages}", f"Everything else: {pages}").language(spoken)
    yield Text(
        "Diese Nachricht kommt von selbst, zu jedem Problem höchstens einmal am Tag und einmal, wenn es behoben ist.",
        "This message comes by itself, for each problem at most once a day and once when it is solved.",
    ).language(spoken)
    yield f"{network.contact.name}, {network.contact.mail}"


def _short(text: str) -> str:
    """One line, as text from a source may be long or hold line breaks."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"
