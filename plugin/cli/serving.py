"""serve and worker: the service that runs for months; demo and sandbox: the whole idea on one machine."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from plugin.cli import bilingual
from plugin.cli.options import Options, command

PORT = click.IntRange(0, 65_535)


@bilingual.command(
    "Der Dienst: gleicht jede Anbindung in ihrem Takt ab und bietet die Seiten an; läuft, bis er beendet wird.",
    "The service: syncs every connector at its own interval and serves the pages; runs until it is ended.",
)
@bilingual.option(
    "--host", default="127.0.0.1", german="Adresse, an der er erreichbar ist.", english="Address to listen on."
)
@bilingual.option("--port", type=PORT, default=8080, german="Port; 0 nimmt einen freien.", english="Port; 0 takes any.")
@command
def serve(options: Options, host: str, port: int) -> int:
    from plugin.process import serve_pages

    return serve_pages(options.path, host=host, port=port, as_json=options.as_json, language=options.language)


@bilingual.command(
    "Nur die Arbeit, ohne Seiten: für weitere Rechner neben dem Dienst.",
    "The work alone, without pages: for more machines beside the service.",
)
@command
def worker(options: Options) -> int:
    from plugin.process import work

    return work(options.path)


@bilingual.command(
    "Das Vorführnetz: eingebettete Nextcloud, der Kreis Höxter, ein Abgleich; läuft weiter bis Strg-C.",
    "The demonstration: embedded Nextcloud, the Kreis Höxter, one sync; goes on until Ctrl-C.",
)
@bilingual.option("--once", is_flag=True, german="Nach dem Abgleich enden.", english="End after the sync.")
@bilingual.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".demo"),
    german="Ordner, in dem alles steht.",
    english="Folder that holds everything.",
)
@bilingual.option(
    "--port", type=PORT, default=8765, german="Port auf 127.0.0.1; 0 nimmt einen freien.", english="Port; 0 takes any."
)
@command
def demo(options: Options, once: bool, data: Path, port: int) -> int:
    from plugin.demo.show import show

    return show(data, once=once, port=port, as_json=options.as_json, language=options.language)


@bilingual.command("Die eingebettete Nextcloud allein.", "The embedded Nextcloud stand-in alone.")
@bilingual.option("--port", type=PORT, default=0, german="Port; 0 nimmt einen freien.", english="Port; 0 takes any.")
@bilingual.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    german="Ordner, der den Stand behält; sonst alles im Speicher.",
    english="Folder that keeps the state; otherwise all in memory.",
)
@bilingual.option(
    "--limits",
    type=click.Choice(["server", "lifted"]),
    default="server",
    german="Grenzen wie der Server, oder aufgehoben.",
    english="Limits as the server has them, or lifted.",
)
@command
def sandbox(options: Options, port: int, data: Path | None, limits: Literal["server", "lifted"]) -> int:
    from plugin.sandbox import run

    run(port, data, limits, options.as_json)
    return 0
