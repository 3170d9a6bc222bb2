"""A login that a source refused is not tried again for a day, unless it was changed: who insists is locked out."""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.sources.looking import Place
from network.errors import DigitalnetzwerkError, LoginRefused
from network.ports import SourceMemory
from network.text import Text

_NOTE = "login_refused"
_PAUSE = timedelta(days=1)


class RefusedLogins:
    def __init__(self, place: Place, memory: SourceMemory) -> None:
        self._place = place
        self._memory = memory

    def refuse_to_repeat(self, now: datetime) -> None:
        """LoginRefused while the same login pauses. Raises what reading the login raises."""
        if self._pauses(now):
            raise LoginRefused(
                Text(
                    "die Anmeldung wurde abgelehnt und wird einen Tag lang nicht wiederholt",
                    "the login was refused and is not repeated for a day",
                ),
                remedy=Text("Zugangsdaten berichtigen.", "Correct the login."),
            )

    def remember(self, error: DigitalnetzwerkError, now: datetime) -> None:
        """A refusal begins the pause; every other error, and one during the pause, changes nothing."""
        if isinstance(error, LoginRefused) and self._place.login_mark and not self._pauses(now):
            self._memory.keep_note(_NOTE, f"{self._place.login_mark} {now.isoformat()}")

    def _pauses(self, now: datetime) -> bool:
        mark, _, at = self._memory.note(_NOTE).partition(" ")
        return bool(at) and mark == self._place.login_mark and now < datetime.fromisoformat(at) + _PAUSE
