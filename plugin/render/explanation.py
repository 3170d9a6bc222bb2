"""`explain`: one screen that says which rule, source and run made something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime

from calendar_sync.records import CALENDAR, ENTRY, CancelledByHand, calendar_memory, entry_memory
from calendar_sync.sentences import given_up
from calendar_sync.wish import TASKS
from network.plan import Action, Kind
from network.ports import Record
from network.report import Result
from network.state.runs import PastChange
from network.text import Language, Text
from plugin.findings import Explanation
from plugin.render.answers import answer_document, fact, overview, reason_document, whole
from plugin.render.document import FORMAT
from plugin.render.sentences import NOUNS, RESULTS, deed
from plugin.render.status import clock

NOUNS_OF_RECORDS: Mapping[str, Kind] = {
    "calendar": Kind.CALENDAR,
    "share": Kind.SHARE,
    "account": Kind.ACCOUNT,
    "group": Kind.GROUP,
    "group_member": Kind.MEMBER,
    "team": Kind.TEAM,
    "team_member": Kind.MEMBER,
    "folder": Kind.FOLDER,
    "room": Kind.ROOM,
    "attendee": Kind.MEMBER,
    "document": Kind.DOCUMENT,
    "minutes": Kind.DOCUMENT,
}
"""What records are called; a kind that isn't here is our own bookkeeping."""


def explanation_text(found: Explanation, now: datetime, language: Language) -> str:
    """Times as the clock of `now` shows them."""
    return "\n".join(dict.fromkeys(_lines(found, now, language)))


def _lines(found: Explanation, now: datetime, language: Language) -> Iterator[str]:
    subject = found.answers[0].subject if found.answers else Text(found.what, found.what)
    yield subject.language(language)
    yield from (f"  {fact(each, language)}" for each in found.facts)
    if found.is_about_one:
        for answer in found.answers:
            yield from whole(answer, language, lambda change: _run(change, now, language))
    else:
        yield from overview(found, language)
        yield from _object(found, now, language)


def _object(found: Explanation, now: datetime, language: Language) -> Iterator[str]:
    if not (found.rules or found.records or found.changes or found.answers or found.facts):
        yield Text("  Davon wissen wir nichts; es ist nicht von uns.", "  Unknown: it isn't ours.").language(language)
    for rule in found.rules:
        yield f"  {rule.language(language)}"
    for word in found.cancelled:
        yield f"  {_cancelled(word, now).language(language)}"
    for record in found.records:
        if (kind := _kind(record)) is not None:
            noun = NOUNS[kind][language][0]
            written = Text("zuletzt geschrieben", "last written").language(language)
            yield f"  {record.scope}: {noun}, {written} {clock(record.at, now)}"
    yield from (f"  {_run(change, now, language)}" for change in found.changes)


def _cancelled(word: CancelledByHand, now: datetime) -> Text:
    """„E-Akte“ fällt am 02.03.2027 aus: Referentin erkrankt (erika.kreis, 18:40)"""
    day, at = date.fromisoformat(word.cancellation.day), datetime.fromisoformat(word.at) if word.at else None
    why = f": {word.cancellation.reason}" if word.cancellation.reason else ""
    by = f" ({word.by or '?'}, {clock(at, now)})"
    return Text(
        f"„{word.title}“ fällt am {day:%d.%m.%Y} aus{why}{by}",
        f"“{word.title}” is cancelled on {day:%Y-%m-%d}{why}{by}",
    )


def _kind(record: Record) -> Kind | None:
    """What people call it; None for our own bookkeeping."""
    if record.kind == ENTRY:
        return entry_memory(record).kind
    wish = calendar_memory(record).wish if record.kind == CALENDAR else None
    return Kind.TASK_LIST if wish is not None and wish.component == TASKS else NOUNS_OF_RECORDS.get(record.kind)


def _run(change: PastChange, now: datetime, language: Language) -> str:
    run = Text("Lauf", "run").language(language)
    return f"{run} {change.run}, {clock(change.at, now)}: {_change(change, language)}"


def _change(change: PastChange, language: Language) -> str:
    """`eintragen: E-Akte (12.03.2027) – neu [erledigt]`."""
    if change.lost:
        gave_way = Text("wich dem, was an anderer Stelle geändert wurde", "gave way to what was changed elsewhere")
        name, said = given_up(change.title, change.lost)
        return f"{name.language(language)} „{said}“ {gave_way.language(language)}"
    why, result = change.reason.language(language), _result(change.outcome, language)
    return f"{_verb(change, language)}: {change.title} – {why} [{result}]"


def _verb(change: PastChange, language: Language) -> str:
    try:
        return deed(Kind(change.kind), Action(change.action), language)
    except ValueError:  # of an earlier version
        return change.action


def _result(outcome: str, language: Language) -> str:
    return RESULTS[Result(outcome)][language] if outcome in tuple(Result) else outcome


def explanation_document(found: Explanation, language: Language) -> dict[str, object]:
    return {
        "format": FORMAT,
        "command": "explain",
        "object": found.what,
        "facts": [reason_document(each, language) for each in found.facts],
        "answers": [answer_document(each, language) for each in found.answers],
        "rules": [rule.language(language) for rule in found.rules],
        "records": [
            {"scope": each.scope, "kind": each.kind, "key": each.key, "remote": each.remote} for each in found.records
        ],
        "cancelled": [
            {
                "uid": each.uid,
                "title": each.title,
                **asdict(each.cancellation),
                "by": each.by,
                "at": each.at or None,
                "source_agrees": each.is_agreed,
            }
            for each in found.cancelled
        ],
        "changes": [
            {
                "run": each.run,
                "at": each.at.isoformat() if each.at else None,
                "scope": each.scope,
                "action": each.action,
                "title": each.title,
                "outcome": each.outcome,
                "reason": each.reason.language(language),
                "lost": each.lost,
            }
            for each in found.changes
        ],
    }
