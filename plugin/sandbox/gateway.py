"""The front door: who is it, may this address still log in, which program answers; then the access log.

One request at a time: the programs behind need no locks of their own. An ordered fault is dealt with here.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.client import responses
from typing import Any

from werkzeug.wrappers import Request as WebRequest

from plugin.sandbox.access_log import Request
from plugin.sandbox.accounts import Account
from plugin.sandbox.dav_error import dav_error
from plugin.sandbox.faults import WRITES
from plugin.sandbox.logins import COOKIE, Caller, Refused
from plugin.sandbox.ocs.capabilities import status
from plugin.sandbox.ocs.envelope import UNAUTHORISED, Version, http_status, render
from plugin.sandbox.world import World

DAV = "/remote.php/dav"
FILES = DAV + "/files"
CLIENT_LOGIN = "/apps/oauth2/api/v1/token"
"""There a program logs in, no person."""
PROGRAM = "HTTP_EX_APP_ID"
REACHED_MAXIMUM_DELAY = "Reached maximum delay"
Headers = list[tuple[str, str]]
Environ = dict[str, Any]


class Gateway:
    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.RLock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        begun = time.perf_counter()
        method, path = environ["REQUEST_METHOD"], _decoded(environ["PATH_INFO"])
        faults = self._world.faults
        with self._lock:
            if method in WRITES:
                faults.before_write(method, path)
            fault = faults.take(method, path)
        if fault is not None:
            time.sleep(fault.wait)
        is_refused = fault is not None and fault.kind == "refuse"
        unlocked = None if is_refused else self._beside(environ, path)
        with self._lock:
            if fault is not None and fault.kind == "refuse":
                user, code, headers, body = "", fault.status, list(fault.headers), fault.body
            elif unlocked is not None:
                user, code, headers, body = unlocked
            else:
                user, code, headers, body = self._served(environ, path)
            if fault is not None and fault.kind == "deny":
                code, headers, body = fault.status, list(fault.headers), fault.body
            if method in WRITES:
                faults.after_write(method, path)
            milliseconds = round((time.perf_counter() - begun) * 1000)
            self._world.access_log.add(Request(method, path, user, code, milliseconds))
        if fault is not None and fault.kind == "drop":
            _break_connection(environ)
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        if code not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
            headers.append(("Content-Length", str(len(body))))
        start_response(f"{code} {responses.get(code, 'Unknown')}", headers)
        return [] if method == "HEAD" else [body]

    def _beside(self, environ: Environ, path: str) -> tuple[str, int, Headers, bytes] | None:
        """What goes to and fro with programs that call back while they are asked; None for everything else."""
        program = self._world.ex_app_program
        if not program.is_meant(path):
            return None
        with self._lock:
            caller = self._world.logins.caller(environ.get("HTTP_AUTHORIZATION", ""), _cookie(environ))
        account = caller.account if isinstance(caller, Caller) else None
        answer = program.serve(WebRequest(environ), path, account)
        return account.uid if account else "", answer.status_code, list(answer.headers), answer.get_data()

    def _served(self, environ: Environ, path: str) -> tuple[str, int, Headers, bytes]:
        address = environ.get("REMOTE_ADDR", "")
        authorization = "" if path.endswith(CLIENT_LOGIN) else environ.get("HTTP_AUTHORIZATION", "")
        if authorization and self._world.brute_force.shut(address):
            return "", *_refused(environ, path, HTTPStatus.TOO_MANY_REQUESTS, REACHED_MAXIMUM_DELAY)
        caller = self._caller(environ, authorization)
        if isinstance(caller, Refused):
            self._world.brute_force.count(address, caller.login)
            return "", *_refused(environ, path, HTTPStatus.UNAUTHORIZED, "Current user is not logged in")
        if caller is not None:
            self._world.brute_force.forgive(address, caller.uid)
            if not caller.token:
                self._world.homes.ensure_personal(caller.uid)
        environ["sandbox.caller"] = caller
        code, headers, body = self._routed(environ, path, caller)
        if delay := self._world.brute_force.delay_milliseconds(address):
            headers.append(("X-Nextcloud-Bruteforce-Throttled", f"{delay}ms"))
        if caller is not None and not caller.by_cookie:
            headers.append(("Set-Cookie", f"{COOKIE}={caller.session.key}; path=/; HttpOnly; SameSite=Lax"))
        return caller.uid if caller else "", code, headers, body

    def _caller(self, environ: Environ, authorization: str) -> Caller | Refused | None:
        """A program that is known here acts as whoever it names."""
        if PROGRAM in environ:
            acting = self._world.ex_apps.acting(lambda name: environ.get("HTTP_" + name.replace("-", "_")))
            if isinstance(acting, Account):
                return self._world.logins.without_password(acting)
            return None if acting else Refused("")
        return self._world.logins.caller(authorization, _cookie(environ))

    def _routed(self, environ: Environ, path: str, caller: Caller | None) -> tuple[int, Headers, bytes]:
        if path == "/status.php":
            return _json(HTTPStatus.OK, status(self._world.version))
        if path.startswith("/.well-known/c"):
            return HTTPStatus.MOVED_PERMANENTLY, [("Location", f"{DAV}/")], b""
        if not _below(path, DAV):
            return _collected(self._world.web_program, environ)
        if caller is None and not _below(path, DAV + "/public-calendars"):
            return _refused(environ, path, HTTPStatus.UNAUTHORIZED, "No public access to this resource.")
        prefix, program = (
            (FILES, self._world.files_program) if _below(path, FILES) else (DAV, self._world.calendar_program)
        )
        inner = {**environ, "SCRIPT_NAME": prefix, "PATH_INFO": environ["PATH_INFO"][len(prefix) :] or "/"}
        if not self._world.version.knows_silent_writes:
            inner.pop("HTTP_X_NC_SCHEDULING", None)
        return _collected(program, inner)


def _below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix + "/")


def _decoded(path: str) -> str:
    return path.encode("latin-1").decode("utf-8", "replace")


def _cookie(environ: Environ) -> str:
    cookies = (part.strip().partition("=") for part in environ.get("HTTP_COOKIE", "").split(";"))
    return next((value for name, _, value in cookies if name == COOKIE), "")


def _collected(program: Callable[[Environ, Any], Iterable[bytes]], environ: Environ) -> tuple[int, Headers, bytes]:
    """The whole answer of a WSGI program."""
    started: list[tuple[str, Headers]] = []
    written: list[bytes] = []

    def start(line: str, headers: Headers, _exc_info: Any = None) -> Callable[[bytes], None]:
        started.append((line, headers))
        return written.append

    try:
        answer = program(environ, start)
        written.extend(answer)
        if hasattr(answer, "close"):
            answer.close()
    except Exception:  # the outermost loop: a defect of the sandbox is an answer of its own
        logging.getLogger(__name__).exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
        return HTTPStatus.INTERNAL_SERVER_ERROR, [("Content-Type", "text/plain")], b"defect of the sandbox"
    line, headers = started[-1]
    return int(line.split()[0]), list(headers), b"".join(written)


def _refused(environ: Environ, path: str, code: int, message: str) -> tuple[int, Headers, bytes]:
    if path.startswith(DAV):
        kind = (
            "NotAuthenticated"
            if code == HTTPStatus.UNAUTHORIZED
            else "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests"
        )
        headers = [("Content-Type", "application/xml; charset=utf-8")]
        if code == HTTPStatus.UNAUTHORIZED:
            headers.append(("WWW-Authenticate", 'Basic realm="Nextcloud", charset="UTF-8"'))
        return code, headers, dav_error(kind, message)
    version: Version = 2 if path.startswith("/ocs/v2.php") else 1
    ocs_code = UNAUTHORISED if code == HTTPStatus.UNAUTHORIZED else code
    as_json = "format=json" in environ.get("QUERY_STRING", "") or "json" in environ.get("HTTP_ACCEPT", "")
    body = render(version, as_json, ocs_code, message, ())
    kind = "application/json; charset=utf-8" if as_json else "application/xml; charset=utf-8"
    answer = code if code == HTTPStatus.TOO_MANY_REQUESTS else http_status(version, ocs_code)
    return answer, [("Content-Type", kind)], body


def _json(code: int, data: object) -> tuple[int, Headers, bytes]:
    return code, [("Content-Type", "application/json")], json.dumps(data).encode()


def _break_connection(environ: Environ) -> None:
    """waitress hands no socket to a program; its question whether the client is gone is bound to the channel."""
    channel = environ["waitress.client_disconnected"].__self__
    channel.socket.shutdown(socket.SHUT_RDWR)
