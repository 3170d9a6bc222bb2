"""Advanced permissions: rules on single folders inside of a Team folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from network.ports.principal import Principal

EVERY_BIT = 31


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """For `who` the bits of `mask` have the values of `permissions` here and below; the other bits as in the folder
    above. Of several rules that meet one person in one place, what any of them allows is allowed."""

    who: Principal
    permissions: int
    mask: int = EVERY_BIT


@dataclass(frozen=True, slots=True)
class RuledSeen:
    """A file or folder in a Team folder with the rules that stand on it alone. `id` stays when it is moved."""

    path: str
    id: str
    is_folder: bool = True
    rules: tuple[Rule, ...] = ()


class FolderRules(Protocol):
    """Paths as in `Files`. Only a manager of the Team folder sees all rules and may set any."""

    def rules(self, path: str) -> tuple[RuledSeen, ...]:
        """The folder itself first, then what lies directly in it. NotThere when it is missing."""
        ...

    def set_rules(self, path: str, rules: Sequence[Rule]) -> None:
        """Replaces all rules that stand there; those for nobody known are dropped by the server: read back.

        RightMissing when we don't manage the folder, Refused when we would lock ourselves out."""
        ...
