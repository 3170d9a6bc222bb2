"""A Team folder of ours: that it exists and is called right, its quota, and exactly the rights that the wish grants."""

from __future__ import annotations

from network.plan import Action, Kind
from network.ports import FolderSeen, Principal
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import FolderFound, State, find_folder
from workspace_sync.marks import SERVICE_TEAM
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.grants import Rights, compare_grants, grant, is_unusable, plan_rights, revoke
from workspace_sync.planners.naming import renaming
from workspace_sync.planners.strays import is_unclear
from workspace_sync.planners.sub_folders import RulesWish, add_rules, add_switch, decide_rules
from workspace_sync.planners.team_space import comes_with_its_team, plan_coming_space, plan_space
from workspace_sync.planners.teams import title
from workspace_sync.remembered import FILLED, FOLDER, MINUTES, TEMPLATE, Written, content, folder_record
from workspace_sync.situation import Situation
from workspace_sync.steps import (
    CreateFolder,
    FillFolder,
    RenameFolder,
    SetFolderManager,
    SetQuota,
    TakeFolder,
)
from workspace_sync.three_way import Verdict, compare
from workspace_sync.wish import FolderWish


def plan_folder(draft: Draft, wish: FolderWish, rights: Rights, situation: Situation) -> None:
    """Adds what the folder lacks: what nothing grants goes first. Without rights on sub-folders the template comes
    last, because it needs the service team's; with them everybody else waits until the rules stand."""
    if situation.actual.folders is None:
        if "folders" in situation.actual.unreadable:
            draft.report(situation.actual.unreadable["folders"])
        return
    found = find_folder(draft.scope, wish.name, situation)
    if found.state is State.TAKEN:
        draft.report(words.name_taken(draft.place, wish.name, words.FOLDER, words.TAKE_OR_RENAME))
        return
    if found.seen is None and comes_with_its_team(draft, situation):
        plan_coming_space(draft, wish)
        _template(draft, wish, situation, is_new=True)
        return
    if found.state is State.ABSENT and is_unclear(draft, wish.name, situation):
        return
    _exist(draft, wish, found, situation)
    if found.seen is not None and found.seen.team:
        plan_space(draft, wish, found.seen)
        _template(draft, wish, situation, is_new=False)
        return
    ourselves = Principal("user", situation.actual.account)
    managers = found.seen.managers if found.seen is not None else (ourselves,)  # its creation makes us one
    if ourselves not in managers:
        plan_manager(draft, ourselves, manages=True)
    for stranger in sorted(set(managers) - {ourselves}):
        plan_manager(draft, stranger, manages=False)
    if found.seen is not None and f"rules {found.seen.id}" in situation.actual.unreadable:
        draft.report(situation.actual.unreadable[f"rules {found.seen.id}"])
        return
    if rights.nodes or (found.seen is not None and found.seen.has_acl):
        _with_rules(draft, wish, rights, found.seen, situation)
    else:
        plan_rights(draft, rights, found.seen, situation)
        _template(draft, wish, situation, is_new=found.seen is None)


def _with_rules(draft: Draft, wish: FolderWish, rights: Rights, seen: FolderSeen | None, situation: Situation) -> None:
    """Closing, then the rules, then opening: nobody may do more in between. The guard takes all of it as one."""
    everybody = frozenset(team for team in rights.grants if not is_unusable(team, situation))
    rules_wish = RulesWish(rights.teams, rights.nodes, everybody, wish.on_rename)
    rules = decide_rules(draft, rules_wish, seen, situation)
    grants = compare_grants(rights, seen, situation)
    loses = grants.loses or rules.loses
    draft.there(Kind.SHARE, grants.present)
    revoke(draft, grants, rights, foundation=True)
    for team, (wanted, there) in grants.less.items():
        grant(draft, team, wanted, there, rights.shrink, foundation=True)
    if SERVICE_TEAM in grants.more:
        grant(draft, SERVICE_TEAM, *grants.more[SERVICE_TEAM], rights.shrink, foundation=False)
    add_switch(draft, rules)
    _template(draft, wish, situation, is_new=seen is None)
    add_rules(draft, rules, loses=loses)
    for team, (wanted, there) in grants.more.items():
        if team != SERVICE_TEAM:
            grant(draft, team, wanted, there, rights.shrink, goes_along=loses, is_ceiling=bool(rights.nodes))


def _exist(draft: Draft, wish: FolderWish, found: FolderFound, situation: Situation) -> None:
    if found.state is State.UNFINISHED and found.seen is not None:
        take = TakeFolder(found.seen.id, wish.name)
        draft.change(Action.ADOPT, Kind.FOLDER, FOLDER, wish.name, words.UNFINISHED, take, foundation=True)
    elif found.seen is None:
        reason = words.WAS_REMOVED if situation.remembered.folder(draft.scope) is not None else words.WANTED
        create = CreateFolder(wish.name, wish.quota)
        draft.change(Action.CREATE, Kind.FOLDER, FOLDER, wish.name, reason, create, foundation=True)
    if found.seen is None or found.state is State.UNFINISHED:
        if found.seen is not None and wish.quota not in (None, found.seen.quota):
            _set_quota(draft, wish, wish.quota or 0, words.WANTED)
        return
    record = situation.remembered.folder(draft.scope) if found.state is State.OURS else None
    if record is None:
        draft.remember(folder_record(draft.scope, found.seen.id, Written(wish.name)))
    draft.settle(situation.remembered.intent(draft.scope, FOLDER, FOLDER))
    if not found.seen.team:
        _name(draft, wish, found.seen.name, content(record).name or wish.name)
    _quota(draft, wish, found.seen.quota, content(record).quota)


def _name(draft: Draft, wish: FolderWish, there: str, wrote: str | None) -> None:
    rename = renaming(draft, wrote, there, wish.name, wish.on_rename)
    if rename is not None:
        step = RenameFolder(wish.name, rename.lost)
        draft.change(Action.UPDATE, Kind.FOLDER, f"{FOLDER} name", wish.name, rename.reason, step)


def _quota(draft: Draft, wish: FolderWish, there: int, wrote: int | None) -> None:
    if wish.quota is None:
        return
    verdict = compare(wrote, there, wish.quota)
    if verdict is Verdict.KEEP:
        draft.kept += 1
        draft.report(words.quota_by_hand(draft.place, wish.name))
    elif verdict is not Verdict.RIGHT:
        lost = str(there) if verdict is Verdict.CONFLICT else ""
        _set_quota(draft, wish, wish.quota, words.BOTH_MOVED if lost else words.WISH_MOVED, lost)


def _set_quota(draft: Draft, wish: FolderWish, quota: int, reason: Text, lost: str = "") -> None:
    step = SetQuota(quota, lost)
    draft.change(Action.UPDATE, Kind.FOLDER, f"{FOLDER} quota", wish.name, reason, step)


def plan_manager(draft: Draft, who: Principal, *, manages: bool) -> None:
    key = f"{FOLDER} manager {who.kind}:{who.id}"
    if not manages:
        draft.there(Kind.SHARE, (key,))
    draft.change(
        Action.GRANT if manages else Action.REVOKE,
        Kind.SHARE,
        key,
        title(who),
        words.MARK_MISSING if manages else words.NOBODY_GRANTS,
        SetFolderManager(who, manages),
        loses=not manages,
    )


def _template(draft: Draft, wish: FolderWish, situation: Situation, *, is_new: bool) -> None:
    """A template is put in once. Paths that were there before stay away: somebody deleted them."""
    filled = situation.remembered.records(draft.scope, FILLED)
    known = situation.remembered.records(draft.scope, TEMPLATE)
    if is_new:  # an earlier folder is gone with all that was in it
        minutes = situation.remembered.records(draft.scope, MINUTES)
        for record in (*filled.values(), *known.values(), *minutes.values()):
            draft.forget(record)
        filled, known = {}, {}
    if wish.template is None or wish.template.name in filled:
        return
    for each in wish.template.left_out:
        draft.report(words.left_out(draft.place, wish.template.name, each.path, each.why))
    known_words = {"name": wish.name, "network": situation.network.name}
    entries = wish.template.filled(known_words | dict(wish.words))
    missing = tuple(entry for entry in entries if entry.path not in known)
    if wish.template.left_out and not missing:
        return  # what is left out may be mended yet: the template isn't complete
    step = FillFolder(wish.template.name, missing, is_whole=not wish.template.left_out)
    draft.change(Action.CREATE, Kind.DOCUMENT, f"{FOLDER} template", wish.template.name, words.NEW_FOLDER, step)
