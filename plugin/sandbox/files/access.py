"""What one person sees of the file tree: the own home, Team folders by membership, folders shared by others.

Team folders with advanced rules follow the app: the rules of one node are joined (any allow wins over deny), then
applied from the root downwards on top of the base, and the folder's own grant stays the ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugin.sandbox.accounts import Accounts
from plugin.sandbox.files.shares import FileShares
from plugin.sandbox.files.tree import Node, Tree
from plugin.sandbox.journal import Journal
from plugin.sandbox.team_folders import ALL, READ, TeamFolder, TeamFolders

MountKind = Literal["", "group", "shared"]


@dataclass(frozen=True, slots=True)
class Home:
    root: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One advanced permission: `mask` are the bits that it decides, `permissions` their values."""

    kind: str
    name: str
    mask: int
    permissions: int


@dataclass(frozen=True, slots=True)
class Rules:
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Mount:
    """A place in a person's view: `parts` of its path, the node there, the bits at most."""

    parts: tuple[str, ...]
    root: Node
    permissions: int
    kind: MountKind
    owner: str
    folder: TeamFolder | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A node as one person sees it."""

    mount: Mount
    node: Node
    permissions: int

    @property
    def is_mount_root(self) -> bool:
        return self.node.number == self.mount.root.number


class FileAccess:
    def __init__(
        self, journal: Journal, accounts: Accounts, tree: Tree, folders: TeamFolders, shares: FileShares
    ) -> None:
        self._accounts = accounts
        self._tree = tree
        self._folders = folders
        self._shares = shares
        self._homes = journal.table("homes", Home)
        self._rules = journal.table("file_rules", Rules)

    def knows(self, uid: str) -> bool:
        return uid in self._accounts.people

    def home(self, uid: str) -> Node:
        if uid not in self._homes:
            self._homes[uid] = Home(self._tree.add_root().number)
        return self._tree.node(self._homes[uid].root)

    def forget_home(self, uid: str) -> None:
        if uid in self._homes:
            self._tree.remove(self._tree.node(self._homes.pop(uid).root))

    def mounts(self, uid: str) -> list[Mount]:
        """All mounts of the person, the home first."""
        found = [Mount((), self.home(uid), ALL, "", uid)]
        for folder in self._folders.of_person(uid):
            self._make_room(found[0].root, folder)
            parts = tuple(folder.mount_point.split("/"))
            root = self._tree.node(folder.root)
            found.append(Mount(parts, root, self._folders.permissions(folder, uid), "group", uid, folder))
        for share in self._shares.received(uid):
            if share.owner != uid and self._tree.exists(share.node):
                root = self._tree.node(share.node)
                found.append(Mount((share.name,), root, share.permissions, "shared", share.owner))
        return found

    def place(self, uid: str, parts: tuple[str, ...]) -> Place | None:
        """What stands at this path in the person's view; None also for what the rules hide.

        A Team folder itself stays reachable by its path when a rule hides it, only its content does not.
        """
        mount = max(
            (mount for mount in self.mounts(uid) if parts[: len(mount.parts)] == mount.parts),
            key=lambda mount: len(mount.parts),
        )
        node: Node | None = mount.root
        for name in parts[len(mount.parts) :]:
            node = self._tree.child(node, name) if node and node.folder else None
        if node is None:
            return None
        place = Place(mount, node, self._bits(mount, node, uid))
        return place if place.permissions & READ or place.is_mount_root else None

    def names(self, uid: str, parts: tuple[str, ...]) -> list[str]:
        """The readable names below a folder: its children, and the mounts that hang there."""
        place = self.place(uid, parts)
        if place is None or not place.node.folder:
            return []
        mounted = {mount.parts[-1] for mount in self.mounts(uid) if mount.parts and mount.parts[:-1] == parts}
        names = [*sorted(mounted), *(child.name for child in self._tree.children(place.node))]
        return [name for name in dict.fromkeys(names) if self._is_readable(uid, (*parts, name))]

    def rules(self, node: Node) -> tuple[Rule, ...]:
        """Those for somebody known; the others are kept in silence and never shown."""
        found = self._rules.get(str(node.number))
        return tuple(rule for rule in found.rules if self._is_known(rule)) if found else ()

    def has_rules(self, node: Node) -> bool:
        """Whether any were set, be it for nobody known: only then the property is there."""
        return str(node.number) in self._rules

    def set_rules(self, node: Node, rules: tuple[Rule, ...]) -> None:
        """Replaces all rules of the node."""
        if rules:
            self._rules[str(node.number)] = Rules(rules)
        else:
            self._rules.pop(str(node.number), None)

    def inherited_rules(self, node: Node) -> tuple[Rule, ...]:
        return tuple(rule for above in self._tree.chain(node)[1:] for rule in self.rules(above))

    def bits_with(self, place: Place, uid: str, rules: tuple[Rule, ...]) -> int:
        """The person's bits at this place if `rules` were its rules; managing does not count here."""
        return self._ruled_bits(place.mount, place.node, uid, rules)

    def manages(self, place: Place, uid: str) -> bool:
        return place.mount.folder is not None and self._folders.manages(place.mount.folder, uid)

    def _is_readable(self, uid: str, parts: tuple[str, ...]) -> bool:
        place = self.place(uid, parts)
        return place is not None and bool(place.permissions & READ)

    def _make_room(self, home: Node, folder: TeamFolder) -> None:
        """A thing of the person's own that is called like the Team folder is renamed for good."""
        own = self._tree.child(home, folder.mount_point)
        if own is not None:
            number = 1
            while self._tree.child(home, f"{folder.mount_point} ({number})"):
                number += 1
            self._tree.move(own, home, f"{folder.mount_point} ({number})")

    def _bits(self, mount: Mount, node: Node, uid: str) -> int:
        folder = mount.folder
        if folder is None or not folder.acl:
            return mount.permissions
        bits = self._ruled_bits(mount, node, uid)
        return bits | READ if self._folders.manages(folder, uid) else bits

    def _ruled_bits(self, mount: Mount, node: Node, uid: str, instead: tuple[Rule, ...] | None = None) -> int:
        folder = mount.folder
        if folder is None:
            return mount.permissions
        bits = 0 if folder.acl_default_no_permission else ALL
        for step in reversed(self._tree.chain(node)):
            rules = self.rules(step) if instead is None or step.number != node.number else instead
            mine = [rule for rule in rules if self._concerns(rule, uid)]
            bits = _applied(bits, mine)
        return bits & mount.permissions

    def _concerns(self, rule: Rule, uid: str) -> bool:
        return rule.name == uid if rule.kind == "user" else self._folders.holds(rule.name, uid)

    def _is_known(self, rule: Rule) -> bool:
        if rule.kind == "user":
            return rule.name in self._accounts.people
        if rule.kind == "group":
            return rule.name in self._accounts.groups
        return rule.kind == "circle" and self._folders.is_team(rule.name)


def _applied(bits: int, rules: list[Rule]) -> int:
    mask = allowed = 0
    for rule in rules:
        mask |= rule.mask
        allowed |= rule.mask & rule.permissions
    return bits & (~mask | allowed) | allowed
