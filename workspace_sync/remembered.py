"""What we last wrote, as a snapshot that planners can read without a database, and the shape of our records.

| kind         | key                    | remote       | content                        |
|--------------|------------------------|--------------|--------------------------------|
| group        | group id               | group id     | name; whether we made it       |
| group_member | account                |              |                                |
| account      | account that we made   |              | whether we disabled it         |
| team         | team key               | team id      | name, description              |
| team_member  | team key > kind:id     |              |                                |
| folder       | folder                 | folder id    | name, quota                    |
| room         | room                   | token        | name, description              |
| attendee     | kind:id                |              |                                |
| brought      | room                   |              | accounts that groups brought   |
| template     | path in the folder     |              | ETag of a file of ours         |
| filled       | name of the template   |              |                                |
| sub_folder   | its key in the wish    | file number  | path, as we last wrote it      |
| minutes      | key of the meeting     | file id      | path, content type             |
| unknown      | kind:id                |              | when the server said so        |
| taken        | team key               |              | the name that somebody has     |
| left         | left                   |              | since when the scope is gone   |
| unclear      | folder                 |              | one of ours may be its own     |
| workspace    | workspace              |              | digest of the fulfilled wish   |
| document     | path                   |              | ETag and digest of what we put |
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from network.plan import Scope, ScopeKind
from network.ports import Intent, Memory, Record
from workspace_sync.marks import scope_of
from workspace_sync.steps import Who, written

GROUP, GROUP_MEMBER = "group", "group_member"
ACCOUNT, DISABLED = "account", "disabled"
TEAM, TEAM_MEMBER = "team", "team_member"
FOLDER, ROOM, ATTENDEE, BROUGHT = "folder", "room", "attendee", "brought"
TEMPLATE, FILLED, MINUTES, SUB_FOLDER = "template", "filled", "minutes", "sub_folder"
TAKEN, UNKNOWN, LEFT, UNCLEAR = "taken", "unknown", "left", "unclear"
WORKSPACE, DOCUMENT = "workspace", "document"
KINDS = (
    GROUP, GROUP_MEMBER, ACCOUNT, TEAM, TEAM_MEMBER, FOLDER, SUB_FOLDER, ROOM, ATTENDEE, BROUGHT, TEMPLATE, FILLED,
    MINUTES, TAKEN, UNKNOWN, LEFT, UNCLEAR, WORKSPACE,
)  # fmt: skip
_OURS = (ScopeKind.ADMINISTRATION, ScopeKind.EXCHANGE_GROUP, ScopeKind.PROJECT)


@dataclass(frozen=True, slots=True)
class Written:
    """The properties of an object as we last wrote them. None: we never wrote it."""

    name: str | None = None
    description: str | None = None
    quota: int | None = None
    is_made_by_us: bool = False

    def text(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)


def content(record: Record | None) -> Written:
    """What a record says that we wrote; nothing for no record."""
    if record is None or not record.content:
        return Written()
    values = json.loads(record.content)
    return Written(
        values.get("name"), values.get("description"), values.get("quota"), bool(values.get("is_made_by_us"))
    )


def group_record(scope: Scope, group: str, name: str, *, is_made_by_us: bool) -> Record:
    return Record(str(scope), GROUP, group, remote=group, content=Written(name, is_made_by_us=is_made_by_us).text())


def account_record(scope: Scope, account: str, content: str = "") -> Record:
    return Record(str(scope), ACCOUNT, account, remote=account, content=content)


def team_record(team_key: str, id: str, name: str | None, description: str | None = None) -> Record:
    return Record(scope_of(team_key), TEAM, team_key, remote=id, content=Written(name, description).text())


def member_key(team_key: str, who: Who) -> str:
    return f"{team_key} > {written(who)}"


def member_record(team_key: str, who: Who) -> Record:
    return Record(scope_of(team_key), TEAM_MEMBER, member_key(team_key, who))


def folder_record(scope: Scope, id: int, wrote: Written) -> Record:
    return Record(str(scope), FOLDER, FOLDER, remote=str(id), content=wrote.text())


def room_record(scope: Scope, token: str, name: str | None, description: str | None = None) -> Record:
    return Record(str(scope), ROOM, ROOM, remote=token, content=Written(name, description).text())


def attendee_record(scope: Scope, who: Who) -> Record:
    return Record(str(scope), ATTENDEE, written(who))


@dataclass(frozen=True, slots=True)
class Remembered:
    """All records and open intents of groups, teams, folders and rooms at one moment."""

    by_kind: Mapping[tuple[str, str], Mapping[str, Record]] = field(default_factory=dict)
    intents: tuple[Intent, ...] = ()

    @classmethod
    def of(cls, memory: Memory) -> Remembered:
        by_kind: dict[tuple[str, str], dict[str, Record]] = {}
        for kind in KINDS:
            for record in memory.records(kind=kind):
                by_kind.setdefault((record.scope, kind), {})[record.key] = record
        return cls(by_kind, tuple(intent for intent in memory.intents() if intent.kind in KINDS))

    def records(self, scope: Scope | str, kind: str) -> Mapping[str, Record]:
        """Key → record."""
        return self.by_kind.get((str(scope), kind), {})

    def record(self, scope: Scope | str, kind: str, key: str) -> Record | None:
        return self.records(scope, kind).get(key)

    def team(self, team_key: str) -> Record | None:
        return self.record(scope_of(team_key), TEAM, team_key)

    def folder(self, scope: Scope) -> Record | None:
        return self.record(scope, FOLDER, FOLDER)

    def room(self, scope: Scope) -> Record | None:
        return self.record(scope, ROOM, ROOM)

    def intent(self, scope: Scope | str, kind: str, key: str) -> Intent | None:
        same = (each for each in self.intents if (each.scope, each.kind, each.key) == (str(scope), kind, key))
        return next(same, None)

    def everywhere(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind in all scopes."""
        return tuple(each for (_, of), records in self.by_kind.items() if of == kind for each in records.values())

    @property
    def scopes(self) -> frozenset[Scope]:
        """Every scope of ours that we remember something of."""
        known = {scope for scope, _ in self.by_kind} | {intent.scope for intent in self.intents}
        ours = tuple(f"{kind}:" for kind in _OURS)
        return frozenset(Scope.parse(scope) for scope in known if scope.startswith(ours))
