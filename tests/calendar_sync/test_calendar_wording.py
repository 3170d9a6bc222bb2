"""How a training reads, and which one stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from calendar_world import calendar, training

from calendar_sync.absence import Absence, Verdict, count, judge
from calendar_sync.entries import compose
from calendar_sync.identity import fingerprint, mint_uid
from calendar_sync.selection import selected_sessions
from calendar_sync.wish import Missing, Then, Where
from network.ical.values import text_of, texts_of
from network.model import Session, Status

NOW = datetime(2027, 1, 4, tzinfo=UTC)


def composed(**more: object):
    each = training("1", "OZG Grundlagen", **more)
    return compose(each, each.sessions[0]).main


def test_an_entry_says_what_the_training_says_and_blocks_nobodys_time() -> None:
    main = composed(
        description="Worum es geht.",
        audience="Alle",
        seats=12,
        register_until=date(2027, 2, 1),
        contact="Geschäftsstelle",
        accessibility="Aufzug",
        concept="OZG",
        link="https://meet.example/ozg",
        tags=("OZG", "E-Akte"),
    )
    assert text_of(main, "DESCRIPTION") == (
        "Worum es geht.\n\nOnline: https://meet.example/ozg\nZielgruppe: Alle\nPlätze: 12\n"
        "Anmeldeschluss: 01.02.2027\nAnsprechperson: Geschäftsstelle\nBarrierefreiheit: Aufzug\nSchulungskonzept: OZG"
    )
    assert text_of(main, "LOCATION") == main.value("URL") == "https://meet.example/ozg"
    assert texts_of(main, "CATEGORIES") == ("OZG", "E-Akte") and main.value("TRANSP") == "TRANSPARENT"


@pytest.mark.parametrize(
    ("status", "title", "word"),
    [
        (Status.PUBLISHED, "OZG Grundlagen", "CONFIRMED"),
        (Status.FULL, "OZG Grundlagen (ausgebucht)", "CONFIRMED"),
        (Status.CANCELLED, "Fällt aus: OZG Grundlagen", "CANCELLED"),
    ],
)
def test_the_title_shows_the_status(status: Status, title: str, word: str) -> None:
    main = composed(status=status)
    assert (text_of(main, "SUMMARY"), main.value("STATUS")) == (title, word)


def test_a_title_that_already_says_so_says_it_once() -> None:
    each = replace(training("1", "FÄLLT AUS: Kurs"), status=Status.CANCELLED)
    assert text_of(compose(each, each.sessions[0]).main, "SUMMARY") == "FÄLLT AUS: Kurs"


def test_every_session_is_an_entry_and_says_which_it_is() -> None:
    days = [date(2027, 3, day) for day in (1, 2)]
    sessions = tuple(Session(n, day, day + timedelta(days=1)) for n, day in enumerate(days, 1))
    each = training("1", sessions=sessions)
    assert [text_of(compose(each, one).main, "DESCRIPTION") for one in sessions] == [
        "Termin: 1 von 2",
        "Termin: 2 von 2",
    ]


@pytest.mark.parametrize(
    ("where", "tags", "stands"),
    [
        (Where(), (), True),
        (Where(tags=("OZG",)), ("ozg", "x"), True),
        (Where(tags=("OZG",)), ("x",), False),
        (Where(not_tags=("it",)), ("IT ",), False),
        (Where(tags=("a",), not_tags=("b",)), ("a", "b"), False),
    ],
)
def test_where_selects_by_tags(where: Where, tags: tuple[str, ...], stands: bool) -> None:
    assert bool(selected_sessions(training("1", tags=tags), calendar(where=where), NOW)) is stands


def test_drafts_open_dates_and_old_ones_stand_nowhere() -> None:
    assert selected_sessions(training("1", status=Status.DRAFT), calendar(), NOW) == ()
    assert selected_sessions(training("1", sessions=()), calendar(), NOW) == ()
    assert selected_sessions(training("1"), calendar(), NOW + timedelta(days=500)) == ()
    assert selected_sessions(training("1"), calendar(), NOW + timedelta(days=400)) != ()


def test_a_uid_is_always_the_same_and_another_one_when_it_is_taken() -> None:
    first = mint_uid("kreis", "plan", "1", 1)
    assert first == "b341f29e-4326-586f-ba31-1ee14de2b9f4@digitalnetzwerk"  # stands in calendars for years
    second = mint_uid("kreis", "plan", "1", 1, taken={first})
    assert len({first, second, mint_uid("kreis", "plan", "1", 2), mint_uid("anders", "plan", "1", 1)}) == 4


def test_a_fingerprint_does_not_depend_on_spelling_or_zone() -> None:
    here, there = NOW, NOW.astimezone()
    assert fingerprint(" OZG  Grundlagen", here, "Brakel") == fingerprint("ozg grundlagen", there, "BRAKEL ")
    assert fingerprint("a", NOW.date(), "") != fingerprint("a", NOW, "")


ROW = Absence(NOW.isoformat(), 3, "x")


@pytest.mark.parametrize(
    ("rules", "fetches", "hours", "starts_in", "registered", "verdict"),
    [
        (Missing(), 3, 24, 60, False, Verdict.ASK),
        (Missing(), 2, 24, 60, False, Verdict.WAIT),
        (Missing(), 9, 23, 60, False, Verdict.WAIT),
        (Missing(then=Then.KEEP), 9, 99, 60, False, Verdict.WAIT),
        (Missing(then=Then.CANCEL), 3, 24, 60, False, Verdict.CANCEL),
        (Missing(then=Then.REMOVE), 3, 24, 60, False, Verdict.REMOVE),
        (Missing(then=Then.REMOVE), 3, 24, 60, True, Verdict.ASK),
        (Missing(then=Then.CANCEL), 3, 24, 14, False, Verdict.ASK),
    ],
)
def test_what_absence_has_come_to_mean(
    rules: Missing, fetches: int, hours: int, starts_in: int, registered: bool, verdict: Verdict
) -> None:
    starts = NOW + timedelta(days=starts_in)
    row = replace(ROW, fetches=fetches)
    now = NOW + timedelta(hours=hours)
    assert judge(row, rules, starts=starts, now=now, has_registrations=registered) is verdict


def test_one_fetch_counts_once_and_a_key_that_is_back_has_no_row() -> None:
    rows = count({}, ["a", "b"], {"b"}, fetched_at="1", now=NOW)
    assert count(rows, ["a", "b"], {"b"}, fetched_at="1", now=NOW) == rows
    again = count(rows, ["a", "b"], {"b"}, fetched_at="2", now=NOW)
    assert again["a"].fetches == 2 and again["a"].first_missed == rows["a"].first_missed
    assert count(again, ["a", "b"], {"a", "b"}, fetched_at="3", now=NOW) == {}


def test_a_description_can_be_taken_apart_again() -> None:
    from calendar_sync.wording import Fact, parted

    text = "Worum es geht.\nOrt: anderswo\n\nZielgruppe: alle\nPlätze: 12\nBitte Ausweis mitbringen."
    about, facts = parted(text)
    assert about == "Worum es geht.\nOrt: anderswo\n\nBitte Ausweis mitbringen."
    assert facts == {Fact.AUDIENCE: "alle", Fact.SEATS: "12"}
    assert parted("Nur Text: ohne Angaben") == ("Nur Text: ohne Angaben", {})


def test_a_title_without_what_its_status_put_around_it() -> None:
    from calendar_sync.wording import is_full, plain

    assert plain("Fällt aus: OZG") == "OZG"
    assert plain("OZG (ausgebucht)") == "OZG"
    assert is_full("OZG (ausgebucht)")
    assert not is_full("Ausgebucht war gestern")
