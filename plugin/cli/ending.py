"""adopt, release, remove: what exists already, what we let go of, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import click

from network.text import Language, Text
from plugin.assembly import open_service
from plugin.cli import bilingual
from plugin.cli.asking import agrees
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, show
from plugin.cli.progress import progress
from plugin.render.run import DONE, Run
from plugin.render.text import text
from plugin.service import Service


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
