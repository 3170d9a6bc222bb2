"""The configuration without an administration, with another account, and where the files name either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from network.settings import Loaded, load
from network.settings.mentions import mentions_of_account, mentions_of_administration
from network.settings.rewriting import accounts_named, with_account, without

WRITTEN = """\
network: {id: probe, name: Probenetz, timezone: Europe/Berlin, contact: {name: Büro, mail: buero@probe.example}}
nextcloud: {url: https://cloud.probe.example, username: digitalnetzwerk, password: env:P}
administrations:
  kreis: {name: Kreis Probe, group: kreis}
  brakel:
    name: Stadt Brakel
    group: brakel
    accounts: [anna.brakel]
connectors:
  kurse: {type: ics, url: https://kurse.example/kurse.ics}
calendars:
  kurse:
    name: Kurse
    from: [kurse]
    share: [{administrations: all}, {people: [anna.brakel]}]
exchange_groups:
  ozg:
    name: Austausch OZG
    lead: [anna.brakel, erika.kreis]
    members: [{administrations: [brakel], topic: ozg}, {administrations: [brakel, kreis]}]
  allein: {name: Brakel allein, lead: [anna.brakel], members: {people: [anna.brakel, max.kreis]}}
project_defaults:
  access: {read: {administrations: [brakel]}}
projects:
  eins: {name: Eins, access: {edit: {people: [anna.brakel], administrations: [kreis]}}}
  zwei: {name: Zwei, description: brakel}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    path = tmp_path / "netz.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    return load(path, today=date(2026, 11, 22))


def test_without_an_administration_nothing_names_it_or_its_people(loaded: Loaded) -> None:
    left = without(loaded.settings, "brakel", {"anna.brakel"})
    assert set(left.administrations) == {"kreis"}
    assert left.exchange_groups["ozg"].lead == ("erika.kreis",)
    assert left.exchange_groups["allein"].lead == ()
    assert left.exchange_groups["allein"].members[0].people == ("max.kreis",)
    assert accounts_named(left) == {"erika.kreis", "max.kreis"}


def test_a_selector_that_would_mean_more_people_is_dropped_whole(loaded: Loaded) -> None:
    left = without(loaded.settings, "brakel", {"anna.brakel"})
    (members,) = left.exchange_groups["ozg"].members
    assert (members.administrations, members.topic) == (("kreis",), None)
    assert left.projects["eins"].access.edit == ()
    assert left.projects["zwei"].access.read == ()


def test_all_stays_all(loaded: Loaded) -> None:
    (share,) = without(loaded.settings, "brakel", {"anna.brakel"}).calendars["kurse"].share
    assert share.administrations == "all"


def test_nothing_changes_where_nobody_is_meant(loaded: Loaded) -> None:
    assert with_account(loaded.settings, "niemand", "anna.neu") is loaded.settings


def test_a_town_takes_what_its_own_file_defines_along(tmp_path: Path) -> None:
    (tmp_path / "stadt").mkdir()
    (tmp_path / "netz.yaml").write_text(WRITTEN + "include: [{file: stadt/brakel.yaml, administration: brakel}]\n")
    (tmp_path / "stadt" / "brakel.yaml").write_text(
        "exchange_groups:\n  amt: {name: Amt Brakel, lead: [anna.brakel], members: {administrations: [brakel]}}\n"
    )
    settings = load(tmp_path / "netz.yaml", today=date(2026, 11, 22)).settings
    assert "amt" in settings.exchange_groups
    assert "amt" not in without(settings, "brakel", ()).exchange_groups


def test_an_account_is_replaced_everywhere_and_stands_there_once(loaded: Loaded) -> None:
    renamed = with_account(loaded.settings, "anna.brakel", "erika.kreis")
    assert renamed.exchange_groups["ozg"].lead == ("erika.kreis",)
    assert renamed.administrations["brakel"].accounts == ("erika.kreis",)
    assert "anna.brakel" not in accounts_named(renamed)


def test_every_line_that_names_the_administration_is_told_once(loaded: Loaded) -> None:
    found = mentions_of_administration(loaded.document, "brakel")
    lines = dict.fromkeys(int(each.where.rpartition(":")[2]) for each in found)
    text = WRITTEN.splitlines()
    assert [text[line - 1].strip() for line in lines] == [
        "brakel:",
        "members: [{administrations: [brakel], topic: ozg}, {administrations: [brakel, kreis]}]",
        "access: {read: {administrations: [brakel]}}",
    ]
    assert found[0].path == "administrations.brakel"


def test_every_line_that_names_an_account_is_told(loaded: Loaded) -> None:
    found = mentions_of_account(loaded.document, "anna.brakel")
    assert {each.path for each in found} >= {"administrations.brakel.accounts", "exchange_groups.ozg.lead"}
    assert len({each.where for each in found}) == 5
    assert len(set(found)) == len(found)
