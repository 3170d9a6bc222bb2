"""Groups and accounts. Reading needs the right to see them, writing goes through `Rights`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from connectors.nextcloud import occ
from connectors.nextcloud.answers import data
from connectors.nextcloud.json_data import Row, number, row, rows, text, texts
from connectors.nextcloud.rights import Rights
from connectors.nextcloud.wrapper import Wrapper, segment
from network.errors import NotThere, Refused, RightMissing
from network.ports import AccountSeen, GroupSeen
from network.text import Text

PAGE = 200
LONGEST_GROUP = 64  # beyond that the server stores a hash instead of the id, and says 200


class NextcloudDirectory:
    def __init__(self, wrapper: Wrapper, rights: Rights) -> None:
        self._wrapper = wrapper
        self._rights = rights
        self._sees_names = True

    def groups(self) -> tuple[GroupSeen, ...]:
        def page(offset: int) -> tuple[Row, ...]:
            return rows(row(data(self._wrapper.groups.details(PAGE, offset))).get("groups"))

        return tuple(
            GroupSeen(text(each, "id"), text(each, "displayname") or text(each, "id"), number(each, "usercount"))
            for each in _pages(page)
        )

    def members(self, group: str) -> frozenset[str]:
        answer = self._wrapper.groups.users(segment(group))
        return frozenset(texts(row(data(answer)).get("users")))

    def people(self, group: str) -> tuple[AccountSeen, ...]:
        """Whoever isn't delegated is refused, by some servers as if there were no such group: then ids have to do."""
        path = segment(group)
        if self._sees_names:
            try:
                return tuple(map(_account, rows(row(data(self._wrapper.groups.people(path))).get("users"))))
            except (NotThere, RightMissing):
                known = self.members(group)
                self._sees_names = False
        else:
            known = self.members(group)
        return tuple(AccountSeen(each, "") for each in sorted(known))

    def accounts(self) -> tuple[AccountSeen, ...]:
        def page(offset: int) -> tuple[Row, ...]:
            return rows(row(data(self._wrapper.accounts.details(PAGE, offset))).get("users"))

        return tuple(map(_account, _pages(page)))

    def create_account(self, account: str, name: str, mail: str) -> None:
        segment(account)
        self._rights.write(
            lambda wrapper: wrapper.accounts.create(account, name, mail), occ.create_account(account, name, mail)
        )

    def set_enabled(self, account: str, *, enabled: bool) -> None:
        path = segment(account)
        self._rights.write(
            lambda wrapper: wrapper.accounts.set_enabled(path, enabled=enabled),
            occ.set_enabled(account, enabled=enabled),
        )

    def create_group(self, group: str, name: str) -> None:
        segment(group)
        if len(group) > LONGEST_GROUP:
            raise Refused(
                Text(
                    f"Die Gruppenkennung „{group}“ ist länger als {LONGEST_GROUP} Zeichen.",
                    f'The group id "{group}" is longer than {LONGEST_GROUP} characters.',
                ),
                where=group,
                code="unusable_id",
            )
        self._rights.write(lambda wrapper: wrapper.groups.create(group, name), occ.create_group(group, name))

    def rename_group(self, group: str, name: str) -> None:
        path = segment(group)
        self._rights.write(lambda wrapper: wrapper.groups.rename(path, name))

    def delete_group(self, group: str) -> None:
        path = segment(group)
        self._rights.write(lambda wrapper: wrapper.library.delete_group(path).raw, occ.delete_group(group))

    def add_member(self, group: str, account: str) -> None:
        path = segment(account)
        self._rights.write(
            lambda wrapper: wrapper.library.add_to_group(path, group).raw, occ.add_member(group, account)
        )

    def remove_member(self, group: str, account: str) -> None:
        path = segment(account)
        self._rights.write(
            lambda wrapper: wrapper.library.remove_from_group(path, group).raw, occ.remove_member(group, account)
        )


def _account(source: Row) -> AccountSeen:
    id = text(source, "id")
    return AccountSeen(id, text(source, "displayname") or id, text(source, "email"), source.get("enabled") is not False)


def _pages(page: Callable[[int], tuple[Row, ...]]) -> Iterator[Row]:
    """Every row once. The limit counts per user backend, so a page may be longer than asked for."""
    seen: set[str] = set()
    offset = 0
    while True:
        fresh = [each for each in page(offset) if text(each, "id") not in seen]
        if not fresh:
            return
        seen.update(text(each, "id") for each in fresh)
        yield from fresh
        offset += PAGE
