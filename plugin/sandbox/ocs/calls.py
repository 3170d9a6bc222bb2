"""One OCS call as the interfaces see it, and how an interface declares its routes.

Parameters come as PHP gives them to a controller: query, form and JSON body in one bag, `name[]` collected to a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from flask import Request as FlaskRequest

from plugin.sandbox.logins import Caller
from plugin.sandbox.ocs.envelope import NOT_FOUND, UNAUTHORISED, OcsFailure, Version


@dataclass(frozen=True, slots=True)
class Call:
    """`parts` are the variables of the path, `given` the parameters."""

    request: FlaskRequest
    caller_or_none: Caller | None
    parts: Mapping[str, str]
    given: Mapping[str, Any]
    version: Version

    @property
    def caller(self) -> Caller:
        if self.caller_or_none is None:
            raise OcsFailure(UNAUTHORISED, "Current user is not logged in")
        return self.caller_or_none

    @property
    def uid(self) -> str:
        return self.caller.uid

    def part(self, name: str) -> str:
        """A variable of the path, decoded once more: the server decodes twice, so + and % cannot be addressed."""
        return unquote_plus(self.parts[name])

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        return default if value is None else str(value)

    def number(self, name: str, default: int | None = None) -> int | None:
        value = self.given.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise OcsFailure(NOT_FOUND, "Invalid query, please check the syntax.") from None

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.given.get(name)
        return default if value is None else str(value).lower() in ("1", "true", "on", "yes")

    def texts(self, name: str) -> list[str]:
        value = self.given.get(name)
        return [str(item) for item in value] if isinstance(value, list) else []

    def mapping(self, name: str) -> Mapping[str, Any]:
        value = self.given.get(name)
        return value if isinstance(value, dict) else {}

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        value = self.given.get(name)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Done:
    """Data with another success code than 200, such as 201 for something made."""

    code: int
    data: object


View = Callable[[Call], object]


@dataclass(frozen=True, slots=True)
class Route:
    """`confirmed`: only after password confirmation. `public`: also for nobody. `path` below /ocs/vN.php.

    `index`: below /index.php instead, in the envelope of version 1, with bare messages for what the app refuses. `app`:
    the optional app that has to be enabled, else there is no such route.
    """

    method: str
    path: str
    view: View
    confirmed: bool = False
    public: bool = False
    index: bool = False
    app: str = ""


def parameters(request: FlaskRequest) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for source in (request.args, request.form):
        for key, values in source.lists():
            if key.endswith("[]"):
                given[key[:-2]] = list(values)
            else:
                given[key] = values[-1]
    if request.mimetype == "application/json":
        body = request.get_json(silent=True)
        if isinstance(body, dict):
            given |= body
    return given
