"""The log of the service: one event a line, as JSON for machines or plain for people, on standard error.

Refuses to hold who somebody is: titles, accounts and addresses of pages stay out; an event names its place by endpoint,
scope and connector, and its cause by code.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import deque
from collections.abc import Collection
from datetime import UTC, datetime
from urllib.parse import quote

from network.report import Result
from network.settings import LogForm
from network.trace import fields
from plugin.render.run import Run

log = logging.getLogger(__name__)


HIDDEN = "***"
TALKATIVE = ("huey", "alembic", "waitress")


class Recent(logging.Handler):
    """Keeps the last lines in memory, for who looks after the service."""

    def __init__(self, most: int = 1000) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=most)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    @property
    def lines(self) -> tuple[str, ...]:
        """The oldest first."""
        return tuple(self._lines)


def begin(form: LogForm, *, secrets: Collection[str] = (), recent: Recent | None = None) -> None:
    """From now on the program's events are written in this form; what was set up before is over.

    `secrets` are hidden wherever they should turn up, as in the text of an error of some library. `recent` keeps the
    same lines.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr), *([recent] if recent is not None else [])]
    for handler in handlers:
        handler.setFormatter(Hiding(AsJson() if form == "json" else Plain(), secrets))
    logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)
    for each in TALKATIVE:
        logging.getLogger(each).setLevel(logging.WARNING)


class Hiding(logging.Formatter):
    def __init__(self, inner: logging.Formatter, secrets: Collection[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = sorted({form for each in secrets if each for form in (each, quote(each, safe=""))}, key=len)

    def format(self, record: logging.LogRecord) -> str:
        line = self._inner.format(record)
        for secret in reversed(self._secrets):
            line = line.replace(secret, HIDDEN)
        return line


class AsJson(logging.Formatter):
    """{"time", "level", "logger", "message", …}: what it is about (request, run, scope, connector), and `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields(),
            **getattr(record, "event", {}),
        }
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)


class Plain(logging.Formatter):
    """2026-12-08 10:42:07 warning plugin.jobs.rounds: … [run=17 connector=plan]"""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(level)s %(name)s: %(message)s%(about)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        event = {**fields(), **getattr(record, "event", {})}
        record.level = record.levelname.lower()
        record.about = f" [{' '.join(f'{name}={value}' for name, value in event.items())}]" if event else ""
        return super().format(record)


def tell(run: Run) -> None:
    """What came of a run: one event for each source that failed, scope that was stopped and change that wasn't done."""
    for source in run.sources:
        if source.failed:
            log.warning("source could not be read", extra=_event(connector=source.connector, state=source.state))
    for each in run.plan.scopes:
        if each.unsafe is not None:
            log.warning("stopped by the guard", extra=_event(scope=each.scope.unnamed, held=len(each.held)))
    for outcome in run.report.outcomes if run.report else ():
        if outcome.result in (Result.FAILED, Result.DEFERRED):
            change, code = outcome.change, outcome.problem.code if outcome.problem else ""
            what = _event(scope=change.scope.unnamed, action=change.action, kind=change.kind, code=code)
            log.warning("change %s", outcome.result, extra=what)
    counts = run.report.counts if run.report else {}
    log.info("run ended", extra=_event(command=run.command, exit_code=run.code, **counts))


def _event(**values: object) -> dict[str, dict[str, object]]:
    return {"event": values}
