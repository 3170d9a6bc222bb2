"""What people may answer to an open question about a row of a source, and that answer kept until the next run.

An answer never changes the source. Refuses an answer that nobody could act upon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calendar_sync.cancelling import MOVED
from network.errors import ConfigurationError
from network.problems import Problem
from network.state.sources import SourceLog
from network.text import Text

ACCEPT, KEEP, CANCEL = "accept", "keep", "cancel"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `meaning` says what happens in the next run."""

    answer: str
    label: Text
    meaning: Text


_KEPT = Text(
    "Der Eintrag bleibt, wie er ist, bis die Quelle etwas Eindeutiges sagt.",
    "The entry stays as it is until the source says something clear.",
)
_CANCELLED = Choice(
    CANCEL,
    Text("Ja, sie fällt aus", "Yes, it is cancelled"),
    Text(
        "Der Eintrag zeigt nach dem nächsten Lauf „Fällt aus“. Zurücknehmen können Sie das unter „Fällt heute aus“.",
        "After the next run the entry says that it is cancelled. It can be taken back under “Cancelled today”.",
    ),
)
_TAKES_PLACE = Choice(KEEP, Text("Nein, sie findet statt", "No, it takes place"), _KEPT)
_LEAVE = Choice(KEEP, Text("Alles so lassen", "Leave everything"), _KEPT)

CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "keys_shifted": (
        Choice(
            ACCEPT,
            Text("Ja: die Quelle gilt, wie sie jetzt ist", "Yes: the source holds as it is now"),
            Text(
                "Der Eintrag wird geändert und zeigt danach, was jetzt unter dieser Nummer steht.",
                "The entry is changed and then shows what stands under this key now.",
            ),
        ),
        Choice(KEEP, Text("Nein: alles bleibt, wie es war", "No: everything stays as it was"), _KEPT),
    ),
    MOVED: (
        Choice(
            ACCEPT,
            Text("Ja, sie findet dann statt", "Yes, it takes place then"),
            Text("Der Eintrag bleibt, wie die Quelle sagt.", "The entry stays as the source says."),
        ),
        Choice(
            KEEP,
            Text("Nein, sie fällt auch dann aus", "No, it is cancelled then too"),
            Text("Der Eintrag zeigt „Fällt aus:“.", "The entry says that it is cancelled."),
        ),
    ),
    "training_missing": (_CANCELLED, _TAKES_PLACE),
    "row_struck_through": (_CANCELLED, _TAKES_PLACE),
}

REMEDIES: Mapping[str, Text] = {
    MOVED: Text(
        "Fällt sie auch dann aus, können Sie es auch in der Quelle sagen.",
        "If it is cancelled then too, the source may say so as well.",
    ),
    "keys_shifted": Text(
        "Jede Schulung behält ihre alte Nummer; eine neue Zeile bekommt eine neue.",
        "Every training keeps its old key; a new row gets a new one.",
    ),
    "training_missing": Text(
        "Fällt sie aus, dann tragen Sie die Zeile mit dem Status „fällt aus“ wieder ein.",
        "If it is cancelled, put the row back with the status “cancelled”.",
    ),
    "row_struck_through": Text(
        "Schreiben Sie „fällt aus“ in die Statusspalte, oder entfernen Sie die Streichung.",
        "Write “cancelled” into the status column, or remove the strike-through.",
    ),
}
_MEND = Text("Berichtigen Sie die Zeile in der Quelle.", "Mend the row in the source.")


def choices(code: str) -> tuple[Choice, ...]:
    """What may be answered to a question of this code."""
    return CHOICES.get(code, (_LEAVE,))


def remedy(code: str) -> Text:
    """What may be done in the source instead of an answer."""
    return REMEDIES.get(code, _MEND)


def answer(log: SourceLog, connector: str, key: str, words: str) -> None:
    """Stores a person's answer to an open question about one key of a source.

    `keep` leaves everything as it is; `accept` takes what the source says now, where that is what was asked; `cancel`
    is only noted here (`plugin.operations.questions` carries it out).
    ConfigurationError when no such question is open, or this is no answer to it.
    """
    codes = {asked.question.code for asked in log.questions(connector) if asked.question.key == key}
    if not codes:
        raise _no_question(connector, key)
    if words != KEEP and all(words not in {each.answer for each in choices(code)} for code in codes):
        raise _nothing_to_accept(connector, key)
    log.answer(connector, key, words)


def _no_question(connector: str, key: str) -> ConfigurationError:
    message = Text(f"zu Nummer {key} ist keine Frage offen", f"there is no open question about {key}")
    remedy = Text("Offene Fragen zeigt: digitalnetzwerk status", "Open questions: digitalnetzwerk status")
    return ConfigurationError((Problem("no_such_question", f"connectors.{connector}", message, remedy),))


def _nothing_to_accept(connector: str, key: str) -> ConfigurationError:
    message = Text(
        f"Nummer {key}: „accept“ gibt es nur, wenn Nummern verschoben wurden",
        f'{key}: "accept" is only for keys that were shifted',
    )
    remedy = Text(
        "Diese Frage beantwortet die Quelle: dort die Zeile berichtigen oder als „fällt aus“ kennzeichnen.",
        "This question is answered in the source: mend the row there, or mark it as cancelled.",
    )
    return ConfigurationError((Problem("nothing_to_accept", f"connectors.{connector}", message, remedy),))
