"""cancel: a training doesn't take place, or takes place after all."""

from __future__ import annotations

from datetime import date

import click

from network.errors import Locked
from network.text import Language, Text
from network.written import NotUnderstood, written_date
from plugin.assembly import open_service
from plugin.cancelling import SHOWN_LATER, patiently, said
from plugin.cli import bilingual
from plugin.cli.misuse import Misuse
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, print_json
from plugin.happenings import Happening
from plugin.render.document import document
from plugin.render.run import LATER, Run
from plugin.service import Service


@bilingual.command(
    "Eine Schulung fällt aus: steht sofort im Kalender und bleibt so, auch wenn die Quelle noch etwas anderes sagt.",
    "A training doesn't take place: the calendar says so at once, and keeps saying so while its source lags behind.",
)
@click.argument("what", metavar="TITEL|UID")
@bilingual.option(
    "--day",
    metavar="TAG",
    german="Der Tag, wenn mehrere so heißen oder es eine Terminreihe ist: 2027-03-02, 02.03.2027.",
    english="The day, where several are called that or it is a series: 2027-03-02.",
)
@bilingual.option(
    "--reason",
    metavar="SATZ",
    default="",
    german="Warum, für alle sichtbar: „Referentin erkrankt“.",
    english="Why, for everybody to see.",
)
@bilingual.option(
    "--back",
    is_flag=True,
    german="Findet doch statt: der Eintrag wird wieder, wie die Quelle sagt.",
    english="It takes place after all: the entry becomes as its source says.",
)
@command
def cancel(options: Options, what: str, day: str | None, reason: str, back: bool) -> int:
    if back and reason:
        raise Misuse(Text("--reason und --back schließen sich aus.", "--reason and --back exclude each other."))
    with open_service(options.path) as service:
        happening = service.happening(what, _day(day))
        language = options.language or service.language
        try:
            run = _say(service, happening, reason, is_back=back)
        except Locked as error:
            run = Run("cancel", problems=(error.problem(),), exit_code=LATER)
        return _print(run, happening, options, language, is_back=back)


def _say(service: Service, happening: Happening, reason: str, *, is_back: bool) -> Run:
    """The word is remembered with the first try; where another run is at work, the entry is tried again for a while."""
    try:
        return service.take_place(happening) if is_back else service.cancel(happening, reason)
    except Locked:
        return patiently(lambda: service.show_cancelled(happening.uid))


def _print(run: Run, happening: Happening, options: Options, language: Language, *, is_back: bool) -> int:
    if options.as_json:
        print_json({**document(run, language), "uid": happening.uid, "title": happening.title})
        return run.code
    click_echo(said(happening, is_cancelled=not is_back).language(language))
    if run.is_preview:
        click_echo(Text("mode: preview – nichts geschrieben.", "mode: preview – nothing written.").language(language))
    elif run.code:
        click_echo(SHOWN_LATER.language(language))
        for problem in run.problems:
            click_echo(f"  {problem.line(language)}")
    return run.code


def _day(written: str | None) -> date | None:
    try:
        return written_date(written) if written is not None else None
    except NotUnderstood as error:
        raise Misuse(Text(f"--day {written}: {error.text.de}", f"--day {written}: {error.text.en}")) from error
