"""Carries out one change to a calendar at a time, and remembers its receipt before anything else happens.

Decides nothing about content. Every write is conditional; a refused condition is handed back, because then the world
has moved and the next plan knows better. Several entries of one calendar may be carried out in parallel.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from calendar_sync import sentences
from calendar_sync.identity import file_name
from calendar_sync.links import Document, is_promising, kept
from calendar_sync.marking import marked
from calendar_sync.place import Place, parent, uri_of
from calendar_sync.records import (
    CALENDAR,
    ENTRY,
    MINUTES,
    SHARE,
    TAKEN,
    TEAM,
    CalendarMemory,
    EntryMemory,
    calendar_memory,
    entry_memory,
    minutes_document,
)
from calendar_sync.sharing import principal_of, same
from calendar_sync.steps import (
    AdoptEntry,
    ChangeCalendar,
    DeleteCalendar,
    FollowRemoval,
    HoldCalendar,
    LeaveCalendar,
    MakeCalendar,
    MarkCalendar,
    MoveEntry,
    PurgeCalendar,
    ReleaseCalendar,
    RemoveEntry,
    RemoveFromSource,
    RestoreCalendar,
    Share,
    WriteBoth,
    WriteEntry,
    WriteSource,
)
from calendar_sync.survey import seen_entry
from calendar_sync.trash import Trash
from calendar_sync.way_back import WayBack
from calendar_sync.wish import Grant
from network.errors import (
    AgainLater,
    AlreadyThere,
    BadInput,
    LimitReached,
    NameTaken,
    NotThere,
    PreconditionFailed,
    Refused,
    RightMissing,
    UidInTrash,
)
from network.ical.canonical import digest, from_text
from network.ical.writing import serialise
from network.plan import Change, Scope
from network.ports import (
    CalendarSeen,
    CalendarTarget,
    Intent,
    Ledger,
    Record,
    ShareRow,
    SourceCalendar,
    TrashedObject,
)
from network.text import Text


class CalendarExecutor:
    """Satisfies `network.apply.Executor` for calendars. One for each run."""

    def __init__(
        self,
        target: CalendarTarget,
        *,
        network: str,
        clock: Callable[[], datetime],
        source: Callable[[str], SourceCalendar] | None = None,
    ) -> None:
        """`source` gives the calendar behind a connector that is written too."""
        self._target = target
        self._source = WayBack(source, clock) if source else None
        self._network = network
        self._clock = clock
        self._trash = Trash(target)
        self._removed: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def carry_out(self, change: Change, ledger: Ledger) -> None:
        """Performs the change; AgainLater, LookAgain and BadInput as the server answers."""
        at = Place(change.scope, ledger)
        match change.step:
            case WriteEntry() as step:
                self._write(step, at)
            case MoveEntry() as step:
                self._move(step, at)
            case RemoveEntry(memory):
                self._remove(memory, at)
            case FollowRemoval(memory):
                self._way_back.must_be_gone(memory)
                self._remove(memory, at, purge=False)
            case WriteSource() as step:
                self._way_back.write(step, at)
                at.remember_entry(step.memory)
            case WriteBoth(source, here):
                self._way_back.write(source, at)
                self._write(here, at)
            case RemoveFromSource() as step:
                self._remove_from_source(step, at)
            case MakeCalendar() as step:
                self._make(step, at)
            case MarkCalendar(href, wish, mark):
                self._mark(CalendarMemory(at.key, mark, wish, href=href), at)
            case ChangeCalendar(href, wish):
                self._target.change_calendar(href, wish)
                at.remember_calendar(replace(at.calendar(href), wish=wish))
            case RestoreCalendar(uri):
                self._target.restore_calendar(uri)
            case Share() as step:
                self._share(step, at)
            case LeaveCalendar(href, revoke, memory):
                if revoke:
                    self._target.share(href, (), revoke)
                at.remember_calendar(memory)
            case DeleteCalendar(href):
                self._target.delete_calendar(href, purge=False)
                at.forget_everything()
            case PurgeCalendar(href):
                self._target.delete_calendar(href, purge=True)
                at.forget_everything()
            case ReleaseCalendar(href):
                self._target.mark_calendar(href, "")
                at.forget_everything()
            case HoldCalendar(held):
                at.ledger.remember(held.record(at.key))
            case AdoptEntry(memory):
                at.remember_entry(memory)
                at.remember_no_longer_foreign(memory.href)
            case _:
                raise TypeError(change.step)

    def close(self, scope: Scope, ledger: Ledger) -> None:
        """Empties the trash bin of what we removed, and takes the new token if nobody else wrote meanwhile.

        What somebody else wrote since our first write stays pending: the token stays the old one.
        """
        at = Place(scope, ledger)
        record = ledger.record(str(scope), CALENDAR, scope.key)
        if record is None:
            return
        memory = calendar_memory(record)
        self._purge_removed(uri_of(memory.href))
        delta = self._target.changes(memory.href, memory.token)
        known = {memory.href + name: etag for name, etag in memory.foreign}
        known |= {each.remote: each.etag for each in ledger.records(str(scope), ENTRY)}
        changed = dict(delta.changed)
        gone = [href for href in known if known[href] and href not in changed] if delta.is_full else delta.removed
        is_ours = all(known.get(href) == etag for href, etag in delta.changed)
        if is_ours and not any(known.get(href) for href in gone):
            at.remember_calendar(replace(memory, token=delta.token))

    # ------------------------------------------------------------------ calendars

    def _make(self, step: MakeCalendar, at: Place) -> None:
        intent = Intent(str(at.scope), CALENDAR, at.key, step.uri)
        at.ledger.intend(intent)
        try:
            href = self._target.create_calendar(step.uri, step.wish)
        except (AlreadyThere, LimitReached, RightMissing, BadInput):
            at.ledger.settle(intent)  # the server said no: nothing came into being
            raise
        at.remember_calendar(CalendarMemory(at.key, wish=step.wish, href=href))
        self._mark(CalendarMemory(at.key, step.mark, step.wish, href=href), at)

    def _mark(self, memory: CalendarMemory, at: Place) -> None:
        """A calendar that is all ours: nothing in it is unknown, so it counts as listed now."""
        self._target.mark_calendar(memory.href, memory.mark)
        at.remember_calendar(replace(memory, swept_at=self._clock().isoformat()))
        for intent in at.ledger.intents(str(at.scope)):
            if intent.kind == CALENDAR:
                at.ledger.settle(intent)

    # ------------------------------------------------------------------ shares

    def _share(self, step: Share, at: Place) -> None:
        """Posts the rows and reads them back: the server takes unknown principals without a word.

        Only what is missing is posted: a plan that did not know the id of a team could not see that it has its row.
        """
        href = at.href()
        teams = {each.key: each.remote for each in at.ledger.records(kind=TEAM)}
        wanted = {who: grant for grant in step.grant if (who := principal_of(grant, teams))}
        missing = _missing(wanted, self._seen(href)) if wanted else []
        if missing or step.revoke:
            self._target.share(href, [ShareRow(who, wanted[who].read_write) for who in missing], step.revoke)
        refused = _missing(wanted, self._seen(href)) if missing else []
        for who in wanted:
            if who in refused:
                at.ledger.remember(Record(str(at.scope), SHARE, who, content=self._clock().isoformat()))
            else:
                at.ledger.forget(str(at.scope), SHARE, who)
        if refused:
            raise _share_refused(wanted[who] for who in refused)
        if len(wanted) < len(step.grant):
            raise _team_missing([each for each in step.grant if not principal_of(each, teams)], at.ledger)

    def _seen(self, href: str) -> CalendarSeen:
        found = next((each for each in self._target.calendars() if each.href == href), None)
        if found is None:
            raise NotThere(Text("Der Kalender ist verschwunden", "the calendar has vanished"), where=href)
        return found

    # ------------------------------------------------------------------ entries

    def _write(self, step: WriteEntry, at: Place) -> None:
        step = _with_links(step, at)
        data = serialise(marked(step.text, step.memory, step.meant, self._network), now=self._clock())
        for lost in step.lost:
            at.ledger.lost_value(str(at.scope), step.memory.uid, lost.name, lost.value, "on_conflict")
        is_update = bool(step.memory.etag)
        href = step.memory.href or at.href() + file_name(step.memory.uid)
        try:
            if is_update:
                etag = self._target.put(href, data, if_match=step.memory.etag)
            else:
                href, etag = self._create(step, href, data)
        except PreconditionFailed:
            self._remember_as_seen(step.memory.uid, href, at)
            raise
        at.remember_entry(replace(step.memory, href=href, etag=etag))

    def _create(self, step: WriteEntry, href: str, data: bytes) -> tuple[str, str]:
        """Where it stands, and its ETag."""
        uri, uid = uri_of(parent(href)), step.memory.uid
        if step.was_there and (trashed := self._trash.take(uri, uid)):
            return self._revive(trashed, href, data)
        try:
            return href, self._target.put(href, data, if_match="")
        except UidInTrash:
            self._trash.look_again()
            trashed = self._trash.take(uri, uid)
            if trashed is None:
                raise
            return self._revive(trashed, href, data)

    def _revive(self, trashed: TrashedObject, href: str, data: bytes) -> tuple[str, str]:
        """Out of the trash bin, where it lay, and on as an update; where its place is taken, the trashed one goes.

        PreconditionFailed where somebody edited it, before it was deleted or since: the next plan compares.
        """
        try:
            self._target.restore_object(trashed)
        except AlreadyThere:
            self._target.purge_object(trashed)
            return href, self._target.put(href, data, if_match="")
        href = parent(href) + trashed.name
        found = next(iter(self._target.objects(parent(href), [href])), None)
        if found is not None and not _is_unedited(seen_entry(found, None, self._network)):
            raise PreconditionFailed(
                Text("Der Eintrag aus dem Papierkorb ist von Hand bearbeitet", "the trashed entry was edited by hand")
            )
        return href, self._target.put(href, data, if_match=found.etag if found else "")

    def _remember_as_seen(self, uid: str, href: str, at: Place) -> None:
        """What stands there, so that the next plan compares: somebody was faster, or we wrote it and never heard."""
        record = at.ledger.record(str(at.scope), ENTRY, uid)
        known = entry_memory(record) if record else None
        item = next(iter(self._target.objects(parent(href), [href])), None)
        if item is None and known is not None:
            at.remember_entry(replace(known, etag=""))
        seen = seen_entry(item, known, self._network) if item else None
        if seen is not None:
            at.remember_entry(seen)

    def _move(self, step: MoveEntry, at: Place) -> None:
        source = step.memory.href
        href = at.href() + source.rsplit("/", 1)[1]
        if trashed := self._trash.take(uri_of(at.href()), step.memory.uid):
            self._target.purge_object(trashed)
        self._target.move(source, href)
        moved = replace(step.memory, href=href)
        at.remember_entry(moved)
        at.ledger.forget(f"{at.scope.kind}:{step.from_calendar}", ENTRY, moved.uid)
        if step.write is not None:
            self._write(replace(step.write, memory=replace(step.write.memory, href=href, etag=moved.etag)), at)

    @property
    def _way_back(self) -> WayBack:
        if self._source is None:
            raise AgainLater(Text("keine Quelle ist zu beschreiben", "no source can be written"))
        return self._source

    def _remove_from_source(self, step: RemoveFromSource, at: Place) -> None:
        href = step.memory.href
        if any(True for _ in self._target.objects(parent(href), [href])):
            self._remember_as_seen(step.memory.uid, href, at)
            raise PreconditionFailed(Text("der Eintrag steht doch noch da", "the entry still stands there"), where=href)
        self._way_back.remove(step)
        at.ledger.forget(str(at.scope), ENTRY, step.memory.uid)

    def _remove(self, memory: EntryMemory, at: Place, *, purge: bool = True) -> None:
        if memory.place:  # nobody shall ever take this for a deletion by hand, and carry it to the source
            at.remember_entry(replace(memory, etag="", is_taken_out=False))
        try:
            self._target.delete(memory.href, if_match=memory.etag)
        except NotThere:
            pass  # it is gone, which is what we want
        except PreconditionFailed:
            self._remember_as_seen(memory.uid, memory.href, at)
            raise
        else:
            if purge:
                with self._lock:
                    self._removed.add((uri_of(parent(memory.href)), memory.uid))
        at.ledger.forget(str(at.scope), ENTRY, memory.uid)

    def _purge_removed(self, uri: str) -> None:
        """Our own removals leave nothing in the trash bin that would take their UID."""
        with self._lock:
            mine = {each for each in self._removed if each[0] == uri}
            self._removed -= mine
        if mine:
            self._trash.look_again()
        for each in mine:
            if trashed := self._trash.take(*each):
                self._target.purge_object(trashed)


def _with_links(step: WriteEntry, at: Place) -> WriteEntry:
    """The step with the links that were promised to documents of this run. It is compared anew in the next one."""
    if not is_promising(step.text):
        return step

    def document(scope: str, key: str) -> Document | None:
        record = at.ledger.record(scope, MINUTES, key)
        return minutes_document(record) if record else None

    memory = step.memory
    wish, actual = kept(memory.wish, document), kept(memory.actual, document)
    told = replace(memory, wish=wish, actual=actual, source="")
    return replace(step, text=kept(step.text, document), memory=told, meant=digest(from_text(wish)))


def _is_unedited(seen: EntryMemory | None) -> bool:
    return seen is not None and not seen.actual


def _missing(wanted: Mapping[str, Grant], seen: CalendarSeen) -> list[str]:
    """Principals whose row is not there, or gives another access."""
    rows = {same(row.principal): row.read_write for row in seen.shares}
    return [who for who, grant in wanted.items() if rows.get(same(who)) is not grant.read_write]


def _share_refused(grants: Iterable[Grant]) -> Refused:
    names = ", ".join(each.title or each.team or each.principal for each in grants)
    problem = sentences.share_refused("", names)
    return Refused(problem.message, remedy=problem.remedy, code=problem.code)


def _team_missing(grants: Sequence[Grant], ledger: Ledger) -> AgainLater | NameTaken:
    """A team that can't be made because its name is taken is no failure of ours: its own scope says so."""
    names = ", ".join(each.title or each.team for each in grants)
    message = Text(f"Das Team fehlt noch: {names}", f"the team is not there yet: {names}")
    taken = {record.key for record in ledger.records(kind=TAKEN)}
    if all(each.team in taken for each in grants):
        return NameTaken(message, code="waits_for_team")
    return AgainLater(message, code="waits_for_team")
