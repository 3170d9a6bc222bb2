"""Delivery of invitations: the organiser's objects go to local guests, the guests' answers come back, mails are noted.

As measured: the organiser must be an address of the calendar's owner or of who writes; a guest's copy that lies in the
guest's trash bin makes every later invitation of that UID a 500; the mail step also runs for local guests.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from plugin.sandbox.accounts import Account, Accounts
from plugin.sandbox.app_config import AppConfig
from plugin.sandbox.calendars import itip
from plugin.sandbox.calendars.book import Calendar, Calendars, Entry
from plugin.sandbox.calendars.ical import Component, read, write
from plugin.sandbox.calendars.requests import Request
from plugin.sandbox.calendars.validation import Checked
from plugin.sandbox.calendars.views import Homes, View
from plugin.sandbox.clock import Clock
from plugin.sandbox.dav_error import uid_taken
from plugin.sandbox.mails import Mail, Mails

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """`text` is the object as scheduling rewrote it, None if it did not; `steps` follow once it is stored."""

    text: str | None = None
    steps: tuple[Step, ...] = ()

    def carry_out(self) -> None:
        for step in self.steps:
            step()


NOTHING = Delivery()


class Scheduling:
    def __init__(self, accounts: Accounts, homes: Homes, mails: Mails, config: AppConfig, clock: Clock) -> None:
        self._accounts = accounts
        self._homes = homes
        self._mails = mails
        self._config = config
        self._clock = clock

    @property
    def _calendars(self) -> Calendars:
        return self._homes.calendars

    def prepare(self, request: Request, view: View, checked: Checked | None, known: Entry | None) -> Delivery:
        """What a write (`checked`) or a removal (None) of `known` entails; raises Refusal (500) for a blocked guest."""
        new, old = checked.tree if checked else None, read(known.text) if known else None
        tree = new or old
        if tree is None or not request.scheduling or not itip.organizer(tree):
            return NOTHING
        own = self._addresses(view.calendar.owner) | self._addresses(request.caller.uid)
        if itip.organizer(tree) in own:
            return self._as_organizer(view, old, new)
        mine = next((name for name in own if itip.answer_of(tree, name)), "")
        return self._as_guest(mine, old, new) if mine else NOTHING

    def _as_organizer(self, view: View, old: Component | None, new: Component | None) -> Delivery:
        before, after = itip.guests(old) if old else {}, itip.guests(new) if new else {}
        steps: list[Step] = []
        for guest in after:
            steps += self._invitation(guest, old, new, is_new=guest not in before)
        for guest in before:
            if guest not in after and old is not None:
                steps += self._cancellation(guest, old)
        if new is None or not after:
            return Delivery(None, tuple(steps))
        return Delivery(write(itip.with_statuses(new, after)), tuple(steps))

    def _invitation(self, guest: str, old: Component | None, new: Component | None, is_new: bool) -> list[Step]:
        if new is None:
            return []
        account, uid = self._accounts.with_mail(guest), new.main()[0].value("UID")
        steps: list[Step] = []
        if account is not None:
            held = self._held(account, uid)
            if held is not None and held.deleted_at is not None:
                raise uid_taken(held.calendar, uid)
            steps.append(lambda: self._deliver(account, itip.copy_for_guest(new)))
        moved = old is None or itip.essence(old) != itip.essence(new)
        if (is_new or moved) and not self._is_past(new):
            steps.append(lambda: self._mail(new, itip.organizer(new), guest, "REQUEST"))
        return steps

    def _cancellation(self, guest: str, old: Component) -> list[Step]:
        steps: list[Step] = []
        account = self._accounts.with_mail(guest)
        held = self._held(account, old.main()[0].value("UID")) if account else None
        if account is not None and held is not None and held.deleted_at is None:
            text = held.text
            steps.append(lambda: self._deliver(account, itip.cancelled(read(text))))
        if not self._is_past(old):
            steps.append(lambda: self._mail(old, itip.organizer(old), guest, "CANCEL"))
        return steps

    def _as_guest(self, guest: str, old: Component | None, new: Component | None) -> Delivery:
        """A changed answer goes to the organiser; removing the own copy declines."""
        answer = itip.answer_of(new, guest) if new else "DECLINED"
        if old is not None and new is not None and itip.answer_of(old, guest) == answer:
            return NOTHING
        tree = new or old
        if tree is None or answer == "NEEDS-ACTION":
            return NOTHING

        def reply() -> None:
            self._reply(tree, guest, answer)

        return Delivery(write(itip.with_organizer_status(new)) if new else None, (reply,))

    def _reply(self, tree: Component, guest: str, answer: str) -> None:
        account = self._accounts.with_mail(itip.organizer(tree))
        held = self._held(account, tree.main()[0].value("UID")) if account else None
        if held is not None and held.deleted_at is None:
            calendar = self._calendars.get(held.calendar)
            self._store(calendar, held.uri, itip.with_answer(read(held.text), guest, answer))
        self._mail(tree, guest, itip.organizer(tree), "REPLY")

    def _deliver(self, account: Account, tree: Component) -> None:
        held = self._held(account, tree.main()[0].value("UID"))
        if held is not None:
            self._store(self._calendars.get(held.calendar), held.uri, tree)
            return
        self._homes.ensure_personal(account.uid)
        self._store(self._default_calendar(account), f"sabredav-{uuid.uuid4()}.ics", tree)

    def _default_calendar(self, account: Account) -> Calendar:
        own = [calendar for calendar in self._calendars.of_owner(account.uid) if calendar.deleted_at is None]
        return next((calendar for calendar in own if calendar.uri == "personal"), own[0])

    def _store(self, calendar: Calendar, uri: str, tree: Component) -> None:
        first, text = tree.main()[0], write(tree)
        checked = Checked(text, tree, first.value("UID"), first.name, first.value("CLASS").upper() or "PUBLIC", False)
        self._calendars.put(calendar, uri, checked)

    def _held(self, account: Account, uid: str) -> Entry | None:
        """This person's object of the UID, in whichever calendar, a trashed one too."""
        found = (self._calendars.with_uid(calendar, uid) for calendar in self._calendars.of_owner(account.uid))
        return next((entry for entry in found if entry), None)

    def _addresses(self, uid: str) -> set[str]:
        account = self._accounts.people.get(uid)
        if account is None:
            return set()
        mails = {mail.lower() for mail in (account.email, *account.additional_mails) if mail}
        return mails | {f"/remote.php/dav/principals/users/{uid}/".lower()}

    def _is_past(self, tree: Component) -> bool:
        """Whether a single event began before now; a series is never past here."""
        first = tree.main()[0]
        start = first.value("DTSTART")[:8]
        if first.first("RRULE") or not start.isdigit():
            return False
        return datetime.strptime(start, "%Y%m%d").replace(tzinfo=UTC).date() < self._clock.now().date()

    def _mail(self, tree: Component, sender: str, recipient: str, method: str) -> None:
        if self._config.get("dav", "sendInvitations", "yes") == "yes":
            first = tree.main()[0]
            self._mails.send(Mail(sender, recipient, method, first.value("UID"), first.value("SUMMARY")))
