"""Writes what a command found: one JSON document or text on standard output, everything else on standard error."""

from __future__ import annotations

import sys

from network.errors import DigitalnetzwerkError
from network.ports import GroupSeen
from network.problems import Problem
from network.text import Language, Text
from plugin.cli.options import Options
from plugin.render.document import as_text, document
from plugin.render.run import Run, exit_code, problems_of
from plugin.render.text import text


def show(run: Run, options: Options, language: Language, *, details: bool = False) -> int:
    """Prints the run and gives its exit code."""
    if options.as_json:
        print_json(document(run, language))
    else:
        click_echo(text(run, language, details=details))
    return run.code


def print_json(value: object) -> None:
    sys.stdout.write(as_text(value))


def click_echo(words: str) -> None:
    sys.stdout.write(words + "\n")


def number_of_people(group: GroupSeen, before: str, language: Language) -> str:
    """How many are in a group, behind `before`; empty where that isn't known."""
    people = Text("Personen", "people").language(language)
    return "" if group.size is None else f"{before}{group.size:5} {people}"


def failed(error: DigitalnetzwerkError, options: Options) -> int:
    """Shows an error that ended the command: the same document with `--json`, else one line per problem."""
    run = Run(options.command, problems=problems_of(error), exit_code=exit_code(error))
    if options.as_json:
        print_json(document(run, options.shown_in))
    else:
        for problem in run.problems:
            sys.stderr.write(problem.line(options.shown_in) + "\n")
    return run.code


def usage_problem(message: Text) -> Problem:
    return Problem("usage", "digitalnetzwerk", message)
