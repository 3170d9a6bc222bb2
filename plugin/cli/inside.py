"""exapp: the pages inside Nextcloud, registered there and taken away again."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import click

from network.errors import ConfigurationError
from network.problems import Problem
from network.settings import ExApp, Loaded, load
from network.text import Language, Text
from plugin.cli import bilingual
from plugin.cli.misuse import Misuse
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, print_json
from plugin.exapp import registering
from plugin.exapp.occ import Command, registration_lines, unregistration_lines
from plugin.render.run import DONE

LONGEST = 15 * 60
ON_THE_SERVER = Text(
    "Diese Zeilen führt jemand auf dem Rechner der Nextcloud aus, als Konto des Webservers (dort heißt occ meist:\n"
    'sudo -u www-data php /var/www/nextcloud/occ). Mit --occ "…" führt digitalnetzwerk sie selbst aus.',
    "Somebody runs these lines on the machine of the Nextcloud, as its web server's account (there occ is mostly:\n"
    'sudo -u www-data php /var/www/nextcloud/occ). With --occ "…" digitalnetzwerk runs them itself.',
)
BEFORE = Text("Vorher:", "Before that:")
MUST_RUN = Text("Der Dienst läuft dabei und ist erreichbar unter", "The service is running, reachable at")


@click.group(
    cls=bilingual.BilingualGroup,
    help=bilingual.both(
        "Die Seiten in Nextcloud selbst, als „Netzwerk“ in der oberen Leiste.",
        'The pages inside Nextcloud itself, as "Network" in its top bar.',
    ),
)
def exapp() -> None:
    """Two commands below."""


OCC = bilingual.option(
    "--occ",
    metavar="BEFEHL",
    german='So wird occ hier aufgerufen, z. B. "sudo -u www-data php /var/www/nextcloud/occ"; ohne das nur die Zeilen.',
    english='How occ is called here, e.g. "sudo -u www-data php /var/www/nextcloud/occ"; without it only the lines.',
)


@bilingual.command(
    "Trägt den Dienst in Nextcloud ein; schon Eingetragenes bleibt.",
    "Registers the service with Nextcloud; what is registered already stays.",
)
@OCC
@command
def register(options: Options, occ: str | None) -> int:
    loaded, written = _configured(options)
    language = options.language or loaded.settings.network.language
    if occ is not None:
        return _told(registering.register(loaded.settings, written, os.environ, _runner(occ)), options, language)
    before = [f"{MUST_RUN.language(language)} {written.address}"]
    if written.secret.variable:
        before.append(f"read -rs {written.secret.variable}   # {_SAME_SECRET.language(language)}")
    return _shown(registration_lines(loaded.settings, written), before, options, language)


@bilingual.command("Nimmt den Dienst aus Nextcloud heraus.", "Takes the service out of Nextcloud.")
@OCC
@command
def unregister(options: Options, occ: str | None) -> int:
    language = options.language or _configured(options)[0].settings.network.language
    if occ is not None:
        return _told(registering.unregister(_runner(occ)), options, language)
    return _shown(unregistration_lines(), (), options, language)


exapp.add_command(register)
exapp.add_command(unregister)

_SAME_SECRET = Text("dasselbe Geheimnis wie im Dienst", "the same secret as in the service")


def _configured(options: Options) -> tuple[Loaded, ExApp]:
    loaded = load(options.path, today=datetime.now(UTC).date())
    written = loaded.settings.service.exapp
    if written is None:
        raise ConfigurationError(
            (
                Problem(
                    "exapp_not_configured",
                    "service.exapp",
                    Text("fehlt in der Konfiguration", "is missing in the configuration"),
                    Text(
                        "Zum Beispiel: exapp: {secret: env:EXAPP_SECRET, address: http://10.0.0.5:8080}; address ist, "
                        "wo Nextcloud den Dienst erreicht.",
                        "For example: exapp: {secret: env:EXAPP_SECRET, address: http://10.0.0.5:8080}; address is "
                        "where Nextcloud reaches the service.",
                    ),
                ),
            )
        )
    return loaded, written


def _runner(how: str) -> registering.Occ:
    words = shlex.split(how)
    if not words:
        raise Misuse(Text("--occ: hier fehlt der Befehl", "--occ: the command is missing"))

    def run(asked: Command) -> registering.Answer:
        try:
            ended = subprocess.run(  # noqa: S603  # the administrator wrote it
                [*words, *asked], capture_output=True, text=True, check=False, timeout=LONGEST, stdin=subprocess.DEVNULL
            )
        except OSError as error:
            raise Misuse(
                Text(f"--occ: {words[0]} lässt sich nicht starten", f"--occ: {words[0]} can't be started")
            ) from error
        return registering.Answer(ended.returncode, f"{ended.stdout}\n{ended.stderr if ended.returncode else ''}")

    return run


def _told(steps: Iterator[Text], options: Options, language: Language) -> int:
    said = []
    for each in steps:
        said.append(each.language(language))
        if not options.as_json:
            click_echo(said[-1])
    if options.as_json:
        print_json({"format": 1, "command": f"exapp {options.command}", "said": said, "problems": []})
    return DONE


def _shown(lines: Iterable[str], before: Iterable[str], options: Options, language: Language) -> int:
    if options.as_json:
        print_json({"format": 1, "command": f"exapp {options.command}", "commands": list(lines), "problems": []})
        return DONE
    click_echo(ON_THE_SERVER.language(language) + "\n")
    for number, each in enumerate(before):
        click_echo(f"{BEFORE.language(language)} {each}" if not number else f"  {each}")
    for each in lines:
        click_echo(f"\n  {each}")
    return DONE
