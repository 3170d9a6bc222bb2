"""Groups and accounts (provisioning API)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class GroupSeen:
    id: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class AccountSeen:
    id: str
    name: str
    mail: str = ""
    is_enabled: bool = True


class Directory(Protocol):
    """Groups and accounts. Writing needs a delegated right (promise 14): RightMissing carries the occ lines."""

    def groups(self) -> tuple[GroupSeen, ...]: ...
    def members(self, group: str) -> frozenset[str]:
        """Account ids of a group; NotThere when there is no such group."""
        ...

    def people(self, group: str) -> tuple[AccountSeen, ...]:
        """The accounts of a group; `name` is empty for all of them where we may see ids alone. NotThere as above."""
        ...

    def accounts(self) -> tuple[AccountSeen, ...]: ...
    def create_account(self, account: str, name: str, mail: str) -> None:
        """Without a password: the server mails a link to set one. AlreadyThere when the id is taken."""
        ...

    def set_enabled(self, account: str, *, enabled: bool) -> None: ...
    def create_group(self, group: str, name: str) -> None: ...
    def rename_group(self, group: str, name: str) -> None: ...
    def delete_group(self, group: str) -> None: ...
    def add_member(self, group: str, account: str) -> None: ...
    def remove_member(self, group: str, account: str) -> None: ...
