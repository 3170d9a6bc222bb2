"""How large the folders of exchange groups and projects are, and when something in them was changed last.

Only sums and one day for each folder: who changed what is collected nowhere (promise 12). Sizes and quotas come with
the list of Team folders that a verifying run reads anyway. The time is that of the folder itself, which Nextcloud
renews with every change below it, ours included: one request shows it for all folders. `status` tells it later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from network.ports import FileSeen
from network.state import StateStore
from network.state.sources import StoredSourceMemory
from plugin.findings import FolderState
from workspace_sync.remembered import FOLDER
from workspace_sync.situation import Situation

NOTE = "folder_sizes"


def measure(situation: Situation, home: Iterable[FileSeen]) -> tuple[FolderState, ...]:
    """One for each folder of ours that was seen. `home` is what lies in the service account's files."""
    changed = {each.path.strip("/"): each.modified for each in home if each.is_folder}
    found: list[FolderState] = []
    for record in situation.remembered.everywhere(FOLDER):
        seen = situation.actual.folder(record.remote)
        if seen is not None:
            quota = seen.quota if seen.quota >= 0 else None
            found.append(FolderState(record.scope, seen.name, seen.size, quota, changed.get(seen.name), situation.now))
    return tuple(sorted(found, key=lambda each: each.scope))


def keep(sizes: Iterable[FolderState], state: StateStore) -> None:
    rows = [
        [each.scope, each.name, each.size, each.quota, _written(each.changed_at), _written(each.seen_at)]
        for each in sizes
    ]
    StoredSourceMemory(state.engine, "").keep_note(NOTE, json.dumps(rows, ensure_ascii=False))


def kept(state: StateStore) -> tuple[FolderState, ...]:
    """What the last verifying run saw."""
    rows = json.loads(StoredSourceMemory(state.engine, "").note(NOTE) or "[]")
    return tuple(
        FolderState(scope, name, size, quota, _moment(changed), datetime.fromisoformat(seen))
        for scope, name, size, quota, changed, seen in rows
    )


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
