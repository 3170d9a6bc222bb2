"""Names as people give them: they stand in Nextcloud as written, or are refused with file, line and what is allowed."""

import json

import pytest
from journeys_cli import digitalnetzwerk
from journeys_town import THREE, Town, row

THREE_TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
ANYWHERE = {
    "umlauts": "Förderung für Ämter und Größeres",
    "quotes": "Das \"große\" 'Fest' & mehr",
    "120 characters": "Zusammenarbeit " * 8,
    "emoji": "Schulung 🎓👩\u200d💻",
    "commas": "A; B, C: D",
}
WITH_SLASHES = {"slash": "Bau/Planung", "backslash": "Bau\\Planung", "upwards": "../admin"}
GROUPS = ("Amt für Soziales", "Bau/Umwelt", "ä ö ü/ß", "a,b;c", 'q"q', "g&h=1?", "emoji🎓", "G" * 64)


def quoted(words: str) -> str:
    return json.dumps(words.strip(), ensure_ascii=False)


def named(town: Town, old: str, name: str) -> None:
    """Another name in the configuration."""
    town.swap(f"name: {old}", f"name: {quoted(name)}")


def is_settled(town: Town) -> bool:
    """All done, and the next run has nothing to do."""
    return town.apply().code == 0 and town.plan().code == 0


def refused(town: Town) -> str:
    """What the command line says, having written nothing."""
    said = digitalnetzwerk("-c", str(town.config), "apply", environment=town.environment)
    assert (said.code, said.out) == (2, "")
    assert town.writes() == []
    return said.err


@pytest.mark.parametrize("kind", ANYWHERE)
def test_everything_is_called_as_written(whole_town: Town, kind: str) -> None:
    name = ANYWHERE[kind].strip()
    whole_town.swap("    name: Schulungen\n", f"    name: {quoted(name)}\n")
    named(whole_town, "Austausch OZG", f"{name} 1")
    named(whole_town, "Presse", f"{name} 2")
    named(whole_town, "Stadt Brakel", f"{name} 3")
    whole_town.save([*THREE, row(4, name)])
    assert is_settled(whole_town)
    staff = whole_town.as_staff("anna.brakel")
    assert whole_town.titles(calendar=name) == sorted([*THREE_TITLES, name])
    assert {f"{name} 1", f"{name} 3"} <= {each.name for each in staff.teams.teams()}
    assert [each.name for each in staff.rooms.rooms()] == [f"{name} 1"]
    assert f"/{name} 1" in [each.path for each in staff.files.list("/")]
    assert staff.files.stat(f"/{name} 2/Readme.md") is not None


@pytest.mark.parametrize("kind", WITH_SLASHES)
def test_what_is_no_folder_may_have_slashes(whole_town: Town, kind: str) -> None:
    name = WITH_SLASHES[kind]
    whole_town.swap("    name: Schulungen\n", f"    name: {quoted(name)}\n")
    named(whole_town, "Stadt Brakel", f"{name} 3")
    whole_town.save([*THREE, row(4, name)])
    assert is_settled(whole_town)
    assert whole_town.titles(calendar=name) == sorted([*THREE_TITLES, name])
    assert f"{name} 3" in [each.name for each in whole_town.as_staff("anna.brakel").teams.teams()]


@pytest.mark.parametrize("kind", WITH_SLASHES)
@pytest.mark.parametrize(("old", "place"), [("Austausch OZG", "netz.yaml:35"), ("Presse", "netz.yaml:37")])
def test_what_would_be_a_folder_with_a_slash_is_refused(whole_town: Town, old: str, place: str, kind: str) -> None:
    named(whole_town, old, WITH_SLASHES[kind])
    assert f"{place}: " in refused(whole_town)


@pytest.mark.parametrize(
    ("old", "line", "key"),
    [
        *(("  brakel:  {", 14, key) for key in ("../admin", "Größe", "a b", "A/B", 'x"y', "k" * 120, "emoji🎓")),
        *((old, line, "../admin") for old, line in (("  schulungen:\n", 26), ("  ozg: {", 35), ("  presse: {", 37))),
    ],
)
def test_a_key_that_would_be_an_address_is_refused(whole_town: Town, old: str, line: int, key: str) -> None:
    whole_town.swap(old, old.replace(old.partition(":")[0].strip(), quoted(key)))
    said = refused(whole_town)
    assert f"netz.yaml:{line}: " in said
    assert "ist kein Schlüssel; erlaubt sind höchstens 50 Kleinbuchstaben" in said


def test_staff_of_groups_with_such_ids_see_the_calendar(town: Town) -> None:
    lines = ""
    for number, group in enumerate(GROUPS):
        town.sandbox.add_user(f"person{number}", groups=(group,))
        lines += f"  v{number}: {{name: Verwaltung {number}, group: {quoted(group)}}}\n"
    town.swap("administrations:\n", f"administrations:\n{lines}")
    assert is_settled(town)
    for number, _ in enumerate(GROUPS):
        assert town.titles(f"person{number}") == THREE_TITLES


@pytest.mark.parametrize("group", GROUPS[:3])
def test_a_pilots_group_with_such_an_id_sees_the_calendar(town: Town, group: str) -> None:
    town.sandbox.add_user("neue.kollegin", groups=(group,))
    town.swap("  mode: live\n", f"  mode: live\n  pilot: {quoted(group)}\n")
    assert is_settled(town)
    assert town.titles("neue.kollegin") == THREE_TITLES
    assert town.titles("anna.brakel") == []


@pytest.mark.parametrize("group", ["Größe+Plus", "a%2Fb", "G" * 65])
def test_a_group_id_that_no_share_would_reach_is_refused(town: Town, group: str) -> None:
    town.swap("group: brakel", f"group: {quoted(group)}")
    assert "netz.yaml:14: administrations.brakel.group: " in refused(town)


def test_what_is_renamed_in_the_configuration_is_renamed_for_staff_and_stays_the_same_object(whole_town: Town) -> None:
    whole_town.swap(
        "lead: [erika.kreis]", "lead: [erika.kreis], meetings: {every: first monday, at: '9:00', length: 1 hour}"
    )
    whole_town.apply()
    staff = whole_town.as_staff("anna.brakel")
    before = identities(whole_town)
    staff.files.write("/Austausch OZG/Notiz.md", b"bleibt")
    for old, new in (("Austausch OZG", "Forum OZG"), ("Presse", "Medien"), ("Stadt Brakel", "Brakel")):
        named(whole_town, old, new)
    whole_town.swap("    name: Schulungen\n", "    name: Fortbildungen\n")
    assert is_settled(whole_town)
    assert identities(whole_town) == before
    assert {"Forum OZG", "Brakel"} <= {each.name for each in staff.teams.teams()}
    assert [each.name for each in staff.rooms.rooms()] == ["Forum OZG"]
    assert staff.files.read("/Forum OZG/Notiz.md", max_bytes=99) == b"bleibt"
    assert staff.files.stat("/Medien/Readme.md") is not None
    assert {"Forum OZG", "Fortbildungen"} <= {each.name.rpartition(" (")[0] for each in staff.calendars.calendars()}


def identities(town: Town) -> list[object]:
    """What stays when names change: ids of teams and folders, tokens of rooms, addresses of calendars."""
    client = town.other_client()
    return [
        sorted(each.id for each in client.teams.teams()),
        sorted(each.token for each in client.rooms.rooms()),
        sorted(each.href for each in client.calendars.calendars()),
        sorted(town.sandbox.world.team_folders.all),
    ]
