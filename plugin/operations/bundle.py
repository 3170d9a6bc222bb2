"""The support bundle: a zip that says how the service fares and nothing about anybody. It may be given away.

Built of what is known to be harmless (numbers, codes, times, keys); texts pass all redactions of
`plugin.operations.redaction`, and at the very end no value of a secret is left in any file.
"""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib.metadata import distributions, version

from sqlalchemy import func, inspect, select

from network.settings.hidden import secrets_within
from network.state import StateStore, tables
from network.state.engine import reading
from network.state.runs import PastRun, RunLog
from network.text import Text
from plugin.findings import Trouble
from plugin.operations import configuration
from plugin.operations.overview import Overview, overview, troubles_of
from plugin.operations.redaction import people_known, without_quotes, without_secrets
from plugin.render.freshness import freshness_row
from plugin.running import Running

NAME = "digitalnetzwerk-hilfepaket.zip"
RUNS = 20
LOG_LINES = 500

CONTENTS: Mapping[str, Text] = {
    "fassung.json": Text(
        "Fassung dieses Programms, von Python und aller Bibliotheken", "versions of this program and its libraries"
    ),
    "konfiguration.json": Text(
        "die Konfiguration ohne Geheimnisse, Personen, Mailadressen und freie Texte",
        "the configuration without secrets, people, mail addresses and free texts",
    ),
    "stand.json": Text(
        "Stand jeder Anbindung und jedes Bereichs, Aktualität, offene Fragen (nur ihre Kennung)",
        "the state of each connector and scope, freshness, open questions (their code alone)",
    ),
    "laeufe.json": Text(
        f"die letzten {RUNS} Läufe: Zeit, Ergebnis, Zahlen, Hinweise", f"the last {RUNS} runs: time, result, figures"
    ),
    "protokoll.txt": Text(
        f"die letzten {LOG_LINES} Zeilen des Protokolls, ohne Personen und Geheimnisse",
        f"the last {LOG_LINES} lines of the log, without people and secrets",
    ),
    "datenbank.json": Text("Art, Stand und Zeilenzahlen der Datenbank", "kind, step and row counts of the database"),
}

Clean = Callable[[str], str]


def bundle(running: Running) -> bytes:
    """The zip. Reads the state database alone."""
    clean = _cleaner(running)
    secrets = {each for each in secrets_within(running.settings, running.environment) if each}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in _files(running, clean):
            packed.writestr(name, _without(text, secrets))
    return held.getvalue()


def log_lines(running: Running, *, limit: int = LOG_LINES) -> tuple[str, ...]:
    """The last lines of this process's log, without people and secrets."""
    clean = _cleaner(running)
    secrets = {each for each in secrets_within(running.settings, running.environment) if each}
    return tuple(_without(clean(each), secrets) for each in running.recent_log.lines[-limit:])


def _cleaner(running: Running) -> Clean:
    people = people_known(running.settings, running.state)
    return lambda text: people.text(without_secrets(without_quotes(text)))


def _without(text: str, secrets: Collection[str]) -> str:
    for each in sorted(secrets, key=len, reverse=True):
        for spelled in (each, json.dumps(each, ensure_ascii=False)[1:-1]):
            text = text.replace(spelled, "[…]")
    return text


def _files(running: Running, clean: Clean) -> Iterator[tuple[str, str]]:
    yield "fassung.json", _json(_versions())
    yield "konfiguration.json", people_known(running.settings, running.state).text(_json(_configured(running)))
    yield "stand.json", _json(_standing(overview(running), clean))
    yield "laeufe.json", _json([_run(each, clean) for each in RunLog(running.state.engine).latest(limit=RUNS)])
    yield "protokoll.txt", "".join(f"{clean(each)}\n" for each in running.recent_log.lines[-LOG_LINES:])
    yield "datenbank.json", _json(_database(running.state))


def _versions() -> dict[str, object]:
    return {
        "digitalnetzwerk": version("digitalnetzwerk"),
        "python": platform.python_version(),
        "system": platform.system(),
        "libraries": dict(sorted((each.name, each.version) for each in distributions())),
    }


def _configured(running: Running) -> dict[str, object]:
    broken = [{"code": each.code} for each in running.broken]
    return {"in_force": configuration.shown(running.settings), "broken_since": broken}


def _standing(found: Overview, clean: Clean) -> dict[str, object]:
    status = found.status
    return {
        "at": status.now.isoformat(),
        "mode": status.mode,
        "login_refused_at": status.refused_at.isoformat() if status.refused_at else None,
        "next_look": found.next_look.isoformat() if found.next_look else None,
        "connectors": [
            {
                "connector": each.key,
                "is_well": each.is_well,
                "state": each.state.en,
                "attempted_at": each.attempted_at.isoformat() if each.attempted_at else None,
                "succeeded_at": each.succeeded_at.isoformat() if each.succeeded_at else None,
                "items": each.items,
                "quarantined": each.quarantined,
                "freshness": freshness_row(each.freshness) if each.freshness else None,
            }
            for each in found.connectors
        ],
        "scopes": [
            {
                "scope": clean(each.state.scope),
                "state": each.state.health.value,
                "fingerprint": each.state.fingerprint,
                "unsafe": clean(each.state.unsafe),
                "pending": each.state.pending,
            }
            for each in found.scopes
        ],
        "questions": [
            {"connector": each.connector, "code": each.question.code, "answer": each.answer}
            for each in status.questions
        ],
        "problems": _troubles(status.troubles, clean),
    }


def _run(run: PastRun, clean: Clean) -> dict[str, object]:
    said = json.loads(run.document or "{}")
    return {
        "id": run.id,
        "command": run.command,
        "started_at": run.started_at.isoformat() if run.started_at else None,
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "exit_code": run.exit_code,
        "fingerprint": run.fingerprint,
        "summary": said.get("summary", {}),
        "requests": said.get("requests", {}),
        "sources": said.get("sources", []),
        "problems": _troubles(troubles_of(run), clean),
    }


def _troubles(troubles: Iterable[Trouble], clean: Clean) -> list[dict[str, str]]:
    return [{"code": each.code, "where": clean(each.where), "message": clean(each.message)} for each in troubles]


def _database(state: StateStore) -> dict[str, object]:
    with reading(state.engine) as connection:
        there = set(inspect(connection).get_table_names())
        rows = {
            each.name: connection.execute(select(func.count()).select_from(each)).scalar_one()
            for each in tables.metadata.sorted_tables
            if each.name in there
        }
    return {"kind": state.engine.dialect.name, "rows": rows}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
