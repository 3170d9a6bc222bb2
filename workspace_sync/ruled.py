"""What the rules that are there come to: who may do what in which sub-folder. Follows the server's own reckoning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from network.ports import EVERY_BIT, FolderSeen, Principal, Rule, RuledSeen


@dataclass(frozen=True, slots=True)
class Ruled:
    """A Team folder as it was looked at. `rows` by path below it, "" itself; `grants` are the most that anybody has."""

    rows: Mapping[str, RuledSeen] = field(default_factory=dict)
    grants: Mapping[Principal, int] = field(default_factory=dict)
    is_on: bool = False

    @classmethod
    def of(cls, seen: FolderSeen | None, rows: tuple[RuledSeen, ...]) -> Ruled:
        if seen is None:
            return cls()
        return cls({row.path: row for row in rows}, dict(seen.grants), seen.has_acl)

    def rules(self, path: str) -> tuple[Rule, ...]:
        return self.rows[path].rules if path in self.rows else ()

    def bits(self, who: Principal, path: str) -> int:
        """What `who` alone may do at this path: the rules from the root downwards, within the grant."""
        bits = EVERY_BIT
        for each in above(path) if self.is_on else ():
            for rule in self.rules(each):
                if rule.who == who:
                    bits = bits & ~rule.mask | rule.permissions
        return bits & self.grants.get(who, 0)

    def by_id(self, id: str) -> RuledSeen | None:
        return next((row for row in self.rows.values() if row.id == id), None)


def above(path: str) -> tuple[str, ...]:
    """The root, then every folder on the way down, the path itself last."""
    parts = path.split("/") if path else []
    return tuple("/".join(parts[:depth]) for depth in range(len(parts) + 1))


def parent(path: str) -> str:
    return path.rpartition("/")[0]
