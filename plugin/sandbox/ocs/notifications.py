"""Notifications over OCS: pushed by administrators (an app password is enough), read and dismissed by their person.

Lengths count in bytes, so an umlaut counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.ex_apps import ExApps
from plugin.sandbox.notifications import ADMINISTRATOR, Notification, Notifications
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import OcsFailure

BASE = "/apps/notifications/api"
LONGEST_SUBJECT, LONGEST_MESSAGE = 255, 4000


class NotificationCalls:
    def __init__(self, notifications: Notifications, accounts: Accounts, programs: ExApps) -> None:
        self._notifications = notifications
        self._programs = programs
        self._accounts = accounts

    def routes(self) -> Iterable[Route]:
        yield Route("POST", BASE + "/v2/admin_notifications/<userid>", self.push_old)
        yield Route("POST", BASE + "/v3/admin_notifications/<userid>", self.push)
        yield Route("GET", BASE + "/v2/notifications", self.listed)
        yield Route("DELETE", BASE + "/v2/notifications", self.dismiss_all)
        yield Route("DELETE", BASE + "/v2/notifications/<int:number>", self.dismiss)

    def push(self, call: Call) -> object:
        if self._accounts.find(call.part("userid")) is None:
            raise OcsFailure(400, "", {"error": "user"})
        return {"id": self._push(call, "subject", "message").number}

    def push_old(self, call: Call) -> object:
        self._push(call, "shortMessage", "longMessage")
        return []

    def listed(self, call: Call) -> object:
        return [_described(one) for one in self._notifications.of_person(call.uid) if self._is_shown(one)]

    def _is_shown(self, one: Notification) -> bool:
        """What a program pushed is shown only while it is enabled."""
        app = self._programs.find(one.app)
        return one.app == ADMINISTRATOR or (app is not None and app.enabled)

    def dismiss(self, call: Call) -> object:
        if not self._notifications.dismiss(call.uid, int(call.parts["number"])):
            raise OcsFailure(404, "", None)
        return []

    def dismiss_all(self, call: Call) -> object:
        for one in self._notifications.of_person(call.uid):
            self._notifications.dismiss(call.uid, one.number)
        return []

    def _push(self, call: Call, subject_key: str, message_key: str) -> Notification:
        if not self._accounts.is_admin(call.uid):
            raise OcsFailure(403, "Logged in account must be an admin")
        account = self._accounts.find(call.part("userid"))
        if account is None:
            raise OcsFailure(404, "", None)
        subject, message = call.text(subject_key), call.text(message_key)
        if not subject or len(subject.encode()) > LONGEST_SUBJECT:
            raise OcsFailure(400, "", {"error": subject_key})
        if len(message.encode()) > LONGEST_MESSAGE:
            raise OcsFailure(400, "", {"error": message_key})
        return self._notifications.push(account.uid, subject, message)


def _described(one: Notification) -> dict[str, object]:
    return {
        "notification_id": one.number,
        "app": one.app,
        "user": one.uid,
        "datetime": one.at,
        "object_type": one.object_type,
        "object_id": one.object_id or str(one.number),
        "subject": one.subject,
        "message": one.message,
        "link": one.link,
        "actions": [],
    }
