"""init asks, refuses and explains in the language of who begins, and writes what check accepts."""

from pathlib import Path

import pytest
from journeys_cli import Browser, Said, digitalnetzwerk
from journeys_town import Town


def begin(town: Town, folder: Path, *words: str) -> Said:
    given = ("--url", town.sandbox.url, "--folder", str(folder), "--name", "Probenetz", "--mail", "buero@probe.example")
    return digitalnetzwerk("init", *given, *words, err=Browser(town.sandbox))


@pytest.mark.parametrize(
    ("language", "words"), [("de", ("Bitte melden Sie sich", "Wie weiter")), ("en", ("Please log in", "What next"))]
)
def test_the_first_hour_speaks_one_language(
    town: Town, tmp_path: Path, language: str, words: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8" if language == "en" else "de_DE.UTF-8")
    said = begin(town, tmp_path / "netz", "--group", "kreis", "--group", "brakel")
    assert said.code == 0, said.err
    assert words[0] in said.err and words[1] in said.out
    checked = digitalnetzwerk("-c", str(tmp_path / "netz"), "check")
    assert (checked.code, "Dateien gelesen" in checked.out) == (0, language == "de")
    listed = digitalnetzwerk("-c", str(tmp_path / "netz"), "groups")
    assert ("Konten:" in listed.out, "accounts:" in listed.out) == (language == "de", language == "en")


@pytest.mark.parametrize("word", ["--group", "--pilot"])
def test_a_group_that_is_not_there_is_refused_with_the_nearest(town: Town, tmp_path: Path, word: str) -> None:
    said = begin(town, tmp_path / "netz", "--group", "kreis", word, "Brakel")
    assert said.code == 2
    assert "„Brakel“ gibt es in Nextcloud nicht" in said.err and "brakel" in said.err
    assert not (tmp_path / "netz").exists()


def test_a_folder_that_cannot_be_written_is_named(town: Town, tmp_path: Path) -> None:
    (tmp_path / "datei").touch()
    said = begin(town, tmp_path / "datei" / "netz", "--group", "kreis")
    assert said.code == 2
    assert "lässt sich nicht schreiben: kein Ordner auf dem Weg dorthin" in said.err


def test_two_groups_that_differ_in_their_case_alone_are_refused(town: Town, tmp_path: Path) -> None:
    town.sandbox.add_user("otto.anders", email="otto.anders@probe.example", groups=("BRAKEL",))
    said = begin(town, tmp_path / "netz", "--group", "brakel", "--group", "BRAKEL")
    assert said.code == 2
    assert "„brakel“ und „BRAKEL“ unterscheidet nur Groß- und Kleinschreibung" in said.err
