"""Meetings of a rule in their calendar: moved, taken out, called anew; a rule's word is meant, and past ones stay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from calendar_world import BERLIN, START, World, calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_sync.links import Document, Link
from calendar_sync.meetings import MeetingSeries, coming, next_meeting, offered, standing
from calendar_sync.records import ENTRY, MINUTES, EntryMemory, entry_memory
from calendar_sync.wish import DesiredCalendar, Grant, OnConflict, SourceRules
from network.ical.lines import parse_line
from network.ical.values import span
from network.meetings import MeetingRule, meetings, year_ahead
from network.model import Delivery
from network.plan import Action, Kind, Scope, ScopeKind
from network.ports import Record
from network.written import rhythm

SOURCE = "meetings.ozg"
RULE = MeetingRule(rhythm("first tuesday"), time(10), timedelta(minutes=90), BERLIN, "Rathaus")
OZG = Scope(ScopeKind.CALENDAR, "ozg")
LINK = Link("https://cloud.example", "exchange_group:ozg", "")


def group_calendar() -> DesiredCalendar:
    rules = (SourceRules(SOURCE, on_conflict=OnConflict.NEXTCLOUD, is_rule=True),)
    return replace(calendar("ozg", sources=rules), grants=(Grant(principal="groups/ozg", title="OZG"),))


@dataclass
class Group(World):
    """One exchange group; `promised` are meetings whose minutes are written in the same run."""

    calendars: list[DesiredCalendar] = field(default_factory=lambda: [group_calendar()])
    rule: MeetingRule | None = RULE
    promised: tuple[str, ...] = ()

    def entries(self) -> list[EntryMemory]:
        return [entry_memory(each) for each in self.ledger.records(str(OZG), ENTRY)]

    def planned(self) -> list[object]:
        today = self.now.date()
        return (
            [*meetings(self.rule, today - timedelta(days=62), year_ahead(today, self.rule.rhythm))] if self.rule else []
        )

    def deliveries(self) -> list[Delivery]:
        found = coming(self.planned(), self.entries(), self.now)  # type: ignore[arg-type]
        minutes = {each: replace(LINK, key=each) for each in self.promised}
        for record in self.ledger.records(LINK.scope, MINUTES):
            minutes[record.key] = replace(
                LINK, key=record.key, document=Document(record.remote, "/a b", "text/markdown")
            )
        return [offered(MeetingSeries(SOURCE, "Austausch OZG", found, minutes=minutes), self.now)]

    def days(self) -> list[date]:
        return sorted(span(each.main)[0].date() for each in self.objects("ozg").values())  # type: ignore[union-attr]

    def name_on(self, day: date) -> str:
        return next(n for n, each in self.objects("ozg").items() if span(each.main)[0].date() == day)  # type: ignore[union-attr]

    def move(self, day: date, to: datetime) -> None:
        """A lead drags a meeting."""
        name = self.name_on(day)
        item = self.objects("ozg")[name]
        lines = (f"DTSTART;TZID=Europe/Berlin:{to:%Y%m%dT%H%M%S}", f"DTEND;TZID=Europe/Berlin:{to:%Y%m%dT230000}")
        kept = tuple(each for each in item.main.properties if each.name not in ("DTSTART", "DTEND"))
        moved = tuple(map(parse_line, lines))
        self.put(name, replace(item, components=(replace(item.main, properties=(*kept, *moved)),)), "ozg")

    def edit_on(self, day: date, *lines: str) -> None:
        """A lead adds properties to a meeting."""
        name = self.name_on(day)
        item = self.objects("ozg")[name]
        more = tuple(map(parse_line, lines))
        self.put(
            name, replace(item, components=(replace(item.main, properties=(*item.main.properties, *more)),)), "ozg"
        )

    def take_out(self, day: date) -> None:
        """A lead deletes a meeting."""
        self.server.delete(self.href("ozg") + self.name_on(day), if_match="")

    def release(self) -> None:
        """A person lets go of the guard."""
        self.released = frozenset({OZG})
        self.apply()
        self.released = frozenset()


def group(**more: object) -> Group:
    made = Group(**more)  # type: ignore[arg-type]
    made.settle()
    return made


JANUARY, FEBRUARY, MARCH = date(2027, 1, 5), date(2027, 2, 2), date(2027, 3, 2)


def test_the_year_to_come_stands_there_and_rolls_on() -> None:
    world = group()
    assert world.days()[:3] == [JANUARY, FEBRUARY, MARCH]
    assert len(world.days()) == 13
    world.later(days=40)
    assert [change.action for each in world.plan().scopes for change in each.changes] == [Action.CREATE]
    world.settle()
    assert (world.days()[0], len(world.days())) == (JANUARY, 14)


def test_another_time_or_place_is_an_update_of_the_same_entries() -> None:
    world = group()
    names = set(world.objects("ozg"))
    world.rule = replace(RULE, at=time(14), place="Kreishaus")
    assert {change.action for each in world.plan().scopes for change in each.changes} == {Action.UPDATE}
    world.settle()
    assert set(world.objects("ozg")) == names


def test_another_weekday_moves_each_months_meeting() -> None:
    world = group()
    names = set(world.objects("ozg"))
    world.rule = replace(RULE, rhythm=rhythm("last friday"))
    world.settle()
    assert world.days()[:2] == [date(2027, 1, 29), date(2027, 2, 26)]
    assert set(world.objects("ozg")) == names


def test_what_took_place_stays_where_it_was_and_a_new_day_in_the_same_month_is_a_meeting_of_its_own() -> None:
    world = group()
    world.later(days=10)
    world.settle()
    world.rule = replace(RULE, rhythm=rhythm("last friday"))
    world.settle()
    assert world.days()[:3] == [JANUARY, date(2027, 1, 29), date(2027, 2, 26)]
    world.later(days=30)
    world.settle()
    assert world.days()[:3] == [JANUARY, date(2027, 1, 29), date(2027, 2, 26)]


def test_from_months_to_weeks_nothing_corresponds_and_the_guard_holds_what_would_go() -> None:
    world = group()
    world.later(days=10)
    world.rule = replace(RULE, rhythm=rhythm("every monday"), until=date(2027, 2, 1))
    (scope,) = world.plan().scopes
    assert str(scope.unsafe) == "12 von 13 Treffen würden verloren gehen"
    assert {each.action for each in scope.changes} == {Action.CREATE}
    world.release()
    assert world.days() == [JANUARY, date(2027, 1, 18), date(2027, 1, 25), date(2027, 2, 1)]


def test_a_rule_that_is_gone_takes_what_is_to_come_at_once_and_nothing_else() -> None:
    world = group()
    world.later(days=10)
    world.rule = None
    world.release()
    assert world.days() == [JANUARY]
    world.later(days=500)
    world.settle()
    assert world.days() == []


def test_a_day_off_that_is_listed_later_takes_its_meeting_away() -> None:
    world = group()
    world.rule = replace(RULE, off=replace(RULE.off, school=((FEBRUARY, FEBRUARY),)))
    (change,) = [change for each in world.plan().scopes for change in each.changes]
    assert (change.action, change.kind) == (Action.REMOVE, Kind.MEETING)
    world.settle()
    assert world.days()[:2] == [JANUARY, MARCH]


def test_a_meeting_moved_by_hand_stays_when_the_rule_names_it_no_longer() -> None:
    world = group()
    world.move(FEBRUARY, datetime(2027, 2, 4, 9, tzinfo=BERLIN))
    world.rule = replace(RULE, off=replace(RULE.off, school=((FEBRUARY, FEBRUARY),)))
    world.settle()
    (scope,) = world.plan().scopes
    assert (world.days()[1], scope.kept) == (date(2027, 2, 4), 1)


def test_a_meeting_moved_by_hand_keeps_its_time_and_follows_the_rule_in_everything_else() -> None:
    world = group()
    world.move(FEBRUARY, datetime(2027, 2, 4, 9, tzinfo=BERLIN))
    world.rule = replace(RULE, at=time(14), place="Kreishaus")
    world.settle()
    moved = world.objects("ozg")[world.name_on(date(2027, 2, 4))]
    assert (span(moved.main)[0].hour, moved.main.value("LOCATION")) == (9, "Kreishaus")  # type: ignore[union-attr]


def test_moved_by_hand_behind_its_day_it_is_still_the_same_meeting() -> None:
    world = group()
    world.move(JANUARY, datetime(2027, 1, 20, 9, tzinfo=BERLIN))
    world.later(days=5)
    world.settle()
    world.rule = replace(RULE, rhythm=rhythm("last friday"))
    world.settle()
    assert world.days()[:2] == [date(2027, 1, 20), date(2027, 2, 26)]


def test_a_meeting_brought_forward_has_taken_place_when_its_day_comes() -> None:
    world = group()
    world.move(FEBRUARY, datetime(2027, 1, 20, 9, tzinfo=BERLIN))
    world.later(days=20)
    world.rule = replace(RULE, at=time(14))
    world.settle()
    assert world.days()[:3] == [JANUARY, date(2027, 1, 20), MARCH]


def test_a_meeting_taken_out_stays_out_as_long_as_the_rule_names_it() -> None:
    world = group()
    world.take_out(FEBRUARY)
    for _ in range(2):
        (scope,) = world.plan().scopes
        assert (scope.changes, scope.kept) == ((), 1)
        world.apply()
    world.rule = replace(RULE, at=time(14))
    world.settle()
    assert world.days()[:2] == [JANUARY, MARCH]
    world.rule = replace(RULE, off=replace(RULE.off, school=((FEBRUARY, FEBRUARY),)))
    world.settle()
    world.rule = RULE
    world.settle()
    assert world.days()[:2] == [JANUARY, FEBRUARY]


def test_a_meeting_taken_out_and_brought_back_by_hand_is_ours_again() -> None:
    world = group()
    world.take_out(FEBRUARY)
    world.settle()
    (trashed,) = world.server.trashed_objects()
    world.server.restore_object(trashed)
    world.rule = replace(RULE, at=time(14))
    world.settle()
    back = world.objects("ozg")[world.name_on(FEBRUARY)]
    assert span(back.main)[0].hour == 14  # type: ignore[union-attr]


def test_a_calendar_made_anew_holds_all_meetings_again() -> None:
    world = group()
    world.server.delete_calendar(world.href("ozg"), purge=True)
    world.settle()
    assert len(world.days()) == 13


def test_a_run_killed_between_a_new_calendar_and_its_meetings_takes_none_for_taken_out() -> None:
    world = group()
    world.server.delete_calendar(world.href("ozg"), purge=True)
    planned = world.plan()
    (scope,) = planned.scopes
    making = [each for each in scope.changes if each.kind is Kind.CALENDAR]
    world.apply(replace(planned, scopes=(replace(scope, changes=tuple(making)),)))
    assert world.days() == []
    world.settle()
    assert len(world.days()) == 13


def test_after_a_loss_of_memory_nothing_is_written_and_hands_keep_what_they_did() -> None:
    world = group()
    world.move(FEBRUARY, datetime(2027, 2, 4, 9, tzinfo=BERLIN))
    world.settle()
    world.ledger.__init__()  # type: ignore[misc]
    before = world.server.requests["put"]
    world.settle()
    assert world.server.requests["put"] == before
    assert world.days()[:2] == [JANUARY, date(2027, 2, 4)]


def test_the_next_meeting_is_the_next_that_takes_place() -> None:
    world = group()
    world.take_out(JANUARY)
    world.move(FEBRUARY, datetime(2027, 3, 20, 9, tzinfo=BERLIN))
    world.settle()
    world.later(days=2)
    found = standing(coming(world.planned(), world.entries(), world.now), world.entries(), BERLIN)  # type: ignore[arg-type]
    first = next_meeting(found, START)
    assert first is not None
    assert (first.start.date(), first.period) == (MARCH, "2027-03")
    assert next_meeting(found, datetime(2027, 3, 10, tzinfo=BERLIN)).start.date() == date(2027, 3, 20)  # type: ignore[union-attr]
    assert next_meeting((), START) is None


def test_a_meeting_that_a_lead_cancelled_in_the_calendar_is_not_the_next_one() -> None:
    world = group()
    name = world.name_on(JANUARY)
    item = world.objects("ozg")[name]
    kept = tuple(each for each in item.main.properties if each.name != "STATUS")
    cancelled = replace(item.main, properties=(*kept, parse_line("STATUS:CANCELLED")))
    world.put(name, replace(item, components=(cancelled,)), "ozg")
    world.settle()
    found = standing(coming(world.planned(), world.entries(), world.now), world.entries(), BERLIN)  # type: ignore[arg-type]
    assert next_meeting(found, world.now).start.date() == FEBRUARY  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------------------- minutes


def attached(world: Group, day: date) -> list[str]:
    main = world.objects("ozg")[world.name_on(day)].main
    return [each.value for each in main.all("ATTACH")]


def remember_minutes(world: Group) -> None:
    content = '{"path": "/a b", "content_type": "text/markdown"}'
    world.ledger.remember(Record(LINK.scope, MINUTES, "2027-01", remote="17", content=content))


def test_a_link_promised_in_the_plan_is_kept_when_the_document_came_and_the_next_run_has_nothing_to_do() -> None:
    world = Group(promised=("2027-01",))
    planned = world.plan()
    remember_minutes(world)
    world.apply(planned)
    assert attached(world, JANUARY) == ["https://cloud.example/index.php/f/17"]
    before = world.writes()
    world.settle()
    assert world.writes() == before


def test_a_document_that_did_not_come_costs_the_link_alone_and_the_next_run_adds_it() -> None:
    world = Group(promised=("2027-01",))
    world.apply()
    assert attached(world, JANUARY) == []
    assert len(world.days()) == 13
    planned = world.plan()
    remember_minutes(world)
    world.apply(planned)
    assert attached(world, JANUARY) == ["https://cloud.example/index.php/f/17"]


def test_a_file_that_somebody_attached_stays_beside_the_minutes() -> None:
    world = group()
    world.edit_on(JANUARY, "ATTACH:https://elsewhere.example/plan.pdf")
    remember_minutes(world)
    world.settle()
    assert sorted(attached(world, JANUARY)) == [
        "https://cloud.example/index.php/f/17",
        "https://elsewhere.example/plan.pdf",
    ]


# ---------------------------------------------------------------------------------------------------- whatever comes

RULES = ("first tuesday", "last friday", "every monday", "second wednesday", "tuesday every 2 weeks")
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("rule"), st.sampled_from(RULES)),
        st.tuples(st.just("move"), st.integers(0, 5)),
        st.tuples(st.just("out"), st.integers(0, 5)),
        st.tuples(st.just("later"), st.integers(1, 50)),
        st.tuples(st.just("forget"), st.none()),
    ),
    max_size=6,
)


@settings(max_examples=40)
@given(happenings)
def test_whatever_happens_the_second_run_writes_nothing_and_nothing_past_or_moved_is_lost(
    happened: list[tuple[str, object]],
) -> None:
    world = group()
    kept: set[str] = set()
    for what, how in happened:
        upcoming = [each for each in world.days() if each > world.now.date()]
        if what == "rule":
            world.rule = replace(RULE, rhythm=rhythm(str(how)), starts=START.date())
        elif what == "later":
            world.later(days=how)  # type: ignore[arg-type]
        elif what == "forget":
            world.ledger.__init__()  # type: ignore[misc]
        elif isinstance(how, int) and how < len(upcoming):
            name = world.name_on(upcoming[how])
            if what == "move":
                world.move(upcoming[how], datetime.combine(upcoming[how], time(19), BERLIN))
                kept.add(name)
            else:
                world.take_out(upcoming[how])
                kept.discard(name)
        kept |= {name for name, each in world.objects("ozg").items() if span(each.main)[1] < world.now}  # type: ignore[operator]
        world.release()
        world.settle()
        before = world.writes()
        world.apply()
        assert world.writes() == before
        assert kept <= set(world.objects("ozg"))
