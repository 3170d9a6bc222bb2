"""Why somebody sees something, or not, as text: one line for each object, or one object with its whole chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from network.state.runs import PastChange
from network.text import NOTHING, Language, Text
from plugin.findings import Answer, Explanation, Reason

Change = Callable[[PastChange], str]

SEES, SEES_NOT = Text("Sieht:", "Sees:"), Text("Sieht nicht:", "Doesn't see:")
YES, NO = Text("JA", "YES"), Text("NEIN", "NO")
BECAUSE = Text("weil", "because")
MISSING = Text("Dazu müsste eines davon zutreffen:", "One of these would have to hold:")
MORE = Text("Warum genau: digitalnetzwerk explain", "Why exactly: digitalnetzwerk explain")


def overview(found: Explanation, language: Language) -> Iterator[str]:
    """One line for every object; the ways of each are only named."""
    for heading, sees in ((SEES, True), (SEES_NOT, False)):
        answers = [answer for answer in found.answers if answer.sees is sees]
        if answers:
            yield heading.language(language)
            yield from (f"  {_short(answer, language)}" for answer in answers)
    if found.answers:
        yield f"{MORE.language(language)} {_quoted(found.what)} {_quoted(found.answers[0].scope)}"


def whole(answer: Answer, language: Language, change: Change) -> Iterator[str]:
    """The whole chain of one answer."""
    yield f"{answer.subject.language(language)} → {answer.object.language(language)}  ({answer.where})"
    held = [right for right in answer.rights if right.holds]
    if held:
        yield f"  {YES.language(language)}: {held[0].name.language(language)}"
        for right in held:
            yield f"  {right.name.language(language)}, {BECAUSE.language(language)}"
            yield from (line for way in right.ways for line in _reason(way, language, change, "    "))
    else:
        yield f"  {NO.language(language)}. {MISSING.language(language)}"
        for right in answer.rights:
            yield f"  {right.name.language(language)}"
            yield from (line for way in right.ways for line in _reason(way, language, change, "    "))
    yield from (f"  {note.language(language)}" for note in (answer.partly, *answer.notes) if note != NOTHING)


def fact(reason: Reason, language: Language) -> str:
    return reason.text.language(language)


def _reason(reason: Reason, language: Language, change: Change, indent: str) -> Iterator[str]:
    where = f"{reason.where}  " if reason.where and reason.where not in reason.text.de else ""
    yield f"{indent}{where}{reason.text.language(language)}"
    if reason.run is not None:
        yield f"{indent}  {change(reason.run)}"
    for each in reason.because:
        yield from _reason(each, language, change, f"{indent}  ")


def _short(answer: Answer, language: Language) -> str:
    """`Projekt „Presse“: lesen und ändern – Austauschgruppe „Austausch OZG“ (netz.yaml:37)`.

    A membership is told by its own rules.
    """
    right = next((each for each in answer.rights if each.holds), answer.rights[-1])
    said = f"{answer.object.language(language)}"
    if right.holds:
        said += f": {right.name.language(language)}"
    told = right.ways[0].because if answer.is_membership else right.ways
    ways = list(dict.fromkeys(_way(way, language) for way in told))
    partly = f"; {answer.partly.language(language)}" if answer.partly != NOTHING else ""
    return f"{said} – {' / '.join(ways)}{partly}" if ways else f"{said}{partly}"


def _way(reason: Reason, language: Language) -> str:
    line = reason.where.partition(" ")[0]
    return f"{reason.text.language(language)} ({line})" if line else reason.text.language(language)


def _quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words


def answer_document(answer: Answer, language: Language) -> dict[str, object]:
    return {
        "subject": answer.subject.language(language),
        "object": answer.object.language(language),
        "scope": answer.scope,
        "where": answer.where,
        "sees": answer.sees,
        "rights": [
            {
                "right": right.name.language(language),
                "holds": right.holds,
                "ways": [reason_document(way, language) for way in right.ways],
            }
            for right in answer.rights
        ],
        "partly": answer.partly.language(language),
        "notes": [note.language(language) for note in answer.notes],
    }


def reason_document(reason: Reason, language: Language) -> dict[str, object]:
    run = reason.run
    return {
        "holds": reason.holds,
        "text": reason.text.language(language),
        "where": reason.where,
        "because": [reason_document(each, language) for each in reason.because],
        "run": None if run is None else {"run": run.run, "at": _iso(run.at), "title": run.title},
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
