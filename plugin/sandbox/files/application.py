"""The WSGI program for files: WsgiDAV's resolver under an error page of the server's kind, and what PUT needs more.

A PUT into a missing folder is 404 here (WsgiDAV says 409) unless `X-NC-WebDAV-Auto-Mkcol: 1` asks for the folders.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from wsgidav.dav_error import DAVError, as_DAVError
from wsgidav.mw.base_mw import BaseMiddleware
from wsgidav.request_resolver import RequestResolver
from wsgidav.wsgidav_app import WsgiDAVApp

from plugin.sandbox.calendars.requests import HTML, WEBDAV_INTERFACE
from plugin.sandbox.dav_error import dav_error, error_response
from plugin.sandbox.files.access import FileAccess, Place
from plugin.sandbox.files.file_properties import file_id
from plugin.sandbox.files.tree import Tree
from plugin.sandbox.files.webdav import FilesProvider
from plugin.sandbox.logins import Caller
from plugin.sandbox.team_folders import CREATE

Environ = dict[str, Any]
Program = Callable[[Environ, Any], Iterable[bytes]]
KINDS = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 409: "Conflict",
         412: "PreconditionFailed", 507: "InsufficientStorage"}  # fmt: skip
A_FOLDER = 4096
MESSAGES = {
    (404, "*"): "File with name {path} could not be located",
    (405, "MKCOL"): "The resource you tried to create already exists",
    (409, "MKCOL"): "Parent node does not exist",
    (409, "MOVE"): "The destination node is not found",
    (412, "MOVE"): "The destination node already exists, and the overwrite header is set to false",
    (412, "*"): "An If-Match header was specified, but none of the specified ETags matched.",
}


class ErrorsAsXml(BaseMiddleware):
    """Turns WsgiDAV's errors into the server's XML."""

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        try:
            yield from self.next_app(environ, start_response)
        except DAVError as error:
            yield from _answer(error, environ, start_response)
        except Exception as error:  # the outermost loop of this program
            logging.getLogger(__name__).exception("files: %s", environ.get("PATH_INFO"))
            yield from _answer(as_DAVError(error), environ, start_response)  # type: ignore[no-untyped-call]


def _answer(error: DAVError, environ: Environ, start_response: Any) -> Iterable[bytes]:
    status, method = error.value, environ["REQUEST_METHOD"]
    if status == 304:
        return error_response(start_response, status, b"")
    if status == 403 and method == "GET" and "browsing" in (error.context_info or ""):
        start_response("200 OK", [("Content-Type", HTML), ("Content-Length", str(len(WEBDAV_INTERFACE)))])
        return [WEBDAV_INTERFACE]
    rest = "/" + "/".join(environ["sandbox.path"].strip("/").split("/")[1:])
    message = MESSAGES.get((status, method)) or MESSAGES.get((status, "*")) or error.context_info or ""
    kind = KINDS.get(status, "ServiceUnavailable")
    return error_response(start_response, status, dav_error(kind, message.replace("{path}", rest)))


class FilesApplication:
    """Expects SCRIPT_NAME `/remote.php/dav/files` and PATH_INFO `/{uid}/…`, percent-decoded."""

    def __init__(self, access: FileAccess, tree: Tree) -> None:
        self._access = access
        self._tree = tree
        self._provider = FilesProvider(access, tree)
        self._program: Program = WsgiDAVApp(  # type: ignore[no-untyped-call]
            {
                "mount_path": "/remote.php/dav/files",
                "provider_mapping": {"/": self._provider},
                "middleware_stack": [ErrorsAsXml, RequestResolver],
                "lock_storage": False,
                "property_manager": None,
                "verbose": 0,
                "logging": {"enable": False},
                "add_header_MS_Author_Via": False,
            }
        )

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ["sandbox.path"] = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if environ["REQUEST_METHOD"] == "PUT":
            refusal = self._prepare_put(environ)
        elif environ["REQUEST_METHOD"] == "MKCOL":
            refusal = self._prepare_mkcol(environ)
        elif environ["REQUEST_METHOD"] == "GET":
            refusal = self._prepare_get(environ)
        else:
            refusal = None
        if refusal is not None:
            return error_response(start_response, *refusal)

        created = environ["REQUEST_METHOD"] in ("MOVE", "COPY") and not self._exists(environ)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if created and status.startswith("204"):
                status = "201 Created"  # WsgiDAV does not tell a new name from a replaced one
            return start_response(status, headers + self._more_headers(environ, headers), exc_info)

        return self._program(environ, start)

    def _exists(self, environ: Environ) -> bool:
        """Whether the Destination is taken already."""
        path = unquote(urlsplit(environ.get("HTTP_DESTINATION", "")).path).partition("/remote.php/dav/files")[2]
        uid, parts = _located({**environ, "sandbox.path": path})
        return uid is not None and self._access.place(uid, parts) is not None

    def _prepare_put(self, environ: Environ) -> tuple[int, bytes] | None:
        """What to refuse before WsgiDAV sees the PUT; makes missing folders if that is asked for."""
        uid, parts = _located(environ)
        if uid is None or not parts:
            return None
        parent = self._access.place(uid, parts[:-1])
        if parent is not None:
            return self._over_quota(parent, int(environ.get("CONTENT_LENGTH") or 0), "/".join(parts))
        if environ.get("HTTP_X_NC_WEBDAV_AUTO_MKCOL") != "1":
            return 404, dav_error("NotFound", f"File with name /{'/'.join(parts[:-1])} could not be located")
        for depth in range(1, len(parts)):
            above, folder = self._access.place(uid, parts[: depth - 1]), self._access.place(uid, parts[:depth])
            if folder is None and above is not None:
                if not above.permissions & CREATE:
                    return 403, dav_error("Forbidden", "")
                self._tree.add_folder(above.node, parts[depth - 1])
        return None

    def _over_quota(self, parent: Place, length: int, path: str) -> tuple[int, bytes] | None:
        """A folder needs room for 4,096 bytes; an empty file is too large only where nothing at all fits."""
        free = self._free(parent)
        if free is None:
            return None
        if length == 0 and free <= 0:
            return 413, dav_error("EntityTooLarge", "Insufficient space")
        return (507, dav_error("InsufficientStorage", f"Insufficient space in /{path}")) if length > free else None

    def _free(self, place: Place) -> int | None:
        """How many bytes its Team folder has room for; None where nothing limits it."""
        folder = place.mount.folder
        return folder.quota - self._tree.size(place.mount.root) if folder and folder.quota >= 0 else None

    def _prepare_get(self, environ: Environ) -> tuple[int, bytes] | None:
        """As 34.0.1: of a folder in which nothing is free no file is given out, not even to be read."""
        uid, parts = _located(environ)
        found = self._access.place(uid, parts) if uid is not None and parts else None
        if found is None or found.node.folder or _is_room(self._free(found)):
            return None
        path = "/".join(parts)
        said = f"Could not open file: {path} ({found.node.number}), file does seem to exist"
        return 503, dav_error("ServiceUnavailable", said)

    def _prepare_mkcol(self, environ: Environ) -> tuple[int, bytes] | None:
        uid, parts = _located(environ)
        parent = self._access.place(uid, parts[:-1]) if uid is not None and parts else None
        return self._over_quota(parent, A_FOLDER, "/".join(parts)) if parent is not None else None

    def _more_headers(self, environ: Environ, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        more = [("OC-ETag", value) for name, value in headers if name == "ETag"]
        if environ["REQUEST_METHOD"] in ("PUT", "MKCOL"):
            uid, parts = _located(environ)
            made = self._access.place(uid, parts) if uid is not None else None
            if made is not None:
                more.append(("OC-FileId", file_id(made.node.number)))
        return more


def _located(environ: Environ) -> tuple[str | None, tuple[str, ...]]:
    """The caller and the path in the caller's own files; None for somebody else's."""
    parts = tuple(part for part in environ["sandbox.path"].split("/") if part)
    caller = environ["sandbox.caller"]
    if not isinstance(caller, Caller) or parts[:1] != (caller.uid,):
        return None, ()
    return caller.uid, parts[1:]


def _is_room(free: int | None) -> bool:
    return free is None or free > 0
