"""One round: everything that is due is asked, and what follows from it is carried out.

A round that finds another writer at work, or no Nextcloud, is taken up again soon; nothing is lost by leaving one out.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping
from datetime import timedelta

from network.errors import AgainLater, DigitalnetzwerkError
from network.settings import Settings
from network.state.schedule import Schedule
from plugin.alerts.concerns import Found, broken, found_by, found_in
from plugin.alerts.notices import Notices, way
from plugin.alerts.telling import Telling, post
from plugin.intervals import NEXTCLOUD, all_connectors
from plugin.render.run import OUT_OF_REACH, Run
from plugin.running import Running

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=5)


def intervals(settings: Settings) -> Mapping[str, timedelta]:
    """How often what is looked at: every connector, and Nextcloud itself."""
    connectors = {key: each.every for key, each in all_connectors(settings).items()}
    return {NEXTCLOUD: settings.nextcloud.verify_every, **connectors}


class Rounds:
    def __init__(self, running: Running) -> None:
        self._running = running

    @property
    def schedule(self) -> Schedule:
        return Schedule(self._running.state.engine, clock=self._running.clock, random=random.random)

    def begin(self) -> None:
        """A program that starts looks at everything at once."""
        self.schedule.keep(intervals(self._running.settings))
        self.schedule.hasten(tuple(self.schedule.times()))

    def follow_settings(self) -> None:
        """The schedule in step with a configuration that was read again: what it wants anew is carried out at once."""
        self.schedule.keep(intervals(self._running.settings))
        self.schedule.hasten((NEXTCLOUD,))

    def go(self) -> Run | None:
        """Carries out what is due; None when nothing is, or when it could not be carried out now."""
        schedule = self.schedule
        asked = schedule.claim()
        if not asked:
            return None
        try:
            with self._running.service() as service:
                run = service.apply(asked=asked)
        except DigitalnetzwerkError as error:
            log.warning("round of %s came to nothing", ", ".join(asked), extra={"event": {"code": error.code}})
            self._tell(found_by(error))
            if isinstance(error, AgainLater):
                schedule.hasten(asked, by=AGAIN_AFTER)
            return None
        if run.code == OUT_OF_REACH:
            schedule.hasten(asked, by=AGAIN_AFTER)
        self._tell(found_in(run))
        return run

    def _tell(self, found: Found) -> None:
        running = self._running
        send = post(running.settings, running.environment)
        Telling(running.settings, running.state, send).after(found | broken(running.broken), running.clock())
        Notices(running.settings, running.state, way(running.settings, running.environment)).after(running.clock())
