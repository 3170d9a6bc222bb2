"""How the service is, in one sentence for the administrators of the Nextcloud, who see it among their settings.

Nextcloud never asks for it: what stands there is put up anew whenever it would be another sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from network.errors import DigitalnetzwerkError, LoginRefused
from network.state.runs import RunLog
from network.text import Text
from plugin.exapp.inside import notice
from plugin.exapp.reaching import nextcloud
from plugin.render.run import DONE, LATER, OUT_OF_REACH, PERSON
from plugin.running import Running

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=1)

AFTER: Mapping[int, Text] = {
    DONE: Text("Er läuft, alles ist abgeglichen.", "It is running, everything is in step."),
    LATER: Text("Er läuft; einiges holt er noch nach.", "It is running; some of it is still to be caught up on."),
    PERSON: Text(
        "Er läuft; etwas wartet auf eine Entscheidung (Betrieb).",
        "It is running; something waits for a decision (operations).",
    ),
    OUT_OF_REACH: Text("Er läuft, erreicht aber nicht alles.", "It is running, but can't reach everything."),
}


def state(running: Running) -> Text:
    if not running.remembers:
        return Text("Seine Datenbank ist nicht erreichbar.", "Its database is out of reach.")
    if running.broken:
        first = running.broken[0]
        return Text(
            f"Die Konfiguration ist fehlerhaft, die letzte gültige gilt weiter: {first.line('de')}.",
            f"The configuration is broken, the last valid one stays in force: {first.line('en')}.",
        )
    last = RunLog(running.state.engine).last("apply")
    return AFTER.get(last.exit_code if last else -1, Text("Er läuft.", "It is running."))


class Noticeboard:
    """What we said last. A fault costs this one sentence; the next other one is tried again."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._said: object = None
        self._next: datetime | None = None

    def look(self) -> None:
        """To be called often; looks once a minute."""
        now = self._running.clock()
        if self._next is not None and now < self._next:
            return
        self._next = now + LOOK_EVERY
        settings = self._running.settings
        exapp = settings.service.exapp
        if exapp is None:
            return
        wanted = notice(settings, exapp.address, state(self._running))
        if wanted == self._said:
            return
        self._said = wanted
        try:
            with nextcloud(settings, exapp, self._running.environment) as server:
                if server.ex_app.is_enabled():
                    server.ex_app.show_notice(wanted)
        except LoginRefused:
            log.warning("Nextcloud does not know this service, or with another secret: digitalnetzwerk exapp register")
        except DigitalnetzwerkError as error:
            log.info("Nextcloud's settings could not be told how the service is: %s", error.code)
