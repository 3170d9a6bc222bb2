"""A calendar in the same Nextcloud as a source, and what is kept of any calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from caldav_servers import calendar_file, event
from sources_kit import BERLIN, NOW, Memory, codes, trainings

from connectors.caldav.cloud import CloudCalendars
from connectors.caldav.place import CalendarPlace, Limits
from connectors.caldav.shelf import Kept, Shelf, kept, unpacked
from connectors.caldav.source import CalendarOfTrainings, read_shelf
from connectors.dav import reports
from connectors.dav.xml import MultiStatus
from connectors.memory.calendars import MemoryCalendars
from network.errors import BadInput
from network.model import Delivery, SourceState
from network.ports import CalendarSeen, CalendarWish, ObjectSeen

WISH = CalendarWish("Planung", "#00679e", "Europe/Berlin", "")


class Cloud(MemoryCalendars):
    """The calendars of the service account, one of which may be shared by somebody else."""

    def __init__(self, *, shared_by: str = "") -> None:
        super().__init__()
        self.shared_by = shared_by
        self.withheld: set[str] = set()
        self.href = self.create_calendar("planung", WISH)

    def calendars(self) -> tuple[CalendarSeen, ...]:
        return tuple(self._shared(each) if self.shared_by else each for each in super().calendars())

    def _shared(self, seen: CalendarSeen) -> CalendarSeen:
        uri = f"{seen.uri}_shared_by_{self.shared_by}"
        return replace(seen, uri=uri, name=f"{seen.name} (Erika Beispiel)", is_own=False)

    def objects(self, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return (each for each in super().objects(href, hrefs) if each.href not in self.withheld)

    def keep(self, name: str, *events: str, if_match: str = "") -> str:
        return self.put(self.href + name, calendar_file(*events), if_match=if_match)


@dataclass
class Desk:
    """The connector of one calendar."""

    cloud: Cloud
    calendar: str = "Planung"
    memory: Memory = field(default_factory=Memory)

    def deliver(self) -> Delivery:
        place = CalendarPlace(CloudCalendars(self.cloud, self.calendar), Limits(100, 10**6), where="connectors.planung")
        source = CalendarOfTrainings("planung", place, self.memory, zone=BERLIN, language="de")
        self.cloud.requests.clear()
        return source.deliver(NOW)

    def titles(self) -> list[str]:
        return sorted(each.title for each in trainings(self.deliver()).values())


@pytest.mark.parametrize("name", ["Planung", "planung", "dienst/planung"])
def test_an_own_calendar_is_found_by_name_and_by_owner_and_uri(name: str) -> None:
    cloud = Cloud()
    cloud.keep("a.ics", event("a@hand.example", "Rhetorik"))
    assert Desk(cloud, name).titles() == ["Rhetorik"]


@pytest.mark.parametrize("name", ["Planung", "Planung (Erika Beispiel)", "erika.beispiel/planung"])
def test_a_shared_calendar_is_found_with_and_without_its_owner(name: str) -> None:
    cloud = Cloud(shared_by="erika.beispiel")
    cloud.keep("a.ics", event("a@hand.example", "Rhetorik"))
    assert Desk(cloud, name).titles() == ["Rhetorik"]


def test_a_name_that_two_calendars_have_is_not_guessed() -> None:
    cloud = Cloud()
    cloud.create_calendar("zweite", WISH)
    found = Desk(cloud).deliver()
    assert (found.state, codes(found)) == (SourceState.FAILED, ["calendar_ambiguous"])
    assert found.problems[0].remedy.en == "Unmistakable are: dienst/planung, dienst/zweite"


def test_a_calendar_that_we_write_is_no_source() -> None:
    cloud = Cloud()
    cloud.mark_calendar(cloud.href, "probe-kreis:schulungen")
    assert codes(Desk(cloud).deliver()) == ["own_calendar"]


def test_an_unchanged_calendar_costs_one_request() -> None:
    desk = Desk(Cloud())
    desk.cloud.keep("a.ics", event("a@hand.example", "Rhetorik"))
    desk.deliver()
    assert (desk.deliver().state, dict(desk.cloud.requests)) == (SourceState.UNCHANGED, {"calendars": 1})


def test_a_renamed_calendar_is_still_the_same() -> None:
    desk = Desk(Cloud())
    desk.cloud.keep("a.ics", event("a@hand.example", "Rhetorik"))
    desk.deliver()
    desk.cloud.change_calendar(desk.cloud.href, replace(WISH, name="Anders"))
    assert desk.titles() == ["Rhetorik"]


def test_an_event_that_is_listed_but_not_delivered_stays_as_it_was() -> None:
    desk = Desk(Cloud())
    etag = desk.cloud.keep("a.ics", event("a@hand.example", "Rhetorik"))
    desk.deliver()
    desk.cloud.keep("a.ics", event("a@hand.example", "Rhetorik II"), if_match=etag)
    desk.cloud.withheld = {desk.cloud.href + "a.ics"}
    found = desk.deliver()
    assert (codes(found), [each.title for each in trainings(found).values()]) == (["event_not_delivered"], ["Rhetorik"])


def test_what_is_kept_comes_back_as_it_was_but_for_the_guests() -> None:
    data = calendar_file(event("a", "Ä\x1eB", more=["ATTENDEE:mailto:a@x.example", "COMMENT:zwei\r\n  Zeilen"]))
    shelf = Shelf("/kalender/ü/", {"/kalender/ü/b.ics": kept("", data), "/kalender/ü/a 1.ics": kept('x"y', b"")})
    assert unpacked(shelf.packed()) == shelf
    assert b"mailto" not in shelf.packed()
    assert "ÄB".encode() in shelf.packed()


def test_an_object_that_is_no_calendar_file_costs_itself_alone() -> None:
    good = kept("1", calendar_file(event("a@hand.example", "Rhetorik")))
    half = Kept("1", good.data.replace(b"a@hand", b"b@hand")[:120])
    reading = read_shelf(Shelf("/k/", {"/k/a.ics": good, "/k/b.ics": half, "/k/c.ics": Kept("1", b"?")}).packed())
    assert [each.raw.key for each in reading.objects] == ["a@hand.example"]
    assert [(each.key, each.error.code) for each in reading.broken] == [
        ("b@hand.example", "truncated"),
        ("c.ics", "not_a_calendar"),
    ]
    assert all(isinstance(each.error, BadInput) for each in reading.broken)


def test_two_files_with_one_uid_are_told_apart() -> None:
    files = {f"/k/{name}.ics": kept("1", calendar_file(event("a", name))) for name in ("Rhetorik", "Datenschutz")}
    keys = [each.raw.key for each in read_shelf(Shelf("/k/", files).packed()).objects]
    assert (len(set(keys)), keys[0], keys[1].startswith("a#")) == (2, "a", True)


def test_bodies_are_asked_for_in_bounded_batches() -> None:
    sizes: list[int] = []

    def send(method: str, href: str, depth: str, body: bytes) -> MultiStatus:
        sizes.append(body.count(b"href>") // 2)
        return MultiStatus(())

    assert list(reports.objects(send, "/k/", [f"/k/{number}.ics" for number in range(250)])) == []
    assert sizes == [100, 100, 50]


def test_what_was_deleted_and_restored_between_two_looks_stands() -> None:
    cloud = Cloud()
    cloud.keep("a.ics", event("a@hand.example", "Rhetorik"))
    desk = Desk(cloud)
    desk.deliver()
    for name in ("a.ics", "b.ics"):  # one that was known, and one that was not
        if name == "b.ics":
            cloud.keep(name, event("b@hand.example", "Datenschutz"))
        cloud.delete(cloud.href + name, if_match="")
        cloud.restore_object(cloud.trashed_objects()[0])
    assert dict(cloud.changes(cloud.href, "http://sabre.io/ns/sync/2").changed) == {}
    assert desk.titles() == ["Datenschutz", "Rhetorik"]
