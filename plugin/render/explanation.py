"""`explain`: one screen that says which rule, source and run made something."""

from __future__ import annotations

from collections.abc import Iterator

from network.text import Language
from plugin.findings import Explanation
from plugin.render.document import FORMAT


def explanation_text(found: Explanation, language: Language) -> str:
    return "\n".join(_lines(found, language))


def _lines(found: Explanation, language: Language) -> Iterator[str]:
    yield found.what
    if not found.rules and not found.records and not found.changes:
        yield "  Davon wissen wir nichts; es ist nicht von uns." if language == "de" else "  Unknown: it isn't ours."
    for rule in found.rules:
        yield f"  {rule.language(language)}"
    for record in found.records:
        when = f"{record.at:%d.%m.%Y %H:%M} UTC" if record.at else "–"
        words = "zuletzt geschrieben" if language == "de" else "last written"
        yield f"  {record.scope} {record.kind} {record.remote}: {words} {when}"
    for change in found.changes:
        when = f"{change.at:%d.%m.%Y %H:%M} UTC" if change.at else "–"
        lost = f" ({change.lost!r})" if change.lost else ""
        run = "Lauf" if language == "de" else "run"
        yield f"  {run} {change.run}, {when}: {change.action} {change.title}{lost}: {change.outcome} – {change.reason}"


def explanation_document(found: Explanation, language: Language) -> dict[str, object]:
    return {
        "format": FORMAT,
        "command": "explain",
        "object": found.what,
        "rules": [rule.language(language) for rule in found.rules],
        "records": [
            {"scope": each.scope, "kind": each.kind, "key": each.key, "remote": each.remote} for each in found.records
        ],
        "changes": [
            {
                "run": each.run,
                "at": each.at.isoformat() if each.at else None,
                "scope": each.scope,
                "action": each.action,
                "title": each.title,
                "outcome": each.outcome,
                "reason": each.reason,
                "lost": each.lost,
            }
            for each in found.changes
        ],
    }
