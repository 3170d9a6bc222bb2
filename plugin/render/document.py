"""The JSON document of DESIGN.md section 7: one per command, the same shape for success and for errors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from network.plan import Action, Change, ScopePlan
from network.problems import Problem
from network.report import Outcome, Result
from network.text import Language
from plugin.render.run import Run, SourceSummary

FORMAT = 1
ACTIONS_COUNTED = (
    Action.CREATE,
    Action.UPDATE,
    Action.MOVE,
    Action.CANCEL,
    Action.REMOVE,
    Action.GRANT,
    Action.REVOKE,
)


def document(run: Run, language: Language) -> dict[str, object]:
    """The run as plain JSON data."""
    outcomes = {outcome.change: outcome for outcome in run.report.outcomes} if run.report else {}
    return {
        "format": FORMAT,
        "command": run.command,
        "fingerprint": run.plan.fingerprint,
        "scopes": [_scope(scope, outcomes, language) for scope in run.plan.scopes],
        "sources": [_source(source) for source in run.sources],
        "summary": _summary(run),
        "requests": dict(sorted(run.requests.items())),
        "mails": run.mails,
        "foreign": dict(run.foreign),
        "problems": [problem_document(problem, language) for problem in run.problems],
    }


def as_text(value: object) -> str:
    """JSON data as the text that goes to standard output."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def problem_document(problem: Problem, language: Language) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where,
        "message": problem.message.language(language),
        "remedy": problem.remedy.language(language),
    }


def _scope(scope: ScopePlan, outcomes: Mapping[Change, Outcome], language: Language) -> dict[str, object]:
    return {
        "scope": str(scope.scope),
        "fingerprint": scope.fingerprint,
        "unsafe": scope.unsafe.language(language) if scope.unsafe else None,
        "kept": scope.kept,
        "changes": [_change(change, outcomes.get(change), language) for change in (*scope.changes, *scope.held)],
    }


def _change(change: Change, outcome: Outcome | None, language: Language) -> dict[str, object]:
    shown: dict[str, object] = {
        "action": change.action.value,
        "kind": change.kind.value,
        "key": change.key,
        "title": change.title,
        "reason": change.reason.language(language),
        "outcome": outcome.result.value if outcome else None,
    }
    if outcome and outcome.commands:
        shown["commands"] = list(outcome.commands)
    return shown


def _source(source: SourceSummary) -> dict[str, object]:
    return {
        "connector": source.connector,
        "state": source.state,
        "items": source.items,
        "quarantined": source.quarantined,
        "requests": source.requests,
    }


def _summary(run: Run) -> dict[str, int]:
    actions = Counter(change.action for change in run.plan.changes)
    summary = {action.value: actions[action] for action in ACTIONS_COUNTED}
    summary["kept"] = sum(scope.kept for scope in run.plan.scopes)
    return summary | (run.report.counts if run.report else {result.value: 0 for result in Result})
