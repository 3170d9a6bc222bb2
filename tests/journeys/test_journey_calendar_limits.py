"""The server lets an account make ten calendars an hour and have thirty: what may be made is made, the rest follows."""

from collections.abc import Iterator

from journeys_town import THREE, Town, row

from network.report import Result
from plugin.render.run import Run
from plugin.render.text import text


def with_calendars(town: Town, number: int) -> None:
    """So many calendars, each with one training of its own topic; the first is there already."""
    lines = [
        f"  k{each}: {{name: Thema {each}, from: [plan], where: {{tags: [t{each}]}}, share: {{administrations: [brakel]}}}}\n"
        for each in range(2, number + 1)
    ]
    town.swap("service:\n", "".join(lines) + "service:\n")
    town.swap("from: [plan]\n", "from: [plan]\n    where: {tags: [ozg]}\n")
    town.save([*THREE, *([*row(100 + each, f"Titel {each}")[:-1], f"t{each}"] for each in range(2, number + 1))])


def made(town: Town) -> list[str]:
    return [
        each.name for each in town.as_staff("anna.brakel").calendars.calendars() if "(Digitalnetzwerk)" in each.name
    ]


def reasons(run: Run) -> Iterator[str]:
    """What the deferred calendars wait for."""
    assert run.report is not None
    for each in run.report.outcomes:
        if each.result is Result.DEFERRED and each.change.step.__class__.__name__ == "MakeCalendar":
            assert each.problem is not None
            yield f"{each.problem.message.de} {each.problem.remedy.de}"


def test_twelve_calendars_take_two_runs(limited_town: Town) -> None:
    with_calendars(limited_town, 12)
    first = limited_town.apply()
    assert first.code == 1
    assert len(made(limited_town)) == 10
    waiting = list(reasons(first))
    assert len(waiting) == 2
    assert all("occ config:app:set dav rateLimitCalendarCreation" in each for each in waiting)
    assert "dav rateLimitCalendarCreation" in text(first, "de")
    limited_town.wait(minutes=61)
    assert limited_town.apply().code == 0
    assert len(made(limited_town)) == 12
    assert limited_town.titles(calendar="Thema 12") == ["Titel 12"]
    before = limited_town.mark()
    assert limited_town.apply().code == 0
    assert limited_town.writes(before) == []


def test_within_the_hour_the_next_run_waits_without_harm(limited_town: Town) -> None:
    with_calendars(limited_town, 12)
    limited_town.apply()
    limited_town.wait(minutes=15)
    before = limited_town.mark()
    assert limited_town.apply().code == 1
    assert len(made(limited_town)) == 10
    asked = [each for each in limited_town.writes(before) if not each.startswith("MKCALENDAR")]
    assert asked == []


def test_more_calendars_than_an_account_may_have_name_that_setting(limited_town: Town) -> None:
    with_calendars(limited_town, 31)
    for _ in range(3):
        run = limited_town.apply()
        assert run.code == 1
        limited_town.wait(minutes=61)
    assert len(made(limited_town)) == 29  # the account's own calendar is the thirtieth
    assert any("dav maximumCalendarsSubscriptions" in each for each in reasons(run))
    limited_town.sandbox.world.app_config.set("dav", "maximumCalendarsSubscriptions", "-1")
    assert limited_town.apply().code == 0
    assert len(made(limited_town)) == 31
