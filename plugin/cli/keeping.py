"""backup and restore: what we remember, in one file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from network.errors import PersonMustAct
from network.settings import load
from network.state import Leases
from network.state.backup import bring_back, save
from network.state.leases import this_process
from network.state.sources import StoredSourceMemory
from network.text import Language, Text
from plugin.assembly import STATE, state_of
from plugin.cli import bilingual
from plugin.cli.asking import agrees
from plugin.cli.options import Options, command
from plugin.cli.output import click_echo, print_json
from plugin.planning import VERIFIED
from plugin.render.run import DONE

QUESTION = Text(
    "Alles ersetzen, was wir uns seit der Sicherung gemerkt haben?",
    "Replace everything that was remembered since the backup?",
)


@bilingual.command(
    "Sichert, was wir uns merken, in DATEI; auch während der Dienst läuft.",
    "Backs up what we remember into a file; also while the service runs.",
)
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path, dir_okay=False))
@command
def backup(options: Options, file: Path) -> int:
    settings = load(options.path, today=_now().date()).settings
    if settings.service.database is None and not (settings.service.data / STATE).exists():
        raise _nothing_yet(settings.service.data)
    state = state_of(settings, writes=False, environment=os.environ, clock=_now)
    try:
        rows = save(state.engine, file)
    finally:
        state.engine.dispose()
    said = Text(f"Gesichert in {file} ({rows} Einträge).", f"Saved in {file} ({rows} rows).")
    return _say("backup", said, rows, options, options.language or settings.network.language)


@bilingual.command(
    "Spielt eine Sicherung zurück. Der Dienst muss dafür beendet sein.",
    "Restores a backup. The service has to be stopped for it.",
)
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@bilingual.option("--yes", is_flag=True, german="Ohne Rückfrage.", english="Without asking.")
@command
def restore(options: Options, file: Path, yes: bool) -> int:
    settings = load(options.path, today=_now().date()).settings
    language = options.language or settings.network.language
    if not yes and not agrees(QUESTION, language):
        return _say("restore", Text("Nichts geändert.", "Nothing changed."), 0, options, language)
    state = state_of(settings, environment=os.environ, clock=_now)
    leases = Leases(state.engine, holder=this_process(), clock=lambda: _now().timestamp())
    try:
        taken = leases.take([f"network:{settings.network.id}"])
        try:
            rows = bring_back(file, state.engine)
            StoredSourceMemory(state.engine, "").keep_note(VERIFIED, "")  # what the copy believes is old by now
        finally:
            leases.give_back(taken)
    finally:
        state.engine.dispose()
    said = Text(
        f"Zurückgespielt ({rows} Einträge). Der nächste Lauf gleicht ab, was seitdem geschah.",
        f"Restored ({rows} rows). The next run catches up with what has happened since.",
    )
    return _say("restore", said, rows, options, language)


def _nothing_yet(folder: Path) -> PersonMustAct:
    return PersonMustAct(
        Text("Es gibt noch nichts zu sichern.", "There is nothing to back up yet."),
        where=str(folder),
        remedy=Text(
            "Steht service.data richtig? Der erste Lauf (digitalnetzwerk apply) legt die Datenbank an.",
            "Is service.data right? The first run (digitalnetzwerk apply) makes the database.",
        ),
        code="nothing_to_back_up",
    )


def _say(command_name: str, said: Text, rows: int, options: Options, language: Language) -> int:
    if options.as_json:
        print_json({"format": 1, "command": command_name, "rows": rows, "problems": []})
    else:
        click_echo(said.language(language))
    return DONE


def _now() -> datetime:
    return datetime.now(UTC)
