"""leave, merge-accounts: a town leaves the network, a person goes on under another account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from network.errors import PlanChanged
from network.text import Language, Text
from plugin.assembly import open_service
from plugin.cli import bilingual
from plugin.cli.asking import agrees
from plugin.cli.misuse import not_written
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, print_json
from plugin.cli.progress import progress
from plugin.render.document import document
from plugin.render.parting import farewell_document, farewell_text, merging_document, merging_text, town_list
from plugin.render.run import Run
from plugin.render.text import text
from plugin.service import Service


@bilingual.command(
    "Eine Verwaltung verlässt das Netzwerk: zeigt, was geht, was bleibt und was zu tun ist, und führt es aus.",
    "An administration leaves the network: shows what goes, what stays and what is to be done, and carries it out.",
)
@click.argument("administration", metavar="VERWALTUNG")
@bilingual.option(
    "--fingerprint",
    metavar="PRÜFNUMMER",
    german="Genau diese Vorschau ausführen, ohne Rückfrage.",
    english="Carry out exactly this plan, without asking.",
)
@bilingual.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    german="Schreibt die Liste der Projekte und Dokumente für die Stadt in diese Datei.",
    english="Writes the list of projects and documents for the town into this file.",
)
@command
def leave(options: Options, administration: str, fingerprint: str | None, output: Path | None) -> int:
    with open_service(options.path) as service:
        planned, farewell = service.plan_leaving(administration)
        language = options.language or service.language
        if output is not None:
            _write(output, town_list(farewell, service.settings.network.name, language))
        beside = {"leave": farewell_document(farewell)}
        question = Text(f"{farewell.name}: wirklich ausführen?", f"{farewell.name}: really carry it out?")
        return _show_and_do(service, planned, options, fingerprint, question, farewell_text(farewell, language), beside)


@bilingual.command(
    "Dieselbe Person unter einem neuen Konto: was von uns dem alten gehörte, bekommt das neue.",
    "The same person under a new account: what the old one had of ours becomes the new one's.",
)
@click.argument("old", metavar="ALT")
@click.argument("new", metavar="NEU")
@bilingual.option(
    "--fingerprint",
    metavar="PRÜFNUMMER",
    german="Genau diese Vorschau ausführen, ohne Rückfrage.",
    english="Carry out exactly this plan, without asking.",
)
@command
def merge_accounts(options: Options, old: str, new: str, fingerprint: str | None) -> int:
    with open_service(options.path) as service:
        planned, merging = service.plan_merging(old, new)
        language = options.language or service.language
        beside = {"merge": merging_document(merging)}
        question = Text(f"{old} → {new}: wirklich ausführen?", f"{old} → {new}: really carry it out?")
        return _show_and_do(service, planned, options, fingerprint, question, merging_text(merging, language), beside)


def _show_and_do(
    service: Service,
    planned: Run,
    options: Options,
    fingerprint: str | None,
    question: Text,
    beside: str,
    data: Mapping[str, object],
) -> int:
    """Shows the plan; carries it out after a yes, or when the fingerprint of exactly this plan was handed back."""
    language = options.language or service.language
    if fingerprint is None:
        shown = "\n".join((text(planned, language, details=True), "", beside))
        if options.as_json or not planned.plan.changes:
            return _print(planned, options, language, beside, data)
        click.echo(shown, err=True)
        if not agrees(question, language):
            click_echo(_left(planned).language(language))
            return planned.code
    elif fingerprint.strip().upper() != planned.plan.fingerprint:
        raise _changed(planned.plan.fingerprint, fingerprint)
    with progress(options.as_json, language) as on_outcome:
        run = service.carry_out(planned, on_outcome=on_outcome)
    return _print(run, options, language, beside, data)


def _print(run: Run, options: Options, language: Language, beside: str, data: Mapping[str, object]) -> int:
    if options.as_json:
        print_json({**document(run, language), **data})
    else:
        click_echo("\n".join((text(run, language, details=True), "", beside)))
    return run.code


def _left(planned: Run) -> Text:
    number = planned.plan.fingerprint
    return Text(
        f"Nichts geändert. Später ausführen: derselbe Befehl mit --fingerprint {number}",
        f"Nothing changed. To carry it out later: the same command with --fingerprint {number}",
    )


def _changed(now: str, given: str) -> PlanChanged:
    return PlanChanged(
        Text(
            f"Inzwischen sähe die Vorschau anders aus (Prüfnummer {now} statt {given}); nichts wurde geändert",
            f"the plan is another by now (fingerprint {now} instead of {given}); nothing was changed",
        ),
        where="plan",
        remedy=Text("Bitte sehen Sie sich die neue Vorschau an.", "Please look at the new plan."),
    )


def _write(target: Path, page: str) -> None:
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise not_written(target, error) from error
