"""Team folders and the files in them, also as somebody else sees them."""

from __future__ import annotations

import pytest

from network.errors import AlreadyThere, NotThere, PreconditionFailed, Refused, RightMissing, SourceUnreadable
from network.ports import Principal

UNLIMITED = -3


def seen(server, folder):
    return next((each for each in server.folders.folders() if each.id == folder), None)


@pytest.fixture
def inside(server, folder, team, name):
    """The path of a Team folder that the service account sees through a team."""
    server.folders.grant(folder, Principal("team", team), 31)
    return f"/{name}"


def test_a_new_folder_is_empty_and_granted_to_nobody(server, folder, name):
    found = seen(server, folder)
    assert (found.name, found.quota, found.size, found.has_acl) == (name, UNLIMITED, 0, False)
    assert (found.grants, found.managers) == ((), ())


def test_a_taken_name_is_told(server, folder, name):
    with pytest.raises(AlreadyThere):
        server.folders.create_folder(name)


def test_grants_are_set_changed_and_revoked(server, folder, team):
    ours, theirs = Principal("team", team), Principal("group", "kreis-hoexter")
    server.folders.grant(folder, ours, 31)
    server.folders.grant(folder, theirs, 1)
    assert dict(seen(server, folder).grants) == {ours: 31, theirs: 1}
    server.folders.grant(folder, ours, 15)
    server.folders.revoke(folder, theirs)
    assert dict(seen(server, folder).grants) == {ours: 15}


def test_quota_name_and_managers_are_changed(server, folder, name):
    us = Principal("user", server.account)
    server.folders.set_quota(folder, 20 * 1024**3)
    server.folders.rename_folder(folder, f"Archiv – {name}")
    server.folders.set_manager(folder, us, manages=True)
    found = seen(server, folder)
    assert (found.name, found.quota, found.managers) == (f"Archiv – {name}", 20 * 1024**3, (us,))
    server.folders.set_manager(folder, us, manages=False)
    assert seen(server, folder).managers == ()


def test_a_deleted_folder_is_gone(server, folder):
    server.folders.delete_folder(folder)
    assert seen(server, folder) is None
    with pytest.raises(NotThere):
        server.folders.delete_folder(folder)


@pytest.mark.parametrize("bad", ["", "  ", "a/b", ".", ".."])
def test_names_that_would_leave_traces_are_refused_without_asking(server, bad):
    before = server.counts
    with pytest.raises(Refused):
        server.folders.create_folder(bad)
    assert server.counts == before


def test_members_of_the_team_see_the_folder_with_their_rights(place, server, inside, team):
    server.teams.add_members(team, [Principal("group", "kreis-hoexter")])
    server.files.write(f"{inside}/Lies mich.txt", b"Hallo")
    assert place.staff("anna.kreis").files.read(f"{inside}/Lies mich.txt", max_bytes=100) == b"Hallo"
    assert place.staff("anna.brakel").files.stat(inside) is None


def test_who_may_only_read_can_not_write(place, server, folder, name):
    server.folders.grant(folder, Principal("group", "kreis-hoexter"), 1)
    with pytest.raises(RightMissing):
        place.staff("anna.kreis").files.write(f"/{name}/neu.txt", b"x")
    with pytest.raises(RightMissing):
        place.staff("anna.kreis").files.make_folder(f"/{name}/neu")


def test_folders_are_made_once_and_listed(server, inside):
    assert server.files.make_folder(f"{inside}/Größe & „Maß“ 100 %") is True
    assert server.files.make_folder(f"{inside}/Größe & „Maß“ 100 %") is False
    server.files.write(f"{inside}/Größe & „Maß“ 100 %/a+b #1.txt", b"12345")
    (made,) = server.files.list(inside)
    assert (made.path, made.is_folder) == (f"{inside}/Größe & „Maß“ 100 %", True)
    (file,) = server.files.list(made.path)
    assert (file.path, file.is_folder, file.size) == (f"{made.path}/a+b #1.txt", False, 5)
    assert file.modified is not None and file.modified.tzinfo is not None


def test_a_file_is_written_only_where_nobody_was_faster(server, inside):
    path = f"{inside}/Hinweise.txt"
    first = server.files.write(path, b"eins")
    assert first == server.files.stat(path).etag
    with pytest.raises(PreconditionFailed):
        server.files.write(path, b"zwei")
    with pytest.raises(PreconditionFailed):
        server.files.write(path, b"zwei", if_match="0123456789abcdef")
    server.files.write(path, b"zwei", if_match=first)
    assert server.files.read(path, max_bytes=10) == b"zwei"


def test_a_file_that_is_too_large_is_not_read(server, inside):
    server.files.write(f"{inside}/gross.bin", b"x" * 5000)
    assert len(server.files.read(f"{inside}/gross.bin", max_bytes=5000)) == 5000
    with pytest.raises(SourceUnreadable) as caught:
        server.files.read(f"{inside}/gross.bin", max_bytes=4999)
    assert caught.value.code == "too_large"


def test_what_is_not_there_is_told(server, inside):
    assert server.files.stat(f"{inside}/nichts") is None
    with pytest.raises(NotThere):
        server.files.list(f"{inside}/nichts")
    with pytest.raises(NotThere):
        server.files.read(f"{inside}/nichts", max_bytes=10)
    with pytest.raises(NotThere):
        server.files.make_folder(f"{inside}/nichts/darin")
    with pytest.raises(NotThere):
        server.files.write(f"{inside}/nichts/darin.txt", b"x")


def test_a_deleted_file_is_gone_and_the_home_itself_stays(server, inside):
    server.files.write(f"{inside}/weg.txt", b"x")
    server.files.delete(f"{inside}/weg.txt")
    assert server.files.stat(f"{inside}/weg.txt") is None
    with pytest.raises(Refused):
        server.files.delete("/")


@pytest.mark.parametrize("path", ["/../anna.kreis/Geheim.txt", "/a/../../b", "/./x"])
def test_paths_that_leave_the_account_are_refused_without_asking(server, path):
    before = server.counts
    with pytest.raises(Refused):
        server.files.read(path, max_bytes=10)
    assert server.counts == before
