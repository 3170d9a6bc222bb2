"""A Team folder of ours: that it exists and is called right, its quota, and exactly the rights that the wish grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from network.plan import Action, Kind, ScopeKind
from network.ports import FolderSeen, Principal
from network.text import Text
from workspace_sync import words
from workspace_sync.identity import FolderFound, State, find_folder, taken_name
from workspace_sync.marks import SERVICE_TEAM, scope_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.naming import renaming
from workspace_sync.planners.strays import is_unclear
from workspace_sync.planners.sub_folders import Node, RulesWish, add_rules, add_switch, decide_rules
from workspace_sync.planners.team_space import comes_with_its_team, plan_coming_space, plan_space
from workspace_sync.planners.teams import title
from workspace_sync.remembered import FILLED, FOLDER, MINUTES, TAKEN, TEMPLATE, Written, content, folder_record
from workspace_sync.situation import Situation
from workspace_sync.steps import (
    CreateFolder,
    FillFolder,
    GrantFolder,
    RenameFolder,
    RevokeFolder,
    SetFolderManager,
    SetQuota,
    TakeFolder,
    TeamRef,
    Who,
)
from workspace_sync.three_way import Verdict, compare
from workspace_sync.wish import EVERYTHING, FolderWish


@dataclass(frozen=True, slots=True)
class Rights:
    """Permission bits by team key; the service team is added here. `shrink` says why somebody gets less than before.

    `nodes` are sub-folders with rights of their own; nobody has more than `most` anywhere.
    """

    teams: Mapping[str, int] = field(default_factory=dict)
    shrink: Text = words.NOT_GRANTED
    nodes: tuple[Node, ...] = ()
    most: int = EVERYTHING

    @property
    def grants(self) -> Mapping[str, int]:
        """What each team needs on the folder as a whole: all that it may do in any place."""
        bits = dict(self.teams)
        for node in self.nodes:
            for team, here in node.teams.items():
                bits[team] = bits.get(team, 0) | here
        return {team: here & self.most for team, here in bits.items() if here & self.most}


@dataclass(frozen=True, slots=True)
class _Grants:
    """What has to be done about the grants on the whole folder."""

    revoked: tuple[tuple[Principal, Who], ...]
    less: Mapping[str, tuple[int, int]]  # team key → bits wanted, bits there
    more: Mapping[str, tuple[int, int]]
    present: tuple[str, ...]

    @property
    def loses(self) -> bool:
        return bool(self.revoked or self.less)


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


def plan_rights(draft: Draft, rights: Rights, seen: FolderSeen | None, situation: Situation) -> None:
    """Revokes what nothing grants, grants what is missing; the service team last, it opens the way for the template."""
    grants = _compare_grants(rights, seen, situation)
    draft.there(Kind.SHARE, grants.present)
    _revoke(draft, grants, rights)
    for team, (wanted, there) in {**grants.less, **grants.more}.items():
        _grant(draft, team, wanted, there, rights.shrink)


def _with_rules(draft: Draft, wish: FolderWish, rights: Rights, seen: FolderSeen | None, situation: Situation) -> None:
    """Closing, then the rules, then opening: nobody may do more in between. The guard takes all of it as one."""
    everybody = frozenset(team for team in rights.grants if not _is_unusable(team, situation))
    rules_wish = RulesWish(rights.teams, rights.nodes, everybody, wish.on_rename)
    rules = decide_rules(draft, rules_wish, seen, situation)
    grants = _compare_grants(rights, seen, situation)
    loses = grants.loses or rules.loses
    draft.there(Kind.SHARE, grants.present)
    _revoke(draft, grants, rights, foundation=True)
    for team, (wanted, there) in grants.less.items():
        _grant(draft, team, wanted, there, rights.shrink, foundation=True)
    if SERVICE_TEAM in grants.more:
        _grant(draft, SERVICE_TEAM, *grants.more[SERVICE_TEAM], rights.shrink, foundation=False)
    add_switch(draft, rules)
    _template(draft, wish, situation, is_new=seen is None)
    add_rules(draft, rules, loses=loses)
    for team, (wanted, there) in grants.more.items():
        if team != SERVICE_TEAM:
            _grant(draft, team, wanted, there, rights.shrink, goes_along=loses, is_ceiling=bool(rights.nodes))


def _compare_grants(rights: Rights, seen: FolderSeen | None, situation: Situation) -> _Grants:
    wanted = {**rights.grants, SERVICE_TEAM: EVERYTHING}
    there: dict[str, int] = {}
    revoked: list[tuple[Principal, Who]] = []
    for who, bits in sorted(seen.grants if seen is not None else ()):
        known = situation.named(who)
        if isinstance(known, TeamRef) and known.key in wanted:
            there[known.key] = bits
        else:
            revoked.append((who, known))
    differing = {
        team: (wanted[team], there.get(team, 0))
        for team in sorted(wanted, key=lambda key: (key == SERVICE_TEAM, key))
        if there.get(team) != wanted[team] and not _is_unusable(team, situation)
    }
    less = {team: bits for team, bits in differing.items() if bits[1] & ~bits[0]}
    more = {team: bits for team, bits in differing.items() if team not in less}
    present = (*(_stranger(who) for who, _ in revoked), *map(_right, there))
    return _Grants(tuple(revoked), less, more, present)


def _revoke(draft: Draft, grants: _Grants, rights: Rights, *, foundation: bool = False) -> None:
    for who, known in grants.revoked:
        reason = rights.shrink if isinstance(known, TeamRef) else words.NOBODY_GRANTS
        draft.change(
            Action.REVOKE,
            Kind.SHARE,
            _stranger(who),
            title(known),
            reason,
            RevokeFolder(who),
            loses=True,
            foundation=foundation,
        )


def _stranger(who: Principal) -> str:
    return f"{FOLDER} > {who.kind}:{who.id}"


def _right(team: str) -> str:
    return f"{FOLDER} > team:{team}"


def _grant(
    draft: Draft,
    team: str,
    wanted: int,
    there: int,
    shrink: Text,
    *,
    foundation: bool | None = None,
    goes_along: bool = False,
    is_ceiling: bool = False,
) -> None:
    """`goes_along`: it waits for what the guard holds back, and counts nothing itself."""
    loses = bool(there & ~wanted)
    is_service = team == SERVICE_TEAM
    granted = words.at_most() if is_ceiling else words.may(wanted)
    draft.change(
        Action.REVOKE if loses else Action.GRANT,
        Kind.SHARE,
        _right(team),
        "Dienstkonto" if is_service else team,
        shrink if loses else words.SERVICE_NEEDS_IT if is_service else granted,
        GrantFolder(team, wanted),
        loses=loses or goes_along,
        foundation=is_service if foundation is None else foundation,
        lost=() if goes_along else None,
    )


def _is_unusable(team: str, situation: Situation) -> bool:
    """Somebody else has the name of the team: it doesn't exist, and its own scope says so.

    An administration's team gets another name then, in the same run.
    """
    if team.startswith(f"{ScopeKind.ADMINISTRATION}:"):
        return False
    noted = situation.remembered.record(scope_of(team), TAKEN, team)
    if noted is None or situation.team_id(team) is not None:
        return False
    is_seen = any(each.name == noted.content for each in situation.actual.teams or ())
    return is_seen or taken_name(team, situation) is not None


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
