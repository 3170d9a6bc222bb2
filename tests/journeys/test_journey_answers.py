"""A question is answered with what works, and with nothing else."""

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import THREE, Town


def say(town: Town, *words: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=town.environment)


@pytest.fixture
def asked(town: Town) -> Town:
    """A row has been missing for long."""
    town.apply()
    town.save(THREE[:2])
    for _ in range(3):
        town.wait(hours=13)
        town.apply()
    assert [each.question.code for each in town.status().questions] == ["training_missing"]
    return town


def test_a_missing_training_may_be_kept_and_nothing_is_written(asked: Town) -> None:
    before = asked.mark()
    assert say(asked, "answer", "plan", "3", "keep").code == 0
    assert [each.answer for each in asked.status().questions] == ["keep"]
    assert asked.apply().code == 0
    assert asked.calendar_writes(before) == []


def test_what_cannot_be_accepted_is_refused_with_what_to_do(asked: Town) -> None:
    said = say(asked, "answer", "plan", "3", "accept")
    assert said.code == 2
    assert "fällt aus" in said.err
    assert [each.answer for each in asked.status().questions] == [""]


@pytest.mark.parametrize("word", ["cancel", "remove"])
def test_an_answer_that_nothing_honours_does_not_exist(asked: Town, word: str) -> None:
    assert say(asked, "answer", "plan", "3", word).code == 2
    assert [each.answer for each in asked.status().questions] == [""]
