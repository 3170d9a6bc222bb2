"""cancel and undo on the command line: a sentence for people, one document with --json, and the exit codes of the rest."""

import io
import json

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import FAR, THREE, Town, row

ALL = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def say(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


@pytest.fixture
def planned(town: Town) -> Town:
    town.apply()
    return town


def test_cancel_says_what_falls_out_and_back_that_it_takes_place(planned: Town) -> None:
    said = say(planned, "cancel", "E-Akte", "--reason", "Referentin erkrankt")
    assert (said.code, said.out) == (0, f"„E-Akte“ am {FAR:%d.%m.%Y} fällt aus.\n")
    assert planned.titles() == ["Fällt aus: E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    explained = say(planned, "explain", "E-Akte").out
    assert f"„E-Akte“ fällt am {FAR:%d.%m.%Y} aus: Referentin erkrankt" in explained

    said = say(planned, "cancel", "E-Akte", "--back", "--language", "en")

    assert (said.code, said.out) == (0, f"“E-Akte” on {FAR} takes place after all.\n")
    assert planned.titles() == ALL


def test_cancel_prints_one_document(planned: Town) -> None:
    found = json.loads(say(planned, "cancel", "OZG", "--day", f"{FAR:%d.%m.%Y}", "--json").out)

    assert (found["command"], found["summary"]["cancel"], found["title"]) == ("cancel", 1, "OZG Grundlagen")
    assert [each["action"] for scope in found["scopes"] for each in scope["changes"]] == ["cancel"]


@pytest.mark.parametrize(
    "words",
    [
        ["cancel", "gibt es nicht"],
        ["cancel", "r"],
        ["cancel", "E-Akte", "--day", "bald"],
        ["cancel", "E-Akte", "--back"],
        ["cancel", "E-Akte", "--back", "--reason", "x"],
        ["undo", "--release"],
        ["undo", "--scope", "calendar:gibt-es-nicht"],
        ["undo", "--scope", "calendar:schulungen", "--release"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_exit_code_2_and_changes_nothing(planned: Town, words: list[str]) -> None:
    before = planned.mark()
    said = say(planned, *words)
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert planned.writes(before) == []


def test_undo_shows_and_carries_out_by_fingerprint_and_releases(planned: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    planned.save([row(1, "Falsch"), *THREE[1:]])
    planned.apply()
    monkeypatch.setattr("sys.stdin", io.StringIO("nein\n"))
    shown = say(planned, "undo")
    assert (shown.code, shown.out) == (0, "Nichts geändert.\n")
    assert "OZG Grundlagen" in shown.err
    assert "Falsch" in planned.titles()

    with_number = json.loads(say(planned, "undo", "--json").out)["fingerprint"]
    assert say(planned, "undo", "--fingerprint", "FALSCH22").code == 3
    found = json.loads(say(planned, "undo", "--fingerprint", with_number, "--json").out)
    assert (found["command"], found["summary"]["done"]) == ("undo", 2)
    assert planned.titles() == ALL
    assert "zurückgenommen" in say(planned, "status").out

    assert say(planned, "undo", "--scope", "calendar:schulungen", "--release").code == 0
    assert "zurückgenommen" not in say(planned, "status").out
    assert planned.apply().code == 0
    assert "Falsch" in planned.titles()
