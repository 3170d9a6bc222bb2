"""The lines that an administrator types on the server instead of us, quoted so that they can be copied.

They are what a missing right carries (promise 14). Where occ has no command for something, there is no line.
"""

from __future__ import annotations

import shlex

from network.ports import Principal

READ, UPDATE, CREATE, DELETE, SHARE = 1, 2, 4, 8, 16


def occ(*words: str) -> str:
    return shlex.join(("occ", *words))


def create_account(account: str, name: str, mail: str) -> str:
    """The account gets a password that nobody sees, and a mail with a link to set another."""
    return occ("user:add", "--generate-password", "--display-name", name, "--email", mail, account)


def set_enabled(account: str, *, enabled: bool) -> str:
    return occ("user:enable" if enabled else "user:disable", account)


def create_group(group: str, name: str) -> str:
    return occ("group:add", "--display-name", name, group)


def delete_group(group: str) -> str:
    return occ("group:delete", group)


def add_member(group: str, account: str) -> str:
    return occ("group:adduser", group, account)


def remove_member(group: str, account: str) -> str:
    return occ("group:removeuser", group, account)


def create_folder(name: str) -> str:
    return occ("groupfolders:create", name)


def rename_folder(folder: int, name: str) -> str:
    return occ("groupfolders:rename", str(folder), name)


def delete_folder(folder: int) -> str:
    return occ("groupfolders:delete", "--force", str(folder))


def set_quota(folder: int, quota: int) -> str:
    return occ("groupfolders:quota", str(folder), str(quota) if quota >= 0 else "unlimited")


def grant(folder: int, who: Principal, permissions: int) -> str:
    words = [
        word
        for word, bits in (("write", UPDATE | CREATE), ("share", SHARE), ("delete", DELETE))
        if permissions & bits == bits
    ]
    return occ("groupfolders:group", str(folder), who.id, "read", *words)


def revoke(folder: int, who: Principal) -> str:
    return occ("groupfolders:group", "--delete", str(folder), who.id)


def switch_rules_on(folder: int) -> str:
    return occ("groupfolders:permissions", str(folder), "--enable")


def set_manager(folder: int, who: Principal, *, manages: bool) -> tuple[str, ...]:
    """Unlike the interface occ wants advanced permissions switched on first; without any rule they change nothing."""
    action = "--manage-add" if manages else "--manage-remove"
    return (switch_rules_on(folder), occ("groupfolders:permissions", str(folder), action, f"--{who.kind}", who.id))


def delegate_people(group: str) -> tuple[str, ...]:
    """Members of `group` may read and write groups and accounts."""
    return (occ("admin-delegation:add", r"OCA\Settings\Settings\Admin\Users", group),)


def delegate_folders(group: str) -> tuple[str, ...]:
    """Members of `group` may read and write all Team folders."""
    return (occ("admin-delegation:add", r"OCA\GroupFolders\Settings\Admin", group),)
