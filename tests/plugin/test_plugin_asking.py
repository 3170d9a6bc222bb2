"""The yes before something is taken away."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from network.text import Language, Text
from plugin.cli.asking import agrees

QUESTION = Text("Wirklich alles entfernen?", "Really remove everything?")


def asked(typed: str, language: Language = "de") -> tuple[bool, str]:
    @click.command()
    def command() -> None:
        click.echo(f"agreed={agrees(QUESTION, language)}")

    result = CliRunner().invoke(command, input=typed)
    return "agreed=True" in result.stdout, result.output


@pytest.mark.parametrize("typed", ["j\n", "ja\n", " JA \n", "y\n", "yes\n"])
def test_a_yes_in_either_language_is_a_yes(typed: str) -> None:
    assert asked(typed)[0]


@pytest.mark.parametrize("typed", ["\n", "n\n", "nein\n", "jein\n", ""])
def test_anything_else_and_nobody_at_the_terminal_is_a_no(typed: str) -> None:
    assert not asked(typed)[0]


def test_the_question_is_asked_in_the_language_of_who_reads_it() -> None:
    assert "Wirklich alles entfernen? [j/N]" in asked("\n", "de")[1]
    assert "Really remove everything? [y/N]" in asked("\n", "en")[1]
