"""`digitalnetzwerk demo`: sandbox, the real Kreis Höxter, one sync, and what its staff see now."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from rich.console import Console

from network.errors import PersonMustAct
from network.settings import Settings, load
from network.text import Language, Text
from plugin.assembly import open_service
from plugin.demo.pages import serve_pages
from plugin.demo.people import staff
from plugin.demo.stage import ADMINISTRATOR, COORDINATOR, PASSWORD, people, planning_folder, write_configuration
from plugin.demo.table import table, views
from plugin.render.document import as_text, document
from plugin.render.text import brief
from plugin.sandbox import Sandbox

WIDTH = 150
REAL = Path(__file__).parents[2] / "config" / "kreis-hoexter"


def show(folder: Path, *, once: bool, port: int, as_json: bool, language: Language | None) -> int:
    """Runs the demonstration in `folder`; the exit code of the sync."""
    if not REAL.is_dir():
        raise _without_configuration()
    folder.mkdir(parents=True, exist_ok=True)
    today = date.today()  # noqa: DTZ011  # the day of the demonstration, here
    console = Console(stderr=as_json, width=None if sys.stdout.isatty() else WIDTH)
    with Sandbox(folder / "nextcloud", port=port) as sandbox:
        config = write_configuration(REAL, folder, url=sandbox.url, password=sandbox.service.password)
        settings = load(config, today=today).settings
        people(sandbox, settings)
        planning_folder(sandbox, folder, today)
        with open_service(config) as service:
            spoken = language or service.language
            run = service.apply()
        if as_json:
            sys.stdout.write(as_text(document(run, spoken)))
        else:
            console.print(brief(run, spoken), markup=False, highlight=False)
        console.print(table(views(settings, sandbox.url, _one_of_each(settings)), spoken, console.width))
        _say_where_to_look(console, sandbox.url, config, spoken)
        if not once:
            _keep_serving(sandbox, config, settings, port + 1 if port else 0, console, spoken)
    return run.code


def _one_of_each(settings: Settings) -> dict[str, tuple[str, str]]:
    """One staff member of each administration."""
    first: dict[str, tuple[str, str]] = {}
    for person in staff():
        if person.account != COORDINATOR:
            first.setdefault(person.administration, (person.account, PASSWORD))
    return {key: first[key] for key in settings.administrations}


def _say_where_to_look(console: Console, url: str, config: Path, language: Language) -> None:
    calendars = f"{url}/remote.php/dav"
    lines = {
        "de": (
            f"Kalender in jedem Programm: {calendars}, Konto zum Beispiel {COORDINATOR}, Kennwort {PASSWORD}",
            f"Konfiguration zum Ausprobieren: {config}; solange die Vorführung läuft: digitalnetzwerk -c {config} plan",
        ),
        "en": (
            f"Calendars in any client: {calendars}, for example account {COORDINATOR}, password {PASSWORD}",
            f"Configuration to play with: {config}; while the demonstration runs: digitalnetzwerk -c {config} plan",
        ),
    }
    for line in lines[language]:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _keep_serving(
    sandbox: Sandbox, config: Path, settings: Settings, port: int, console: Console, language: Language
) -> None:
    (staff_member, _), *_ = reversed(_one_of_each(settings).values())

    def ready(url: str) -> None:
        people = f"{COORDINATOR}, {ADMINISTRATOR}, {staff_member}"
        said = {
            "de": f"Seiten: {url}, Konten zum Beispiel {people}, Kennwort {PASSWORD}. Strg-C beendet die Vorführung.",
            "en": f"Pages: {url}, accounts for example {people}, password {PASSWORD}. Ctrl-C ends the demonstration.",
        }
        console.print(said[language], markup=False, highlight=False, soft_wrap=True)

    serve_pages(config, sandbox, port=port, on_ready=ready)


def _without_configuration() -> PersonMustAct:
    return PersonMustAct(
        Text(
            "Die Vorführung zeigt die Konfiguration des Kreises Höxter, und die ist nicht mit installiert.",
            "The demonstration shows the configuration of the Kreis Höxter, which is not installed along.",
        ),
        where="config/kreis-hoexter",
        remedy=Text(
            "Rufen Sie im Ordner des Projekts „make demo“ auf.", 'Call "make demo" in the folder of the project.'
        ),
        code="no_demonstration",
    )
