"""init: the first hour. Asks what level 1 needs, each question until its answer is understood, and writes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path

import click

from connectors.nextcloud import connect
from connectors.nextcloud.login_flow import Grant, start
from network.errors import DigitalnetzwerkError
from network.ports import GroupSeen
from network.settings import names
from network.text import Language, Text
from network.written import NotUnderstood
from plugin.cli import bilingual
from plugin.cli.asking import told
from plugin.cli.misuse import Misuse, not_written
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, number_of_people
from plugin.first_hour import Beginning, members, write_first_level

PATIENCE, POLL_EVERY = 20 * 60, 2

ADDRESS = Text("Adresse Ihrer Nextcloud", "Address of your Nextcloud")
NAME = Text("Name des Netzwerks", "Name of the network")
MAIL = Text("Mailadresse der Geschäftsstelle", "Mail address of the network's office")
WHICH_GROUPS = Text(
    "Welche Gruppen sind Verwaltungen? (Nummern oder IDs, mit Komma)",
    "Which groups are administrations? (numbers or ids, with commas)",
)
PLEASE_LOG_IN = Text(
    "Bitte melden Sie sich im Browser mit dem Dienstkonto an und bestätigen Sie den Zugriff:",
    "Please log in with the service account in the browser and allow access:",
)


@bilingual.command(
    "Die erste Stunde: anmelden, Verwaltungen auswählen, Stufe 1 in der Betriebsart preview schreiben.",
    "The first hour: log in, choose the administrations, write level 1 in preview mode.",
)
@bilingual.option("--url", german="Adresse Ihrer Nextcloud.", english="Address of your Nextcloud.")
@bilingual.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    german="Wohin die Konfiguration kommt.",
    english="Where the configuration goes.",
)
@bilingual.option("--name", german="Name des Netzwerks.", english="Name of the network.")
@bilingual.option("--mail", german="Mailadresse der Geschäftsstelle.", english="Mail address of the network's office.")
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
    options: Options,
    url: str | None,
    folder: Path | None,
    name: str | None,
    mail: str | None,
    chosen: tuple[str, ...],
    pilot: str | None,
) -> int:
    language = options.shown_in
    target = _new_folder(folder or options.config or Path("digitalnetzwerk-config"))
    ask = Asking(language)
    url = ask.value("--url", url, ADDRESS, address)
    name = ask.value("--name", name, NAME, network_name)
    mail = ask.value("--mail", mail, MAIL, names.mail)
    granted = _granted(url, language)
    server = connect(url, granted.login_name, granted.app_password)
    try:
        seen = _groups(server.directory.groups, language)
    finally:
        server.close()
    for group in filter(None, (pilot,)):
        _existing(group, seen)
    beginning = Beginning(
        name=name,
        url=url,
        username=granted.login_name,
        mail=mail,
        administrations=members(_usable(chosen, seen) if chosen else _ask_for(seen, language), seen),
        pilot=pilot or "",
        language=language,
    )
    try:
        written = write_first_level(target, beginning, granted.app_password)
    except OSError as error:
        raise not_written(target, error) from error
    for path in written:
        click_echo(str(path))
    click_echo(_what_next(written[0], target, granted.login_name).language(language))
    return 0


def _new_folder(target: Path) -> Path:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Misuse(
            Text(
                f"{target} ist nicht leer; bitte nennen Sie mit --folder einen neuen Ordner.",
                f"{target} is not empty; please name a new folder with --folder.",
            )
        )
    return target


def address(typed: str) -> str:
    """The address of a Nextcloud as people say it, with or without https; NotUnderstood when it is none."""
    typed = typed.strip()
    return names.web_address(typed if "://" in typed else f"https://{typed}")


def network_name(typed: str) -> str:
    """A name in one line; NotUnderstood when it is too short or too long."""
    return names.team(" ".join(typed.split()))


@dataclass(frozen=True, slots=True)
class Asking:
    """What stands on the command line counts, or is a mistake; what is typed is asked for until it is understood."""

    language: Language

    def value(self, option: str, given: str | None, question: Text, understood: Callable[[str], str]) -> str:
        if given is not None:
            try:
                return understood(given.strip())
            except NotUnderstood as error:
                raise Misuse(Text(f"{option}: {error.text.de}", f"{option}: {error.text.en}")) from None
        while True:
            try:
                return understood(told(question, self.language))
            except NotUnderstood as error:
                click.echo(error.text.language(self.language), err=True)


def _granted(url: str, language: Language) -> Grant:
    """Waits until somebody agreed in the browser; Nextcloud gives up after twenty minutes."""
    flow = start(url)
    click.echo(PLEASE_LOG_IN.language(language), err=True)
    click.echo(f"  {flow.login_url}", err=True)
    for _ in range(PATIENCE // POLL_EVERY):
        granted = flow.poll()
        if granted is not None:
            return granted
        time.sleep(POLL_EVERY)
    raise Misuse(Text("Niemand hat zugestimmt; bitte beginnen Sie von vorn.", "Nobody agreed; please start again."))


def _groups(read: Callable[[], tuple[GroupSeen, ...]], language: Language) -> tuple[GroupSeen, ...]:
    """An ordinary account may not list groups everywhere; then the administrator types their ids."""
    try:
        return read()
    except DigitalnetzwerkError as error:
        click.echo(error.problem().line(language), err=True)
        return ()


def _ask_for(seen: tuple[GroupSeen, ...], language: Language) -> tuple[str, ...]:
    for number, group in enumerate(seen, 1):
        click.echo(f"  {number:3}  {group.id}  ({group.name}{number_of_people(group, ', ', language)})", err=True)
    while True:
        typed = told(WHICH_GROUPS, language)
        try:
            return _usable((_numbered(word.strip(), seen) for word in typed.split(",") if word.strip()), seen)
        except Misuse as mistake:
            click.echo(mistake.text.language(language), err=True)


def _numbered(word: str, seen: tuple[GroupSeen, ...]) -> str:
    return seen[int(word) - 1].id if word.isdecimal() and 1 <= int(word) <= len(seen) else word


def _usable(groups: Iterable[str], seen: tuple[GroupSeen, ...]) -> tuple[str, ...]:
    """Groups that exist, as far as we can see, each once; Misuse when two of them differ in their case alone."""
    usable = {_existing(group, seen): group.casefold() for group in groups}
    for group, other in combinations(usable, 2):
        if usable[group] == usable[other]:
            raise Misuse(
                Text(
                    f"Die Gruppen „{group}“ und „{other}“ unterscheidet nur Groß- und Kleinschreibung; "
                    "nur eine davon kann eine Verwaltung sein.",
                    f'the groups "{group}" and "{other}" differ in their case alone; only one can be an administration',
                )
            )
    return tuple(usable)


def _existing(group: str, seen: tuple[GroupSeen, ...]) -> str:
    """`group` again; Misuse when it is none, as far as we can see."""
    known = [each.id for each in seen]
    if not known or group in known:
        return group
    near = get_close_matches(group, known) or known[:10]
    raise Misuse(
        Text(
            f"Die Gruppe „{group}“ gibt es in Nextcloud nicht (Groß- und Kleinschreibung zählt); da sind: "
            + ", ".join(near),
            f'there is no group "{group}" in Nextcloud (case matters); there are: ' + ", ".join(near),
        )
    )


def _what_next(yaml: Path, target: Path, account: str) -> Text:
    return Text(
        "\nWie weiter:\n"
        "  1. digitalnetzwerk template schulungsplan   – ausfüllen, in Nextcloud in einen Ordner legen,\n"
        f"     den Sie für das Konto „{account}“ freigeben\n"
        f"  2. digitalnetzwerk -c {target} plan         – zeigt, was geschähe; verändert nichts\n"
        f"  3. In {yaml} mode: live eintragen, dann digitalnetzwerk -c {target} apply",
        "\nWhat next:\n"
        "  1. digitalnetzwerk template schulungsplan   – fill it in, put it into a folder in Nextcloud\n"
        f'     that you share with the account "{account}"\n'
        f"  2. digitalnetzwerk -c {target} plan         – shows what would happen; changes nothing\n"
        f"  3. Write mode: live into {yaml}, then digitalnetzwerk -c {target} apply",
    )
