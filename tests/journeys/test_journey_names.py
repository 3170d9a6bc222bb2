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


@pytest.mark.parametrize("kind", [*ANYWHERE, *WITH_SLASHES])
def test_a_calendar_is_called_as_written(town: Town, kind: str) -> None:
    name = (ANYWHERE | WITH_SLASHES)[kind].strip()
    town.swap("    name: Schulungen\n", f"    name: {quoted(name)}\n")
    assert is_settled(town)
    assert town.titles(calendar=name) == THREE_TITLES


@pytest.mark.parametrize("kind", ANYWHERE)
def test_an_exchange_group_is_called_as_written(whole_town: Town, kind: str) -> None:
    name = ANYWHERE[kind].strip()
    named(whole_town, "Austausch OZG", name)
    assert is_settled(whole_town)
    staff = whole_town.as_staff("anna.brakel")
    assert name in [each.name for each in staff.teams.teams()]
    assert [each.name for each in staff.rooms.rooms()] == [name]
    assert f"/{name}" in [each.path for each in staff.files.list("/")]


@pytest.mark.parametrize("kind", ANYWHERE)
def test_a_project_is_called_as_written(whole_town: Town, kind: str) -> None:
    name = ANYWHERE[kind].strip()
    named(whole_town, "Presse", name)
    assert is_settled(whole_town)
    staff = whole_town.as_staff("anna.brakel")
    assert staff.files.stat(f"/{name}/Readme.md") is not None


@pytest.mark.parametrize("kind", [*ANYWHERE, *WITH_SLASHES])
def test_an_administration_is_called_as_written(whole_town: Town, kind: str) -> None:
    name = (ANYWHERE | WITH_SLASHES)[kind].strip()
    named(whole_town, "Stadt Brakel", name)
    assert is_settled(whole_town)
    assert name in [each.name for each in whole_town.as_staff("anna.brakel").teams.teams()]
    assert whole_town.titles("anna.brakel") == THREE_TITLES


@pytest.mark.parametrize("kind", [*ANYWHERE, *WITH_SLASHES])
def test_a_training_is_called_as_written(town: Town, kind: str) -> None:
    title = (ANYWHERE | WITH_SLASHES)[kind].strip()
    town.save([*THREE, row(4, title)])
    assert is_settled(town)
    assert title in town.titles()


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


@pytest.mark.parametrize("group", GROUPS)
def test_staff_of_a_group_with_such_an_id_see_the_calendar(town: Town, group: str) -> None:
    town.sandbox.add_user("neue.kollegin", groups=(group,))
    town.swap("group: brakel", f"group: {quoted(group)}")
    assert is_settled(town)
    assert town.titles("neue.kollegin") == THREE_TITLES


@pytest.mark.parametrize("group", GROUPS)
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
