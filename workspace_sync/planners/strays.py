"""What carries our mark and belongs to nothing that we know: after the state was lost, marks have to tell the rest.

A scope that stands in the configuration no longer is recognised by the marks of its team and room, and leaves with the
next run, as if it had been remembered all along. A folder's mark doesn't say whose it is: where one was renamed as
well, a person is asked before a second one is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from network.plan import Scope, ScopeKind, ScopePlan
from network.ports import Record
from workspace_sync import words
from workspace_sync.identity import State, find_folder, find_room, strays
from workspace_sync.marks import scope_of
from workspace_sync.planners.draft import Draft
from workspace_sync.planners.parting import note_parting
from workspace_sync.remembered import FOLDER, LEFT, UNCLEAR, Written, folder_record, room_record, team_record
from workspace_sync.situation import Situation


def unknown_scopes(wanted: Collection[Scope], situation: Situation) -> tuple[Scope, ...]:
    """Scopes that marks name and neither the configuration nor our memory does."""
    known = {*wanted, *situation.remembered.scopes}
    return tuple(sorted({scope for scope in _marked(situation) if scope not in known}))


def plan_recognition(scope: Scope, situation: Situation) -> ScopePlan:
    """Remembers what the marks tell; the next run takes it for a scope that has left."""
    draft = Draft(scope)
    names = []
    for team in situation.actual.teams or ():
        key = situation.key_in(team.description) if team.is_owner else None
        if key is not None and scope_of(key) == str(scope):
            draft.remember(team_record(key, team.id, team.name))
            names.append(team.name)
    room = find_room(scope, "", situation)
    if room.state is State.MARKED and room.seen is not None:
        draft.remember(room_record(scope, room.seen.token, room.seen.name))
        names.append(room.seen.name)
    folder = find_folder(scope, "", situation)
    if folder.state is State.MARKED and folder.seen is not None:
        draft.remember(folder_record(scope, folder.seen.id, Written(folder.seen.name)))
    note_parting(draft, LEFT, situation)
    draft.report(words.left_and_marked(draft.place, sorted(set(names))))
    return draft.plan()


def is_unclear(draft: Draft, name: str, situation: Situation) -> bool:
    """Whether a folder of ours that nobody claims may be the one that is missing; then a person is asked.

    Only when we remember no folder at all (the state was lost), and from then on until none is left unclaimed.
    """
    record = situation.remembered.record(draft.scope, UNCLEAR, FOLDER)
    candidates = strays(situation)
    was_lost = not situation.remembered.everywhere(FOLDER) and situation.remembered.folder(draft.scope) is None
    if not candidates or not (was_lost or record is not None):
        if record is not None:
            draft.forget(record)
        return False
    if record is None:
        draft.remember(Record(str(draft.scope), UNCLEAR, FOLDER))
    draft.report(words.folder_unclear(draft.place, str(draft.scope), name, [each.name for each in candidates]))
    return True


def _marked(situation: Situation) -> Iterator[Scope]:
    teams = (team.description for team in situation.actual.teams or () if team.is_owner)
    rooms = (room.description for room in situation.actual.rooms or () if room.is_owner)
    for description in (*teams, *rooms):
        key = situation.key_in(description)
        kind = scope_of(key).partition(":")[0] if key is not None else ""
        if key is not None and kind in (ScopeKind.ADMINISTRATION, ScopeKind.EXCHANGE_GROUP, ScopeKind.PROJECT):
            yield Scope.parse(scope_of(key))
