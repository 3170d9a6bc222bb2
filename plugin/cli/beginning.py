"""groups, template, schema: what one looks up in the first hour."""

from __future__ import annotations

from pathlib import Path

import click

from network.settings import json_schema
from network.text import Text
from plugin.assembly import open_service
from plugin.cli import bilingual
from plugin.cli.misuse import Misuse, not_written
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, number_of_people, print_json

TEMPLATES = {"schulungsplan": "Schulungsplan.xlsx", "ansprechpersonen": "Ansprechpersonen.xlsx"}


@bilingual.command(
    "Die Gruppen und Konten, die das Dienstkonto sehen kann.",
    "The groups and accounts that the service account can see.",
)
@command
def groups(options: Options) -> int:
    with open_service(options.path, writes=False) as service:
        seen, accounts = service.groups()
        language = options.language or service.language
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
        click_echo(f"{group.id:32} {group.name}{number_of_people(group, '  ', language)}")
    click_echo(Text(f"\n{len(accounts)} Konten:", f"\n{len(accounts)} accounts:").language(language))
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
    from connectors.tables import template as workbooks

    target = output or Path(TEMPLATES[name])
    if target.exists():
        raise Misuse(
            Text(
                f"{target} gibt es schon; bitte nennen Sie mit -o eine andere Datei.",
                f"{target} is there already; please name another file with -o.",
            )
        )
    try:
        target.write_bytes(workbooks.TEMPLATES[name]("de"))
    except OSError as error:
        raise not_written(target, error) from error
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
