"""What an account does about its own login: confirm the password, get, rotate and give back an app password."""

from __future__ import annotations

from collections.abc import Iterable

from plugin.sandbox.brute_force import SUDO, BruteForce
from plugin.sandbox.logins import Logins
from plugin.sandbox.ocs.calls import Call, Route
from plugin.sandbox.ocs.envelope import OcsFailure


class OwnLogin:
    def __init__(self, logins: Logins, brute_force: BruteForce) -> None:
        self._logins = logins
        self._brute_force = brute_force

    def routes(self) -> Iterable[Route]:
        yield Route("PUT", "/core/apppassword/confirm", self.confirm)
        yield Route("GET", "/core/getapppassword", self.get, confirmed=True)
        yield Route("DELETE", "/core/apppassword", self.delete)

    def confirm(self, call: Call) -> object:
        address = call.request.remote_addr or ""
        if not self._logins.confirm(call.caller, call.text("password")):
            self._brute_force.count(address, call.uid, SUDO)
            raise OcsFailure(403)
        self._brute_force.forgive(address, call.uid, SUDO)
        return {"lastLogin": int(self._logins.now())}

    def get(self, call: Call) -> object:
        if call.caller.token:
            raise OcsFailure(403, "You cannot request an new apppassword with an apppassword")
        name = call.request.headers.get("User-Agent", "unknown")
        return {"apppassword": self._logins.create_app_password(call.uid, name)}

    def delete(self, call: Call) -> object:
        if not call.caller.token:
            raise OcsFailure(403, "no app password in use")
        self._logins.revoke_app_password(call.caller.token)
        return []
