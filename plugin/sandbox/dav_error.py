"""Refusals of the DAV side and their bodies, as sabre/dav writes them."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from xml.sax.saxutils import escape

SABRE = "Sabre\\DAV\\Exception"


class Refusal(Exception):
    """`kind` is the exception that the server names, `inner` the XML of its failed precondition."""

    def __init__(
        self, status: int, kind: str, message: str, inner: str = "", headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.inner = inner
        self.headers = headers

    def body(self) -> bytes:
        return dav_error(self.kind, self.message, self.inner)


def not_found(message: str) -> Refusal:
    return Refusal(404, "NotFound", message)


def database_fault(said: str) -> Refusal:
    """What the server answers when a write breaks a rule of its database."""
    message = f"An exception occurred while executing a query: SQLSTATE[{said}"
    return Refusal(500, "OC\\DB\\Exceptions\\DbalException", message)


def uid_taken(calendar: int, uid: str) -> Refusal:
    """The unique index over calendar and UID, which also counts what lies in the trash bin."""
    return database_fault(
        "23505]: Unique violation: 7 ERROR:  duplicate key value violates unique constraint "
        '"calobjects_by_uid_index"\nDETAIL:  Key (calendarid, calendartype, uid)='
        f"({calendar}, 0, {uid}) already exists."
    )


def dav_error(kind: str, message: str = "", inner: str = "") -> bytes:
    """`kind` is a short name of sabre's or the whole name of another exception."""
    name = kind if "\\" in kind else f"{SABRE}\\{kind}"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
        f"<s:exception>{name}</s:exception><s:message>{escape(message)}</s:message>{inner}</d:error>"
    ).encode()


def error_response(
    start_response: Any, status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()
) -> Iterable[bytes]:
    """Start the answer and give its body."""
    phrase = HTTPStatus(status).phrase
    kind = [("Content-Type", "application/xml; charset=utf-8")] if body else []
    start_response(f"{status} {phrase}", [*kind, ("Content-Length", str(len(body))), *headers])
    return [body] if body else []
