"""Team folders: making, rights, quota and the template inside. Making and rights need a delegated right."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from network.errors import AgainLater, AlreadyThere, NotThere, PreconditionFailed, Refused
from network.ports import FileSeen, Intent, Principal, Record
from network.text import Text
from workspace_sync import words
from workspace_sync.executors.desk import Desk
from workspace_sync.remembered import FILLED, FOLDER, SUB_FOLDER, TEMPLATE, UNCLEAR, Written, folder_record
from workspace_sync.steps import (
    CreateFolder,
    DeleteFolder,
    DetachSpace,
    FillFolder,
    GrantFolder,
    ReleaseFolder,
    RenameFolder,
    RevokeFolder,
    SetFolderManager,
    SetQuota,
    TakeFolder,
    TakeSpace,
)
from workspace_sync.template import TemplateEntry

FULL = "quota_full"


def create(desk: Desk, step: CreateFolder) -> None:
    """Made and marked in one breath, so that a folder without our mark exists only after a kill right in between.

    The intent stays open while the right is missing: the next run takes the folder that the data centre made.
    """
    intent = desk.intend(FOLDER, FOLDER, step.name)
    folder = desk.server.folders.create_folder(step.name)
    desk.server.folders.set_manager(folder, desk.ourselves, manages=True)
    desk.ledger.remember(folder_record(desk.scope, folder, Written(step.name)))
    desk.ledger.settle(intent)
    if step.quota is not None:
        set_quota(desk, SetQuota(step.quota))


def take(desk: Desk, step: TakeFolder) -> None:
    desk.ledger.remember(folder_record(desk.scope, step.id, Written(step.name)))
    desk.ledger.settle(Intent(str(desk.scope), FOLDER, FOLDER, step.name))
    desk.ledger.forget(str(desk.scope), UNCLEAR, FOLDER)


def take_space(desk: Desk, step: TakeSpace) -> None:
    """AgainLater where the server was told to make no folders with teams: the next run makes an ordinary one."""
    folder = desk.server.teams.own_folder(desk.team(step.team))
    if folder is None:
        raise AgainLater(
            Text("mit dem Team kam kein Ordner; der nächste Lauf legt ihn an", "no folder came with the team"),
            code="waits_for_foundation",
        )
    desk.ledger.remember(folder_record(desk.scope, folder, Written(step.name)))
    if step.quota is not None:
        set_quota(desk, SetQuota(step.quota))


def detach_space(desk: Desk, step: DetachSpace) -> None:
    desk.server.teams.detach_folder(step.team)


def rename(desk: Desk, step: RenameFolder) -> None:
    desk.lost(FOLDER, "name", step.lost)
    desk.server.folders.rename_folder(desk.folder, step.name)
    desk.rewrite(FOLDER, FOLDER, Written(step.name))


def set_quota(desk: Desk, step: SetQuota) -> None:
    desk.lost(FOLDER, "quota", step.lost)
    desk.server.folders.set_quota(desk.folder, step.quota)
    desk.rewrite(FOLDER, FOLDER, Written(quota=step.quota))


def grant(desk: Desk, step: GrantFolder) -> None:
    desk.server.folders.grant(desk.folder, Principal("team", desk.team(step.team)), step.permissions)


def revoke(desk: Desk, step: RevokeFolder) -> None:
    with suppress(NotThere):  # somebody was faster
        desk.server.folders.revoke(desk.folder, step.who)


def set_manager(desk: Desk, step: SetFolderManager) -> None:
    desk.server.folders.set_manager(desk.folder, step.who, manages=step.manages)


def release(desk: Desk, step: ReleaseFolder) -> None:
    desk.server.folders.set_manager(step.id, desk.ourselves, manages=False)
    forget(desk)


def fill(desk: Desk, step: FillFolder) -> None:
    """Puts in what was never there. A file that somebody has there already is left alone.

    When the last entry is there and we remember none, the state was lost: what is missing was deleted by somebody.
    """
    root = mount(desk)
    known = desk.ledger.records(str(desk.scope), TEMPLATE)
    was_complete = bool(step.entries) and not known and desk.server.files.stat(f"{root}/{step.entries[-1].path}")
    refused: dict[str, Refused] = {}
    for entry in step.entries:
        try:
            etag = "" if was_complete else put(desk, root, entry)
        except Refused as error:
            if error.code == FULL:
                raise
            refused[entry.path] = error
        else:
            desk.ledger.remember(Record(str(desk.scope), TEMPLATE, entry.path, etag=etag))
    if refused:
        raise _not_taken(step.template, refused)
    if step.is_whole:
        desk.ledger.remember(Record(str(desk.scope), FILLED, step.template))


def _not_taken(template: str, refused: Mapping[str, Refused]) -> Refused:
    paths, first = ", ".join(refused), next(iter(refused.values()))
    return Refused(
        Text(
            f"Vorlage {template}: Nextcloud nimmt nicht an: {paths} ({first.message.de})",
            f"template {template}: Nextcloud doesn't take: {paths} ({first.message.en})",
        ),
        where=template,
        remedy=Text("Benennen Sie um, was dort so heißt; der Rest liegt schon da.", "Rename it; the rest is there."),
        code="left_out",
    )


def delete(desk: Desk, step: DeleteFolder) -> None:
    """Refused when anything is in the folder that isn't an unchanged file of its template."""
    root = mount(desk)
    files = list(walk(desk, root))
    own = {f"{root}/{record.key}": record.etag for record in desk.ledger.records(str(desk.scope), TEMPLATE)}
    if any(not (seen.is_folder or (own.get(seen.path) and own[seen.path] == seen.etag)) for seen in files):
        raise Refused(words.HAS_CONTENT, where=step.name, code="stays")
    if step.team:
        desk.server.teams.detach_folder(step.team)
    desk.server.folders.delete_folder(desk.folder)
    forget(desk)


def forget(desk: Desk) -> None:
    for kind in (TEMPLATE, FILLED, SUB_FOLDER, FOLDER):
        for record in desk.ledger.records(str(desk.scope), kind):
            desk.ledger.forget(record.scope, kind, record.key)


def mount(desk: Desk) -> str:
    """Where the service account sees the folder of the scope. AgainLater when it doesn't."""
    seen = next((each for each in desk.server.folders.folders() if each.id == desk.folder), None)
    path = f"/{seen.name}" if seen is not None else ""
    if not path or desk.server.files.stat(path) is None:
        raise AgainLater(
            Text("Das Dienstkonto sieht den Ordner noch nicht", "the service account doesn't see the folder yet"),
            code="folder_not_visible",
        )
    return path


def walk(desk: Desk, path: str) -> list[FileSeen]:
    """Everything below a path."""
    found: list[FileSeen] = []
    for seen in desk.server.files.list(path):
        found.append(seen)
        if seen.is_folder:
            found += walk(desk, seen.path)
    return found


def put(desk: Desk, root: str, entry: TemplateEntry) -> str:
    """The ETag of the file that is there now, if it is ours; empty for a folder and for what a person put there."""
    path = f"{root}/{entry.path}"
    if entry.data is None:
        desk.server.files.make_folder(path)
        return ""
    try:
        return desk.server.files.write(path, entry.data, content_type=content_type(path))
    except (AlreadyThere, PreconditionFailed):
        seen = desk.server.files.stat(path)
        is_ours = seen is not None and desk.server.files.read(path, max_bytes=len(entry.data) + 1) == entry.data
        return seen.etag if seen is not None and is_ours else ""


def content_type(path: str) -> str:
    """Of a file, by the end of its name."""
    types = {
        ".md": "text/markdown",
        ".txt": "text/plain",
        ".csv": "text/csv",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".odt": "application/vnd.oasis.opendocument.text",
    }
    return next((kind for ending, kind in types.items() if path.endswith(ending)), "application/octet-stream")
