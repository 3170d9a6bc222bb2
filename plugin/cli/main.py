"""`digitalnetzwerk`: one entry point, one exit code, one document with --json, whatever happens."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from network.errors import DigitalnetzwerkError
from network.text import Language, Text
from plugin.cli import bilingual
from plugin.cli.beginning import groups, schema, template
from plugin.cli.cancelling import cancel
from plugin.cli.ending import adopt, release, remove, undo
from plugin.cli.inside import exapp
from plugin.cli.keeping import backup, restore
from plugin.cli.members import leave, merge_accounts
from plugin.cli.misuse import sentence, shown
from plugin.cli.options import Options, shared
from plugin.cli.output import failed, print_json, usage_problem
from plugin.cli.serving import demo, sandbox, serve, worker
from plugin.cli.spoken import in_the_configurations_language, spoken_of
from plugin.cli.starting import init
from plugin.cli.syncing import answer, apply, check, explain, plan, status
from plugin.render.document import document
from plugin.render.run import USAGE, Run


@click.group(
    cls=bilingual.BilingualGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=bilingual.both(
        "Verbindet Kreis und Städte auf ihrer gemeinsamen Nextcloud: Schulungen, Austauschgruppen, Projektordner.",
        "Joins a district and its towns on the Nextcloud that they share: trainings, exchange groups, project folders.",
    ),
)
@shared
@bilingual.option(
    "-v",
    "--verbose",
    is_flag=True,
    german="Protokoll auf der Standardfehlerausgabe.",
    english="Log on standard error.",
)
@click.pass_context
def digitalnetzwerk(
    context: click.Context, config: Path | None, as_json: bool, language: Language | None, verbose: bool
) -> None:
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, stream=sys.stderr)
    context.obj = Options(config, as_json, language)


for each in (
    check,
    plan,
    apply,
    status,
    explain,
    answer,
    cancel,
    init,
    groups,
    template,
    schema,
    adopt,
    release,
    remove,
    undo,
    serve,
    worker,
    backup,
    restore,
    leave,
    merge_accounts,
    exapp,
    demo,
    sandbox,
):
    digitalnetzwerk.add_command(each)


def run(arguments: Sequence[str]) -> int:
    """Carries out one command line and gives its exit code."""
    spoken = spoken_of(arguments, digitalnetzwerk.commands)
    try:
        code = digitalnetzwerk.main(list(arguments), prog_name="digitalnetzwerk", standalone_mode=False)
    except click.ClickException as error:
        return _usage(error, in_the_configurations_language(spoken))
    except DigitalnetzwerkError as error:
        return failed(error, in_the_configurations_language(spoken))
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:  # the outermost loop: who waits for a document gets one
        logging.getLogger(__name__).exception("unforeseen fault in %s", spoken.command)
        return failed(_unforeseen(error), spoken)
    return int(code or 0)


def main() -> None:
    sys.exit(run(sys.argv[1:]))


def _usage(error: click.ClickException, options: Options) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    elif options.as_json:
        found = Run(options.command, problems=(usage_problem(sentence(error)),), exit_code=USAGE)
        print_json(document(found, options.shown_in))
    else:
        click.echo(shown(error, options.shown_in), err=True)
    return USAGE


def _unforeseen(error: Exception) -> DigitalnetzwerkError:
    name = type(error).__name__
    return DigitalnetzwerkError(
        Text(f"Unvorhergesehener Fehler ({name})", f"unforeseen fault ({name})"),
        where="digitalnetzwerk",
        remedy=Text(
            "Bitte melden Sie ihn mit dem Protokoll dieses Laufs.", "Please report it with the log of this run."
        ),
        code="unforeseen",
    )
