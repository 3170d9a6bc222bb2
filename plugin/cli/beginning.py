"""init, groups, template, schema: the first hour."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from connectors.nextcloud import connect
from connectors.nextcloud.login_flow import Grant, LoginFlow, start
from connectors.tables.template import ansprechpersonen, schulungsplan
from network.errors import DigitalnetzwerkError
from network.ports import GroupSeen
from network.settings import json_schema
from network.settings.names import web_address
from network.written import NotUnderstood
from plugin.assembly import open_service
from plugin.cli import bilingual
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, print_json
from plugin.first_hour import Beginning, slug, write_first_level

PATIENCE, POLL_EVERY = 20 * 60, 2

TEMPLATES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "schulungsplan": ("Schulungsplan.xlsx", schulungsplan),
    "ansprechpersonen": ("Ansprechpersonen.xlsx", ansprechpersonen),
}


@bilingual.command(
    "Die erste Stunde: anmelden, Verwaltungen auswählen, Stufe 1 in der Betriebsart preview schreiben.",
    "The first hour: log in, choose the administrations, write level 1 in preview mode.",
)
@bilingual.option(
    "--url",
    prompt="Adresse Ihrer Nextcloud / address of your Nextcloud",
    german="Adresse Ihrer Nextcloud.",
    english="Address of your Nextcloud.",
)
@bilingual.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    german="Wohin die Konfiguration kommt.",
    english="Where the configuration goes.",
)
@bilingual.option(
    "--name",
    prompt="Name des Netzwerks / name of the network",
    default="Digitalnetzwerk",
    german="Name des Netzwerks.",
    english="Name of the network.",
)
@bilingual.option(
    "--mail",
    prompt="Mailadresse der Geschäftsstelle / mail address of the office",
    german="Mailadresse der Geschäftsstelle.",
    english="Mail address of the network's office.",
)
@bilingual.option(
    "--group",
    "chosen",
    multiple=True,
    german="Gruppe einer Verwaltung (mehrfach); sonst wird gefragt.",
    english="Group of an administration (repeatable); otherwise asked for.",
)
@bilingual.option(
    "--pilot",
    german="Gruppe, die in den ersten Wochen allein etwas sieht.",
    english="Group that alone sees anything in the first weeks.",
)
@command
def init(
    options: Options, url: str, folder: Path | None, name: str, mail: str, chosen: tuple[str, ...], pilot: str | None
) -> int:
    target = folder or options.config or Path("digitalnetzwerk-config")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.UsageError(f"{target} ist nicht leer; bitte nennen Sie mit --folder einen neuen Ordner.")
    url = address(url)
    flow = start(url)
    click.echo("Bitte melden Sie sich im Browser mit dem Dienstkonto an und bestätigen Sie den Zugriff:", err=True)
    click.echo(f"  {flow.login_url}", err=True)
    granted = _granted(flow)
    server = connect(url, granted.login_name, granted.app_password)
    try:
        groups = _groups(server.directory.groups)
    finally:
        server.close()
    wanted = chosen or _ask_for(groups)
    names = {group.id: group.name or group.id for group in groups}
    beginning = Beginning(
        name=name,
        url=url,
        username=granted.login_name,
        mail=mail,
        administrations=tuple((slug(gid), names.get(gid, gid), gid) for gid in wanted),
        pilot=pilot or "",
    )
    written = write_first_level(target, beginning, granted.app_password)
    for path in written:
        click_echo(str(path))
    click_echo(
        "\nWie weiter:\n"
        f"  1. digitalnetzwerk template schulungsplan   – ausfüllen, in Nextcloud in einen Ordner legen,\n"
        f"     den Sie für das Konto „{granted.login_name}“ freigeben\n"
        f"  2. digitalnetzwerk -c {target} plan         – zeigt, was geschähe; verändert nichts\n"
        f"  3. In {written[0]} mode: live eintragen, dann digitalnetzwerk -c {target} apply"
    )
    return 0


def address(typed: str) -> str:
    """The address of a Nextcloud as people say it, with or without https; UsageError when it is none."""
    typed = typed.strip()
    try:
        return web_address(typed if "://" in typed else f"https://{typed}")
    except NotUnderstood as error:
        raise click.UsageError(f"--url: {error.text.de} / {error.text.en}") from None


def _granted(flow: LoginFlow) -> Grant:
    """Waits until somebody agreed in the browser; Nextcloud gives up after twenty minutes."""
    for _ in range(PATIENCE // POLL_EVERY):
        granted = flow.poll()
        if granted is not None:
            return granted
        time.sleep(POLL_EVERY)
    raise click.UsageError("Niemand hat zugestimmt; bitte beginnen Sie von vorn. / Nobody agreed; please start again.")


def _groups(read: Callable[[], tuple[GroupSeen, ...]]) -> tuple[GroupSeen, ...]:
    """An ordinary account may not list groups everywhere; then the administrator types their ids."""
    try:
        return read()
    except DigitalnetzwerkError as error:
        click.echo(error.problem().line("de"), err=True)
        return ()


def _ask_for(groups: tuple[GroupSeen, ...]) -> tuple[str, ...]:
    for number, group in enumerate(groups, 1):
        size = "" if group.size is None else f", {group.size} Personen"
        click.echo(f"  {number:3}  {group.id}  ({group.name}{size})", err=True)
    answer = click.prompt("Welche Gruppen sind Verwaltungen? (Nummern oder IDs, mit Komma)", err=True)
    return tuple(_group(word.strip(), groups) for word in str(answer).split(",") if word.strip())


def _group(word: str, groups: tuple[GroupSeen, ...]) -> str:
    if word.isdecimal() and 1 <= int(word) <= len(groups):
        return groups[int(word) - 1].id
    return word


@bilingual.command(
    "Die Gruppen und Konten, die das Dienstkonto sehen kann.",
    "The groups and accounts that the service account can see.",
)
@command
def groups(options: Options) -> int:
    with open_service(options.path, writes=False) as service:
        seen, accounts = service.groups()
        if options.as_json:
            print_json(
                {
                    "format": 1,
                    "command": "groups",
                    "groups": [{"id": each.id, "name": each.name, "size": each.size} for each in seen],
                    "accounts": [{"id": each.id, "name": each.name} for each in accounts],
                }
            )
            return 0
        for group in seen:
            size = "" if group.size is None else f"  {group.size:5} Personen"
            click_echo(f"{group.id:32} {group.name}{size}")
        click_echo(f"\n{len(accounts)} Konten:")
        for account in accounts:
            click_echo(f"{account.id:32} {account.name}")
        return 0


@bilingual.command(
    "Schreibt eine leere Arbeitsmappe mit Auswahllisten und Anleitung.",
    "Writes an empty workbook with drop-downs and instructions.",
)
@click.argument("name", type=click.Choice(sorted(TEMPLATES)))
@bilingual.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    german="Datei, die geschrieben wird.",
    english="File to write.",
)
@command
def template(options: Options, name: str, output: Path | None) -> int:
    file_name, make = TEMPLATES[name]
    target = output or Path(file_name)
    if target.exists():
        raise click.UsageError(f"{target} gibt es schon; bitte nennen Sie mit -o eine andere Datei.")
    try:
        target.write_bytes(make())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{target} lässt sich nicht schreiben / can't be written: {reason}"
        raise click.UsageError(message) from error
    if options.as_json:
        print_json({"format": 1, "command": "template", "file": str(target)})
    else:
        click_echo(str(target))
    return 0


@bilingual.command(
    "Das JSON-Schema der Konfiguration, für Editoren.", "The JSON Schema of the configuration, for editors."
)
@command
def schema(options: Options) -> int:
    print_json(json_schema())
    return 0
