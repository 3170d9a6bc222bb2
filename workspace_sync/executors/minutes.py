"""Makes the minutes of a meeting, and remembers the number by which Nextcloud knows the file for life."""

from __future__ import annotations

import json

from network.errors import AgainLater, NotThere
from network.ports import Record
from network.text import Text
from workspace_sync.executors.desk import Desk
from workspace_sync.executors.folders import content_type, mount, put
from workspace_sync.minutes import FOLDER, file_name, filled, template_in
from workspace_sync.remembered import MINUTES, TEMPLATE
from workspace_sync.steps import WriteMinutes
from workspace_sync.template import TemplateEntry

_LARGEST = 10 * 1024 * 1024


def write(desk: Desk, step: WriteMinutes) -> None:
    """A file that is there already under this name is taken for the minutes: ours before a kill, or somebody's."""
    root = mount(desk)
    desk.server.files.make_folder(f"{root}/{FOLDER}")
    template = _template(desk, root, step)
    below = f"{FOLDER}/{file_name(step.day, template.path)}"
    etag = put(desk, root, TemplateEntry(below, filled(template.path, template.data or b"", dict(step.words))))
    seen = desk.server.files.stat(f"{root}/{below}")
    if seen is None or not seen.id:
        raise AgainLater(Text("Das Protokoll ist noch nicht zu sehen", "the minutes can't be seen yet"), where=below)
    said = {"path": seen.path, "content_type": content_type(below)}
    scope = str(desk.scope)
    desk.ledger.remember_all(
        (
            Record(scope, TEMPLATE, below, etag=etag),  # unchanged it goes with the folder, as the template does
            Record(scope, MINUTES, step.key, remote=seen.id, content=json.dumps(said, ensure_ascii=False)),
        )
    )


def _template(desk: Desk, root: str, step: WriteMinutes) -> TemplateEntry:
    """The template in the folder, else that of the package; NotThere when there is none at all."""
    seen = template_in(desk.server.files.list(f"{root}/{FOLDER}"))
    if seen is not None:
        return TemplateEntry(seen.path, desk.server.files.read(seen.path, max_bytes=_LARGEST))
    if step.template is None:
        raise NotThere(
            Text("es gibt keine Vorlage für das Protokoll", "there is no template for the minutes"),
            where=f"{root}/{FOLDER}",
        )
    return step.template
