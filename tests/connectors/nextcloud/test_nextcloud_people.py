"""Groups and accounts, and the ids that Nextcloud could store but never find again."""

from __future__ import annotations

from contextlib import suppress

import pytest

from connectors.nextcloud import directory
from network.errors import AlreadyThere, NotThere, Refused, RightMissing


@pytest.fixture
def group(server, name):
    server.directory.create_group(name, "Größe & Maß")
    yield name
    with suppress(NotThere):
        server.directory.delete_group(name)


def seen(server, group):
    return next((each for each in server.directory.groups() if each.id == group), None)


def test_a_group_has_a_name_of_its_own_and_can_be_renamed(server, group):
    assert seen(server, group).name == "Größe & Maß"
    server.directory.rename_group(group, "Neu 🎓")
    assert (seen(server, group).id, seen(server, group).name) == (group, "Neu 🎓")


def test_members_come_and_go(server, group):
    assert server.directory.members(group) == frozenset()
    server.directory.add_member(group, "anna.kreis")
    server.directory.add_member(group, "anna.kreis")
    assert server.directory.members(group) == {"anna.kreis"}
    assert seen(server, group).size == 1
    server.directory.remove_member(group, "anna.kreis")
    server.directory.remove_member(group, "anna.kreis")
    assert server.directory.members(group) == frozenset()


def test_what_is_there_and_what_is_not_is_told(server, group):
    with pytest.raises(AlreadyThere):
        server.directory.create_group(group, "Noch einmal")
    with pytest.raises(NotThere):
        server.directory.members("gibt-es-nicht")
    with pytest.raises(NotThere):
        server.directory.add_member(group, "gibt.es.nicht")
    with pytest.raises(NotThere):
        server.directory.add_member("gibt-es-nicht", "anna.kreis")
    with pytest.raises(NotThere):
        server.directory.delete_group("gibt-es-nicht")


def test_accounts_have_names_and_mail(server):
    found = {each.id: each for each in server.directory.accounts()}
    assert {"anna.kreis", "anna.brakel", server.account} <= set(found)
    assert found["anna.kreis"].name.startswith("Anna") and found["anna.kreis"].is_enabled


def test_the_people_of_a_group_come_with_name_and_mail_in_one_request(server, group):
    server.directory.add_member(group, "anna.kreis")
    before = sum(server.counts.values())
    (anna,) = server.directory.people(group)
    assert sum(server.counts.values()) == before + 1
    assert anna == next(each for each in server.directory.accounts() if each.id == "anna.kreis")
    server.directory.remove_member(group, "anna.kreis")
    assert server.directory.people(group) == ()
    with pytest.raises(NotThere):
        server.directory.people("gibt-es-nicht")


def test_whoever_is_only_in_a_group_sees_who_is_in_it_without_names(place, server, group):
    server.directory.add_member(group, place.staff().account)
    (seen_there,) = place.staff().directory.people(group)
    assert (seen_there.id, seen_there.name) == (place.staff().account, "")
    with pytest.raises(RightMissing):
        place.staff().directory.people("admin")


def test_an_account_is_made_without_a_password_and_switched_off_and_on(server, name):
    def seen():
        return next(each for each in server.directory.accounts() if each.id == name)

    server.directory.create_account(name, "Nele Neu", f"{name}@vertrag.example")
    try:
        assert (seen().name, seen().mail, seen().is_enabled) == ("Nele Neu", f"{name}@vertrag.example", True)
        with pytest.raises(AlreadyThere):
            server.directory.create_account(name, "Noch einmal", f"{name}@vertrag.example")
        server.directory.set_enabled(name, enabled=False)
        assert not seen().is_enabled
        server.directory.set_enabled(name, enabled=True)
        assert seen().is_enabled
    finally:
        server._rights.write(lambda wrapper: wrapper.library.delete_user(name).raw)


def test_an_account_that_is_not_there_is_told_and_nothing_is_half_made(server, name):
    with pytest.raises(NotThere):
        server.directory.set_enabled(name, enabled=False)
    with pytest.raises(Refused):
        server.directory.create_account(name, "Ohne Mail", "")
    assert all(each.id != name for each in server.directory.accounts())


def test_all_pages_are_read(place, server, monkeypatch):
    if place.is_shared:
        pytest.skip("what others change would count")
    accounts, groups = server.directory.accounts(), server.directory.groups()
    monkeypatch.setattr(directory, "PAGE", 2)
    assert set(server.directory.accounts()) == set(accounts) and len(accounts) > 2
    assert set(server.directory.groups()) == set(groups) and len(groups) > 2


@pytest.mark.parametrize("odd", ["Größe", "mit Leerzeichen", "a/b", "mit#raute?frage&und", "punkt.", "„x“"])
def test_odd_group_ids_work(server, name, odd):
    group = f"{name} {odd}"
    server.directory.create_group(group, odd)
    try:
        server.directory.add_member(group, "anna.kreis")
        assert server.directory.members(group) == {"anna.kreis"}
    finally:
        server.directory.delete_group(group)
    assert seen(server, group) is None


@pytest.mark.parametrize("bad", ["", "a+b", "50%", ".", "..", "../admin", "a//b", "x" * 65])
def test_ids_that_nextcloud_can_not_address_are_refused_without_asking(server, bad):
    before = server.counts
    with pytest.raises(Refused) as caught:
        server.directory.create_group(bad, "Name")
    assert caught.value.code == "unusable_id"
    assert server.counts == before


def test_who_may_not_read_people_is_told_so(place):
    with pytest.raises(RightMissing):
        place.staff().directory.groups()
    with pytest.raises(RightMissing):
        place.staff().directory.accounts()
