"""The file "… – Hinweise" beside a coordinator's table: which row is unclear, what was read, what to write instead.

The coordinator never needs to see a command line. Only tables that lie in Nextcloud and say `notes: true` have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connectors.tables.notes import notes_digest, notes_mark, notes_of, notes_path, notes_workbook
from network.errors import DigitalnetzwerkError
from network.model import Question, SourceState
from network.plan import Scope, ScopeKind, ScopePlan
from network.ports import Files, Memory, Record
from network.problems import Problem
from network.settings import CloudFile, Settings, TrainingTable
from plugin.gathering import Gathered
from workspace_sync.documents import DocumentWish, plan_document_now
from workspace_sync.remembered import DOCUMENT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAYS_NOTHING = frozenset({SourceState.FAILED, SourceState.KEPT, SourceState.SETTLING})


def plan_notes(
    settings: Settings,
    files: Files,
    memory: Memory,
    gathered: Gathered,
    questions: Mapping[str, tuple[Question, ...]],
    now: datetime,
    *,
    verify: bool,
) -> tuple[tuple[ScopePlan, ...], tuple[Problem, ...]]:
    """One plan for each table that has a notes file; what can't be looked at costs that file alone.

    Without `verify` a file whose lines are those that we last wrote is not looked at.
    """
    plans: list[ScopePlan] = []
    problems: list[Problem] = []
    for key, connector in settings.connectors.items():
        if not isinstance(connector, TrainingTable) or not connector.notes:
            continue
        if not isinstance(connector.location, CloudFile) or gathered.trainings[key].state in SAYS_NOTHING:
            continue
        language, zone = settings.network.language, settings.network.timezone
        delivery = gathered.trainings[key]
        found = notes_of(questions.get(key, ()), delivery.problems, language)
        scope, path = Scope(ScopeKind.CONNECTOR, key), notes_path(connector.location.path, language)
        if not verify and _is_written(memory.record(str(scope), DOCUMENT, path), notes_digest(found)):
            continue
        wish = DocumentWish(
            path=path,
            data=notes_workbook(
                found, table=connector.location.path.rsplit("/", 1)[-1], read_at=now, zone=zone, language=language
            ),
            digest=notes_digest(found),
            content_type=XLSX,
            mark_of=notes_mark,
        )
        try:
            plans.append(plan_document_now(scope, wish, files, memory))
        except DigitalnetzwerkError as error:
            problems.append(error.problem(f"connector:{key}"))
    return tuple(plans), tuple(problems)


def _is_written(record: Record | None, digest: str) -> bool:
    return record is not None and record.digest == digest
