"""Rules on single folders: set and read back, and what staff of two administrations really read and write."""

from __future__ import annotations

import pytest

from network.errors import AgainLater, AlreadyThere, DigitalnetzwerkError, NotThere, Refused
from network.ports import Principal, Rule

READ, EDIT = 1, 15


@pytest.fixture
def inside(server, folder, team, name):
    """A Team folder of ours in which the rules hold, with two sub-folders."""
    server.folders.set_manager(folder, Principal("user", server.account), manages=True)
    server.folders.grant(folder, Principal("team", team), 31)
    server.folders.switch_rules_on(folder)
    for part in ("Kreis", "Brakel"):
        server.files.make_folder(f"/{name}/{part}")
    return f"/{name}"


@pytest.fixture
def ourselves(team):
    return Rule(Principal("team", team), 31)


def may(place, account, path):
    """Whether this person reads the folder, and whether a file can be put into it."""
    files = place.staff(account).files
    if files.stat(path) is None:
        return (False, False)
    try:
        files.write(f"{path}/{account}.txt", b"x")
    except DigitalnetzwerkError:
        return (True, False)
    return (True, True)


def test_rules_are_read_back_with_the_number_of_their_folder(server, inside, ourselves, team):
    kreis = Rule(Principal("group", "kreis-hoexter"), READ)
    server.folder_rules.set_rules(f"{inside}/Kreis", [ourselves, kreis])
    root, *below = server.folder_rules.rules(inside)
    assert (root.path, root.rules, root.is_folder) == (inside, (), True)
    seen = {each.path: each for each in below}
    assert seen[f"{inside}/Kreis"].rules == tuple(sorted((ourselves, kreis)))
    assert seen[f"{inside}/Brakel"].rules == ()
    assert len({root.id, *(each.id for each in below)}) == 3
    server.folder_rules.set_rules(f"{inside}/Kreis", [])
    assert all(each.rules == () for each in server.folder_rules.rules(inside))


def test_a_folder_keeps_number_and_rules_when_it_is_moved(server, inside, ourselves):
    server.folder_rules.set_rules(f"{inside}/Kreis", [ourselves])
    before = next(each for each in server.folder_rules.rules(inside) if each.rules)
    server.files.move(f"{inside}/Kreis", f"{inside}/Kreis & Höxter 100 %")
    after = next(each for each in server.folder_rules.rules(inside) if each.rules)
    assert (after.id, after.path) == (before.id, f"{inside}/Kreis & Höxter 100 %")
    with pytest.raises(AlreadyThere):
        server.files.move(after.path, f"{inside}/Brakel")
    with pytest.raises(NotThere):
        server.files.move(f"{inside}/Kreis", f"{inside}/neu")


def test_rules_for_nobody_known_are_not_there_when_read_back(server, inside, ourselves):
    server.folder_rules.set_rules(f"{inside}/Kreis", [ourselves, Rule(Principal("group", "gibt es nicht"), READ)])
    assert [each.rules for each in server.folder_rules.rules(f"{inside}/Kreis")] == [(ourselves,)]


def test_the_service_account_can_not_lock_itself_out(server, inside, team):
    with pytest.raises(Refused) as caught:
        server.folder_rules.set_rules(f"{inside}/Kreis", [Rule(Principal("team", team), 0)])
    assert caught.value.code == "locks_itself_out"


def test_each_administration_writes_in_its_own_and_all_read(place, server, folder, inside, ourselves):
    kreis, brakel = Principal("group", "kreis-hoexter"), Principal("group", "brakel")
    server.folder_rules.set_rules(inside, [ourselves, Rule(kreis, READ), Rule(brakel, READ)])
    server.folder_rules.set_rules(f"{inside}/Kreis", [ourselves, Rule(kreis, EDIT), Rule(brakel, READ)])
    server.folder_rules.set_rules(f"{inside}/Brakel", [ourselves, Rule(kreis, 0), Rule(brakel, EDIT)])
    for who in (kreis, brakel):
        server.folders.grant(folder, who, EDIT)
    assert may(place, "anna.kreis", inside) == (True, False)
    assert may(place, "anna.kreis", f"{inside}/Kreis") == (True, True)
    assert may(place, "anna.kreis", f"{inside}/Brakel") == (False, False)
    assert may(place, "anna.brakel", inside) == (True, False)
    assert may(place, "anna.brakel", f"{inside}/Kreis") == (True, False)
    assert may(place, "anna.brakel", f"{inside}/Brakel") == (True, True)
    assert {each.path for each in place.staff("anna.kreis").files.list(inside)} == {f"{inside}/Kreis"}


def test_the_grant_on_the_whole_folder_is_the_most_that_a_rule_can_give(place, server, folder, inside, ourselves):
    kreis = Principal("group", "kreis-hoexter")
    server.folder_rules.set_rules(f"{inside}/Kreis", [ourselves, Rule(kreis, EDIT)])
    server.folders.grant(folder, kreis, READ)
    assert may(place, "anna.kreis", f"{inside}/Kreis") == (True, False)


def test_who_is_in_two_groups_has_the_rights_of_both(place, server, folder, inside, ourselves, team):
    kreis = Principal("group", "kreis-hoexter")
    server.teams.add_members(team, [Principal("user", "anna.kreis")])
    server.folder_rules.set_rules(f"{inside}/Kreis", [ourselves, Rule(kreis, 0)])
    server.folders.grant(folder, kreis, EDIT)
    assert may(place, "anna.kreis", f"{inside}/Kreis") == (True, True)


def test_a_full_folder_takes_no_file_and_says_so(server, folder, inside):
    server.folders.set_quota(folder, 5000)
    server.files.write(f"{inside}/klein.txt", b"x" * 400)
    assert server.files.make_folder(f"{inside}/Neu") is True
    server.files.write(f"{inside}/mittel.txt", b"x" * 600)
    for refused in (
        lambda: server.files.write(f"{inside}/gross.txt", b"x" * 4001),
        lambda: server.files.make_folder(f"{inside}/braucht 4096 Bytes"),
    ):
        with pytest.raises(Refused) as caught:
            refused()
        assert caught.value.code == "quota_full"
    assert server.files.write(f"{inside}/leer.txt", b"")
    server.folders.set_quota(folder, 100)
    for data in (b"", b"x"):
        with pytest.raises(Refused) as caught:
            server.files.write(f"{inside}/mehr.txt", data)
        assert caught.value.code == "quota_full"


def test_of_a_full_folder_nothing_can_be_read_until_there_is_room(server, folder, inside):
    server.files.write(f"{inside}/klein.txt", b"x" * 400)
    server.folders.set_quota(folder, 100)
    with pytest.raises(AgainLater):
        server.files.read(f"{inside}/klein.txt", max_bytes=1000)
    server.folders.set_quota(folder, 1000)
    assert server.files.read(f"{inside}/klein.txt", max_bytes=1000) == b"x" * 400


def test_the_home_tells_when_something_was_changed_last_in_each_folder(server, inside):
    server.files.write(f"{inside}/Kreis/neu.txt", b"x" * 10)
    file = server.files.stat(f"{inside}/Kreis/neu.txt")
    mount = next(each for each in server.files.list("/") if each.path == inside)
    assert mount.is_folder
    assert abs(mount.modified - file.modified).total_seconds() <= 1
