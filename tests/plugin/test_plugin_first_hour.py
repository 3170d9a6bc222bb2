"""What a beginner types first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from network.errors import ConfigurationError
from network.ports import GroupSeen
from network.settings import load
from network.text import Language
from network.written import NotUnderstood
from plugin.cli.main import run
from plugin.cli.starting import address
from plugin.first_hour import EXPLANATIONS, FIRST_LEVEL, Beginning, members, write_first_level


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cloud.kreis.example", "https://cloud.kreis.example"),
        (" https://cloud.kreis.example/ ", "https://cloud.kreis.example"),
        ("kreis.example/nextcloud/", "https://kreis.example/nextcloud"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_an_address_may_be_typed_as_people_say_it(typed: str, meant: str) -> None:
    assert address(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "https://", "ftp://cloud.example", "http://[", "https://name:wort@cloud.example"]
)
def test_what_is_no_address_is_not_understood(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        address(typed)


def test_a_template_that_cannot_be_written_is_a_mistake_of_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", "schulungsplan", "-o", str(tmp_path / "nirgends" / "plan.xlsx")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_in_the_place_of_the_new_folder_is_a_mistake_of_usage(tmp_path: Path) -> None:
    there = tmp_path / "netz.yaml"
    there.touch()
    words = ["--url", "https://cloud.example", "--name", "Netz", "--mail", "buero@netz.example"]
    assert run(["-c", str(there), "init", *words]) == 2


def beginning(name: str = "Probenetz", groups: tuple[GroupSeen, ...] = (), language: Language = "de") -> Beginning:
    chosen = [each.id for each in groups] or ["kreis"]
    return Beginning(
        name, "https://cloud.example", "dienst", "buero@netz.example", members(chosen, groups), language=language
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "Probenetz",
        "Das gemeinsame Digitalnetzwerk des Kreises und aller seiner zehn Städte und Gemeinden",
        "!!!",
        "Netz: {name} # 'eins' \"zwei\"",
    ],
)
def test_what_init_writes_is_what_check_accepts(tmp_path: Path, name: str, language: Language) -> None:
    yaml, _ = write_first_level(tmp_path / "netz", beginning(name, language=language), "wort")
    network = load(yaml, today=date(2026, 11, 22)).settings.network
    assert (network.name, network.language, network.mode) == (name, language, "preview")
    assert len(network.id) <= 50


def test_two_groups_that_sound_alike_get_keys_and_names_of_their_own(tmp_path: Path) -> None:
    ids = ("A", "Ä", "Stadt " + "x" * 50, "stadt-" + "x" * 57, "49", "ÄÄ", "a e")
    names = {"A": "", "Ä": "n" * 200, "49": "eins\nzwei"}
    groups = tuple(GroupSeen(each, names.get(each, each), 1) for each in ids)
    yaml, _ = write_first_level(tmp_path / "netz", beginning(groups=groups), "wort")
    read = load(yaml, today=date(2026, 11, 22)).settings.administrations
    assert [each.group for each in read.values()] == list(ids)


def test_what_check_would_refuse_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        write_first_level(tmp_path / "netz", beginning(groups=(GroupSeen("a+b", "a+b", 1),)), "wort")
    assert not (tmp_path / "netz").exists()


def test_every_explanation_exists_in_english() -> None:
    comments = [line.partition("# ")[2] for line in FIRST_LEVEL.splitlines() if "# " in line]
    assert [each for each in comments if not any(text.de in each for text in EXPLANATIONS)] == []
    assert all(FIRST_LEVEL.count(text.de) == 1 for text in EXPLANATIONS)


@pytest.mark.parametrize(("language", "words"), [("de", "keine Mailadresse"), ("en", "no mail address")])
def test_a_mistake_on_the_command_line_of_init_is_told_in_its_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    said = ["--url", "https://cloud.example", "--name", "Netz", "--mail", "x", "--folder", str(tmp_path / "netz")]
    assert run(["--language", language, "init", *said]) == 2
    assert words in capsys.readouterr().err
