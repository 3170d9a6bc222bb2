"""Who may see which calendar today, worked out from configuration and lists alone."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from network.settings import Settings, load
from network.state import StateStore, open_state
from network.state.sources import StoredSourceMemory
from plugin.feeds.rights import Rights

CONFIG = """\
network: {id: kreis, name: Netz, timezone: Europe/Berlin, contact: {name: Büro, mail: b@kreis.example}}
nextcloud: {url: https://cloud.kreis.example, username: dienst, password: env:NEXTCLOUD_PASSWORD}
administrations:
  brakel: {name: Stadt Brakel, group: brakel}
  nieheim: {name: Stadt Nieheim, group: nieheim, services: [workspaces]}
connectors:
  leute: {type: nextcloud, provides: people}
  plan: {type: table, location: plan.csv, columns: {key: Nr., title: Titel, status: Status}}
calendars:
  alle: {name: Alle, from: [plan], share: {administrations: all}}
  eigene: {name: Eigene, from: [plan], share: {people: [carla]}}
  kreis: {name: Kreise, from: [plan], share: {exchange_groups: [aussen]}}
exchange_groups:
  innen: {name: Innen, lead: [erika], members: {topic: ozg}, calendar: true}
  aussen: {name: Aussen, lead: [erika], members: {exchange_groups: [innen]}}
"""


def people(*rows: tuple[str, str, tuple[str, ...]]) -> list[dict[str, object]]:
    fields = ("account", "administration", "topics")
    return [{**dict(zip(fields, each, strict=True)), "groups": [each[1]]} for each in rows]


LISTED = people(("anna", "brakel", ()), ("dora", "nieheim", ("ozg",)), ("carla", "brakel", ()))


def look_at(settings: Settings, listed: list[dict[str, object]], state: StateStore) -> Rights:
    note = {"at": datetime.now(UTC).isoformat(), "told": "", "connector": "leute", "people": listed, "missing": []}
    StoredSourceMemory(state.engine, "leute").keep_note("people", json.dumps({**note, "problems": []}))
    return Rights.of(settings, state)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "network.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return load(path, today=date(2026, 11, 22)).settings


def test_each_sees_what_is_meant_for_their_town_themselves_and_their_groups(settings: Settings) -> None:
    rights = look_at(settings, LISTED, open_state(None))
    assert rights.of_person("anna") == {"alle"}
    assert rights.of_person("carla") == {"alle", "eigene"}
    assert rights.of_person("dora") == {"innen", "kreis"}  # in a group inside of a group; her town takes no calendars


def test_who_is_in_no_list_is_unknown_and_sees_nothing(settings: Settings) -> None:
    rights = look_at(settings, LISTED, open_state(None))
    assert (rights.knows("anna"), rights.knows("fremd"), rights.knows_people) == (True, False, True)
    assert not rights.of_person("fremd")


def test_an_administration_sees_what_all_of_it_sees(settings: Settings) -> None:
    rights = look_at(settings, LISTED, open_state(None))
    assert rights.of_administration("brakel") == {"alle"}
    assert not rights.of_administration("nieheim")


def test_in_a_pilot_only_the_pilots_group_sees_anything(tmp_path: Path) -> None:
    path = tmp_path / "network.yaml"
    path.write_text(CONFIG.replace("id: kreis,", "id: kreis, pilot: brakel,"), encoding="utf-8")
    rights = look_at(load(path, today=date(2026, 11, 22)).settings, LISTED, open_state(None))
    assert rights.of_person("anna") == {"alle", "eigene", "kreis", "innen"}
    assert not rights.of_person("dora")


def test_before_anybody_read_a_list_nobody_is_known(settings: Settings) -> None:
    rights = Rights.of(settings, open_state(None))
    assert not rights.knows_people
