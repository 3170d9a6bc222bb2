"""What happened: runs, and single changes by scope and by words.

For who may read no names, changes of people stand there without saying whom, and can't be found by words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from network.plan import Action, Kind
from network.report import Result
from network.state.runs import PastChange, PastRun, RunLog
from network.text import Text
from plugin.findings import Trouble
from plugin.operations.overview import troubles_of
from plugin.operations.redaction import PEOPLE_KINDS
from plugin.render.sentences import NOUNS, RESULTS, deed

PAGE = 50

COMMANDS: Mapping[str, Text] = {
    "apply": Text("Abgleich", "sync"),
    "adopt": Text("Eingliedern", "adopt"),
    "release": Text("Abgeben", "release"),
    "remove": Text("Weg zurück", "way back"),
    "leave": Text("Verwaltung verlässt das Netzwerk", "administration leaves"),
    "merge-accounts": Text("Konten zusammenführen", "merge accounts"),
    "cancel": Text("Fällt aus, oder findet doch statt", "cancelled, or takes place after all"),
    "undo": Text("Letzten Lauf zurücknehmen", "undo of the last run"),
}
LOST = Text("Wert ist einem anderen gewichen", "value gave way to another")


@dataclass(frozen=True, slots=True)
class RunDetails:
    """`summary` counts what was planned and what came of it, `requests` those to Nextcloud by method."""

    run: PastRun
    summary: Mapping[str, int]
    requests: Mapping[str, int]
    mails: int
    troubles: tuple[Trouble, ...]
    changes: tuple[PastChange, ...]


def runs(log: RunLog, *, page: int = 0) -> tuple[PastRun, ...]:
    """PAGE of them, newest first; one more says that there are older ones."""
    return log.listed(limit=PAGE + 1, skip=page * PAGE)


def one_run(log: RunLog, number: int, *, page: int = 0) -> RunDetails | None:
    """None when there is no such run."""
    run = log.one(number)
    if run is None:
        return None
    said = json.loads(run.document or "{}")
    changes = log.changes_like(run=number, limit=PAGE + 1, skip=page * PAGE)
    counts = {name: count for name, count in said.get("summary", {}).items() if count}
    return RunDetails(run, counts, said.get("requests", {}), said.get("mails", 0), troubles_of(run), changes)


def changes(
    log: RunLog, *, scope: str = "", words: str = "", page: int = 0, hides_names: bool
) -> tuple[PastChange, ...]:
    """As `runs`. Words are looked for in titles and reasons, in any spelling of capitals."""
    without = PEOPLE_KINDS if hides_names and words else ()
    return log.changes_like(scope=scope, words=words, without=without, limit=PAGE + 1, skip=page * PAGE)


def is_about_a_person(change: PastChange) -> bool:
    return change.kind in PEOPLE_KINDS


def deed_of(change: PastChange) -> Text:
    """ "Schulung eintragen" for one line of the history."""
    try:
        kind, action = Kind(change.kind), Action(change.action)
    except ValueError:
        return LOST if change.action == "lost_value" else Text(change.action, change.action)
    return Text(
        f"{NOUNS[kind]['de'][0]} {deed(kind, action, 'de')}", f"{deed(kind, action, 'en')} {NOUNS[kind]['en'][0]}"
    )


def result_of(change: PastChange) -> Text:
    try:
        words = RESULTS[Result(change.outcome)]
    except ValueError:
        return Text(change.outcome, change.outcome)
    return Text(words["de"], words["en"])


def command_of(run: PastRun) -> Text:
    return COMMANDS.get(run.command, Text(run.command, run.command))
