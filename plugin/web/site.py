"""What every page gets: the configuration in force, who is logged in, the trainings, and whom to ask
for what takes longer than a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from network.settings import Settings
from network.state import StateStore
from network.state.sessions import Sessions
from plugin.catalogue import Catalogue
from plugin.feeds.desk import Feeds
from plugin.jobs.errands import Errands
from plugin.meeting_times import MeetingTimes
from plugin.running import Running
from plugin.web.arrivals import Arrivals

LOGGED_IN_FOR = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Site:
    running: Running
    sessions: Sessions
    catalogue: Catalogue
    errands: Errands
    arrivals: Arrivals
    feeds: Feeds
    meetings: MeetingTimes

    @classmethod
    def of(cls, running: Running) -> Site:
        sessions = Sessions(running.state.engine, clock=running.clock, lasting=LOGGED_IN_FOR)
        return cls(
            running,
            sessions,
            Catalogue(running.state, running.settings.network.timezone),
            Errands(running),
            Arrivals(running, sessions),
            Feeds(running),
            MeetingTimes(running.state),
        )

    @property
    def settings(self) -> Settings:
        return self.running.settings

    @property
    def state(self) -> StateStore:
        return self.running.state

    @property
    def clock(self) -> Callable[[], datetime]:
        return self.running.clock

    @property
    def now(self) -> datetime:
        """In the network's own zone."""
        return self.clock().astimezone(self.settings.network.timezone)
