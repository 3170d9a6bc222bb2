"""`status`: health per connector and scope, open questions, the last run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from network.text import Language
from plugin.findings import Status
from plugin.render.document import FORMAT


def status_text(status: Status, language: Language) -> str:
    return "\n".join(_lines(status, german=language == "de"))


def _lines(status: Status, *, german: bool) -> Iterator[str]:
    yield f"{status.network} (mode: {status.mode})"
    yield _last_run(status, german=german)
    for source in status.sources:
        fresh = clock(source.succeeded_at, status.now)
        yield (
            f"  {source.connector}: Stand {fresh}, {source.items} Datensätze, {source.quarantined} zurückgestellt"
            if german
            else f"  {source.connector}: as of {fresh}, {source.items} items, {source.quarantined} quarantined"
        )
    for scope in status.scopes:
        if scope.unsafe:
            yield f"  {scope.scope}: {'SICHERHEITSSTOPP' if german else 'STOPPED BY THE GUARD'}: {scope.unsafe}"
        elif scope.pending:
            yield f"  {scope.scope}: {scope.pending} {'Änderungen offen' if german else 'changes pending'}"
    if status.questions:
        yield "Offene Fragen:" if german else "Open questions:"
    for asked in status.questions:
        answer = f" → {asked.answer}" if asked.answer else ""
        message = asked.question.message.language("de" if german else "en")
        yield f"  {asked.connector} {asked.question.key}: {asked.question.where}: {message}{answer}"


def _last_run(status: Status, *, german: bool) -> str:
    run = status.last_run
    if run is None:
        return "Noch kein Lauf." if german else "No run yet."
    when = clock(run.ended_at, status.now)
    if german:
        return f"Letzter Lauf: {when}, Prüfnummer {run.fingerprint}, Ergebnis {run.exit_code}"
    return f"Last run: {when}, fingerprint {run.fingerprint}, exit code {run.exit_code}"


def clock(moment: datetime | None, now: datetime) -> str:
    """`10:42` for today, with the day for any other, `nie` for never."""
    if moment is None:
        return "–"
    local = moment.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%d.%m.%Y %H:%M}"


def status_document(status: Status, language: Language) -> dict[str, object]:
    run = status.last_run
    return {
        "format": FORMAT,
        "command": "status",
        "network": status.network,
        "mode": status.mode,
        "last_run": json.loads(run.document) if run and run.document else None,
        "last_run_ended": run.ended_at.isoformat() if run and run.ended_at else None,
        "sources": [
            {
                "connector": source.connector,
                "state": source.state,
                "items": source.items,
                "quarantined": source.quarantined,
                "attempted_at": source.attempted_at.isoformat() if source.attempted_at else None,
                "succeeded_at": source.succeeded_at.isoformat() if source.succeeded_at else None,
            }
            for source in status.sources
        ],
        "scopes": [
            {"scope": each.scope, "fingerprint": each.fingerprint, "unsafe": each.unsafe, "pending": each.pending}
            for each in status.scopes
        ],
        "questions": [
            {
                "connector": asked.connector,
                "key": asked.question.key,
                "code": asked.question.code,
                "where": asked.question.where,
                "message": asked.question.message.language(language),
                "asked_at": asked.asked_at.isoformat() if asked.asked_at else None,
                "answer": asked.answer,
            }
            for asked in status.questions
        ],
    }
