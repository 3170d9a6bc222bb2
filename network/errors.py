"""The error tree. Its three families are the retry policy.

DigitalnetzwerkError
├── AgainLater             the next run tries again by itself
│   ├── Unreachable            no connection, time-out, name not found
│   ├── ServerBusy             429, 503, maintenance, a brute-force delay
│   ├── ServerFault            any other 5xx
│   ├── Locked                 423, or another writer holds the scope
│   └── LimitReached           a server limit with a setting (`setting` names it)
├── PersonMustAct          nothing gets better until somebody does something
│   ├── WrongAddress           no Nextcloud answers at the address of the configuration
│   ├── ConfigurationError     carries every Problem of the configuration
│   ├── LoginRefused           401: never repeated, because ten failures lock out the whole address
│   ├── RightMissing           403, or password confirmation that we can't give
│   ├── AppMissing             the server lacks an app, or somebody disabled it
│   ├── InsecureTransport      TLS could not be verified
│   ├── PlanChanged            the fingerprint handed back is not that of the plan made now
│   └── NameTaken              an object of this name is somebody else's
├── LookAgain              the world moved; plan anew
│   ├── PreconditionFailed     412
│   ├── NotThere               404, 410
│   ├── AlreadyThere           405 on create, 400 "exists"
│   └── UidInTrash             500 on create because the trash bin holds the UID
└── BadInput               costs one object, never a run
    ├── Refused                the server does not want this object (400, 413, 415, 507)
    └── SourceUnreadable       a source answered, but not with what it should
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.text import NOTHING, Text

if TYPE_CHECKING:
    from network.problems import Problem


class DigitalnetzwerkError(Exception):
    """Carries a stable code, a place, a sentence and what to do, in both languages."""

    code = "error"

    def __init__(self, message: Text, *, where: str = "", remedy: Text = NOTHING, code: str | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.where = where
        self.remedy = remedy
        if code is not None:
            self.code = code

    def problem(self, where: str | None = None) -> Problem:
        from network.problems import Problem

        return Problem(self.code, where or self.where, self.message, self.remedy)


class AgainLater(DigitalnetzwerkError):
    code = "again_later"


class Unreachable(AgainLater):
    code = "unreachable"


class ServerBusy(AgainLater):
    """`wait` seconds are advised before the next request to this server."""

    code = "server_busy"

    def __init__(self, message: Text, *, where: str = "", remedy: Text = NOTHING, wait: float = 60.0) -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.wait = wait


class ServerFault(AgainLater):
    code = "server_fault"


class Locked(AgainLater):
    code = "locked"


class LimitReached(AgainLater):
    """`setting` is the server's setting that would lift the limit, as `occ config:app:set` spells it."""

    code = "limit_reached"

    def __init__(self, message: Text, *, setting: str, where: str = "", remedy: Text = NOTHING) -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.setting = setting


class PersonMustAct(DigitalnetzwerkError):
    code = "person_must_act"


class ConfigurationError(PersonMustAct):
    code = "configuration"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(Text(f"{count} Fehler in der Konfiguration", f"{count} mistakes in the configuration"))
        self.problems = problems


class WrongAddress(PersonMustAct):
    code = "wrong_address"


class LoginRefused(PersonMustAct):
    code = "login_refused"


class RightMissing(PersonMustAct):
    """`commands` are the exact occ lines that would do it, or give the right."""

    code = "right_missing"

    def __init__(
        self,
        message: Text,
        *,
        commands: tuple[str, ...] = (),
        where: str = "",
        remedy: Text = NOTHING,
        code: str | None = None,
    ) -> None:
        super().__init__(message, where=where, remedy=remedy, code=code)
        self.commands = commands


class AppMissing(PersonMustAct):
    code = "feature_missing"


class InsecureTransport(PersonMustAct):
    code = "insecure_transport"


class PlanChanged(PersonMustAct):
    code = "plan_changed"


class NameTaken(PersonMustAct):
    code = "name_taken"


class LookAgain(DigitalnetzwerkError):
    code = "look_again"


class PreconditionFailed(LookAgain):
    code = "precondition_failed"


class NotThere(LookAgain):
    code = "not_there"


class AlreadyThere(LookAgain):
    code = "already_there"


class UidInTrash(LookAgain):
    code = "uid_in_trash"


class BadInput(DigitalnetzwerkError):
    code = "bad_input"


class Refused(BadInput):
    code = "refused"


class SourceUnreadable(BadInput):
    code = "source_unreadable"
