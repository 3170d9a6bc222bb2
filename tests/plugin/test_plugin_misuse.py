"""Who mistypes a command line is told so in a language that they read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugin.cli.main import run

MISTAKES = [
    (["plan", "--wrong"], "Die Option --wrong gibt es nicht", "No such option"),
    (["plann"], "Den Befehl plann gibt es nicht. Meinten Sie explain oder plan?", "No such command"),
    (["explain"], "Es fehlt die Angabe OBJEKT", "Missing argument"),
    (["remove"], "Es fehlt die Option --all-ours", "Missing option"),
    (["answer", "plan", "1", "maybe"], "Erlaubt: accept, keep", "is not one of"),
    (["template", "schulungsplan", "-o", "."], "--output: „.“ ist ein Ordner", "is a directory"),
    (["sandbox", "--port", "x"], "--port: „x“ ist keine ganze Zahl", "is not a valid integer"),
    (["serve", "--port", "99999"], "--port: „99999“ liegt nicht zwischen 0 und 65535", "is not in the range"),
    (["status", "now"], "Das ist zu viel: now", "unexpected extra argument"),
    (["plan", "--scope"], "Die Option --scope braucht einen Wert", "requires an argument"),
    (["plan", "--details=yes"], "Die Option --details nimmt keinen Wert", "does not take a value"),
    (["plan"], "Welche Konfiguration?", "Which configuration?"),
    (["check", "--letter"], "--letter geht nur zusammen mit --online", "--letter needs --online"),
]


@pytest.fixture(autouse=True)
def no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGITALNETZWERK_CONFIG", raising=False)


@pytest.mark.parametrize(("words", "german", "english"), MISTAKES, ids=lambda each: str(each)[:30])
def test_a_mistake_of_usage_is_told_in_the_language_that_was_asked_for(
    words: list[str], german: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--language", "de", *words]) == 2
    said = capsys.readouterr().err
    assert german in said and english not in said
    assert run(["--language", "en", *words]) == 2
    said = capsys.readouterr().err
    assert english in said and german not in said


@pytest.mark.parametrize(
    ("terminal", "start"), [("de_DE.UTF-8", "Aufruf: "), ("en_GB.UTF-8", "Usage: "), ("C", "Aufruf: ")]
)
def test_without_a_word_the_terminals_language_counts(
    terminal: str, start: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", terminal)
    assert run(["plan", "--wrong"]) == 2
    assert capsys.readouterr().err.startswith(start)


def test_the_document_holds_both_languages_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for language, words in (("de", "gibt es nicht"), ("en", "No such option")):
        assert run(["--json", "--language", language, "plan", "--wrong"]) == 2
        (problem,) = json.loads(capsys.readouterr().out)["problems"]
        assert words in problem["message"]


def test_the_frame_of_the_help_is_in_the_same_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {}
    for language in ("de", "en"):
        words = ["cancel", "--language", language, "--help"]
        monkeypatch.setattr("sys.argv", ["digitalnetzwerk", *words])
        assert run(words) == 0
        shown[language] = capsys.readouterr().out
    assert all(each in shown["de"] for each in ("Aufruf:", "Optionen:", "Zeigt diese Hilfe."))
    assert all(each in shown["en"] for each in ("Usage:", "Options:", "Show this message and exit."))
