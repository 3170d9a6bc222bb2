"""Lines of the log: one event each, what it is about, and nothing that must not be told."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from network.settings import LogForm
from network.trace import Threads, about
from plugin import logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The log of the tests themselves."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_line_of_json_with_what_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json")
    with about(run="17"), about(connector="plan"):
        logging.getLogger("library").warning("zwei\nZeilen für %s", "alle", extra={"event": {"code": "kept"}})
    logging.getLogger("plugin.jobs").info("outside")
    inside, outside = told(capsys)
    assert inside["time"] and inside | {"time": ""} == {
        "time": "",
        "level": "warning",
        "logger": "library",
        "message": "zwei\nZeilen für alle",
        "run": "17",
        "connector": "plan",
        "code": "kept",
    }
    assert (outside["level"], "run" in outside) == ("info", False)


def test_threads_of_a_piece_of_work_are_about_it_and_others_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json")

    def tell(scope: str) -> None:
        with about(scope=scope):
            logging.getLogger("x").info("told")

    with about(run="1"), Threads(2) as pool:
        list(pool.map(tell, ["calendar:a", "calendar:b"]))
    with Threads(1) as pool:
        pool.submit(tell, "calendar:c").result()
    assert sorted((str(each["scope"]), each.get("run")) for each in told(capsys)) == [
        ("calendar:a", "1"),
        ("calendar:b", "1"),
        ("calendar:c", None),
    ]


def test_for_people_it_is_a_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("plain")
    with about(run="17"):
        logging.getLogger("plugin.jobs").info("run ended", extra={"event": {"exit_code": 0}})
    assert capsys.readouterr().err.endswith(" info plugin.jobs: run ended [run=17 exit_code=0]\n")


@pytest.mark.parametrize("form", ["json", "plain"])
def test_a_secret_in_the_text_of_a_foreign_error_is_hidden(form: LogForm, capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(form, secrets=["p4ss/wort", "p4ss"])
    try:
        raise ValueError("https://u:p4ss%2Fwort@host and p4ss/wort and p4ss")
    except ValueError:
        logging.getLogger("x").exception("unforeseen fault")
    line = capsys.readouterr().err
    assert "p4ss" not in line
    assert "https://u:***@host and *** and ***" in line


def test_a_fault_has_its_trace_in_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin("json")
    try:
        raise KeyError("x")
    except KeyError:
        logging.getLogger("x").error("unforeseen fault", exc_info=sys.exc_info())
    (event,) = told(capsys)
    assert "KeyError" in str(event["exception"])
