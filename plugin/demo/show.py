"""`digitalnetzwerk demo`: sandbox, the real Kreis Höxter, one sync, and what its staff see now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from network.settings import Settings, load
from plugin.assembly import open_service
from plugin.cli.options import Options
from plugin.cli.output import show as show_run
from plugin.demo.people import staff
from plugin.demo.stage import COORDINATOR, PASSWORD, people, planning_folder, write_configuration
from plugin.demo.table import print_table, views
from plugin.sandbox import Sandbox

REAL = Path(__file__).parents[2] / "config" / "kreis-hoexter"


def show(folder: Path, options: Options, *, once: bool, port: int) -> int:
    """Runs the demonstration in `folder`; the exit code of the sync."""
    folder.mkdir(parents=True, exist_ok=True)
    today = date.today()  # noqa: DTZ011  # the day of the demonstration, here
    console = Console(stderr=options.as_json)
    with Sandbox(folder / "nextcloud", port=port) as sandbox:
        config = write_configuration(REAL, folder, url=sandbox.url, password=sandbox.service.password)
        settings = load(config, today=today).settings
        people(sandbox, settings)
        planning_folder(sandbox, folder, today)
        with open_service(config) as service:
            run = service.apply()
            code = show_run(run, options, options.language or service.language)
        print_table(views(settings, sandbox.url, _one_of_each(settings)), console)
        _say_where_to_look(console, sandbox.url, config, options)
        if not once:
            _keep_serving(sandbox)
    return code


def _one_of_each(settings: Settings) -> dict[str, tuple[str, str]]:
    """One staff member of each administration."""
    first: dict[str, tuple[str, str]] = {}
    for person in staff():
        if person.account != COORDINATOR:
            first.setdefault(person.administration, (person.account, PASSWORD))
    return {key: first[key] for key in settings.administrations}


def _say_where_to_look(console: Console, url: str, config: Path, options: Options) -> None:
    if options.shown_in == "de":
        console.print(
            f"\nKalender in jedem Programm: {url}/remote.php/dav, Konto zum Beispiel {COORDINATOR}, Kennwort {PASSWORD}"
        )
        console.print(f"Konfiguration zum Ausprobieren: {config}; danach: digitalnetzwerk -c {config} plan")
        console.print("Strg-C beendet die Vorführung.")
    else:
        console.print(
            f"\nCalendars in any client: {url}/remote.php/dav, for example account {COORDINATOR}, password {PASSWORD}"
        )
        console.print(f"Configuration to play with: {config}; then: digitalnetzwerk -c {config} plan")
        console.print("Ctrl-C ends the demonstration.")


def _keep_serving(sandbox: Sandbox) -> None:
    try:
        sandbox.wait()
    except KeyboardInterrupt:
        return
