"""Keys that were dragged down, and sessions that keep their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources_kit import Table, plan, questions, row, starts, trainings

from connectors.tables.seen import Seen, SeenSession, numbered


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path / "Schulungsplan.xlsx")


def course(key: object, title: str, day: str, **cells: object) -> list[object]:
    return row(key, title=title, date=day, **cells)


FIRST = [course(1, "OZG", "01.03.2027"), course(2, "Excel", "08.03.2027"), course(3, "Word", "15.03.2027")]


def test_a_row_inserted_with_the_numbers_dragged_down_holds_the_shifted_rows(table: Table) -> None:
    table.read(plan(*FIRST))
    inserted = [
        FIRST[0],
        course(2, "Neu", "05.03.2027"),
        course(3, "Excel", "08.03.2027"),
        course(4, "Word", "15.03.2027"),
    ]
    delivery = table.read(plan(*inserted))
    assert list(trainings(delivery)) == ["1"]
    assert questions(delivery) == {"2": "keys_shifted", "3": "keys_shifted", "4": "keys_shifted"}
    assert "bisher „Excel“ am 08.03.2027, jetzt „Neu“ am 05.03.2027" in delivery.questions[0].message.de


def test_shifted_rows_of_one_title_are_noticed_too(table: Table) -> None:
    table.read(plan(course(1, "OZG", "01.03.2027"), course(2, "OZG", "08.03.2027"), course(3, "OZG", "15.03.2027")))
    deleted = [course(1, "OZG", "08.03.2027"), course(2, "OZG", "15.03.2027")]
    assert questions(table.read(plan(*deleted))) == {"1": "keys_shifted", "2": "keys_shifted"}


def test_the_question_stays_until_somebody_answers_and_goes_when_the_numbers_come_back(table: Table) -> None:
    table.read(plan(*FIRST))
    swapped = [course(1, "Excel", "08.03.2027"), course(2, "OZG", "01.03.2027"), FIRST[2]]
    for _ in range(3):
        assert questions(table.read(plan(*swapped))) == {"1": "keys_shifted", "2": "keys_shifted"}
    assert questions(table.read(plan(*FIRST))) == {}


def test_an_accepted_shift_is_read_and_becomes_what_is_compared_with(table: Table) -> None:
    table.read(plan(*FIRST))
    other = [course(1, "Ganz anders", "02.04.2027"), *FIRST[1:]]
    assert questions(table.read(plan(*other))) == {"1": "keys_shifted"}
    table.answers["1"] = "accept"
    assert trainings(table.read(plan(*other)))["1"].title == "Ganz anders"
    table.answers.clear()
    assert questions(table.deliver()) == {}


@pytest.mark.parametrize(
    "changed",
    [
        course(2, "Excel für alle", "08.03.2027"),
        course(2, "Excel", "09.03.2027"),
        course(2, "Excel", "n. n."),
        course(2, "Excel", "08.03.2027", place="Brakel"),
    ],
)
def test_a_new_title_or_a_new_date_alone_is_no_shift(table: Table, changed: list[object]) -> None:
    table.read(plan(*FIRST))
    delivery = table.read(plan(FIRST[0], changed, FIRST[2]))
    assert questions(delivery) == {}
    assert len(trainings(delivery)) == 3


def test_rows_that_only_change_places_or_go_and_come_are_no_shift(table: Table) -> None:
    table.read(plan(*FIRST))
    assert questions(table.read(plan(FIRST[2], FIRST[0]))) == {}
    assert questions(table.read(plan(*FIRST))) == {}


def test_a_draft_nobody_has_seen_may_become_something_else(table: Table) -> None:
    table.read(plan(course(1, "OZG", "01.03.2027", status="Entwurf")))
    assert questions(table.read(plan(course(1, "Excel", "08.03.2027")))) == {}


def test_a_session_that_is_taken_out_leaves_the_others_their_numbers(table: Table) -> None:
    table.read(plan(course(1, "OZG", "01.03.2027; 08.03.2027; 15.03.2027")))
    delivery = table.read(plan(course(1, "OZG", "08.03.2027; 15.03.2027")))
    assert starts(delivery, "1") == ["2: 2027-03-08", "3: 2027-03-15"]
    delivery = table.read(plan(course(1, "OZG", "01.03.2027; 08.03.2027; 15.03.2027; 22.03.2027")))
    assert starts(delivery, "1") == ["1: 2027-03-01", "2: 2027-03-08", "3: 2027-03-15", "4: 2027-03-22"]


def test_a_session_that_is_moved_keeps_its_number(table: Table) -> None:
    table.read(plan(course(1, "OZG", "01.03.2027; 08.03.2027")))
    delivery = table.read(plan(course(1, "OZG", "08.03.2027; 20.03.2027")))
    assert starts(delivery, "1") == ["2: 2027-03-08", "1: 2027-03-20"]


moments = st.lists(st.dates().map(lambda day: day.isoformat()), unique=True, max_size=6)


@given(moments, moments)
def test_a_number_is_never_given_twice_and_equal_starts_keep_theirs(before: list[str], now: list[str]) -> None:
    seen = Seen("", tuple(SeenSession(number, start) for number, start in enumerate(before, start=1)))
    numbers = numbered(seen, now)
    assert len(set(numbers)) == len(now)
    known = {each.start: each.number for each in seen.sessions}
    assert all(number == known[start] for start, number in zip(now, numbers, strict=True) if start in known)
