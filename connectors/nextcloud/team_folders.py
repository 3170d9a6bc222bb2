"""Team folders. Reading all of them needs a delegated right, writing goes through `Rights`."""

from __future__ import annotations

from connectors.nextcloud import occ
from connectors.nextcloud.answers import data
from connectors.nextcloud.json_data import Row, inner, number, row, rows, text
from connectors.nextcloud.rights import Rights
from connectors.nextcloud.team_spaces import owner
from connectors.nextcloud.wrapper import Wrapper, segment
from network.errors import AlreadyThere, Refused
from network.ports import FolderSeen, Principal, PrincipalKind
from network.text import Text

MAPPINGS: dict[PrincipalKind, str] = {"user": "user", "group": "group", "team": "circle"}
KINDS: dict[str, PrincipalKind] = {mapping: kind for kind, mapping in MAPPINGS.items()}
ALL = 31


class NextcloudTeamFolders:
    def __init__(self, wrapper: Wrapper, rights: Rights) -> None:
        self._wrapper = wrapper
        self._rights = rights

    def folders(self) -> tuple[FolderSeen, ...]:
        return tuple(_folder(each) for each in rows(data(self._wrapper.folders.get_group_folders().raw)))

    def create_folder(self, name: str) -> int:
        _check_name(name)
        answer = self._rights.write(
            lambda wrapper: wrapper.folders.create_group_folder(name).raw, occ.create_folder(name)
        )
        return number(row(data(answer)), "id")

    def rename_folder(self, folder: int, name: str) -> None:
        _check_name(name)
        self._rights.write(
            lambda wrapper: wrapper.folders.rename_group_folder(folder, name).raw, occ.rename_folder(folder, name)
        )

    def grant(self, folder: int, who: Principal, permissions: int) -> None:
        """Two requests for whom the folder did not know before, whose first one grants everything for a moment."""
        path = segment(who.id)
        command = occ.grant(folder, who, permissions)
        try:
            self._rights.write(
                lambda wrapper: wrapper.folders.grant_access_to_group_folder(folder, who.id).raw, command
            )
        except AlreadyThere:
            pass
        else:
            if permissions == ALL:
                return
        self._rights.write(
            lambda wrapper: wrapper.folders.set_permissions_to_group_folder(folder, path, permissions).raw, command
        )

    def revoke(self, folder: int, who: Principal) -> None:
        path = segment(who.id)
        self._rights.write(
            lambda wrapper: wrapper.folders.revoke_access_to_group_folder(folder, path).raw, occ.revoke(folder, who)
        )

    def set_quota(self, folder: int, quota: int) -> None:
        self._rights.write(
            lambda wrapper: wrapper.folders.set_quota_of_group_folder(folder, quota).raw, occ.set_quota(folder, quota)
        )

    def set_manager(self, folder: int, who: Principal, *, manages: bool) -> None:
        self._rights.write(
            lambda wrapper: wrapper.folders.manage_acl(folder, who.id, MAPPINGS[who.kind], int(manages)).raw,
            *occ.set_manager(folder, who, manages=manages),
        )

    def switch_rules_on(self, folder: int) -> None:
        self._rights.write(lambda wrapper: wrapper.folders.toggle_acl(folder, 1).raw, occ.switch_rules_on(folder))

    def delete_folder(self, folder: int) -> None:
        self._rights.write(lambda wrapper: wrapper.folders.delete_group_folder(folder).raw, occ.delete_folder(folder))


def _check_name(name: str) -> None:
    # a slash would leave real directories behind in everybody's home
    if not name.strip() or "/" in name or name in (".", ".."):
        raise Refused(
            Text(f"„{name}“ taugt nicht als Ordnername.", f'"{name}" can\'t be the name of a folder.'),
            where=name,
            code="folder_name",
        )


def _folder(source: Row) -> FolderSeen:
    details = inner(source, "group_details")
    grants = tuple(
        (Principal(_kind(inner(details, id), id), id), number(inner(source, "groups"), id))
        for id in inner(source, "groups")
    )
    managers = tuple(
        Principal(KINDS.get(text(each, "type"), "user"), text(each, "id")) for each in rows(source.get("manage"))
    )
    return FolderSeen(
        number(source, "id"),
        text(source, "mount_point"),
        number(source, "quota", -3),
        number(source, "size"),
        bool(source.get("acl")),
        grants,
        managers,
        team=owner(source),
    )


def _kind(detail: Row, id: str) -> PrincipalKind:
    # without details (older versions) only the form of the id tells: a team's has 31 characters
    if not text(detail, "type"):
        return "team" if len(id) == 31 and id.isalnum() else "group"
    return KINDS.get(text(detail, "type"), "group")
