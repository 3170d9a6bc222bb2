"""Open questions of the sources for the page: what is asked, what may be done in the source, and an answer taken."""

from __future__ import annotations

from collections.abc import Mapping

from calendar_sync.records import ENTRY, entry_memory
from network.state.runs import RunLog
from network.state.sources import AskedQuestion, SourceLog
from plugin.answering import CANCEL, answer
from plugin.cancelling import Cancelling
from plugin.operations.overview import troubles_of
from plugin.running import Running


def questions(running: Running) -> tuple[AskedQuestion, ...]:
    return SourceLog(running.state.engine, clock=running.clock).questions()


def titles(running: Running) -> Mapping[tuple[str, str], str]:
    """What the trainings of a source are called in the calendars, by connector and key; no training, no line."""
    entries = (entry_memory(record) for record in running.state.records(kind=ENTRY))
    return {(each.connector, each.key): each.title for each in entries if not each.is_gone}


def remedies(running: Running) -> Mapping[tuple[str, str], str]:
    """What the last run said may be done in the source, by code and place; in the language of the network."""
    last = RunLog(running.state.engine).last("apply")
    return {(each.code, each.where): each.remedy for each in troubles_of(last)} if last is not None else {}


def take_answer(running: Running, connector: str, key: str, words: str, *, by: str) -> None:
    """Stores the answer; "cancel" also remembers that the training doesn't take place. Both count in the next run.

    ConfigurationError as `plugin.answering.answer`.
    """
    answer(SourceLog(running.state.engine, clock=running.clock), connector, key, words)
    if words == CANCEL:
        now = running.clock().astimezone(running.settings.network.timezone)
        Cancelling(running.settings, running.state, now).say_of_training(connector, key, by=by)
