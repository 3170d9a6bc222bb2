"""`status`: health per connector, scope and administration, open questions, the last run and what it left."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import fill

from network.state.sources import SourceHealth
from network.text import Language, Text
from plugin.findings import AdministrationState, Freshness, Health, ScopeState, Status, Trouble
from plugin.render.document import FORMAT
from plugin.render.folders import folder_lines, folder_rows
from plugin.render.freshness import freshness_line, freshness_row
from plugin.render.sentences import SOURCE_STATES

MOST = 8
WIDTH = 110
WELL = frozenset({"fresh", "unchanged", "settling"})


def status_text(status: Status, language: Language) -> str:
    """One screen: what is well in one line each, what isn't line by line."""
    return "\n".join(_lines(status, language))


def _lines(status: Status, language: Language) -> Iterator[str]:
    yield f"{status.network} (mode: {status.mode})"
    yield _last_run(status, german=language == "de")
    if status.refused_at is not None:
        yield _refused(clock(status.refused_at, status.now)).language(language)
    measured = {each.connector: each for each in status.freshness}
    for source in status.sources:
        yield _source(source, status.now).language(language)
        yield from _freshness(measured.get(source.connector), language)
    yield from _scopes(status.scopes, language)
    yield from _administrations(status.administrations, language)
    yield from _whitelist(status.group_whitelist, language)
    yield from _meetings(status, language)
    yield from folder_lines(status.folders, status.now, language)
    yield from _questions(status, language)
    yield from _troubles(status.troubles, language)


def _source(source: SourceHealth, now: datetime) -> Text:
    if source.attempted_at is None:
        return Text(f"  {source.connector}: noch nie gelesen", f"  {source.connector}: never read yet")
    fresh = clock(source.succeeded_at, now)
    held = (f", {source.quarantined} zurückgestellt", f", {source.quarantined} quarantined")
    failed = Text("", "") if source.state in WELL else SOURCE_STATES.get(source.state, Text("", ""))
    return Text(
        f"  {source.connector}: Stand {fresh}, {source.items} Datensätze{held[0] if source.quarantined else ''}"
        + (f" – {failed.de}" if failed.de else ""),
        f"  {source.connector}: as of {fresh}, {source.items} items{held[1] if source.quarantined else ''}"
        + (f" – {failed.en}" if failed.en else ""),
    )


def _freshness(measured: Freshness | None, language: Language) -> Iterator[str]:
    line = freshness_line(measured) if measured is not None else None
    if line is not None:
        yield f"    {line.language(language)}"


def _scopes(scopes: Sequence[ScopeState], language: Language) -> Iterator[str]:
    by_health = {health: [each for each in scopes if each.health is health] for health in Health}
    for each in by_health[Health.STOPPED]:
        stopped = Text("SICHERHEITSSTOPP", "STOPPED BY THE GUARD").language(language)
        yield f"  {each.scope}: {stopped}: {each.unsafe}"
    for each in by_health[Health.PENDING]:
        pending = Text(_number(each.pending, "Änderung", "Änderungen") + " offen", f"{each.pending} pending")
        yield f"  {each.scope}: {pending.language(language)}"
    never = by_health[Health.NEVER_RUN]
    if never:
        words = Text(
            _number(len(never), "Bereich noch nie gelaufen", "Bereiche noch nie gelaufen"),
            _number(len(never), "scope has never run yet", "scopes have never run yet"),
        ).language(language)
        yield _folded(f"  {words}: {', '.join(each.scope for each in never[:MOST])}", len(never))
    healthy = len(by_health[Health.HEALTHY])
    if healthy:
        words = Text(
            _number(healthy, "Bereich in Ordnung", "Bereiche in Ordnung"),
            _number(healthy, "scope is healthy", "scopes are healthy"),
        ).language(language)
        yield f"  {words}"


def _administrations(administrations: Sequence[AdministrationState], language: Language) -> Iterator[str]:
    known = [f"{each.name} {each.people}" for each in administrations if each.people is not None]
    if known:
        yield _folded(f"  {Text('Personen', 'People').language(language)}: {', '.join(known)}")


def _meetings(status: Status, language: Language) -> Iterator[str]:
    shown = [f"{each.name} {clock(each.start, status.now)}" for each in status.meetings[:MOST]]
    if shown:
        words = Text("Nächste Treffen", "Next meetings").language(language)
        yield _folded(f"  {words}: {', '.join(shown)}", len(status.meetings))


def _whitelist(pattern: str, language: Language) -> Iterator[str]:
    if pattern:
        words = Text("Gruppen, die user_oidc pflegen darf", "Groups that user_oidc may keep").language(language)
        yield f"  {words}: {pattern}"


def _questions(status: Status, language: Language) -> Iterator[str]:
    if status.questions:
        yield Text("Offene Fragen:", "Open questions:").language(language)
    for asked in status.questions[:MOST]:
        answer = f" → {asked.answer}" if asked.answer else ""
        message = asked.question.message.language(language)
        yield f"  {asked.connector} {asked.question.key}: {asked.question.where}: {message}{answer}"
    yield from _more(len(status.questions), language)


def _troubles(troubles: Sequence[Trouble], language: Language) -> Iterator[str]:
    if troubles:
        yield Text("Hinweise des letzten Laufs:", "Notes of the last run:").language(language)
    for each in troubles[:MOST]:
        yield f"  {each.where}: {each.message}" + (f" → {each.remedy}" if each.remedy else "")
    yield from _more(len(troubles), language)


def _more(number: int, language: Language) -> Iterator[str]:
    if number > MOST:
        yield Text(f"  … und {number - MOST} weitere", f"  … and {number - MOST} more").language(language)


def _refused(when: str) -> Text:
    return Text(
        f"ANMELDUNG ABGELEHNT ({when}): Nextcloud wird mit diesem Passwort nicht mehr gefragt. "
        "→ Passwort berichtigen, dann: digitalnetzwerk check --online",
        f"LOGIN REFUSED ({when}): Nextcloud isn't asked with this password any more. "
        "→ Mend the password, then: digitalnetzwerk check --online",
    )


def _last_run(status: Status, *, german: bool) -> str:
    run = status.last_run
    if run is None:
        return "Noch kein Lauf." if german else "No run yet."
    when = clock(run.ended_at, status.now)
    if german:
        return f"Letzter Lauf: {when}, Prüfnummer {run.fingerprint}, Ergebnis {run.exit_code}"
    return f"Last run: {when}, fingerprint {run.fingerprint}, exit code {run.exit_code}"


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _folded(line: str, number: int = 0) -> str:
    more = ", …" if number > MOST else ""
    return fill(line + more, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


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
                "state": source.state or "never_read",
                "items": source.items,
                "quarantined": source.quarantined,
                "attempted_at": source.attempted_at.isoformat() if source.attempted_at else None,
                "succeeded_at": source.succeeded_at.isoformat() if source.succeeded_at else None,
            }
            for source in status.sources
        ],
        "scopes": [
            {
                "scope": each.scope,
                "state": each.health.value,
                "fingerprint": each.fingerprint,
                "unsafe": each.unsafe,
                "pending": each.pending,
            }
            for each in status.scopes
        ],
        "administrations": [
            {"administration": each.key, "name": each.name, "people": each.people} for each in status.administrations
        ],
        "group_whitelist": status.group_whitelist,
        "meetings": [
            {
                "group": each.group,
                "name": each.name,
                "start": each.start.isoformat(),
                "end": each.end.isoformat(),
                "place": each.place,
            }
            for each in status.meetings
        ],
        "folders": folder_rows(status.folders),
        "freshness": [freshness_row(each) for each in status.freshness],
        "login_refused_at": status.refused_at.isoformat() if status.refused_at else None,
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
