"""The group of an administration whose people we keep ourselves (`external: false`), and who is in it.

A group that was there before us is used: never renamed or deleted, and only people whom we took in are taken out.
"""

from __future__ import annotations

from collections.abc import Iterable

from network.plan import Action, Kind
from network.ports import Principal
from workspace_sync import words
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.naming import renaming
from workspace_sync.planners.reachable import as_there, reachable
from workspace_sync.remembered import GROUP, GROUP_MEMBER, content, group_record
from workspace_sync.situation import Situation
from workspace_sync.steps import AddGroupMember, CreateGroup, RemoveGroupMember, RenameGroup, TakeGroup, Who, written
from workspace_sync.wish import AdministrationWish


def plan_group(
    draft: Draft, wish: AdministrationWish, situation: Situation, *, nowhere: frozenset[str] = frozenset()
) -> None:
    """`nowhere` are accounts of its people that don't exist: they wait."""
    actual, remembered = situation.actual, situation.remembered
    unread = actual.unreadable.get("groups") or actual.unreadable.get(f"group {wish.group}")
    if actual.groups is None or unread is not None:
        if unread is not None:
            draft.report(unread)
        return
    wanted = (situation.people.of(wish.key) | set(wish.accounts)) - nowhere
    there = actual.group_members.get(wish.group, frozenset())
    seen = actual.group(wish.group)
    record = remembered.record(draft.scope, GROUP, wish.group)
    intent = remembered.intent(draft.scope, GROUP, wish.group)
    if seen is None:
        reason = words.WAS_REMOVED if record is not None else words.WANTED
        step = CreateGroup(wish.group, wish.name)
        draft.change(Action.CREATE, Kind.GROUP, wish.group, wish.name, reason, step, foundation=True)
    elif record is not None:
        draft.settle(intent)
        _name(draft, wish, seen.name, content(record).name, is_ours=content(record).is_made_by_us)
    elif intent is not None and not there:
        take = TakeGroup(wish.group, wish.name)
        draft.change(Action.ADOPT, Kind.GROUP, wish.group, wish.name, words.UNFINISHED, take, foundation=True)
    else:
        draft.settle(intent)
        draft.remember(group_record(draft.scope, wish.group, seen.name, is_made_by_us=False))
    is_ours = content(record).is_made_by_us if seen is not None else True
    draft.there(Kind.MEMBER, (written(Principal("user", account)) for account in there))
    people, present = _principals(wanted), _principals(there)
    known = as_there(people, present)
    known = known if wish.creates_accounts else reachable(draft, known, present, situation)
    wanted = frozenset(who.id for who in known)
    _members(draft, wish.group, wanted, there, situation, is_ours=is_ours)


def _principals(accounts: Iterable[str]) -> dict[Who, int]:
    return {Principal("user", account): 0 for account in accounts}


def _name(draft: Draft, wish: AdministrationWish, there: str, wrote: str | None, *, is_ours: bool) -> None:
    rename = renaming(draft, wrote, there, wish.name, "keep") if is_ours else None
    if rename is not None:
        step = RenameGroup(wish.group, wish.name)
        draft.change(Action.UPDATE, Kind.GROUP, wish.group, wish.name, rename.reason, step)


def _members(
    draft: Draft, group: str, wanted: frozenset[str], there: frozenset[str], situation: Situation, *, is_ours: bool
) -> None:
    records = {key.casefold(): each for key, each in situation.remembered.records(draft.scope, GROUP_MEMBER).items()}
    for account in sorted(wanted - there):
        reason = words.GRANTED_AGAIN if account.casefold() in records else words.GRANTED
        step = AddGroupMember(group, account)
        draft.change(Action.GRANT, Kind.MEMBER, f"{group} > {account}", account, reason, step, independent=True)
    strangers = there - wanted - {situation.actual.account}
    going = [account for account in sorted(strangers) if is_ours or account.casefold() in records]
    if situation.people.is_whole:
        for account in going:
            reason = words.NOT_IN_PEOPLE_LIST
            leave, key, lost = (
                RemoveGroupMember(group, account),
                f"{group} > {account}",
                (written(Principal("user", account)),),
            )
            draft.change(Action.REVOKE, Kind.MEMBER, key, account, reason, leave, loses=True, lost=lost)
    staying = len(strangers) - len(going)
    draft.kept += staying
    if staying:
        draft.report(words.not_in_people_list(draft.place, group, staying))
    known = {account.casefold() for account in wanted | there}
    for account, record in records.items():
        if account not in known:
            draft.forget(record)
