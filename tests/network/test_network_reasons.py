"""What the operating system refuses is told in the reader's language, and nothing hangs on a pipe."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest

from network.errors import ConfigurationError
from network.settings import load
from network.written.reasons import reason


@pytest.mark.parametrize(
    ("number", "german"),
    [(errno.ENOENT, "gibt es nicht"), (errno.EACCES, "keine Berechtigung"), (errno.EISDIR, "ist ein Ordner")],
)
def test_usual_reasons_are_told_in_both_languages(number: int, german: str) -> None:
    said = reason(OSError(number, os.strerror(number)))
    assert (said.de, said.en) == (german, os.strerror(number))


def test_a_seldom_reason_is_told_as_the_system_words_it() -> None:
    said = reason(OSError(errno.EXDEV, os.strerror(errno.EXDEV)))
    assert said.de == said.en == os.strerror(errno.EXDEV)
    assert reason(OSError()).de == "OSError"


def problem(path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(path, today=date(2026, 11, 22))
    (found,) = caught.value.problems
    return found.line("de")


def test_a_configuration_that_is_not_there_is_told_in_german(tmp_path: Path) -> None:
    assert "(gibt es nicht)" in problem(tmp_path / "netz.yaml")


def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "netz.yaml"
    os.mkfifo(pipe)
    assert "keine gewöhnliche Datei" in problem(pipe)
    assert "keine gewöhnliche Datei" in problem(tmp_path)
    assert "keine gewöhnliche Datei" in problem(Path("/dev/zero"))
