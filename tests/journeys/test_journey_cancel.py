"""Fällt heute aus: one word of a coordinator, and staff see it within seconds; the table that lags revives nothing."""

from typing import Any

import pytest
from journeys_town import FAR, THREE, TODAY, Town, row

from network.errors import ConfigurationError, Locked
from network.state import Leases
from plugin.assembly import open_service
from plugin.render.run import Run

WHY = "Referentin erkrankt"
AUS = "Fällt aus: E-Akte"
ALL = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def cancel(town: Town, what: str = "E-Akte", reason: str = WHY) -> Run:
    return town._do(lambda service: service.cancel(service.happening(what), reason, by="erika.kreis"))


def take_place(town: Town, what: str = "E-Akte") -> Run:
    return town._do(lambda service: service.take_place(service.happening(what)))


def answer(town: Town, words: str) -> None:
    [asked] = town.status().questions
    town._do(lambda service: service.answer(asked.connector, asked.question.key, words))


@pytest.fixture
def planned(town: Town) -> Town:
    town.apply()
    return town


def test_staff_see_it_after_two_requests_and_nobody_gets_a_mail(planned: Town) -> None:
    before = planned.mark()

    run = cancel(planned)

    assert run.code == 0
    requests = [each for each in planned.sandbox.requests[before:] if each.user == "digitalnetzwerk"]
    assert [each.method for each in requests] == ["PUT", "REPORT"]
    assert planned.titles() == [AUS, "IT-Sicherheit", "OZG Grundlagen"]
    seen = planned.entry("E-Akte", "anna.brakel").data.decode()
    assert "STATUS:CANCELLED" in seen
    assert f"DESCRIPTION:Fällt aus: {WHY}" in seen
    assert "erika" not in seen
    assert planned.sandbox.mails == []


def test_the_table_that_still_has_it_revives_nothing_however_often_it_is_saved(planned: Town) -> None:
    cancel(planned)

    planned.wait(hours=1)
    assert not planned.apply().plan.changes
    planned.save([THREE[0], row(2, "E-Akte", start="10:00"), THREE[2]])
    planned.apply()

    assert planned.titles() == [AUS, "IT-Sicherheit", "OZG Grundlagen"]


def test_the_table_catches_up_and_later_takes_it_back(planned: Town) -> None:
    cancel(planned)

    planned.save([THREE[0], row(2, "E-Akte", status="fällt aus"), THREE[2]])
    planned.apply()
    assert planned.titles() == [AUS, "IT-Sicherheit", "OZG Grundlagen"]
    with pytest.raises(ConfigurationError):
        take_place(planned)
    planned.wait(hours=1)
    planned.save(THREE)
    planned.apply()

    assert planned.titles() == ALL


def test_it_takes_place_after_all_and_reads_as_before(planned: Town) -> None:
    cancel(planned)

    assert take_place(planned).code == 0

    assert planned.titles() == ALL
    assert "Fällt aus" not in planned.entry("E-Akte").data.decode()
    assert not planned.apply().plan.changes


@pytest.mark.parametrize(
    ("words", "title"),
    [("accept", "E-Akte"), ("keep", AUS)],
)
def test_another_day_in_the_table_takes_place_until_somebody_says_otherwise(
    planned: Town, words: str, title: str
) -> None:
    cancel(planned)
    other = TODAY.replace(year=TODAY.year + 1)

    planned.save([THREE[0], row(2, "E-Akte", day=other), THREE[2]])
    planned.apply()
    assert planned.titles() == ALL
    [asked] = planned.status().questions
    assert f"{FAR:%d.%m.%Y}" in asked.question.message.de
    assert f"{other:%d.%m.%Y}" in asked.question.message.de
    answer(planned, words)
    planned.apply()

    assert planned.titles() == [title, "IT-Sicherheit", "OZG Grundlagen"]
    assert planned.status().questions == ()
    planned.wait(hours=1)
    assert not planned.apply().plan.changes


def test_with_the_database_lost_the_entry_itself_tells_it(planned: Town) -> None:
    cancel(planned)
    planned.lose_memory()

    planned.apply()
    planned.save([THREE[0], row(2, "E-Akte", start="10:00"), THREE[2]])
    planned.apply()

    assert planned.titles() == [AUS, "IT-Sicherheit", "OZG Grundlagen"]
    assert take_place(planned).code == 0
    assert planned.titles() == ALL


def test_somebody_edited_it_a_moment_ago_and_both_stand_there(planned: Town) -> None:
    other, seen = planned.other_client(), planned.entry("E-Akte")
    other.calendars.put(seen.href, seen.data.replace(b"Kreishaus", b"Raum 5"), if_match=seen.etag)

    cancel(planned)

    text = planned.entry("E-Akte").data.decode()
    assert "SUMMARY:Fällt aus: E-Akte" in text
    assert "LOCATION:Raum 5" in text


def test_while_another_run_is_at_work_the_word_is_remembered_and_the_next_run_shows_it(planned: Town) -> None:
    with open_service(planned.config, environment=planned.environment, clock=planned.now) as service:
        happening = service.happening("E-Akte")
        leases = Leases(service.state.engine, holder="elsewhere/1/1", clock=lambda: planned.now().timestamp())
        taken = leases.take(["network:probe-kreis"])
        with pytest.raises(Locked):
            service.cancel(happening, WHY)
        assert planned.titles() == ALL
        leases.give_back(taken)

    planned.apply()

    assert planned.titles() == [AUS, "IT-Sicherheit", "OZG Grundlagen"]


def test_explain_says_who_cancelled_it_and_when(planned: Town) -> None:
    cancel(planned)

    found = planned._do(lambda service: service.explain("E-Akte"), writes=False)

    [word] = found.cancelled
    assert (word.by, word.cancellation.reason) == ("erika.kreis", WHY)
    assert "erika" not in " ".join(rule.de for rule in found.rules)
    assert "erika" not in repr(found.records) + repr(found.changes)


def test_a_title_that_several_have_asks_for_more(planned: Town) -> None:
    for what in ("r", "gibt es nicht"):
        with pytest.raises(ConfigurationError):
            cancel(planned, what)


def test_a_preview_writes_neither_there_nor_here(planned: Town) -> None:
    planned.swap("mode: live", "mode: preview")
    before: Any = planned.memory()

    assert cancel(planned).is_preview

    assert planned.memory() == before
    assert planned.titles() == ALL
