"""The same person under a new account keeps what was theirs. Plans only; refuses where something could get lost.

That both are one person is noted with the first change: from then on the files mean the new account wherever they name
the old one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from network.document import Branch
from network.errors import ConfigurationError
from network.plan import Action, Change, Kind, Plan, Scope, ScopeKind, ScopePlan
from network.problems import Problem
from network.settings import Settings
from network.settings.mentions import mentions_of_account
from network.text import NOTHING, Text
from plugin.decided import MERGED, Decided, merging_record
from plugin.findings import Merging
from plugin.handover import Handover, Meaning
from workspace_sync.people import People
from workspace_sync.planners.carrying_over import plan_carrying_over
from workspace_sync.situation import Situation
from workspace_sync.steps import KeepBooks
from workspace_sync.wish import digest

NOTED = Text("dieselbe Person unter einem neuen Konto", "the same person under a new account")


@dataclass(frozen=True, slots=True)
class MergingAccounts:
    """`written` and `people` are what the files and lists say, before anything that was decided by command."""

    written: Settings
    people: People
    document: Branch
    decided: Decided
    pilots: frozenset[str] | None
    handover: Handover

    def plan(self, old: str, new: str) -> tuple[Plan, Merging]:
        """ConfigurationError where one of the accounts isn't what it would have to be; RightMissing where we may not
        look."""
        accounts = {each.id: each for each in self.handover.server.directory.accounts()}
        own = self.handover.server.account
        _check_new(new, old, own, is_usable=new in accounts and accounts[new].is_enabled)
        before, after = self._sides(old, new)
        situation = self.handover.situation(before)
        mentions = mentions_of_account(self.document, old)
        if old == own or (old not in accounts and not mentions and not self._is_known(old, situation)):
            raise _refused(old, _UNKNOWN if old != own else _OURS)
        plans = self.handover.workspaces(situation, before, after, lambda _: True)
        carried = plan_carrying_over(old, new, situation, plans)
        noted = ScopePlan(Scope(ScopeKind.ACCOUNT, old), tuple(self._notes(old, new)))
        plan = Plan((noted, *_joined((*plans, *carried)), *self.handover.calendars(before, after)))
        return plan, Merging(old, new, mentions, is_old_there=old in accounts)

    def _sides(self, old: str, new: str) -> tuple[Meaning, Meaning]:
        others = {each: target for each, target in self.decided.merged.items() if each not in (old, new)}
        rest = replace(self.decided, merged=others)
        merged = {each: new if target == old else target for each, target in others.items()} | {old: new}
        both = replace(rest, merged=merged)
        pilots = None if self.pilots is None else frozenset(new if each == old else each for each in self.pilots)
        first = Meaning(*rest.applied(self.written, self.people), self.pilots)
        return first, Meaning(*both.applied(self.written, self.people), pilots)

    def _is_known(self, old: str, situation: Situation) -> bool:
        """Whether we remember anything of the account, or a people list names it."""
        kinds = ("team_member", "group_member", "attendee")
        keys = (record.key for kind in kinds for record in situation.remembered.everywhere(kind))
        ours = any(key == old or key.endswith(f"user:{old}") for key in keys)
        return ours or old in self.people.accounts or old in self.decided.merged

    def _notes(self, old: str, new: str) -> list[Change]:
        """What is remembered of it; accounts that were merged into the old one go on to the new one."""
        found = [_note(old, new, KeepBooks(remember=(merging_record(old, new),)))]
        for each, target in self.decided.merged.items():
            if target == old and each != new:
                found.append(_note(each, new, KeepBooks(remember=(merging_record(each, new),))))
        if new in self.decided.merged:
            found.append(_note(new, new, KeepBooks(forget=((MERGED, new),))))
        return found


def _note(old: str, new: str, step: KeepBooks) -> Change:
    scope = Scope(ScopeKind.ACCOUNT, old)
    return Change(scope, Action.FORGET, Kind.MEMBER, f"merged {old}", f"{old} → {new}", NOTED, step, digest(step))


def _joined(plans: tuple[ScopePlan, ...]) -> tuple[ScopePlan, ...]:
    """One plan for each scope, in the order in which kinds are carried out."""
    found: dict[Scope, ScopePlan] = {}
    for plan in plans:
        known = found.get(plan.scope)
        found[plan.scope] = replace(known, changes=(*known.changes, *plan.changes)) if known else plan
    return tuple(sorted(found.values(), key=lambda plan: list(ScopeKind).index(plan.scope.kind)))


_OURS = Text("ist das Dienstkonto", "is the service account")
_SAME = Text("ist beide Male dasselbe Konto", "is the same account both times")
_UNKNOWN = Text(
    "kennt weder der Server noch die Konfiguration noch unser Gedächtnis",
    "is unknown to the server, to the configuration and to our memory",
)
_NOT_USABLE = Text(
    "gibt es auf dem Server nicht oder ist gesperrt: was das alte Konto hatte, ginge verloren",
    "isn't on the server or is disabled: what the old account had would be lost",
)


def _check_new(new: str, old: str, own: str, *, is_usable: bool) -> None:
    if new.casefold() == old.casefold():
        raise _refused(new, _SAME)
    if new == own:
        raise _refused(new, _OURS)
    if not is_usable:
        raise _refused(new, _NOT_USABLE)


def _refused(account: str, why: Text) -> ConfigurationError:
    message = Text(f"„{account}“ {why.de}", f"“{account}” {why.en}")
    remedy = (
        NOTHING
        if why in (_OURS, _SAME)
        else Text("Konten zeigt: digitalnetzwerk groups", "Accounts: digitalnetzwerk groups")
    )
    return ConfigurationError((Problem("unusable_account", "merge-accounts", message, remedy),))
