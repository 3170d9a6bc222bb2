"""Rights on single sub-folders, as rules of the Team folder ("advanced permissions").

Every team has a rule in every place that has any, also the one that it has no right in: of two rules that meet one
person the more generous one holds, and a team without a rule would be bound by its neighbour's. The folder's own grants
are only the ceiling then. Whatever opens comes after whatever closes, and is held back together with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from network.plan import Action, Kind, Scope, ScopeKind
from network.ports import FolderSeen, Principal, Record, Rule, RuledSeen
from network.text import Text
from workspace_sync import words
from workspace_sync.marks import SERVICE_TEAM, team_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.naming import renaming
from workspace_sync.remembered import FOLDER, SUB_FOLDER
from workspace_sync.ruled import Ruled, above, parent
from workspace_sync.situation import Situation
from workspace_sync.steps import MakeSubFolder, MoveSubFolder, SetRules, SwitchRulesOn
from workspace_sync.wish import EVERYTHING, READ, OnRename


@dataclass(frozen=True, slots=True)
class Node:
    """A sub-folder with the permission bits that each team has there, by team key."""

    key: str
    path: str
    teams: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesWish:
    """`root` are the bits at the folder itself, `everybody` all teams that have any right anywhere in it."""

    root: Mapping[str, int]
    nodes: tuple[Node, ...]
    everybody: frozenset[str]
    on_rename: OnRename = "keep"


@dataclass(frozen=True, slots=True)
class _Change:
    """`node` has no key where the wish has no such place."""

    node: Node
    path: str
    rights: tuple[tuple[str, int], ...]
    lost: tuple[str, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class Rules:
    """What has to be done about rules, before it is known what the grants lose."""

    folders: tuple[MakeSubFolder | MoveSubFolder, ...] = ()
    changes: tuple[_Change, ...] = ()
    switches: bool = False

    @property
    def loses(self) -> bool:
        return any(change.lost for change in self.changes)


def decide_rules(draft: Draft, wish: RulesWish, seen: FolderSeen | None, situation: Situation) -> Rules:
    """Compares; writes nothing into the plan but what is only noted."""
    there = Ruled.of(seen, situation.actual.rules.get(seen.id, ()) if seen is not None else ())
    wish = replace(wish, nodes=(*wish.nodes, *_orphans(draft, wish, there, situation)))
    placed = tuple(_placed(draft, wish, there, situation)) if wish.nodes else ()
    changes = [_compared(draft, each, wish, there, situation) for each in placed]
    surplus = tuple(_surplus(draft, placed, there, situation))
    _report_unreachable(draft, wish, situation)
    return Rules(
        tuple(each.step for each in placed if each.step is not None),
        # a place without rules of its own follows the one above it: that one has to be right by then
        (*(change for change in changes if change is not None), *surplus),
        switches=bool(wish.nodes) and not there.is_on,
    )


def add_switch(draft: Draft, rules: Rules) -> None:
    if rules.switches:
        key = f"{FOLDER} rules"
        draft.change(
            Action.UPDATE, Kind.FOLDER, key, words.RULES.de, words.RULES_NEEDED, SwitchRulesOn(), foundation=True
        )


def add_rules(draft: Draft, rules: Rules, *, loses: bool) -> None:
    """Sub-folders, then the rules on them. With `loses` the guard holds back all of them together."""
    for each in rules.folders:
        is_new = isinstance(each, MakeSubFolder)
        path = each.path if isinstance(each, MakeSubFolder) else each.to
        action, reason = (Action.CREATE, words.WANTED) if is_new else (Action.UPDATE, words.WISH_MOVED)
        draft.change(action, Kind.FOLDER, f"{FOLDER} / {path}", path, reason, each, foundation=True)
    for change in rules.changes:
        step = SetRules(change.node.key, change.node.path, change.path, change.rights)
        draft.change(
            Action.REVOKE if change.lost else Action.GRANT,
            Kind.SHARE,
            f"{FOLDER} / {change.path}",
            change.path or words.WHOLE_FOLDER.de,
            change.reason,
            step,
            loses=loses,
            foundation=True,
            lost=change.lost if loses else None,
        )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A wished sub-folder: the path that it will have, the one that it has, and what brings it from here to there."""

    node: Node
    path: str
    there: str
    step: MakeSubFolder | MoveSubFolder | None = None


def _placed(draft: Draft, wish: RulesWish, there: Ruled, situation: Situation) -> Iterator[_Placed]:
    """The folder itself, then the sub-folders. One that was moved or renamed by hand is known by its number."""
    yield _Placed(Node("", "", wish.root), "", "")
    for node in sorted(wish.nodes, key=lambda each: each.path):
        record = situation.remembered.record(draft.scope, SUB_FOLDER, node.key)
        known = there.by_id(record.remote) if record is not None else None
        if node.path in there.rows:
            yield _Placed(node, node.path, node.path)
        elif record is None or known is None:
            yield _Placed(node, node.path, node.path, MakeSubFolder(node.path))
        else:
            rename = renaming(draft, record.content, known.path, node.path, wish.on_rename)
            step = MoveSubFolder(known.path, node.path, rename.lost) if rename is not None else None
            yield _Placed(node, node.path if step is not None else known.path, known.path, step)


def _orphans(draft: Draft, wish: RulesWish, there: Ruled, situation: Situation) -> Iterator[Node]:
    """Folders of administrations that have one no longer, while others still do: nobody gets more there than before.

    A line that is gone altogether is something else: then the folder above says what holds.
    """
    wanted = {node.key for node in wish.nodes}
    patterns = {_pattern(key) for key in wanted}
    for key, record in situation.remembered.records(draft.scope, SUB_FOLDER).items():
        row = there.by_id(record.remote)
        if row is None or key in wanted or _pattern(key) == key or _pattern(key) not in patterns:
            continue
        ids = ((team, situation.team_id(team)) for team in wish.everybody)
        had = {team: there.bits(Principal("team", id), row.path) for team, id in ids if id is not None}
        yield Node(key, row.path, {team: bits & wish.root.get(team, 0) for team, bits in had.items()})


def _pattern(key: str) -> str:
    """What the keys of one line have in common: "Verwaltungen/{}"."""
    return re.sub(r"\{[^}]*\}", "{}", key)


def _compared(draft: Draft, place: _Placed, wish: RulesWish, there: Ruled, situation: Situation) -> _Change | None:
    """None when exactly these rules stand there already."""
    rights = {SERVICE_TEAM: EVERYTHING} | {team: place.node.teams.get(team, 0) for team in wish.everybody}
    ids = {team: situation.team_id(team) for team in rights}
    wanted = {Rule(Principal("team", id), rights[team]) for team, id in ids.items() if id is not None}
    row = there.rows.get(place.there)
    if row is not None and place.step is None and set(row.rules) == wanted and None not in ids.values():
        _remember(draft, place.node, row, situation)
        return None
    who = {team: Principal("team", id) for team, id in ids.items() if id is not None and row is not None}
    lost = (team for team, each in who.items() if there.bits(each, place.there) & ~rights[team])
    return _Change(
        place.node,
        place.path,
        tuple(sorted(rights.items())),
        tuple(f"{FOLDER} / {place.path} > team:{team}" for team in sorted(lost)),
        words.rights_in(place.node.teams),
    )


def _remember(draft: Draft, node: Node, row: RuledSeen, situation: Situation) -> None:
    """Recognised after loss of the state, or moved back by hand."""
    known = situation.remembered.record(draft.scope, SUB_FOLDER, node.key)
    if node.key and (known is None or (known.remote, known.content) != (row.id, node.path)):
        draft.remember(Record(str(draft.scope), SUB_FOLDER, node.key, remote=row.id, content=node.path))


def _surplus(draft: Draft, placed: Sequence[_Placed], there: Ruled, situation: Situation) -> Iterator[_Change]:
    """Rules in places where the wish wants none: ours that it no longer wants, and those that somebody set by hand."""
    kept = {each.node.key for each in placed}
    records = situation.remembered.records(draft.scope, SUB_FOLDER)
    gone = {record.remote: record for key, record in records.items() if key not in kept}
    service = Principal("team", situation.team_id(SERVICE_TEAM) or "")
    for path, row in sorted(there.rows.items()):
        if not row.rules or path in {each.there for each in placed}:
            continue
        record = gone.pop(row.id, None)
        is_ours = any(rule.who == service for rule in row.rules)
        if is_ours and record is None and path:
            draft.kept += 1
            draft.report(words.rules_left(draft.place, path))
            continue
        who = sorted({rule.who for rule in row.rules} - {service})
        lost = (each for each in who if there.bits(each, path) & ~there.bits(each, parent(path)))
        yield _Change(
            Node(record.key if record is not None else "", path),
            path,
            (),
            tuple(f"{FOLDER} / {path} > {each.kind}:{each.id}" for each in lost) if path else (),
            words.NOT_GRANTED if is_ours else words.NOBODY_GRANTS,
        )
    for record in gone.values():
        draft.forget(record)


def _report_unreachable(draft: Draft, wish: RulesWish, situation: Situation) -> None:
    """Who may read in a sub-folder and not in the folder above it never gets there."""
    by_path = {"": wish.root, **{node.path: node.teams for node in wish.nodes}}
    staff = {team_of(Scope(ScopeKind.ADMINISTRATION, key)) for key in situation.groups}
    for node in wish.nodes:
        upper = next(by_path[path] for path in reversed(above(parent(node.path))) if path in by_path)
        if all(upper.get(team, 0) & READ for team in staff):
            continue  # everybody reads there as somebody's staff
        shut_out = [team for team, bits in node.teams.items() if bits & READ and not upper.get(team, 0) & READ]
        if shut_out:
            draft.report(words.unreachable(draft.place, node.path, sorted(shut_out)))
