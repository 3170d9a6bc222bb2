"""A complete picture of a sandbox in words that stay the same when everything is made again: no ids, no moments.

Two pictures are equal when nobody could tell the two servers apart: what there is, how often, who may do what with it,
and what single staff members see when they ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TypeAlias

from openpyxl import load_workbook

from connectors.nextcloud import NextcloudServer, connect
from network.ical.canonical import to_text
from network.ical.reading import parse_object
from plugin.sandbox import Sandbox
from plugin.sandbox.files.tree import Node
from plugin.sandbox.teams import Team
from plugin.sandbox.world import World

Picture: TypeAlias = dict[str, list[str]]


def picture(sandbox: Sandbox, staff: Iterable[str] = ()) -> Picture:
    """Sorted lines per kind of thing; everything that is there twice has two lines. `staff` look themselves."""
    world = sandbox.world
    lines = {
        "groups": [f"{each.gid} {each.display_name} {sorted(each.members)}" for each in world.accounts.groups.values()],
        "teams": [_team(each, world) for each in world.teams.all.values()],
        "folders": list(_folders(world)),
        "files": list(_files(world)),
        "rooms": list(_rooms(world)),
        "calendars": list(_calendars(world)),
        "entries": list(_entries(world)),
        "mails": [str(mail) for mail in sandbox.mails],
    }
    return {kind: sorted(found) for kind, found in lines.items()} | {who: _seen_by(sandbox, who) for who in staff}


def _team(team: Team, world: World) -> str:
    members = sorted(f"{each.kind}:{_name(each.name, world)}={each.level}" for each in team.members)
    return f"{team.display_name} {team.config} {team.description!r} {members}"


def _folders(world: World) -> Iterable[str]:
    for folder in world.team_folders.all.values():
        rights = sorted(f"{_name(who, world)}={bits}" for who, bits in folder.applicable.items())
        managers = sorted(f"{each.kind}:{_name(each.name, world)}" for each in folder.managers)
        yield f"{folder.mount_point} {folder.quota} acl={folder.acl} {rights} {managers}"


def _files(world: World) -> Iterable[str]:
    for folder in world.team_folders.all.values():
        yield from _below(world, world.tree.node(folder.root), f"[{folder.mount_point}]")
    for uid in world.accounts.people:
        yield from _below(world, world.files.home(uid), f"~{uid}")


def _below(world: World, folder: Node, path: str) -> Iterable[str]:
    for node in world.tree.children(folder):
        name = f"{path}/{node.name}"
        yield name + ("/" if node.folder else f" {_content(node.name, world.tree.read(node))!r}")
        if node.folder:
            yield from _below(world, node, name)


def _content(name: str, data: bytes) -> object:
    """A workbook carries the moment of its making; its cells are what counts."""
    if not name.endswith(".xlsx"):
        return data
    rows = [row for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows(values_only=True)]
    return [[re.sub("Stand .*Uhr", "Stand", str(cell)) for cell in row] for row in rows]


def _rooms(world: World) -> Iterable[str]:
    for room in map(world.rooms.current, list(world.rooms.all.values())):
        attendees = sorted(f"{each.kind}:{_name(each.name, world)}={each.level}" for each in room.attendees)
        yield f"{room.name} {room.kind} {room.description!r} {room.listable} {attendees} {len(room.messages)} messages"


def _calendars(world: World) -> Iterable[str]:
    for calendar in world.calendars.all.values():
        rows = world.calendar_shares.of_calendar(calendar)
        shares = sorted(f"{_name(row.principal.rpartition('/')[2], world)}={row.access}" for row in rows)
        trashed = " in the trash bin" if calendar.deleted_at is not None else ""
        own = sorted(_custom(calendar.owner, calendar.uri, world))
        yield f"{calendar.owner}/{calendar.uri}{trashed} {sorted(calendar.properties.items())} {own} {shares}"


def _custom(owner: str, uri: str, world: World) -> Iterable[str]:
    for key, custom in world.properties._custom.items():
        if owner in key and uri in key:
            yield f"{key} {custom.xml}"


def _entries(world: World) -> Iterable[str]:
    for calendar in world.calendars.all.values():
        for entry in world.calendars.entries(calendar):
            text = re.sub("DTSTAMP.*", "", to_text(parse_object(entry.text.encode())))
            yield f"{calendar.uri} {entry.uri} {text}"
        for entry in world.calendars.trashed([calendar]):
            yield f"{calendar.uri} {entry.uri} in the trash bin"


def _name(id: str, world: World) -> str:
    return world.teams.all[id].display_name if id in world.teams.all else id


def _seen_by(sandbox: Sandbox, account: str) -> list[str]:
    """What this person sees, asked for as this person."""
    server = connect(sandbox.url, account, f"sandbox-{account}")
    try:
        return sorted([*_calendars_seen(server), *_files_seen(server, "/"), *_rooms_seen(server), *_teams_seen(server)])
    finally:
        server.close()


def _calendars_seen(server: NextcloudServer) -> Iterable[str]:
    for calendar in server.calendars.calendars():
        hrefs = [href for href, _ in server.calendars.changes(calendar.href, "").changed]
        titles = sorted(_title(each.data) for each in server.calendars.objects(calendar.href, hrefs))
        yield f"calendar {calendar.name} {calendar.color} {titles}"


def _title(data: bytes) -> str:
    return parse_object(data).main.value("SUMMARY")


def _files_seen(server: NextcloudServer, path: str) -> Iterable[str]:
    for each in server.files.list(path):
        yield f"file {each.path}"
        if each.is_folder:
            yield from _files_seen(server, each.path)


def _rooms_seen(server: NextcloudServer) -> Iterable[str]:
    return [f"room {room.name}" for room in server.rooms.rooms()]


def _teams_seen(server: NextcloudServer) -> Iterable[str]:
    return [f"team {team.name}" for team in server.teams.teams()]
