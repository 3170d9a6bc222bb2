"""The guard: what would lose too much stops for its calendar alone, until a person releases exactly that plan."""

from datetime import timedelta

import pytest
from journeys_feed import Feed, event, feed_of, with_feed
from journeys_town import FAR, Town, row

from network.errors import PlanChanged
from network.plan import Scope
from plugin.render.text import text

EIGHT = [row(number, f"Schulung {number}", day=FAR + timedelta(days=number)) for number in range(1, 9)]
ALL = [f"Schulung {number}" for number in range(1, 9)]


def tagged(tags: dict[int, str]) -> list[list[object]]:
    """All rows, some with other tags."""
    rows = [list(each) for each in EIGHT]
    for number, tag in tags.items():
        rows[number - 1][-1] = tag
    return rows


@pytest.fixture
def eight(town: Town) -> Town:
    """Eight trainings stand in the calendar; four of them have another topic."""
    town.save(tagged(dict.fromkeys((5, 6, 7, 8), "intern")))
    assert town.apply().code == 0
    assert town.titles() == ALL
    return town


def narrow(town: Town) -> None:
    """A line of the configuration that takes the internal ones out."""
    town.swap("from: [plan]", "from: [plan]\n    where: {not_tags: [intern]}")


def test_a_filter_that_would_take_out_half_stops_and_additions_go_on(eight: Town, feed: Feed) -> None:
    narrow(eight)
    with_feed(eight, feed)
    eight.save([*tagged(dict.fromkeys((5, 6, 7, 8), "intern")), row(9, "Schulung 9")])
    before = eight.mark()
    run = eight.apply()
    assert run.code == 3
    assert "SICHERHEITSSTOPP: 4 von 8 Einträgen würden verloren gehen" in text(run, "de")
    assert not [each for each in eight.calendar_writes(before) if each.startswith("DELETE")]
    assert eight.titles() == [*ALL, "Schulung 9"]
    assert len(eight.titles(calendar="Kurse")) == 4


def test_a_person_releases_exactly_this_plan(eight: Town) -> None:
    narrow(eight)
    stopped = eight.plan()
    assert stopped.code == 3
    assert eight.apply().code == 3
    assert eight.titles() == ALL
    released = eight.apply(fingerprint=stopped.plan.fingerprint, release_unsafe=True)
    assert released.code == 0
    assert eight.titles() == ALL[:4]
    assert eight.plan().code == 0


def test_the_line_that_the_plan_prints_releases_that_calendar(eight: Town) -> None:
    narrow(eight)
    (command,) = (line for line in text(eight.plan(), "de").splitlines() if "Freigeben: " in line)
    _, scope, _, fingerprint, _ = command.split("apply ")[1].split()
    released = eight.apply(scope=Scope.parse(scope), fingerprint=fingerprint, release_unsafe=True)
    assert released.code == 0
    assert eight.titles() == ALL[:4]


def test_without_the_release_the_fingerprint_alone_deletes_nothing(eight: Town) -> None:
    narrow(eight)
    assert eight.apply(fingerprint=eight.plan().plan.fingerprint).code == 3
    assert eight.titles() == ALL


@pytest.mark.parametrize("releases", [False, True])
def test_another_fingerprint_writes_nothing(eight: Town, releases: bool) -> None:
    narrow(eight)
    stopped = eight.plan()
    eight.save(tagged(dict.fromkeys((4, 5, 6, 7, 8), "intern")))
    before, kept = eight.mark(), eight.memory()
    with pytest.raises(PlanChanged):
        eight.apply(fingerprint=stopped.plan.fingerprint, release_unsafe=releases)
    assert eight.writes(before) == []
    assert eight.memory() == kept


def test_small_losses_need_nobody(eight: Town) -> None:
    eight.save(tagged(dict.fromkeys((7, 8), "extern")))
    eight.apply()
    eight.swap("from: [plan]", "from: [plan]\n    where: {not_tags: [extern]}")
    assert eight.apply().code == 0
    assert eight.titles() == ALL[:6]


def test_a_feed_that_shrinks_stops_even_where_removal_was_chosen(town: Town, feed: Feed) -> None:
    with_feed(town, feed, ", missing: {then: remove}").apply()
    standing = town.titles(calendar="Kurse")
    feed.says(feed_of(event("kurs-0@provider.example", "Rhetorik")))
    codes = []
    for _ in range(4):
        town.wait(hours=12)
        codes.append(town.apply().code)
    assert codes == [0, 0, 3, 3]
    assert town.titles(calendar="Kurse") == standing
