"""The file tree: nodes with a number for life (the fileid), an ETag that moves with every change, and their bytes.

Refuses to know who may see a node; mounts and permissions do.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from plugin.sandbox.clock import Clock
from plugin.sandbox.journal import Journal, Numbers


@dataclass(frozen=True, slots=True)
class Node:
    """`parent` 0: a root (a person's home or a Team folder). `modified` in seconds; `size` of a folder is 0."""

    number: int
    parent: int
    name: str
    folder: bool
    modified: int
    etag: str
    size: int = 0
    content_type: str = ""
    properties: dict[str, str] = field(default_factory=dict)


class Tree:
    def __init__(self, journal: Journal, numbers: Numbers, clock: Clock, blobs: Path | None) -> None:
        self._numbers = numbers
        self._clock = clock
        self._nodes = journal.table("nodes", Node)
        self._blobs = Blobs(blobs)
        self._children: dict[int, dict[str, int]] = {}
        for node in self._nodes.values():
            self._children.setdefault(node.parent, {})[node.name] = node.number

    def node(self, number: int) -> Node:
        return self._nodes[str(number)]

    def exists(self, number: int) -> bool:
        return str(number) in self._nodes

    def add_root(self) -> Node:
        number = self._numbers.next("node")
        return self._save(Node(number, 0, f"root-{number}", True, self._now(), new_etag()))

    def child(self, folder: Node, name: str) -> Node | None:
        number = self._children.get(folder.number, {}).get(name)
        return None if number is None else self.node(number)

    def children(self, folder: Node) -> list[Node]:
        return [self.node(number) for number in self._children.get(folder.number, {}).values()]

    def add_folder(self, parent: Node, name: str) -> Node:
        node = self._save(Node(self._numbers.next("node"), parent.number, name, True, self._now(), new_etag()))
        self._touch(parent.number)
        return node

    def write(
        self,
        parent: Node,
        name: str,
        data: bytes,
        modified: int | None = None,
        content_type: str = "",
        etag: str = "",
    ) -> Node:
        """Create or replace the file; the number (fileid) stays when it is replaced.

        Without a given one the ETag follows from number and second: as on the server's local disk, a file that is
        saved twice within one second keeps its ETag.
        """
        known = self.child(parent, name)
        number = known.number if known else self._numbers.next("node")
        self._blobs.write(number, data)
        stamp = self._now() if modified is None else modified
        tag = etag or hashlib.md5(f"{number}/{stamp}".encode(), usedforsecurity=False).hexdigest()
        node = Node(number, parent.number, name, False, stamp, tag, len(data), content_type)
        if known:
            node = replace(node, properties=known.properties)
        self._save(node)
        self._touch(parent.number)
        return node

    def read(self, node: Node) -> bytes:
        return self._blobs.read(node.number)

    def move(self, node: Node, parent: Node, name: str) -> Node:
        old = node.parent
        self._children.get(old, {}).pop(node.name, None)
        moved = self._save(replace(node, parent=parent.number, name=name))
        self._touch(old)
        self._touch(parent.number)
        return moved

    def copy(self, node: Node, parent: Node, name: str) -> Node:
        if not node.folder:
            return self.write(parent, name, self.read(node), content_type=node.content_type)
        made = self.add_folder(parent, name)
        for child in self.children(node):
            self.copy(child, made, child.name)
        return made

    def remove(self, node: Node) -> None:
        for child in self.children(node):
            self.remove(child)
        self._children.get(node.parent, {}).pop(node.name, None)
        self._children.pop(node.number, None)
        self._blobs.remove(node.number)
        self._nodes.pop(str(node.number), None)
        self._touch(node.parent)

    def set_property(self, node: Node, name: str, value: str | None) -> Node:
        others = {key: known for key, known in node.properties.items() if key != name}
        return self._save(replace(node, properties=others if value is None else {**others, name: value}))

    def set_modified(self, node: Node, modified: int) -> Node:
        return self._save(replace(node, modified=modified))

    def size(self, node: Node) -> int:
        if not node.folder:
            return node.size
        return sum(self.size(child) for child in self.children(node))

    def chain(self, node: Node) -> list[Node]:
        """The node and its ancestors, the root last."""
        found = [node]
        while found[-1].parent:
            found.append(self.node(found[-1].parent))
        return found

    def _save(self, node: Node) -> Node:
        self._nodes[str(node.number)] = node
        self._children.setdefault(node.parent, {})[node.name] = node.number
        return node

    def _touch(self, number: int) -> None:
        """A change below moves the ETags of all folders above it."""
        while number and self.exists(number):
            node = self.node(number)
            self._save(replace(node, etag=new_etag(), modified=self._now()))
            number = node.parent

    def _now(self) -> int:
        return int(self._clock.seconds())


class Blobs:
    """The bytes of files by node number: in memory, or one file each below a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[int, bytes] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def read(self, number: int) -> bytes:
        return self._memory[number] if self._folder is None else (self._folder / str(number)).read_bytes()

    def write(self, number: int, data: bytes) -> None:
        if self._folder is None:
            self._memory[number] = data
            return
        fresh = self._folder / f"{number}.new"
        fresh.write_bytes(data)
        fresh.replace(self._folder / str(number))

    def remove(self, number: int) -> None:
        self._memory.pop(number, None)
        if self._folder is not None:
            (self._folder / str(number)).unlink(missing_ok=True)


def new_etag() -> str:
    return secrets.token_hex(16)
