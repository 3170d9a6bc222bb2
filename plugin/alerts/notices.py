"""Coordinators hear inside Nextcloud that a source asks something: one notification a round, no question ever twice.

Whoever a question was claimed for is not told of it again: a notification that is lost on its way (we were killed, no
answer came) is not repeated, because the question stays on the page and a second notification can't be told from a new
one. Says how many and the first one's sentence without anybody's name. Never raises: it is no reason to stop work.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from connectors.nextcloud import NextcloudServer
from connectors.nextcloud.own_account import OwnAccountSeen
from network.errors import DigitalnetzwerkError, LoginRefused, ServerBusy
from network.plan import Scope, ScopeKind
from network.settings import ExApp, Selector, Settings
from network.state import StateStore
from network.state.notices import NoticeLog
from network.state.sources import AskedQuestion, SourceLog
from network.text import Text
from plugin.exapp.inside import PAGE
from plugin.exapp.reaching import nextcloud
from plugin.last_look import LastLook
from plugin.operations.redaction import people_known
from plugin.overviews.meant import as_meant
from workspace_sync.marks import team_of
from workspace_sync.people import People

log = logging.getLogger(__name__)

QUESTIONS = "betrieb/fragen"
LONGEST = 300


class Reach(Protocol):
    """Nextcloud as an account, or as nobody; see `plugin.exapp.reaching`."""

    def __call__(self, account: str = "") -> AbstractContextManager[NextcloudServer]: ...


class Notices:
    """`reach` is None where we are no program of this Nextcloud: then nobody is told, and nothing counts as told."""

    def __init__(self, settings: Settings, state: StateStore, reach: Reach | None) -> None:
        self._settings = settings
        self._state = state
        self._log = NoticeLog(state.engine)
        self._reach = reach

    def after(self, now: datetime) -> None:
        """Tells each coordinator of the questions that they have not heard of."""
        if self._reach is None:
            return
        every = SourceLog(self._state.engine).questions()
        self._log.forget(every, now)
        asked = [each for each in every if not each.answer]
        if not asked:
            return
        try:
            waiting = {who: self._log.untold(who, asked) for who in coordinators(self._settings, self._state)}
            if any(waiting.values()) and self._is_enabled(self._reach):
                for who, untold in waiting.items():
                    if untold:
                        self._tell(who, untold, now, self._reach)
        except DigitalnetzwerkError as error:
            log.warning("no coordinator could be told inside Nextcloud: %s", error)

    def _is_enabled(self, reach: Reach) -> bool:
        """Also proves our secret: a refusal after this is about the person."""
        with reach() as server:
            return server.ex_app.is_enabled()

    def _tell(self, who: str, untold: Collection[AskedQuestion], now: datetime, reach: Reach) -> None:
        ours: tuple[AskedQuestion, ...] = ()
        try:
            with reach(who) as server:
                own = server.own_account()
            if self._may_hear(own) and (ours := self._log.claim(who, untold, now)):
                with reach(own.id) as server:  # in other capitals it would be kept for nobody
                    server.ex_app.notify(*self._words(ours), _address(self._settings), _key(ours))
        except LoginRefused:
            self._log.claim(who, untold, now)
            log.info("a coordinator has no account any more and is not told")
        except ServerBusy as error:
            self._log.put_back(who, ours)
            log.info("a coordinator will be told later: %s", error.code)
        except DigitalnetzwerkError as error:
            log.warning("a coordinator could not be told: %s", error.code)

    def _may_hear(self, own: OwnAccountSeen) -> bool:
        pilot = self._settings.network.pilot
        return pilot is None or pilot in own.groups

    def _words(self, asked: Sequence[AskedQuestion]) -> tuple[str, str]:
        language, many = self._settings.network.language, len(asked)
        subject = Text(
            "Eine Frage wartet auf Ihre Antwort" if many == 1 else f"{many} Fragen warten auf Ihre Antwort",
            "A question waits for your answer" if many == 1 else f"{many} questions wait for your answer",
        )
        first = people_known(self._settings, self._state).text(asked[0].question.message.language(language))
        flat = " ".join(first.split())
        return subject.language(language), flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def coordinators(settings: Settings, state: StateStore) -> tuple[str, ...]:
    """Accounts with that role, as far as the last runs know; a role that is given to a topic goes to nobody."""
    meant, people = as_meant(settings, state)
    teams = LastLook.of(state).teams
    found = {account for each in meant.roles.coordinators for account in _accounts(each, meant, people, teams)}
    return tuple(sorted(found))


def way(settings: Settings, environment: Mapping[str, str]) -> Reach | None:
    """None where we are no program of this Nextcloud, and in a preview."""
    exapp = settings.service.exapp
    if exapp is None or settings.network.mode == "preview":
        return None
    return _way(settings, exapp, environment)


def _way(settings: Settings, exapp: ExApp, environment: Mapping[str, str]) -> Reach:
    def reach(account: str = "") -> AbstractContextManager[NextcloudServer]:
        return nextcloud(settings, exapp, environment, account)

    return reach


def _accounts(
    selector: Selector, settings: Settings, people: People, teams: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """As the pages give the role (`plugin.web.visitors`): to the people named, or to those of the places named."""
    yield from map(people.spelled, selector.people)
    if selector.people or selector.topic:
        return
    for key in selector.exchange_groups:
        yield from teams.get(team_of(Scope(ScopeKind.EXCHANGE_GROUP, key)), ())
    if selector.exchange_groups:
        return
    for key in selector.named_administrations(settings.administrations):
        yield from people.of(key)
        yield from (settings.administrations[key].accounts if key in settings.administrations else ())


def _address(settings: Settings) -> str:
    return f"{settings.nextcloud.url}/index.php/apps/app_api/embedded/digitalnetzwerk/{PAGE}/{QUESTIONS}"


def _key(asked: Sequence[AskedQuestion]) -> str:
    """Nextcloud wants one; it replaces nothing by it."""
    named = "\n".join(f"{each.connector} {each.question.key} {each.question.code}" for each in asked)
    return hashlib.sha256(named.encode()).hexdigest()[:32]
