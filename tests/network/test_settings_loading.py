"""What a configuration means once it is loaded."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from network.errors import ConfigurationError
from network.settings import CloudFile, IcsFeed, LocalFile, Selector, Settings, TrainingTable, WebFile, load
from network.written import Monthly

BASE = """\
network: {id: kreis, name: Netzwerk Kreis, timezone: Europe/Berlin, contact: {name: Büro, mail: b@kreis.example}}
nextcloud: {url: https://cloud.kreis.example, username: dienst, password: env:NEXTCLOUD_PASSWORD}
"""
TODAY = date(2026, 11, 22)


def loaded(folder: Path, text: str, base: str = BASE) -> Settings:
    path = folder / "network.yaml"
    path.write_text(base + text, encoding="utf-8")
    return load(path, today=TODAY).settings


def test_a_word_that_yaml_takes_for_no_is_a_word(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path, "administrations:\n  no: {name: NO NO, group: off}\n  0815: {name: 2027-01-01, group: 1e3}\n"
    )
    assert settings.administrations["no"].group == "off"
    assert settings.administrations["0815"].name == "2027-01-01"
    assert settings.administrations["0815"].group == "1e3"


def test_an_unquoted_time_is_a_time_of_day(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "exchange_groups:\n  ozg:\n    name: Austausch OZG\n    lead: [max.beispiel]\n"
        "    meetings: {every: zweiter Dienstag, at: 10:00, length: 1.5 Stunden}\n"
        "  akte:\n    name: Austausch Akte\n    lead: [max.beispiel]\n"
        '    meetings: {every: zweiter Dienstag, at: "09:30", length: 90 minutes}\n',
    )
    meetings = settings.exchange_groups["ozg"].meetings
    assert meetings is not None
    assert (meetings.every, meetings.at, meetings.length) == (Monthly(1, 2), time(10), timedelta(minutes=90))
    other = settings.exchange_groups["akte"].meetings
    assert other is not None
    assert other.at == time(9, 30)


def test_yes_and_no_are_understood_in_both_languages(tmp_path: Path) -> None:
    groups = "".join(
        f"  g{number}: {{name: Gruppe {number}, lead: [max], tasks: {word}}}\n"
        for number, word in enumerate(["true", "Yes", "ja", "on", "false", "NO", "nein", "aus"])
    )
    settings = loaded(tmp_path, f"exchange_groups:\n{groups}")
    assert [group.tasks for group in settings.exchange_groups.values()] == [True] * 4 + [False] * 4


def test_anchors_and_merge_keys_are_read(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "connectors:\n"
        "  eins: &liste {type: table, location: a.csv, columns: &spalten {key: Nr., title: Titel}, notes: false}\n"
        "  zwei: {<<: *liste, location: b.csv}\n"
        "  drei: {type: table, location: c.csv, columns: *spalten}\n",
    )
    second = settings.connectors["zwei"]
    assert isinstance(second, TrainingTable)
    assert (second.key, second.location, second.columns.title) == ("zwei", LocalFile(tmp_path / "b.csv"), "Titel")


def test_an_entry_knows_its_key_and_its_line(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "projects:\n  ozg:\n    name: Projekt OZG\n")
    assert (settings.projects["ozg"].key, settings.projects["ozg"].source) == ("ozg", "network.yaml:4")


def test_defaults_are_filled_in_and_yield_to_the_entry(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "administration_defaults:\n  external: false\n  services: [calendars]\n"
        '  contacts: {training: "schulung@{domain}", it: "it@{domain}"}\n'
        "administrations:\n"
        "  brakel: {name: Stadt Brakel, group: brakel, mail_domains: [brakel.example, stadt.example]}\n"
        "  warburg: {name: Stadt Warburg, group: warburg, mail_domains: [warburg.example], external: true,\n"
        "            services: [calendars, workspaces], contacts: {it: edv@kreis.example}}\n",
    )
    brakel, warburg = settings.administrations["brakel"], settings.administrations["warburg"]
    assert (brakel.external, brakel.services) == (False, ("calendars",))
    assert (brakel.contacts.training, brakel.contacts.it) == ("schulung@brakel.example", "it@brakel.example")
    assert (warburg.external, warburg.services) == (True, ("calendars", "workspaces"))
    assert (warburg.contacts.training, warburg.contacts.it) == ("schulung@warburg.example", "edv@kreis.example")


def test_access_of_a_project_adds_to_the_defaults_and_takes_back_by_none(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "administrations: {brakel: {name: Stadt Brakel, group: brakel}}\n"
        "exchange_groups: {buero: {name: Geschäftsstelle, lead: [erika]}}\n"
        "project_defaults:\n  access: {read: {administrations: all}, manage: {exchange_groups: [buero]}}\n"
        "projects:\n"
        "  offen: {name: Offen, access: {edit: {people: [max]}}}\n"
        "  zu: {name: Geschlossen, access: {read: none}}\n"
        "  anders: {name: Anders, access: {read: {people: [max]}}}\n",
    )
    offen, zu, anders = (settings.projects[key].access for key in ("offen", "zu", "anders"))
    everybody, office = Selector(administrations="all"), Selector(exchange_groups=("buero",))
    assert (offen.read, offen.edit, offen.manage) == ((everybody,), (Selector(people=("max",)),), (office,))
    assert (zu.read, zu.manage) == ((), (office,))
    assert anders.read == (Selector(people=("max",)),)


def test_equal_sections_of_several_files_are_laid_together(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(BASE + "administrations:\n  brakel: {name: Stadt Brakel, group: brakel}\n")
    (tmp_path / "2.yml").write_text(
        "administrations:\n  brakel: {name: Stadt Brakel, delivery: mail}\n"
        "school_holidays:\n  - {name: Herbst, from: 2027-10-01, to: 2027-10-15}\n"
    )
    (tmp_path / "3.yaml").write_text("school_holidays:\n  - {name: Winter, from: 23.12.2027, to: 06.01.2028}\n")
    (tmp_path / ".verborgen.yaml").write_text("kein: {yaml")
    (tmp_path / "liste.txt").write_text("kein: {yaml")
    result = load(tmp_path, today=TODAY)
    brakel = result.settings.administrations["brakel"]
    assert (brakel.group, brakel.delivery, brakel.source) == ("brakel", "mail", "1.yaml:4")
    assert [holiday.name for holiday in result.settings.school_holidays] == ["Herbst", "Winter"]
    assert [path.name for path in result.files] == ["1.yaml", "2.yml", "3.yaml"]


def test_a_section_whose_lines_are_all_comments_is_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "projects:\n  # später\nlimits:\n").projects == {}


def test_places_of_sources(tmp_path: Path) -> None:
    columns = "columns: {key: Nr., title: Titel}"
    settings = loaded(
        tmp_path,
        "connectors:\n"
        f"  datei: {{type: table, location: listen/plan.csv, {columns}}}\n"
        f'  cloud: {{type: table, location: "nextcloud:/Planung/Plan.xlsx", {columns}}}\n'
        f"  netz: {{type: table, location: https://listen.example/plan.csv, {columns}}}\n"
        "  kurse: {type: ics, url: https://kurse.example/a.ics}\n"
        "  kalender: {type: ics, location: ../kalender.ics}\n",
    )
    places = {
        key: connector.place
        for key, connector in settings.connectors.items()
        if isinstance(connector, TrainingTable | IcsFeed)
    }
    assert places == {
        "datei": LocalFile(tmp_path / "listen/plan.csv"),
        "cloud": CloudFile("/Planung/Plan.xlsx"),
        "netz": WebFile("https://listen.example/plan.csv"),
        "kurse": WebFile("https://kurse.example/a.ics"),
        "kalender": LocalFile(tmp_path / "../kalender.ics"),
    }


def test_a_relative_path_is_relative_to_the_file_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config" / "mehr").mkdir(parents=True)
    (tmp_path / "config" / "main.yaml").write_text(BASE + "include: [{file: mehr/mehr.yaml}]\n")
    (tmp_path / "config" / "mehr" / "mehr.yaml").write_text(
        "connectors: {kurse: {type: ics, location: a.ics}}\nservice: {data: daten}\n"
        "admin_rights: {username: admin, password: file:geheim}\n"
        "projects: {ozg: {name: Projekt OZG, template: ./vorlage}}\n"
    )
    monkeypatch.chdir(tmp_path)
    settings = load(Path("config/main.yaml"), today=TODAY).settings
    here = tmp_path / "config" / "mehr"
    feed = settings.connectors["kurse"]
    assert isinstance(feed, IcsFeed)
    assert feed.place == LocalFile(here / "a.ics")
    assert settings.service.data == here / "daten"
    assert settings.projects["ozg"].template == here / "vorlage"
    assert settings.admin_rights not in (None, "print")
    assert settings.admin_rights.password.path == here / "geheim"


def test_a_selector_is_one_or_a_list_or_none(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "administrations: {brakel: {name: Stadt Brakel, group: brakel}}\n"
        "exchange_groups:\n"
        "  eine: {name: Gruppe Eins, lead: [max], members: {administrations: [brakel], topic: ozg}}\n"
        "  liste: {name: Gruppe Zwei, lead: [max], members: [{topic: ozg}, {people: [erika]}]}\n"
        "  keine: {name: Gruppe Drei, lead: [max], members: none}\n",
    )
    members = {key: group.members for key, group in settings.exchange_groups.items()}
    assert members == {
        "eine": (Selector(administrations=("brakel",), topic="ozg"),),
        "liste": (Selector(topic="ozg"), Selector(people=("erika",))),
        "keine": (),
    }


def test_all_administrations_are_named_in_their_order() -> None:
    assert Selector(administrations="all").named_administrations(["b", "a"]) == ("b", "a")
    assert Selector(administrations=("a",)).named_administrations(["b", "a"]) == ("a",)


def test_meetings_imply_a_calendar(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "exchange_groups:\n  mit: {name: Gruppe Mit, lead: [max], meetings: {every: jeden Montag, at: 9 Uhr, length: 1 h}}\n"
        "  ohne: {name: Gruppe Ohne, lead: [max]}\n  eigener: {name: Gruppe Eigen, lead: [max], calendar: true}\n",
    )
    assert [group.has_calendar for group in settings.exchange_groups.values()] == [True, False, True]


@pytest.mark.parametrize("address", ["http://localhost:8080", "http://127.0.0.1:9/nc/", "http://[::1]:80"])
def test_this_machine_may_be_spoken_to_without_encryption(tmp_path: Path, address: str) -> None:
    settings = loaded(tmp_path, "", BASE.replace("https://cloud.kreis.example", f'"{address}"'))
    assert settings.nextcloud.url == address.rstrip("/")


@pytest.mark.parametrize(
    "name",
    [
        "Stadt Höxter",
        'Anführung "so" und ’so’',
        "Kreis & Stadt: <Austausch>",
        "Ä" * 120,
        "Bücherei 📚",
        "Familie 👨‍👩‍👧 & Co.",
        "d.\u202fh. schmal\u00a0fest",
        "#1 {geschweift}",
    ],
)
def test_a_name_arrives_as_it_was_written(tmp_path: Path, name: str) -> None:
    written = name.replace("'", "''")
    settings = loaded(tmp_path, f"projects: {{eins: {{name: '{written}'}}}}\nadministrations: {{eins: {{name: '{written}', group: g}}}}\n")  # fmt: skip
    assert (settings.projects["eins"].name, settings.administrations["eins"].name) == (name, name)


def test_an_exchange_group_without_folder_may_have_a_slash_in_its_name(tmp_path: Path) -> None:
    text = "exchange_groups: {ozg: {name: OZG/E-Akte, lead: [max], folder: %s}}\n"
    assert loaded(tmp_path, text % "false").exchange_groups["ozg"].name == "OZG/E-Akte"
    with pytest.raises(ConfigurationError):
        loaded(tmp_path, text % "true")


def test_settings_never_change(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    with pytest.raises(ValidationError):
        settings.network.name = "Anders"  # type: ignore[misc]


def test_secrets_are_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEXTCLOUD_PASSWORD", raising=False)
    settings = loaded(tmp_path, "admin_rights: {username: admin, password: file:/gibt/es/nicht}\n")
    assert settings.nextcloud.password.variable == "NEXTCLOUD_PASSWORD"


def test_a_configuration_that_is_not_there_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load(tmp_path / "fehlt.yaml", today=TODAY)
    assert refusal.value.problems[0].where == "fehlt.yaml:1"
    assert "nicht lesbar" in refusal.value.problems[0].message.de
