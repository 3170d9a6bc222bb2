"""Single files that we keep right: written only over what we wrote ourselves, by ETag."""

from __future__ import annotations

from contextlib import suppress

from network.errors import NotThere
from network.ports import Record
from workspace_sync.documents import content_digest
from workspace_sync.executors.desk import Desk
from workspace_sync.remembered import DOCUMENT
from workspace_sync.steps import DeleteDocument, WriteDocument


def write(desk: Desk, step: WriteDocument) -> None:
    """PreconditionFailed when somebody was faster. The intent tells a later run that these bytes are ours."""
    content = content_digest(step.data)
    intent = desk.intend(DOCUMENT, step.path, content)
    etag = desk.server.files.write(step.path, step.data, content_type=step.content_type, if_match=step.if_match)
    scope = str(desk.scope)
    desk.ledger.remember(Record(scope, DOCUMENT, step.path, etag=etag, content=content, digest=step.digest))
    desk.ledger.settle(intent)


def delete(desk: Desk, step: DeleteDocument) -> None:
    with suppress(NotThere):
        desk.server.files.delete(step.path)
    desk.ledger.forget(str(desk.scope), DOCUMENT, step.path)
