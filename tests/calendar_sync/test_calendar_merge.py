"""The three-way merge as a law over small events, and its corners."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calendar_sync.merge import merge
from calendar_sync.wish import OnConflict
from network.ical.canonical import canonical, canonical_component
from network.ical.component import CalendarObject, Component, Property

values = st.sampled_from(("", "a", "b", "c"))
NAMES = ("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "URL")


def event(told: dict[str, str], recurrence: str = "") -> Component:
    start = (Property("DTSTART", told.get("DTSTART", "20270101T100000Z")),)
    told = {"RECURRENCE-ID": recurrence} | {name: value for name, value in told.items() if name != "DTSTART"}
    return Component("VEVENT", (*start, *(Property(name, value) for name, value in told.items() if value)))


def thing(*components: Component) -> CalendarObject:
    return CalendarObject("u", components)


series = st.builds(
    lambda main, exceptions: thing(event(main), *(event(told, at) for at, told in exceptions.items())),
    st.fixed_dictionaries(dict.fromkeys(NAMES, values)),
    st.dictionaries(
        st.sampled_from(("20270102T100000Z", "20270103T100000Z")),
        st.fixed_dictionaries(dict.fromkeys(NAMES, values)),
        max_size=2,
    ),
)
sides = st.sampled_from(OnConflict)


def says(item: CalendarObject) -> frozenset[Component]:
    return frozenset(canonical_component(each) for each in item.components)


@given(series, series, sides)
def test_what_nobody_touched_follows_the_source(meant: CalendarObject, wish: CalendarObject, side: OnConflict) -> None:
    merged = merge(meant, wish, meant, side)
    assert says(merged.item) == says(wish) and merged.lost == ()


@given(series, series, sides)
def test_what_the_source_did_not_touch_follows_the_hand(
    meant: CalendarObject, actual: CalendarObject, side: OnConflict
) -> None:
    merged = merge(meant, meant, actual, side)
    assert says(merged.item) == says(actual) and merged.lost == ()


@given(series, series, sides)
def test_what_both_say_stands(meant: CalendarObject, both: CalendarObject, side: OnConflict) -> None:
    merged = merge(meant, both, both, side)
    assert says(merged.item) == says(both) and merged.lost == () and merged.asks == ()


@given(series, series, series, sides)
def test_merging_again_changes_nothing(
    meant: CalendarObject, wish: CalendarObject, actual: CalendarObject, side: OnConflict
) -> None:
    once = merge(meant, wish, actual, side).item
    assert canonical(merge(wish, wish, once, side).item) == canonical(once)


@given(series, series, series, sides)
def test_every_value_stands_or_is_lost_by_name(
    meant: CalendarObject, wish: CalendarObject, actual: CalendarObject, side: OnConflict
) -> None:
    """Of a main event, whatever either side changed can be found again."""
    merged = merge(meant, wish, actual, side)
    stands = set(merged.item.main.properties)
    given_up = {line for lost in merged.lost for line in lost.value.split("\n")}
    for mine in (wish, actual) if side is not OnConflict.ASK else (actual,):
        for item in mine.main.properties:
            if item not in meant.main.properties:
                assert item in stands or f"{item.name}:{item.value}" in given_up


def test_an_alarm_of_somebody_stays_whatever_the_source_does() -> None:
    alarm = Component("VALARM", (Property("TRIGGER", "-PT1H"),))
    actual = thing(Component("VEVENT", event({"SUMMARY": "a"}).properties, (alarm,)))
    merged = merge(thing(event({"SUMMARY": "a"})), thing(event({"SUMMARY": "b"})), actual, OnConflict.SOURCE)
    assert merged.item.main.components == (alarm,) and merged.item.main.value("SUMMARY") == "b"


def test_start_and_end_are_one_statement() -> None:
    def at(start: str, end: str) -> CalendarObject:
        return thing(event({"DTSTART": start, "DTEND": end}))

    meant, wish = at("20270101T100000Z", "20270101T120000Z"), at("20270105T100000Z", "20270105T120000Z")
    actual = at("20270101T100000Z", "20270101T130000Z")
    merged = merge(meant, wish, actual, OnConflict.SOURCE)
    assert says(merged.item) == says(wish)
    assert [each.value for each in merged.lost] == ["DTSTART:20270101T100000Z\nDTEND:20270101T130000Z"]


def test_the_newer_side_wins_where_both_say_when() -> None:
    def told(place: str, at: str) -> CalendarObject:
        return thing(event({"LOCATION": place, "LAST-MODIFIED": at}))

    meant = told("a", "20270101T000000Z")
    older, newer = "20270102T000000Z", "20270103T000000Z"
    for wish, actual, stands in ((older, newer, "hand"), (newer, older, "source")):
        merged = merge(meant, told("source", wish), told("hand", actual), OnConflict.NEWEST)
        assert merged.item.main.value("LOCATION") == stands


def test_where_only_one_side_says_when_the_source_wins() -> None:
    """A table never says when: its change was seen after the one by hand, which was there already."""
    meant, wish = thing(event({"LOCATION": "a"})), thing(event({"LOCATION": "source"}))
    actual = thing(event({"LOCATION": "hand", "LAST-MODIFIED": "20270102T000000Z"}))
    assert merge(meant, wish, actual, OnConflict.NEWEST).item.main.value("LOCATION") == "source"


def test_without_what_we_meant_the_wish_wins_where_it_speaks() -> None:
    wish, actual = thing(event({"SUMMARY": "neu"})), thing(event({"SUMMARY": "alt", "LOCATION": "Raum 7"}))
    merged = merge(None, wish, actual, OnConflict.SOURCE)
    assert merged.item.main.value("SUMMARY") == "neu" and merged.item.main.value("LOCATION") == "Raum 7"
    assert [each.value for each in merged.lost] == ["SUMMARY:alt"]
