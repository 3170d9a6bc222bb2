"""adopt, release, remove, undo: what exists already, what we let go of, the way back, and the last run taken back."""

from __future__ import annotations

from collections.abc import Callable

import click

from network.text import Language, Text
from plugin.assembly import open_service
from plugin.cli import bilingual
from plugin.cli.asking import agrees
from plugin.cli.misuse import Misuse
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, show
from plugin.cli.progress import progress
from plugin.render.run import DONE, Run
from plugin.render.text import text
from plugin.service import Service
from plugin.undoing import scope_named


@bilingual.command(
    "Gliedert ein, was den gewünschten Namen schon trägt: BEREICH ist zum Beispiel exchange_group:ozg.",
    "Takes over what has the wanted name already, for a scope such as exchange_group:ozg.",
)
@click.argument("what", metavar="BEREICH")
@click.argument("name", metavar="NAME", default="")
@bilingual.option("--yes", is_flag=True, german="Ohne Rückfrage.", english="Without asking.")
@command
def adopt(options: Options, what: str, name: str, yes: bool) -> int:
    return _ask_and_do(
        options, yes, Text("Eingliedern?", "Take it over?"), lambda service: service.plan_adoption(what, name)
    )


@bilingual.command(
    "Gibt einen Bereich ab: alles bleibt in Nextcloud, wir kümmern uns nicht mehr darum.",
    "Lets go of a scope: everything stays in Nextcloud, we no longer look after it.",
)
@click.argument("what", metavar="BEREICH")
@bilingual.option("--yes", is_flag=True, german="Ohne Rückfrage.", english="Without asking.")
@command
def release(options: Options, what: str, yes: bool) -> int:
    return _ask_and_do(options, yes, Text("Abgeben?", "Let it go?"), lambda service: service.plan_release(what))


@bilingual.command(
    "Der Weg zurück: nimmt weg, was wir gemacht haben und niemand bearbeitet hat; zählt den Rest auf.",
    "The way back: takes away what we made and nobody edited; lists the rest.",
)
@bilingual.option(
    "--all-ours", is_flag=True, required=True, german="Alles, was von uns ist.", english="Everything that is ours."
)
@bilingual.option("--yes", is_flag=True, german="Ohne Rückfrage.", english="Without asking.")
@command
def remove(options: Options, all_ours: bool, yes: bool) -> int:
    return _ask_and_do(
        options,
        yes,
        Text("Wirklich alles entfernen?", "Really remove everything?"),
        lambda service: service.plan_removal(),
    )


@bilingual.command(
    "Nimmt in Kalendern zurück, was der letzte Lauf geändert hat; was jemand seitdem bearbeitet hat, bleibt. Danach "
    "ruhen diese Kalender, bis Sie sie freigeben.",
    "Takes back what the last run changed in calendars; what somebody edited since stays. Then these calendars rest "
    "until you release them.",
)
@bilingual.option(
    "--scope",
    german="Nur dieser Kalender und sein letzter Lauf, zum Beispiel calendar:schulungen.",
    english="Only this calendar and the last run that changed it, for example calendar:schulungen.",
)
@bilingual.option(
    "--fingerprint",
    metavar="PRÜFNUMMER",
    german="Genau diese Vorschau ausführen, ohne Rückfrage.",
    english="Carry out exactly this plan, without asking.",
)
@bilingual.option(
    "--release",
    "goes_on",
    is_flag=True,
    german="Den Kalender (--scope) freigeben: der nächste Lauf tut wieder, was die Quelle sagt.",
    english="Release the calendar (--scope): the next run does again what the source says.",
)
@command
def undo(options: Options, scope: str | None, fingerprint: str | None, goes_on: bool) -> int:
    if goes_on and (scope is None or fingerprint is not None):
        raise Misuse(Text("--release geht nur mit --scope allein.", "--release needs --scope, and nothing else."))
    with open_service(options.path) as service:
        language = options.language or service.language
        if goes_on and scope is not None:
            service.release_taken_back(scope)
            return _released(options, language)
        named = scope_named(scope, service.settings) if scope is not None else None
        if fingerprint is not None:
            with progress(options.as_json, language) as on_outcome:
                run = service.undo(fingerprint, scope=named, on_outcome=on_outcome)
            return show(run, options, language, details=True)
        if options.as_json:
            return show(service.plan_undo(named), options, language)
    question = Text("Den letzten Lauf zurücknehmen?", "Take the last run back?")
    return _ask_and_do(options, False, question, lambda service: service.plan_undo(named))


def _released(options: Options, language: Language) -> int:
    if options.as_json:
        return show(Run("undo"), options, language)
    click_echo(Text("Freigegeben; der nächste Lauf gleicht ab.", "Released; the next run goes on.").language(language))
    return DONE


def _ask_and_do(options: Options, yes: bool, question: Text, plan: Callable[[Service], Run]) -> int:
    """Shows the plan, asks, and carries out exactly that plan. Without a yes nothing happens."""
    with open_service(options.path) as service:
        planned, language = plan(service), options.language or service.language
        if not planned.plan.changes:
            return show(planned, options, language, details=True)
        if not yes:
            click.echo(text(planned, language, details=True), err=True)
            if not agrees(question, language):
                return _left_alone(planned, options, language)
        with progress(options.as_json, language) as on_outcome:
            run = service.carry_out(planned, on_outcome=on_outcome)
        return show(run, options, language, details=True)


def _left_alone(planned: Run, options: Options, language: Language) -> int:
    if options.as_json:
        return show(planned, options, language)
    click_echo(Text("Nichts geändert.", "Nothing changed.").language(language))
    return DONE
