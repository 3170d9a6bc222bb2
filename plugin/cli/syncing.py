"""check, plan, apply, status, explain, answer: the daily commands."""

from __future__ import annotations

from datetime import date

import click

from network.plan import Scope
from network.problems import Problem
from network.settings import load
from network.text import Language, Text
from plugin.alerts.probe import mail_probes
from plugin.assembly import open_service
from plugin.cli import bilingual
from plugin.cli.misuse import Misuse
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, print_json, show
from plugin.cli.progress import progress
from plugin.exapp.probing import exapp_probes
from plugin.group_whitelist import group_whitelist, whitelist_line
from plugin.own_templates import left_out
from plugin.render.document import document
from plugin.render.explanation import explanation_document, explanation_text
from plugin.render.letter import letter
from plugin.render.probes import probes_document, probes_text
from plugin.render.run import DONE, PERSON, Run
from plugin.render.status import status_document, status_text


@bilingual.command(
    "Prüft die Konfiguration, ohne Netz; mit --online auch jedes Recht in Nextcloud.",
    "Checks the configuration, without any network; with --online also every right in Nextcloud.",
)
@bilingual.option(
    "--online",
    is_flag=True,
    german="Prüft auch, ob in Nextcloud jedes nötige Recht da ist.",
    english="Also checks whether every right is there in Nextcloud.",
)
@bilingual.option(
    "--letter",
    "as_letter",
    is_flag=True,
    german="Dasselbe als einseitiger Auftrag an das Rechenzentrum.",
    english="The same as a one-page order for the data centre; in German unless --language says en.",
)
@command
def check(options: Options, online: bool, as_letter: bool) -> int:
    if as_letter and not online:
        raise Misuse(Text("--letter geht nur zusammen mit --online.", "--letter needs --online."))
    loaded = load(options.path, today=date.today())  # noqa: DTZ011  # the administrator's own day
    language = options.language or loaded.settings.network.language
    warnings = (*loaded.warnings, *left_out(loaded.settings))
    if online:
        return _check_online(options, language, warnings, as_letter=as_letter)
    run = Run("check", problems=warnings)
    if options.as_json:
        print_json({**document(run, language), "group_whitelist": group_whitelist(loaded.settings)})
        return run.code
    for problem in warnings:
        click_echo(f"{problem.line(language)}  [{problem.code}]")
    good = Text(
        f"Dateien gelesen: {len(loaded.files)}. Keine Fehler. Hinweise: {len(warnings)}.",
        f"Files read: {len(loaded.files)}. No mistakes. Warnings: {len(warnings)}.",
    )
    click_echo(good.language(language))
    pattern = whitelist_line(loaded.settings)
    if pattern is not None:
        click_echo(pattern.language(language))
    return run.code


def _check_online(options: Options, language: Language, warnings: tuple[Problem, ...], *, as_letter: bool) -> int:
    with open_service(options.path, writes=False) as service:
        beside = (mail_probes, exapp_probes)
        probes = (*service.probe(), *(one for ask in beside for one in ask(service.settings, service.environment)))
        page = letter(service.settings, probes, options.language or "de") if as_letter else ""
        if options.as_json:
            shown = document(Run("check", problems=warnings, requests=service.requests()), language)
            print_json({**shown, "probes": probes_document(probes, language), **({"letter": page} if page else {})})
        elif page:
            click_echo(page)
        else:
            click_echo(probes_text(probes, language))
    return DONE if all(probe.ok for probe in probes) else PERSON


@bilingual.command(
    "Zeigt, was sich ändern würde; verändert nichts, nirgends.", "Shows what would change; changes nothing, nowhere."
)
@bilingual.option(
    "--scope",
    german="Nur dieser Bereich, zum Beispiel calendar:schulungen.",
    english="Only this scope, for example calendar:schulungen.",
)
@bilingual.option(
    "--details", is_flag=True, german="Jede einzelne Änderung zeigen.", english="Show every single change."
)
@command
def plan(options: Options, scope: str | None, details: bool) -> int:
    with open_service(options.path, writes=False) as service:
        run = service.plan(scope=_scope(scope))
        return show(run, options, options.language or service.language, details=details)


@bilingual.command(
    "Plant und führt aus; mit --fingerprint nur genau die geprüfte Vorschau.",
    "Plans and carries out; with --fingerprint exactly that plan.",
)
@bilingual.option(
    "--fingerprint",
    metavar="PRÜFNUMMER",
    german="Nur genau diese Vorschau ausführen.",
    english="Carry out exactly this plan.",
)
@bilingual.option(
    "--scope",
    german="Nur dieser Bereich, zum Beispiel calendar:schulungen.",
    english="Only this scope, for example calendar:schulungen.",
)
@bilingual.option(
    "--release-unsafe",
    is_flag=True,
    german="Einen Sicherheitsstopp freigeben (nur mit --fingerprint).",
    english="Release a guard (only with --fingerprint).",
)
@bilingual.option(
    "--verify",
    is_flag=True,
    german="Jetzt alles nachsehen, auch was selten geprüft wird.",
    english="Look at everything now, also at what is seldom checked.",
)
@bilingual.option(
    "--details", is_flag=True, german="Jede einzelne Änderung zeigen.", english="Show every single change."
)
@command
def apply(
    options: Options,
    fingerprint: str | None,
    scope: str | None,
    release_unsafe: bool,
    verify: bool,
    details: bool,
) -> int:
    if release_unsafe and not fingerprint:
        raise Misuse(Text("--release-unsafe geht nur mit --fingerprint.", "--release-unsafe needs --fingerprint."))
    with open_service(options.path) as service:
        language = options.language or service.language
        with progress(options.as_json, language) as on_outcome:
            run = service.apply(
                fingerprint=fingerprint,
                scope=_scope(scope),
                release_unsafe=release_unsafe,
                verify=verify,
                on_outcome=on_outcome,
            )
    return show(run, options, language, details=details)


@bilingual.command(
    "Zustand je Anbindung und Bereich, offene Fragen, letzter Lauf; fragt Nextcloud nicht.",
    "Health of connectors and scopes, open questions, last run; doesn't ask Nextcloud.",
)
@command
def status(options: Options) -> int:
    with open_service(options.path, writes=False) as service:
        found, language = service.status(), options.language or service.language
        if options.as_json:
            print_json(status_document(found, language))
        else:
            click_echo(status_text(found, language))
        return DONE


@bilingual.command(
    "Erklärt, warum etwas da ist, oder warum jemand etwas sieht oder nicht: explain anna.brakel, explain anna.brakel "
    '"Presse", explain brakel schulungen, explain "OZG Grundlagen".',
    "Explains why something is there, or why somebody sees it or not: explain anna.brakel, explain anna.brakel "
    '"Presse", explain brakel schulungen, explain "OZG Grundlagen".',
)
@click.argument("what", metavar="OBJEKT")
@click.argument("about", metavar="[WAS]", required=False, default="")
@command
def explain(options: Options, what: str, about: str) -> int:
    with open_service(options.path, writes=False) as service:
        found, language = service.explain(what, about), options.language or service.language
        if options.as_json:
            print_json(explanation_document(found, language))
        else:
            click_echo(explanation_text(found, service.now, language))
        return DONE


@bilingual.command(
    "Beantwortet eine offene Frage zu einer Quelle: ANTWORT ist accept (übernehmen) oder keep (lassen).",
    "Answers an open question about a source: accept or keep.",
)
@click.argument("connector", metavar="ANBINDUNG")
@click.argument("key", metavar="NUMMER")
@click.argument("words", metavar="ANTWORT", type=click.Choice(["accept", "keep"]))
@command
def answer(options: Options, connector: str, key: str, words: str) -> int:
    with open_service(options.path) as service:
        service.answer(connector, key, words)
        said = Text("Gemerkt; der nächste Lauf richtet sich danach.", "Noted; the next run goes by it.")
        if options.as_json:
            print_json(document(Run("answer"), service.language))
        else:
            click_echo(said.language(options.language or service.language))
        return DONE


def _scope(written: str | None) -> Scope | None:
    if written is None:
        return None
    try:
        return Scope.parse(written)
    except ValueError:
        example = "calendar:schulungen"
        raise Misuse(
            Text(f"--scope {written}: erlaubt ist zum Beispiel {example}", f"--scope {written}: allowed is {example}")
        ) from None
