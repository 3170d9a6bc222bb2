"""`occ digitalnetzwerk:sync`: one run, told line by line while it goes on, as Nextcloud prints it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from queue import SimpleQueue

from network.errors import DigitalnetzwerkError
from network.report import Outcome, Result
from network.text import Language, Text
from plugin.render.sentences import RESULTS, deed
from plugin.render.text import brief
from plugin.running import Running

log = logging.getLogger(__name__)

BEGUN = Text("Der Abgleich läuft …", "Syncing …")
UNFORESEEN = Text(
    "Unvorhergesehener Fehler; Näheres steht im Protokoll des Dienstes.",
    "Unforeseen fault; the log of the service tells more.",
)


def lines(running: Running, *, verify: bool) -> Iterator[str]:
    """The run goes to its end also when nobody listens any more. Whoever is at work already is named instead."""
    said: SimpleQueue[str | None] = SimpleQueue()
    language = running.settings.network.language
    work = threading.Thread(target=_work, args=(running, verify, said), name="occ sync")
    work.start()
    yield BEGUN.language(language) + "\n"
    while (line := said.get()) is not None:
        yield line + "\n"
    work.join()


def _work(running: Running, verify: bool, said: SimpleQueue[str | None]) -> None:
    language = running.settings.network.language
    try:
        with running.service() as service:
            run = service.apply(verify=verify, on_outcome=lambda outcome: said.put(_line(outcome, language)))
        said.put(brief(run, language))
    except DigitalnetzwerkError as error:
        said.put(error.problem().line(language))
    except Exception:  # the outermost loop of this thread: whoever waits for lines is told
        log.exception("unforeseen fault in a run that Nextcloud asked for")
        said.put(UNFORESEEN.language(language))
    finally:
        said.put(None)


def _line(outcome: Outcome, language: Language) -> str:
    change = outcome.change
    why = f" ({outcome.problem.message.language(language)})" if outcome.problem else ""
    result = "" if outcome.result is Result.DONE else f" [{RESULTS[outcome.result][language]}]{why}"
    return f"{change.scope}: {deed(change.kind, change.action, language)}: {change.title}{result}"
