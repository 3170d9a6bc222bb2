"""Coordinators are told inside Nextcloud that a source asks something: each of each question once, and nobody else."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from journeys_town import THREE
from web_inside import SECRET, Inside

from network.model import Question
from network.state.notices import NoticeLog
from network.state.sources import SourceLog
from network.text import Text
from plugin.alerts.notices import Notices, way
from plugin.jobs.rounds import Rounds

CARLA = "carla.brakel"
PAGE = "/index.php/apps/app_api/embedded/digitalnetzwerk/netzwerk/betrieb/fragen"


def ask(inside: Inside, *keys: str, said: str = "Gilt das noch?") -> None:
    """These questions are open, of a source that no round asks."""
    questions = [Question("training_missing", key, f"Zeile {key}", Text(f"{key}: {said}", key)) for key in keys]
    SourceLog(inside.running.state.engine).ask("anderswo", questions)


def look(inside: Inside) -> None:
    running = inside.running
    Notices(running.settings, running.state, way(running.settings, running.environment)).after(running.clock())


def told(inside: Inside, account: str = CARLA) -> list[dict[str, Any]]:
    url = f"{inside.town.sandbox.url}/ocs/v2.php/apps/notifications/api/v2/notifications"
    headers = {"OCS-APIRequest": "true", "Accept": "application/json"}
    found: list[dict[str, Any]] = inside.person(account).get(url, headers=headers, timeout=20).json()["ocs"]["data"]
    return found


def subjects(inside: Inside, account: str = CARLA) -> list[str]:
    return [str(each["subject"]) for each in told(inside, account)]


def change(inside: Inside, old: str, new: str) -> None:
    inside.town.swap(old, new)
    assert inside.running.reload()


def test_the_round_that_opens_a_question_tells_the_coordinator_and_the_next_ones_do_not(inside: Inside) -> None:
    rounds = Rounds(inside.running)
    rounds.begin()
    inside.town.save(THREE[:2])
    for _ in range(5):
        inside.town.wait(hours=13)
        rounds.go()
    assert [each.question.code for each in inside.town.status().questions] == ["training_missing"]
    (one,) = told(inside)
    assert (one["app"], one["user"]) == ("digitalnetzwerk", CARLA)
    assert one["subject"] == "Eine Frage wartet auf Ihre Antwort"
    assert one["message"] == inside.town.status().questions[0].question.message.de
    assert one["link"] == inside.town.sandbox.url + PAGE
    for nobody in ("erika.kreis", "dora.nieheim", "emil.nieheim", "anna.brakel"):
        assert told(inside, nobody) == []


def test_several_are_one_notification_and_the_next_says_only_what_is_new(inside: Inside) -> None:
    ask(inside, "1", "2", "3")
    look(inside)
    ask(inside, "1", "2", "3", "4")
    look(inside)
    look(inside)
    assert subjects(inside) == ["Eine Frage wartet auf Ihre Antwort", "3 Fragen warten auf Ihre Antwort"]
    assert [each["message"] for each in told(inside)] == ["4: Gilt das noch?", "1: Gilt das noch?"]


def test_an_answered_question_is_no_news(inside: Inside) -> None:
    ask(inside, "1", "2")
    SourceLog(inside.running.state.engine).answer("anderswo", "1", "keep")
    look(inside)
    assert [each["message"] for each in told(inside)] == ["2: Gilt das noch?"]


def test_a_question_that_comes_back_at_once_is_the_same_and_after_days_another(inside: Inside) -> None:
    ask(inside, "1")
    look(inside)
    ask(inside)
    look(inside)
    ask(inside, "1")
    look(inside)
    assert len(told(inside)) == 1
    ask(inside)
    inside.town.wait(days=2)
    look(inside)
    ask(inside, "1")
    look(inside)
    assert len(told(inside)) == 2


def test_a_sentence_names_nobody_and_is_short(inside: Inside) -> None:
    ask(inside, "1", said="Anna von brakel@stadt.example fragt " + "x" * 5000)
    look(inside)
    (one,) = told(inside)
    assert "stadt.example" not in one["message"] and "[Person]" in one["message"]
    assert len(one["message"]) == 300


def test_the_language_is_that_of_the_network(inside: Inside) -> None:
    change(inside, "language: de", "language: en")
    ask(inside, "1")
    look(inside)
    assert subjects(inside) == ["A question waits for your answer"]


def test_a_preview_tells_nobody(inside: Inside) -> None:
    change(inside, "mode: live", "mode: preview")
    ask(inside, "1")
    look(inside)
    assert told(inside) == []


def test_in_a_pilot_only_coordinators_who_are_pilots_are_told(inside: Inside) -> None:
    change(inside, "coordinators: {people: [carla.brakel]}", "coordinators: {people: [carla.brakel, emil.nieheim]}")
    change(inside, "mode: live", "mode: live\n  pilot: nieheim")
    ask(inside, "1")
    look(inside)
    assert (len(told(inside)), len(told(inside, "emil.nieheim"))) == (0, 1)


def test_an_account_that_is_gone_costs_itself_alone_and_is_not_asked_for_again(inside: Inside) -> None:
    change(inside, "coordinators: {people: [carla.brakel]}", "coordinators: {people: [aaron.fort, carla.brakel]}")
    ask(inside, "1")
    look(inside)
    assert len(told(inside)) == 1
    before = len(inside.town.sandbox.requests)
    look(inside)
    assert len(inside.town.sandbox.requests) == before


def test_an_account_in_other_capitals_is_told_as_the_cloud_spells_it(inside: Inside) -> None:
    change(inside, "coordinators: {people: [carla.brakel]}", "coordinators: {people: [Test.Eins]}")
    ask(inside, "1")
    look(inside)
    assert len(told(inside, "test.eins")) == 1


def test_a_role_of_places_goes_to_their_people(inside: Inside) -> None:
    change(inside, "coordinators: {people: [carla.brakel]}", "coordinators: {administrations: [nieheim]}")
    ask(inside, "1")
    look(inside)
    assert (len(told(inside)), len(told(inside, "dora.nieheim")), len(told(inside, "emil.nieheim"))) == (0, 1, 1)


def test_while_we_are_switched_off_nothing_counts_as_told(inside: Inside) -> None:
    inside.town.sandbox.world.ex_apps.disable(inside.app)
    ask(inside, "1")
    look(inside)
    inside.town.sandbox.world.ex_apps.enable(inside.app)
    assert told(inside) == []
    look(inside)
    assert len(told(inside)) == 1


def test_a_server_that_has_no_time_now_is_told_later_and_one_that_gave_no_answer_is_not_asked_twice(
    inside: Inside,
) -> None:
    for status, notices in ((503, 1), (500, 1)):
        ask(inside, str(status))
        inside.town.sandbox.fail_next("POST", ".*/api/v1/notification", status, 1)
        look(inside)
        look(inside)
        assert len(told(inside)) == notices


# ---------------------------------------------------------------------- several processes

PROCESS = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from connectors.nextcloud.ex_app import NextcloudExApp
from network.state.notices import NoticeLog
from plugin.alerts.notices import Notices, way
from plugin.running import Running
config, how = sys.argv[1:]
untold = NoticeLog.untold
def both_have_looked(log, account, questions):
    found = untold(log, account, questions)
    print("looked", flush=True)
    sys.stdin.readline()
    return found
NoticeLog.untold = both_have_looked
if how == "killed":
    NextcloudExApp.notify = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if how == "careless":
    NoticeLog.claim = lambda log, account, questions, now: tuple(questions)
running = Running(Path(config), environment=os.environ, clock=lambda: datetime.now(UTC))
Notices(running.settings, running.state, way(running.settings, running.environment)).after(running.clock())
"""


def processes(inside: Inside, how: str, number: int) -> Sequence[int]:
    """All look first, then all go on; how each ended."""
    environment = {**os.environ, **inside.town.environment, "EXAPP_SECRET": SECRET}
    command = [sys.executable, "-c", PROCESS, str(inside.town.config), how]
    started = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(number)
    ]
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "looked\n"
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in started:
        each.communicate(timeout=60)
    return [each.returncode for each in started]


@pytest.mark.parametrize(("how", "notifications"), [("as it is", 1), ("careless", 2)])
def test_of_two_machines_one_tells(inside: Inside, how: str, notifications: int) -> None:
    ask(inside, "1", "2")
    assert processes(inside, how, 2) == [0, 0]
    assert len(told(inside)) == notifications


def test_killed_before_it_was_sent_nobody_is_told_twice(inside: Inside) -> None:
    ask(inside, "1")
    assert processes(inside, "killed", 1) == [-9]
    look(inside)
    assert told(inside) == []
    ask(inside, "1", "2")
    look(inside)
    assert [each["message"] for each in told(inside)] == ["2: Gilt das noch?"]
    assert NoticeLog(inside.running.state.engine).untold(CARLA, inside.town.status().questions) == ()
