"""A town's own file: what it may say, and that nothing of it reaches further. The refusals stand in tests/bad_config."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from network.errors import ConfigurationError
from network.settings import IcsFeed, Loaded, LocalFile, Selector, load

NETWORK = """\
network: {id: kreis, name: Netzwerk Kreis, timezone: Europe/Berlin, contact: {name: Büro, mail: b@kreis.example}}
nextcloud: {url: https://cloud.kreis.example, username: dienst, password: env:NEXTCLOUD_PASSWORD}
administrations:
  brakel: {name: Stadt Brakel, group: brakel}
  warburg: {name: Stadt Warburg, group: warburg}
"""
TOWN = """\
administrations:
  brakel: {contacts: {it: edv@brakel.example}, delivery: mail}
connectors:
  vhs: {type: ics, url: https://vhs.example/a.ics, username: stadt, password: env:DNW_BRAKEL_VHS}
exchange_groups:
  stamm: {name: Stammtisch Brakel, lead: [max.brakel], members: {administrations: [brakel], topic: ozg}}
calendars:
  vhs: {name: Kurse der VHS, from: [vhs], share: SHARE}
"""


def loaded(folder: Path, share: str, include: str = "") -> Loaded:
    folder.joinpath("network.yaml").write_text(
        NETWORK + f"include: [{{file: brakel.yaml, administration: brakel{include}}}]\n", encoding="utf-8"
    )
    folder.joinpath("brakel.yaml").write_text(TOWN.replace("SHARE", share), encoding="utf-8")
    return load(folder, today=date(2026, 11, 22))


def test_a_town_keeps_its_own_objects(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "[{administrations: [brakel]}, {exchange_groups: [stamm]}]").settings
    assert settings.administrations["brakel"].contacts.it == "edv@brakel.example"
    assert settings.administrations["brakel"].owner == ""
    assert (settings.calendars["vhs"].owner, settings.calendars["vhs"].source) == ("brakel", "brakel.yaml:8")
    assert settings.connectors["vhs"].owner == "brakel"


def test_a_town_file_in_the_same_folder_is_not_read_as_the_networks_own(tmp_path: Path) -> None:
    result = loaded(tmp_path, "{administrations: [brakel]}")
    assert [path.name for path in result.files] == ["network.yaml", "brakel.yaml"]
    with pytest.raises(ConfigurationError) as refusal:
        loaded(tmp_path, "{administrations: [brakel, warburg]}")
    assert [problem.code for problem in refusal.value.problems] == ["shares_further"]


def test_the_networks_file_may_grant_more(tmp_path: Path) -> None:
    granted = loaded(tmp_path, "{administrations: [brakel, warburg]}", ", may_share: {administrations: [warburg]}")
    assert granted.settings.calendars["vhs"].share == (Selector(administrations=("brakel", "warburg")),)
    assert loaded(tmp_path, "{administrations: all}", ", may_share: {administrations: all}")


def test_a_grant_of_two_keys_together_grants_neither_alone(tmp_path: Path) -> None:
    grant = ", may_share: {administrations: [warburg], topic: ozg}"
    assert loaded(tmp_path, "{administrations: [warburg], topic: ozg}", grant)
    with pytest.raises(ConfigurationError):
        loaded(tmp_path, "{administrations: [warburg]}", grant)


def test_a_town_with_a_folder_of_its_own_may_read_files_there(tmp_path: Path) -> None:
    (tmp_path / "network.yaml").write_text(
        NETWORK + "include: [{file: brakel/alles.yaml, administration: brakel}]\n", encoding="utf-8"
    )
    (tmp_path / "brakel").mkdir()
    town = TOWN.replace("SHARE", "{administrations: [brakel]}").replace("url: https://vhs.example", "location: kurse")
    (tmp_path / "brakel" / "alles.yaml").write_text(town, encoding="utf-8")
    feed = load(tmp_path, today=date(2026, 11, 22)).settings.connectors["vhs"]
    assert isinstance(feed, IcsFeed)
    assert feed.place == LocalFile(tmp_path / "brakel" / "kurse" / "a.ics")


def test_a_second_file_of_the_network_is_not_bounded(tmp_path: Path) -> None:
    (tmp_path / "network.yaml").write_text(NETWORK + "include: [{file: mehr/alle.yaml}]\n", encoding="utf-8")
    (tmp_path / "mehr").mkdir()
    (tmp_path / "mehr" / "alle.yaml").write_text("limits: {mails: {per_hour: 7}}\n", encoding="utf-8")
    assert load(tmp_path, today=date(2026, 11, 22)).settings.limits.mails.per_hour == 7


def test_a_town_names_no_certificates_of_the_machine(tmp_path: Path) -> None:
    town = TOWN.replace("SHARE", "{administrations: [brakel]}").replace(
        "type: ics", "type: caldav, ca_file: /etc/ssl/private.pem"
    )
    assert "ca_file" in town
    (tmp_path / "network.yaml").write_text(
        NETWORK + "include: [{file: brakel/alles.yaml, administration: brakel}]\n", encoding="utf-8"
    )
    (tmp_path / "brakel").mkdir()
    (tmp_path / "brakel" / "alles.yaml").write_text(town, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refusal:
        load(tmp_path, today=date(2026, 11, 22))
    assert [each.code for each in refusal.value.problems] == ["not_for_members"]
