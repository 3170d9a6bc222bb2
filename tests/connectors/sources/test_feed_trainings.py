"""A calendar feed as trainings: what an event says, and what a bad event costs."""

from __future__ import annotations

import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from sources_kit import BERLIN, NOW, Memory, codes, trainings

from connectors.feed.source import FeedOfTrainings
from connectors.sources.disk import DiskPlace
from network.errors import BadInput
from network.model import Delivery, SourceState, Status, Training


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    return Feed(tmp_path / "kurse.ics")


class Feed:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.memory = Memory()
        self.max_events = 100

    def read(self, *events: str) -> Delivery:
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]
        self.path.write_text("\r\n".join(lines).replace("\n\r", "\r"), encoding="utf-8")
        place = DiskPlace(self.path, where="w", settle=timedelta(0), max_bytes=10**6)
        source = FeedOfTrainings("kurse", place, self.memory, zone=BERLIN, language="de", max_events=self.max_events)
        return source.deliver(NOW)


def event(*lines: str, uid: str = "a@x.example", title: str = "Kurs", start: str = "20270312T090000") -> str:
    named = [f"UID:{uid}"] if uid else []
    return "\r\n".join(
        ["BEGIN:VEVENT", *named, f"SUMMARY:{title}", f"DTSTART;TZID=Europe/Berlin:{start}", *lines, "END:VEVENT"]
    )


def only(delivery: Delivery) -> Training:
    [training] = trainings(delivery).values()
    return training


def parsed(delivery: Delivery) -> dict[str, str]:
    """Key → title, or the code of what is wrong."""
    found = {}
    for offer in delivery.offers():
        try:
            found[offer.key] = offer.parse().title
        except BadInput as bad:
            found[offer.key] = bad.code
    return found


def test_an_event_becomes_a_training_with_one_session_that_carries_the_object(feed: Feed) -> None:
    training = only(
        feed.read(
            event(
                "DTEND;TZID=Europe/Berlin:20270312T120000",
                "LOCATION:Paderborn\\, Raum 4",
                "DESCRIPTION:Erste Zeile\\nzweite",
                "URL:https://kurse.example/1",
                "CATEGORIES:Recht,Finanzen",
                "CATEGORIES:OZG",
                "CONTACT:Kursbüro",
            )
        )
    )
    assert (training.key, training.title, training.place) == ("a@x.example", "Kurs", "Paderborn, Raum 4")
    assert (training.description, training.contact) == ("Erste Zeile\nzweite", "Kursbüro")
    assert (training.link, training.tags) == ("https://kurse.example/1", ("Recht", "Finanzen", "OZG"))
    [session] = training.sessions
    assert (session.start.isoformat(), session.end.isoformat()) == (
        "2027-03-12T09:00:00+01:00",
        "2027-03-12T12:00:00+01:00",
    )
    assert session.source_object is not None
    assert session.source_object.uid == "a@x.example"


def test_a_series_with_an_exception_is_one_training_with_one_session(feed: Feed) -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=5")
    moved = event("RECURRENCE-ID;TZID=Europe/Berlin:20270319T090000", start="20270320T100000")
    [session] = only(feed.read(series, moved)).sessions
    assert session.source_object is not None
    assert len(session.source_object.components) == 2


def test_a_cancelled_event_is_a_cancelled_training(feed: Feed) -> None:
    assert only(feed.read(event("STATUS:CANCELLED"))).status is Status.CANCELLED


def test_an_event_without_a_title_has_one_in_the_language_of_the_network(feed: Feed) -> None:
    assert only(feed.read(event(title=""))).title == "Ohne Titel"


def test_a_link_that_is_no_web_address_is_none(feed: Feed) -> None:
    assert only(feed.read(event("URL:javascript:alert(1)"))).link == ""


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("CLASS:PRIVATE", "not_public"),
        ("CLASS:CONFIDENTIAL", "not_public"),
        ("hier fehlt der Doppelpunkt", "broken_line"),
        ("DTEND;TZID=Nirgends/Niemals:20270312T120000", "unknown_timezone"),
    ],
)
def test_a_bad_event_costs_that_event_when_it_is_parsed(feed: Feed, line: str, code: str) -> None:
    delivery = feed.read(event(uid="1"), event(line, uid="2"), event(uid="3"))
    assert parsed(delivery) == {"1": "Kurs", "2": code, "3": "Kurs"}
    assert (delivery.state, delivery.counts) == (SourceState.FRESH, True)


def test_events_without_a_uid_keep_their_key_between_two_fetches(feed: Feed) -> None:
    one, two = event(uid="", title="A"), event(uid="", title="B")
    first = feed.read(one, two)
    assert codes(first) == ["uid_missing"]
    assert parsed(feed.read(two, one)) == parsed(first)


def test_one_uid_for_two_events_is_told_apart_in_any_order(feed: Feed) -> None:
    one, two = event(title="A"), event(title="B", start="20270319T090000")
    first = feed.read(one, two)
    assert codes(first) == ["uid_doubled"]
    assert sorted(parsed(first).values()) == ["A", "B"]
    assert parsed(feed.read(two, one)) == parsed(first)


def test_uids_that_rotate_leave_title_start_and_place_to_recognise_an_event_by(feed: Feed) -> None:
    def faces(delivery: Delivery) -> list[tuple[object, ...]]:
        return [(each.title, each.sessions[0].start, each.place) for each in trainings(delivery).values()]

    first = feed.read(event("LOCATION:Raum 4", uid="1"))
    second = feed.read(event("LOCATION:Raum 4", uid="2"))
    assert list(trainings(first)) != list(trainings(second))
    assert faces(first) == faces(second)


def test_a_digest_changes_when_and_only_when_the_event_changes(feed: Feed) -> None:
    def digests(*events: str) -> dict[str, str]:
        return {offer.key: offer.digest for offer in feed.read(*events).offers()}

    one, two = event(uid="1"), event(uid="2")
    first = digests(one, two)
    assert digests(two, one) == first
    changed = digests(one, event(uid="2", title="Anders"))
    assert changed["1"] == first["1"]
    assert changed["2"] != first["2"]


def test_more_events_than_allowed_are_refused_as_a_whole(feed: Feed) -> None:
    feed.read(event())
    feed.max_events = 2
    delivery = feed.read(*(event(uid=str(number)) for number in range(3)))
    assert (delivery.state, codes(delivery)) == (SourceState.KEPT, ["too_many_events"])


def test_nothing_is_parsed_until_somebody_asks(feed: Feed) -> None:
    delivery = feed.read(event("CLASS:PRIVATE"))
    [offer] = delivery.offers()
    assert delivery.problems == ()
    with pytest.raises(BadInput):
        offer.parse()


def test_who_was_invited_is_not_remembered_and_a_new_time_of_writing_is_no_change(feed: Feed) -> None:
    def invitation(stamp: str) -> str:
        guest = "ATTENDEE;CN=Gast Beispiel;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:gast@\r\n x.example"
        return event(f"DTSTAMP:{stamp}", guest, "ORGANIZER:mailto:kurse@x.example", "DESCRIPTION:ATTENDEE: alle")

    first = {offer.digest for offer in feed.read(invitation("20270101T000000Z")).offers()}
    delivery = feed.read(invitation("20270102T000000Z"))
    assert {offer.digest for offer in delivery.offers()} == first
    assert only(delivery).description == "ATTENDEE: alle"
    assert feed.memory.kept is not None
    kept = zlib.decompress(feed.memory.kept.content)
    assert b"x.example\\nSUMMARY" in kept
    assert b"mailto" not in kept
    assert {offer.digest for offer in feed.read(invitation("20270102T000000Z")).offers()} == first
