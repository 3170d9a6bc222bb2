"""WsgiDAV's provider over the file tree: /remote.php/dav/files/{uid}/…

WsgiDAV answers the methods, conditions and ranges; here stands what it cannot know: permissions as 403, mounts that
cannot be moved, hrefs in the server's lower-case percent-encoding. Refuses locks and COPY between people.
"""

from __future__ import annotations

import io
import mimetypes
import re
from typing import Any
from urllib.parse import quote

from wsgidav.dav_error import (
    HTTP_FORBIDDEN,
    HTTP_INTERNAL_ERROR,
    HTTP_NOT_FOUND,
    DAVError,
)
from wsgidav.dav_provider import DAVCollection, DAVNonCollection, DAVProvider, _DAVResource
from wsgidav.xml_tools import etree  # type: ignore[attr-defined]  # lxml where it is installed

from plugin.sandbox.files.access import FileAccess, Place
from plugin.sandbox.files.acl_property import read_rules
from plugin.sandbox.files.file_properties import ACL_LIST, FileProperties
from plugin.sandbox.files.tree import Tree, new_etag
from plugin.sandbox.logins import Caller
from plugin.sandbox.team_folders import CREATE, DELETE, READ, UPDATE

CALLER = "sandbox.caller"
Environ = dict[str, Any]


def refusal(status: int, message: str = "") -> DAVError:
    return DAVError(status, message)  # type: ignore[no-untyped-call]


class FilesProvider(DAVProvider):
    def __init__(self, access: FileAccess, tree: Tree) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.access = access
        self.tree = tree
        self.properties = FileProperties(access, tree)

    def get_resource_inst(self, path: str, environ: Environ) -> Folder | File | ForeignHome | None:
        self._count_get_resource_inst += 1
        parts = tuple(part for part in path.split("/") if part)
        caller = environ.get(CALLER)
        if not isinstance(caller, Caller) or not parts:
            return None
        if parts[0] != caller.uid:  # another person's files are not there, also for administrators
            return ForeignHome(path, environ) if len(parts) == 1 and self.access.knows(parts[0]) else None
        return self.resource(caller.uid, parts[1:], environ)

    def resource(self, uid: str, parts: tuple[str, ...], environ: Environ) -> Folder | File | None:
        place = self.access.place(uid, parts)
        if place is None:
            return None
        path = "/" + "/".join((uid, *parts))
        kind = Folder if place.node.folder else File
        return kind(path, environ, self, uid, parts, place)


class _Shared(_DAVResource):
    """What files and folders have in common."""

    provider: FilesProvider
    path: str
    environ: Environ
    name: str

    def _take(self, uid: str, parts: tuple[str, ...], place: Place) -> None:
        self.uid, self.parts, self.place = uid, parts, place

    @property
    def _tree(self) -> Tree:
        return self.provider.tree

    def require(self, bit: int) -> None:
        if not self.place.permissions & bit:
            raise refusal(HTTP_FORBIDDEN)

    def get_href(self) -> str:
        encoded = quote(self.environ["SCRIPT_NAME"] + self.path, safe="/!$&'()*+,;=:@~-._")
        if self.is_collection and not encoded.endswith("/"):
            encoded += "/"
        return re.sub(r"%[0-9A-F]{2}", lambda found: found.group().lower(), encoded)

    def get_display_name(self) -> str:
        return self.parts[-1] if self.parts else self.uid

    def get_etag(self) -> str:
        return self.place.node.etag

    def support_etag(self) -> bool:
        return True

    def get_last_modified(self) -> int:
        return self.place.node.modified

    def get_creation_date(self) -> int:
        return self.place.node.modified

    def get_property_names(self, *, is_allprop: bool) -> list[str]:
        names = ["getlastmodified", "getetag", "resourcetype"]
        if not self.is_collection:
            names += ["getcontentlength", "getcontenttype"]
        return ["{DAV:}" + name for name in names]

    def get_property_value(self, name: str) -> Any:
        own = self.provider.properties.value(self.place, self.uid, name)
        if own is not None:
            return own
        if name in self.place.node.properties:
            return etree.fromstring(self.place.node.properties[name])
        return super().get_property_value(name)  # type: ignore[no-untyped-call]

    def set_property_value(self, name: str, value: Any, dry_run: bool = False) -> None:
        if name == ACL_LIST:
            self._set_rules(value, dry_run)
        elif name.startswith("{DAV:}") and name != "{DAV:}getlastmodified":
            raise refusal(HTTP_FORBIDDEN)
        elif not dry_run:
            text = None if value is None else etree.tostring(value).decode()
            self._tree.set_property(self.place.node, name, text)

    def _set_rules(self, value: Any, dry_run: bool) -> None:
        if not self.provider.access.manages(self.place, self.uid):
            raise refusal(HTTP_INTERNAL_ERROR)  # a 500 is what the app answers to those who do not manage
        rules = read_rules(value)
        if not self.provider.access.bits_with(self.place, self.uid, rules) & READ:
            raise refusal(400, "You cannot remove your own read permission.")
        if not dry_run:
            self.provider.access.set_rules(self.place.node, rules)

    def support_recursive_move(self, dest_path: str) -> bool:
        return True

    def support_recursive_delete(self) -> bool:
        return True

    def handle_delete(self) -> bool:
        """Deletes all at once; raises what the server answers."""
        if self.place.is_mount_root:
            raise refusal(HTTP_FORBIDDEN)
        self.require(DELETE)
        self._tree.remove(self.place.node)
        return True

    def handle_move(self, dest_path: str) -> bool:
        if self.place.is_mount_root:
            raise refusal(HTTP_INTERNAL_ERROR if self.place.mount.folder else HTTP_FORBIDDEN)
        target, name = self._target(dest_path)
        self.require(UPDATE)
        if target.place.mount.root.number != self.place.mount.root.number:
            self.require(DELETE)
        known = self._tree.child(target.place.node, name)
        if known and known.number != self.place.node.number:
            self._tree.remove(known)
        self._tree.move(self.place.node, target.place.node, name)
        return True

    def handle_copy(self, dest_path: str, *, depth_infinity: bool) -> bool:
        target, name = self._target(dest_path)
        known = self._tree.child(target.place.node, name)
        if known:
            self._tree.remove(known)
        self._tree.copy(self.place.node, target.place.node, name)
        return True

    def _target(self, dest_path: str) -> tuple[Folder, str]:
        parts = tuple(part for part in dest_path.split("/") if part)
        if not parts or parts[0] != self.uid:
            raise refusal(HTTP_FORBIDDEN)
        folder = self.provider.resource(self.uid, parts[1:-1], self.environ)
        if not isinstance(folder, Folder):
            raise refusal(HTTP_NOT_FOUND)
        folder.require(CREATE)
        return folder, parts[-1]


class Folder(_Shared, DAVCollection):
    def __init__(
        self, path: str, environ: Environ, provider: FilesProvider, uid: str, parts: tuple[str, ...], place: Place
    ) -> None:
        DAVCollection.__init__(self, path, environ)
        self.provider = provider
        self._take(uid, parts, place)

    def get_member_names(self) -> list[str]:
        if not self.place.permissions & READ:
            raise refusal(HTTP_FORBIDDEN, "No read permissions")
        return self.provider.access.names(self.uid, self.parts)

    def get_member(self, name: str) -> Folder | File | None:
        return self.provider.resource(self.uid, (*self.parts, name), self.environ)

    def create_empty_resource(self, name: str) -> File:
        self.require(CREATE)
        self._tree.write(self.place.node, name, b"")
        made = self.get_member(name)
        if not isinstance(made, File):
            raise refusal(HTTP_FORBIDDEN)
        return made

    def create_collection(self, name: str) -> None:
        self.require(CREATE)
        self._tree.add_folder(self.place.node, name)


class ForeignHome(DAVCollection):
    """Another person's files: the folder itself answers and is empty, writing into it is refused."""

    def get_href(self) -> str:
        return quote(self.environ["SCRIPT_NAME"] + self.path).rstrip("/") + "/"

    def get_member_names(self) -> list[str]:
        return []

    def create_empty_resource(self, name: str) -> File:
        raise refusal(HTTP_FORBIDDEN, f"Permission denied to create file (filename {name})")

    def create_collection(self, name: str) -> None:
        raise refusal(HTTP_FORBIDDEN, "Permission denied to create directory")

    def handle_delete(self) -> bool:
        raise refusal(HTTP_FORBIDDEN)


class File(_Shared, DAVNonCollection):
    def __init__(
        self, path: str, environ: Environ, provider: FilesProvider, uid: str, parts: tuple[str, ...], place: Place
    ) -> None:
        DAVNonCollection.__init__(self, path, environ)
        self.provider = provider
        self._take(uid, parts, place)
        self._upload: _Upload | None = None

    def get_content_length(self) -> int:
        return self.place.node.size

    def get_content_type(self) -> str:
        return self.place.node.content_type or "application/octet-stream"

    def support_ranges(self) -> bool:
        return True

    def get_content(self) -> io.BytesIO:
        return io.BytesIO(self._tree.read(self.place.node))

    def begin_write(self, *, content_type: str | None = None) -> io.BytesIO:
        fresh = self.place.node.size == 0 and self.environ["REQUEST_METHOD"] == "PUT"
        if not self.place.permissions & (UPDATE | CREATE if fresh else UPDATE):
            raise refusal(HTTP_FORBIDDEN)
        self._upload = _Upload()
        return self._upload

    def end_write(self, *, with_errors: bool) -> None:
        if with_errors or self._upload is None:
            return
        data, node = self._upload.data, self.place.node
        stamp = self.environ.get("HTTP_X_OC_MTIME", "")
        modified = int(stamp) if stamp.isdigit() else None
        parent = self._tree.node(node.parent)
        etag = new_etag() if modified is not None else ""  # a time given by the client makes a new one each time
        written = self._tree.write(parent, node.name, data, modified, _content_type(node.name), etag)
        self.place = Place(self.place.mount, written, self.place.permissions)


class _Upload(io.BytesIO):
    """Keeps what was written after WsgiDAV closed it."""

    data = b""

    def close(self) -> None:
        self.data = self.getvalue()
        super().close()


def _content_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
