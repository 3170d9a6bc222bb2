"""Tells whoever is responsible, after each round. Never raises: that nobody could be told is no reason to stop work."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from connectors.mail import Letter, Mailer
from network.errors import DigitalnetzwerkError
from network.settings import MailServer, Settings
from network.state import StateStore
from network.state.concerns import Concern, ConcernLog
from network.state.sources import SourceLog
from plugin.alerts.concerns import Found
from plugin.alerts.letters import about
from plugin.alerts.responsible import responsible
from plugin.intervals import all_connectors

log = logging.getLogger(__name__)

PASSES_BY_ITSELF = timedelta(hours=1)
AGAIN_AFTER = timedelta(days=1)
HOUR = timedelta(hours=1)

Send = Callable[[Letter, datetime], None]


class Telling:
    """`send` is None where no mail server is configured: then nothing is told, and nothing counts as told."""

    def __init__(self, settings: Settings, state: StateStore, send: Send | None) -> None:
        self._settings = settings
        self._state = state
        self._concerns = ConcernLog(state.engine)
        self._send = send

    def after(self, found: Found, now: datetime) -> None:
        """Remembers what a round found, and sends what is due: one letter for each address."""
        self._concerns.name([(each, responsible(each, self._settings)) for each in found.problems], now)
        wrong: dict[str, list[Concern]] = defaultdict(list)
        over: dict[str, list[Concern]] = defaultdict(list)
        for each in self._concerns.all():
            if self._is_over(each, now):
                (over[each.to] if each.told_at is not None else over[""]).append(each)
            elif each.named_at == now and self._is_due(each, found, now):
                wrong[each.to].append(each)
        for unheard in over.pop("", ()):
            self._concerns.forget(unheard)
        for to in sorted({*wrong, *over}):
            self._tell(to, wrong[to], over[to], now)

    def _is_due(self, each: Concern, found: Found, now: datetime) -> bool:
        if each.told_at is not None:
            return now - each.told_at >= AGAIN_AFTER
        return each.problem.code in found.urgent or now - each.since >= PASSES_BY_ITSELF

    def _is_over(self, each: Concern, now: datetime) -> bool:
        """Every connector was asked since it was last named, and it was not named again."""
        if each.named_at == now:
            return False
        asked = {one.connector: one.attempted_at for one in SourceLog(self._state.engine).health()}
        moments = [asked.get(key) for key in all_connectors(self._settings)]
        return all(at is not None and at > each.named_at for at in moments)

    def _tell(self, to: str, wrong: Sequence[Concern], over: Sequence[Concern], now: datetime) -> None:
        if self._send is None:
            return
        if self._concerns.sent_since(now - HOUR) >= self._settings.limits.mails.per_hour:
            log.error(
                "limits.mails: %s mails have left within an hour, the others wait", self._settings.limits.mails.per_hour
            )
            return
        wrong = [each for each in wrong if self._concerns.claim(each, now)]
        over = [each for each in over if self._concerns.forget(each)]
        if not wrong and not over:
            return
        pages = self._settings.service.public_url or ""
        letter = about(to, wrong, over, network=self._settings.network, pages=pages, now=now)
        try:
            self._send(letter, now)
        except DigitalnetzwerkError as error:
            log.error("nobody could be told: %s", error.code)
            for each in (*wrong, *over):
                self._concerns.put_back(each)
            return
        self._concerns.note_sent(now)
        log.info("told of %s problems, %s are over", len(wrong), len(over))


def post(settings: Settings, environment: Mapping[str, str]) -> Send | None:
    """Sends over the configured mail server; None where there is none."""
    written = settings.service.mail
    if written is None or settings.network.mode == "preview":
        return None
    mailer = mailer_of(written, settings, environment)
    return lambda letter, at: mailer.send(letter, at=at)


def mailer_of(written: MailServer, settings: Settings, environment: Mapping[str, str]) -> Mailer:
    secret = written.password
    return Mailer(
        written.server,
        written.port,
        written.security,
        written.sender,
        username=written.username or "",
        password=None if secret is None else lambda: secret.reveal(environment),
        ca_file=str(settings.nextcloud.ca_file) if settings.nextcloud.ca_file else None,
    )
