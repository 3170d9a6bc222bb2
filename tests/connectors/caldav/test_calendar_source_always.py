"""Whatever happens to a calendar: equal digests mean equal offers, and after a full comparison all is offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from caldav_servers import calendar_file, event
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sources_kit import BERLIN, NOW, Memory, trainings

import connectors.caldav.place
from connectors.caldav.cloud import CloudCalendars
from connectors.caldav.place import CalendarPlace, Limits
from connectors.caldav.source import CalendarOfTrainings
from connectors.memory.calendars import TOKEN, MemoryCalendars
from network.errors import NotThere, Refused, ServerFault, Unreachable
from network.model import Delivery
from network.ports import CalendarDelta, CalendarWish, ObjectSeen
from network.text import Text

SORRY = Text("geht nicht", "sorry")
WISH = CalendarWish("Planung", "#00679e", "Europe/Berlin", "")
NAMES = st.sampled_from(("a.ics", "b.ics", "c.ics"))
TITLES = st.sampled_from(("Rhetorik", "Vergabe", "Lotsen"))
STEPS = st.one_of(
    st.tuples(st.just("keep"), NAMES, TITLES),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("spoil"), NAMES),
    st.tuples(st.just("withhold"), NAMES),
    st.tuples(st.just("forget_changes")),
    st.tuples(st.just("token_from_elsewhere"), st.integers(0, 40)),
    st.tuples(st.just("make_anew")),
    st.tuples(
        st.just("fail"), st.sampled_from((Unreachable(SORRY), ServerFault(SORRY), Refused(SORRY), NotThere(SORRY)))
    ),
    st.tuples(st.just("look")),
)


class Cloud(MemoryCalendars):
    """A calendar of a coordinator on a server that hardly checks tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.href = self.create_calendar("planung", WISH)
        self.withheld: set[str] = set()
        self.error: Exception | None = None

    def changes(self, href: str, token: str) -> CalendarDelta:
        if self.error is not None:
            raise self.error
        return super().changes(href, token)

    def objects(self, href: str, hrefs: Sequence[str]) -> Iterator[ObjectSeen]:
        return super().objects(href, [each for each in hrefs if each not in self.withheld])

    def etag(self, name: str) -> str:
        found = self._at(self.href).objects.get(name)
        return found.etag if found else ""


class Desk:
    """What happens, and who looks at it."""

    def __init__(self) -> None:
        self.cloud, self.memory, self.days = Cloud(), Memory(), 0
        self.told: dict[str, dict[str, str]] = {}

    def deliver(self) -> Delivery:
        place = CalendarPlace(CloudCalendars(self.cloud, "Planung"), Limits(100, 10**6), where="connectors.planung")
        source = CalendarOfTrainings("planung", place, self.memory, zone=BERLIN, language="de", may_be_empty=True)
        found = source.deliver(NOW + timedelta(days=self.days))
        offers = {each.key: each.digest for each in found.offers()}
        assert self.told.setdefault(found.digest, offers) == offers, "one digest for different offers"
        return found

    def do(self, step: tuple[object, ...]) -> None:
        getattr(self, f"_{step[0]}")(*step[1:])

    def _look(self) -> None:
        self.deliver()

    def _keep(self, name: str, title: str) -> None:
        data = calendar_file(event(f"{name}@hand.example", title))
        if self.cloud.etag(name):
            self._delete(name)
        self._put(name, data)

    def _spoil(self, name: str) -> None:
        """An object that nobody can read as an event; the server took it."""
        if self.cloud.etag(name):
            stored = self.cloud._at(self.cloud.href).objects[name]
            stored.data = stored.data.replace(b"END:VCALENDAR", b"END:")
            self.cloud._at(self.cloud.href).note(name, 2)

    def _put(self, name: str, data: bytes) -> None:
        self.cloud._trash.clear()
        self.cloud.put(self.cloud.href + name, data, if_match="")

    def _delete(self, name: str) -> None:
        if self.cloud.etag(name):
            self.cloud.delete(self.cloud.href + name, if_match="")

    def _withhold(self, name: str) -> None:
        self.cloud.withheld = {self.cloud.href + name}
        self.deliver()
        self.cloud.withheld = set()

    def _forget_changes(self) -> None:
        self.cloud._at(self.cloud.href).log.clear()

    def _token_from_elsewhere(self, number: int) -> None:
        if self.memory.kept is not None:
            self.memory.kept = replace(self.memory.kept, etag=f"{TOKEN}{number}")

    def _make_anew(self) -> None:
        self.cloud.delete_calendar(self.cloud.href, purge=True)
        self.cloud.create_calendar("planung", WISH)

    def _fail(self, error: Exception) -> None:
        self.cloud.error = error
        self.deliver()
        self.cloud.error = None

    def what_stands_there(self) -> set[str]:
        objects = self.cloud._at(self.cloud.href).objects
        return {f"{name}@hand.example" for name in objects}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=14))
def test_equal_digests_are_equal_offers_and_a_full_comparison_misses_nothing(steps: list[tuple[object, ...]]) -> None:
    desk = Desk()
    for step in steps:
        desk.do(step)
    desk.days += 1
    found = desk.deliver()
    assert {each.key for each in found.offers()} == desk.what_stands_there()
    again = desk.deliver()
    assert (again.digest, again.state) == (found.digest, "unchanged")


def test_without_the_full_comparison_something_would_be_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a change that the server forgot is found by comparing everything, and by nothing else."""

    def after(*, sweep_every: timedelta) -> set[str]:
        desk = Desk()
        look = CalendarPlace.__init__
        with monkeypatch.context() as patch:
            patch.setattr(
                connectors.caldav.place.CalendarPlace,
                "__init__",
                lambda self, *told, **named: look(self, *told, **{**named, "sweep_every": sweep_every}),
            )
            for step in (("keep", "a.ics", "Rhetorik"), ("keep", "b.ics", "Vergabe"), ("look",), ("delete", "a.ics")):
                desk.do(step)
            desk.do(("forget_changes",))
            desk.do(("look",))
            desk.days += 1
            return {each.title for each in trainings(desk.deliver()).values()}

    assert after(sweep_every=timedelta(days=1)) == {"Vergabe"}
    assert after(sweep_every=timedelta(days=99)) == {"Rhetorik", "Vergabe"}
