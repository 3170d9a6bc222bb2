"""What an executor needs to carry out one change. Frozen plain data: its repr goes into the fingerprint of the plan.

Teams are named by key, because a team that an earlier change of the same run makes has no id yet; so are the folder
and the room of a scope, of which there is one each.
"""

from __future__ import annotations

from dataclasses import dataclass

from network.ports import Intent, Principal, Record
from workspace_sync.template import TemplateEntry


@dataclass(frozen=True, slots=True, order=True)
class TeamRef:
    """A team of ours by its key."""

    key: str

    @property
    def kind(self) -> str:
        return "team"

    @property
    def id(self) -> str:
        return self.key


Who = Principal | TeamRef


def written(who: Who) -> str:
    """As keys and titles spell it: `user:anna`, `group:brakel`, `team:exchange_group:ozg`."""
    return f"{who.kind}:{who.id}"


# ---------------------------------------------------------------------------------------------------- our own memory


@dataclass(frozen=True, slots=True)
class KeepBooks:
    """Brings what we remember in line with what was found. Writes nothing in Nextcloud."""

    remember: tuple[Record, ...] = ()
    forget: tuple[tuple[str, str], ...] = ()  # (kind, key)
    settle: tuple[Intent, ...] = ()


# ---------------------------------------------------------------------------------------------------- groups


@dataclass(frozen=True, slots=True)
class CreateGroup:
    group: str
    name: str


@dataclass(frozen=True, slots=True)
class TakeGroup:
    """An unfinished creation of ours: the intent is open and nobody is in the group."""

    group: str
    name: str


@dataclass(frozen=True, slots=True)
class RenameGroup:
    group: str
    name: str


@dataclass(frozen=True, slots=True)
class DeleteGroup:
    group: str


@dataclass(frozen=True, slots=True)
class AddGroupMember:
    group: str
    account: str


@dataclass(frozen=True, slots=True)
class RemoveGroupMember:
    group: str
    account: str


# ---------------------------------------------------------------------------------------------------- accounts


@dataclass(frozen=True, slots=True)
class CreateAccount:
    account: str
    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class SetAccountEnabled:
    account: str
    enabled: bool


# ---------------------------------------------------------------------------------------------------- teams


@dataclass(frozen=True, slots=True)
class CreateTeam:
    """`otherwise` is the name that the team gets when something else has `name`; empty: then it is not made.

    `with_folder`: a server that makes a folder with each team shall do so with this one.
    """

    key: str
    name: str
    description: str
    config: int
    otherwise: str = ""
    with_folder: bool = False


@dataclass(frozen=True, slots=True)
class TakeTeam:
    """Makes the team of this id ours: an unfinished creation, or one that a person handed over."""

    key: str
    id: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class DropNumberedTeam:
    """Deletes a "NAME (2)" that a killed run of ours left behind."""

    key: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RenameTeam:
    key: str
    name: str
    lost: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class DescribeTeam:
    """`is_ours` False: a person's own words, with our mark put back beside them."""

    key: str
    description: str
    is_ours: bool = True
    lost: str = ""


@dataclass(frozen=True, slots=True)
class ConfigureTeam:
    key: str
    config: int


@dataclass(frozen=True, slots=True)
class AddMembers:
    """`leads` are those of the accounts that become moderators."""

    key: str
    who: tuple[Who, ...]
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetLevel:
    key: str
    membership: str
    who: Who
    level: int


@dataclass(frozen=True, slots=True)
class RemoveMember:
    key: str
    membership: str
    who: Who


@dataclass(frozen=True, slots=True)
class CarryMember:
    """What somebody gave the account `old` by hand becomes that of `new`: it takes its place in the team."""

    key: str
    membership: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DeleteTeam:
    key: str


# ---------------------------------------------------------------------------------------------------- Team folders


@dataclass(frozen=True, slots=True)
class CreateFolder:
    """`quota` None leaves it to the server."""

    name: str
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class TakeSpace:
    """Makes the folder ours that the server made together with this team."""

    team: str
    name: str
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class DetachSpace:
    """Lets the folder go that belongs to this team (by id): it stays, and the team sees it no more."""

    team: str


@dataclass(frozen=True, slots=True)
class TakeFolder:
    """Makes the folder of this id ours: an unfinished creation, or one that somebody made for us."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class RenameFolder:
    name: str
    lost: str = ""


@dataclass(frozen=True, slots=True)
class SetQuota:
    quota: int
    lost: str = ""


@dataclass(frozen=True, slots=True)
class GrantFolder:
    team: str
    permissions: int


@dataclass(frozen=True, slots=True)
class RevokeFolder:
    who: Principal


@dataclass(frozen=True, slots=True)
class SetFolderManager:
    who: Principal
    manages: bool


@dataclass(frozen=True, slots=True)
class SwitchRulesOn:
    pass


@dataclass(frozen=True, slots=True)
class MakeSubFolder:
    """With all folders above it."""

    path: str


@dataclass(frozen=True, slots=True)
class MoveSubFolder:
    path: str
    to: str
    lost: str = ""


@dataclass(frozen=True, slots=True)
class SetRules:
    """`rights` are bits by team key; without any those of the folder above hold, and the place is forgotten.

    An empty `key`: nothing to remember. An empty `path`: the Team folder itself. `wanted` is the path of the wish,
    which differs where a person renamed the sub-folder.
    """

    key: str
    wanted: str
    path: str
    rights: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FillFolder:
    """Puts the entries of a template that were never there into the folder. `is_whole`: it will never be more."""

    template: str
    entries: tuple[TemplateEntry, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class WriteMinutes:
    """Makes the minutes of one meeting, called after their day, from the template in the folder, else from this one."""

    key: str
    day: str
    words: tuple[tuple[str, str], ...]
    template: TemplateEntry | None


@dataclass(frozen=True, slots=True)
class DeleteFolder:
    """Deletes the template's files that nobody changed, then the folder, if nothing else is in it.

    `team` is the id of the team that it belongs to, where it came with one: it is let go first.
    """

    name: str
    team: str = ""


# ---------------------------------------------------------------------------------------------------- rooms


@dataclass(frozen=True, slots=True)
class CreateRoom:
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class TakeRoom:
    token: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class RenameRoom:
    name: str
    lost: str = ""


@dataclass(frozen=True, slots=True)
class DescribeRoom:
    """As for a team."""

    description: str
    is_ours: bool = True
    lost: str = ""


@dataclass(frozen=True, slots=True)
class AddAttendee:
    who: Who
    moderates: bool = False


@dataclass(frozen=True, slots=True)
class BringAttendee:
    """Adds somebody whom the team should have brought. `with_many`: with a group or a team inside of it, and they go
    with it."""

    account: str
    with_many: bool = True


@dataclass(frozen=True, slots=True)
class SetModerator:
    attendee: int
    who: Who
    moderates: bool


@dataclass(frozen=True, slots=True)
class RemoveAttendee:
    """`was_brought`: by a group that is no longer in the team."""

    attendee: int
    who: Who
    was_brought: bool = False


@dataclass(frozen=True, slots=True)
class CarryAttendee:
    """As for a team."""

    attendee: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DeleteRoom:
    pass


# ---------------------------------------------------------------------------------------------------- letting go


@dataclass(frozen=True, slots=True)
class ReleaseTeam:
    key: str
    description: str


@dataclass(frozen=True, slots=True)
class ReleaseFolder:
    id: int


@dataclass(frozen=True, slots=True)
class ReleaseRoom:
    description: str


# ---------------------------------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class WriteDocument:
    """`digest` stands for the wish that the bytes come from; empty `if_match` means that nothing may be there."""

    path: str
    data: bytes
    digest: str
    content_type: str
    if_match: str


@dataclass(frozen=True, slots=True)
class DeleteDocument:
    path: str
