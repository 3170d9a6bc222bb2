"""Accounts of an administration's people, where its line in the configuration says so: made from the people list, never
deleted, and disabled only where that word stands there too, and only those that we made.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from network.model import Person
from network.plan import Action, Kind, ScopePlan
from network.text import Text
from workspace_sync import words
from workspace_sync.planners.draft import Draft
from workspace_sync.remembered import ACCOUNT, DISABLED, account_record
from workspace_sync.situation import Situation
from workspace_sync.steps import AddGroupMember, CreateAccount, SetAccountEnabled
from workspace_sync.wish import AdministrationWish


def plan_accounts(draft: Draft, wish: AdministrationWish, situation: Situation) -> frozenset[str]:
    """Accounts of its people that aren't there and don't come into being now: nobody can take them into a group."""
    if not wish.creates_accounts:
        return frozenset()
    if situation.actual.accounts is None:
        if "accounts" in situation.actual.unreadable:
            draft.report(situation.actual.unreadable["accounts"])
        return frozenset()
    there = {account.casefold() for account in situation.actual.accounts}
    missing = [account for account in sorted(situation.people.of(wish.key)) if account.casefold() not in there]
    made = {account for account in missing if _make(draft, account, situation)}
    _keep_books(draft, situation)
    if wish.disables_accounts:
        _disable(draft, situation)
    return frozenset(missing) - made


def hold_new_accounts(plan: ScopePlan, most: int, *, release: bool) -> ScopePlan:
    """A list that is suddenly long makes no accounts, and so no mails, until a person has looked at it."""
    new = {change.step.account for change in plan.changes if isinstance(change.step, CreateAccount)}
    if release or len(new) <= most:
        return plan
    held = tuple(change for change in plan.changes if _concerns(change.step, new))
    reason = Text(
        f"{len(new)} neue Konten; mehr als {most} auf einmal legt nur ein Mensch frei",
        f"{len(new)} new accounts; more than {most} at once are for a person to release",
    )
    return replace(
        plan,
        changes=tuple(change for change in plan.changes if change not in held),
        held=(*plan.held, *held),
        unsafe=plan.unsafe or reason,
    )


def _concerns(step: object, accounts: Collection[str]) -> bool:
    return isinstance(step, (CreateAccount, AddGroupMember)) and step.account in accounts


def _make(draft: Draft, account: str, situation: Situation) -> bool:
    person = _described(account, situation)
    if not person.name or not person.mail:
        draft.report(words.account_incomplete(draft.place, account))
        return False
    step = CreateAccount(account, person.name, person.mail)
    draft.change(Action.CREATE, Kind.ACCOUNT, account, f"{person.name} ({account})", words.LISTED, step)
    return True


def _described(account: str, situation: Situation) -> Person:
    """Name and mail address of a person, whichever list holds them."""
    rows = [each for each in situation.people.persons if each.account == account]
    name = next((each.name for each in rows if each.name), "")
    return Person(account, name=name, mail=next((each.mail for each in rows if each.mail), ""))


def _keep_books(draft: Draft, situation: Situation) -> None:
    """An account that the data centre made on our line is ours as well."""
    there = situation.actual.accounts or {}
    for intent in situation.remembered.intents:
        if intent.scope == str(draft.scope) and intent.kind == ACCOUNT and intent.key in there:
            draft.remember(account_record(draft.scope, intent.key))
            draft.settle(intent)


def _disable(draft: Draft, situation: Situation) -> None:
    """Whoever stands in no list any more; and back, whoever stands there again."""
    listed, there = situation.people.accounts, situation.actual.accounts or {}
    for account, record in sorted(situation.remembered.records(draft.scope, ACCOUNT).items()):
        seen = there.get(account)
        if seen is None:
            continue
        draft.there(Kind.ACCOUNT, (account,))
        if account in listed and not seen.is_enabled and record.content == DISABLED:
            _switch(draft, account, words.LISTED_AGAIN, enabled=True)
        elif account not in listed and seen.is_enabled and situation.people.is_whole:
            _switch(draft, account, words.NOT_IN_PEOPLE_LIST, enabled=False)


def _switch(draft: Draft, account: str, reason: Text, *, enabled: bool) -> None:
    action = Action.RESTORE if enabled else Action.REVOKE
    draft.change(action, Kind.ACCOUNT, account, account, reason, SetAccountEnabled(account, enabled), loses=not enabled)
