"""Sub-folders and the rules on them. An app password is enough, once we manage the folder."""

from __future__ import annotations

from network.errors import AgainLater, NotThere
from network.ports import Principal, Record, Rule
from network.text import Text
from workspace_sync.executors.desk import Desk
from workspace_sync.executors.folders import mount
from workspace_sync.remembered import SUB_FOLDER
from workspace_sync.ruled import above
from workspace_sync.steps import MakeSubFolder, MoveSubFolder, SetRules, SwitchRulesOn


def switch_on(desk: Desk, step: SwitchRulesOn) -> None:
    desk.server.folders.switch_rules_on(desk.folder)


def make(desk: Desk, step: MakeSubFolder) -> None:
    root = mount(desk)
    for path in above(step.path)[1:]:
        desk.server.files.make_folder(f"{root}/{path}")


def move(desk: Desk, step: MoveSubFolder) -> None:
    """Into folders that are made where they are missing. Somebody who was faster has done it already."""
    root = mount(desk)
    desk.lost(SUB_FOLDER, "path", step.lost)
    for path in above(step.to)[1:-1]:
        desk.server.files.make_folder(f"{root}/{path}")
    try:
        desk.server.files.move(f"{root}/{step.path}", f"{root}/{step.to}")
    except NotThere:
        if desk.server.files.stat(f"{root}/{step.to}") is None:
            raise


def set_rules(desk: Desk, step: SetRules) -> None:
    """Read back at once: the server says nothing about a team that it doesn't know."""
    path = f"{mount(desk)}/{step.path}".rstrip("/")
    rules = [Rule(Principal("team", desk.team(key)), bits) for key, bits in step.rights]
    desk.server.folder_rules.set_rules(path, rules)
    row = desk.server.folder_rules.rules(path)[0]
    if set(row.rules) != set(rules):
        message = Text("Nextcloud hat die Rechte nicht ganz übernommen", "Nextcloud didn't take the rights as a whole")
        raise AgainLater(message, where=path, code="rules_not_taken")
    if step.key and rules:
        desk.ledger.remember(Record(str(desk.scope), SUB_FOLDER, step.key, remote=row.id, content=step.wanted))
    elif step.key:
        desk.ledger.forget(str(desk.scope), SUB_FOLDER, step.key)
