"""Progress of an apply: a bar on a terminal, a line per change elsewhere, nothing on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from network.report import Outcome, Result
from network.text import Language
from plugin.render.sentences import deed


@contextmanager
def progress(as_json: bool, language: Language) -> Iterator[Callable[[Outcome], None]]:
    """Gives the function that is told each outcome as it comes in."""
    if as_json or not sys.stderr.isatty():
        yield _line(language)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(pulse_style="cyan"), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Änderungen ausführen" if language == "de" else "applying changes", total=None)
        yield lambda outcome: bar.update(task, advance=1, description=outcome.change.title[:60])


def _line(language: Language) -> Callable[[Outcome], None]:
    def say(outcome: Outcome) -> None:
        if outcome.result is Result.DONE:
            return
        change = outcome.change
        why = outcome.problem.message.language(language) if outcome.problem else ""
        sys.stderr.write(f"{change.scope} {deed(change.kind, change.action, language)} {change.title}: {why}\n")

    return say
