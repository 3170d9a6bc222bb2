"""One file that we keep right in a place where people work, like the notes beside a coordinator's table.

What a person changed in it stays; what was there before us is never overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from network.plan import Action, Kind, Scope, ScopePlan
from network.ports import Files, Intent, Memory, Record
from workspace_sync import words
from workspace_sync.planners.draft import Draft
from workspace_sync.remembered import DOCUMENT
from workspace_sync.steps import DeleteDocument, WriteDocument

_LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DocumentWish:
    """`path` as the Files port wants it. The file is written when `digest` changes, which need not stand for the bytes.

    `data` None: the file shall not be there. `mark_of` finds in bytes of ours the digest that they were written for,
    and in all others nothing: so they are recognised when our memory was lost.
    """

    path: str
    data: bytes | None
    digest: str
    content_type: str = "text/plain; charset=utf-8"
    mark_of: Callable[[bytes], str] = lambda content: ""


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """`content` is the digest of the bytes, empty where the ETag alone says that nothing moved, `mark` theirs."""

    etag: str
    content: str = ""
    mark: str = ""


def look_at_document(files: Files, wish: DocumentWish, record: Record | None) -> DocumentSeen | None:
    """One request while nothing moved, two when something did."""
    seen = files.stat(wish.path)
    if seen is None:
        return None
    if record is not None and seen.etag == record.etag:
        return DocumentSeen(seen.etag)
    content = files.read(wish.path, max_bytes=_LARGEST)
    return DocumentSeen(seen.etag, content_digest(content), wish.mark_of(content))


def plan_document(
    scope: Scope, wish: DocumentWish, seen: DocumentSeen | None, record: Record | None, intent: Intent | None
) -> ScopePlan:
    draft = Draft(scope)
    if record is None and seen is not None and seen.mark:
        record = Record(str(scope), DOCUMENT, wish.path, etag=seen.etag, content=seen.content, digest=seen.mark)
        draft.remember(record)
    if seen is None:
        _absent(draft, wish, record)
    elif not _is_known(seen, record, intent):
        problem = words.document_foreign if record is None else words.document_edited
        if wish.data is not None or record is not None:
            draft.kept += record is not None
            draft.report(problem(draft.place, wish.path))
    elif wish.data is None:
        step = DeleteDocument(wish.path)
        draft.change(Action.REMOVE, Kind.DOCUMENT, wish.path, wish.path, words.NOT_GRANTED, step)
    elif record is None or record.digest != wish.digest:
        draft.change(
            Action.UPDATE,
            Kind.DOCUMENT,
            wish.path,
            wish.path,
            words.WISH_MOVED,
            WriteDocument(wish.path, wish.data, wish.digest, wish.content_type, seen.etag),
        )
    return draft.plan()


def plan_document_now(scope: Scope, wish: DocumentWish, files: Files, memory: Memory) -> ScopePlan:
    """Looks and plans. Raises what the files raise."""
    record = memory.record(str(scope), DOCUMENT, wish.path)
    intents = (each for each in memory.intents(str(scope)) if (each.kind, each.key) == (DOCUMENT, wish.path))
    return plan_document(scope, wish, look_at_document(files, wish, record), record, next(intents, None))


def content_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _absent(draft: Draft, wish: DocumentWish, record: Record | None) -> None:
    if wish.data is not None:
        reason = words.WAS_REMOVED if record is not None else words.WANTED
        step = WriteDocument(wish.path, wish.data, wish.digest, wish.content_type, "")
        draft.change(Action.CREATE, Kind.DOCUMENT, wish.path, wish.path, reason, step)
    elif record is not None:
        draft.forget(record)


def _is_known(seen: DocumentSeen, record: Record | None, intent: Intent | None) -> bool:
    """Whether what is there was written by us: same ETag, or the very bytes of our last or interrupted write."""
    if record is not None and seen.etag == record.etag:
        return True
    ours = {record.content if record is not None else "", intent.name if intent is not None else ""}
    return bool(seen.content) and seen.content in ours
