"""Sharing under the server's limits: ten principals a request, twenty requests an hour, failed ones counted."""

import pytest
from journeys_town import Town

from network.ports import ShareRow
from network.report import Result
from plugin.render.text import text

TOWNS = tuple(f"gemeinde{number:02}" for number in range(1, 12))
THREE_TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


@pytest.fixture
def eleven(limited_town: Town) -> Town:
    """Eleven administrations with one person each."""
    for name in TOWNS:
        limited_town.sandbox.add_user(f"person.{name}", groups=(name,))
    start = "administrations:\n"
    before, _, rest = limited_town.config.read_text().partition(start)
    lines = "".join(f"  {name}: {{name: Gemeinde {name[-2:]}, group: {name}}}\n" for name in TOWNS)
    limited_town.config.write_text(before + start + lines + rest[rest.index("connectors:") :])
    return limited_town


def shares(town: Town, since: int = 0) -> list[str]:
    return [each for each in town.calendar_writes(since) if each.startswith("POST ")]


def see(town: Town, calendar: str = "Schulungen") -> list[str]:
    """Whose person finds all trainings there."""
    return [name for name in TOWNS if town.titles(f"person.{name}", calendar) == THREE_TITLES]


def test_eleven_administrations_take_two_requests_and_each_of_them_sees(eleven: Town) -> None:
    assert eleven.apply().code == 0
    assert len(shares(eleven)) == 2
    assert see(eleven) == list(TOWNS)
    before = eleven.mark()
    assert eleven.apply().code == 0
    assert eleven.apply(verify=True).code == 0
    assert shares(eleven, before) == []


def test_only_the_difference_is_posted(eleven: Town) -> None:
    eleven.swap("share: {administrations: all}", f"share: {{administrations: [{', '.join(TOWNS[:9])}]}}")
    eleven.apply()
    assert len(shares(eleven)) == 1
    eleven.swap(f"share: {{administrations: [{', '.join(TOWNS[:9])}]}}", "share: {administrations: all}")
    before = eleven.mark()
    assert eleven.apply().code == 0
    assert len(shares(eleven, before)) == 1
    assert see(eleven) == list(TOWNS)


def test_at_the_limit_the_rest_is_deferred_and_follows_an_hour_later(eleven: Town) -> None:
    eleven.sandbox.world.app_config.set("dav", "rateLimitCalendarCreation", "1000")
    more = "".join(
        f"  k{each}: {{name: Thema {each}, from: [plan], share: {{administrations: all}}}}\n" for each in range(10)
    )
    eleven.swap("service:\n", f"{more}service:\n")
    first = eleven.apply()
    assert first.code == 1
    assert 20 < len(shares(eleven)) <= 22
    assert first.report is not None
    waiting = [each.problem for each in first.report.outcomes if each.result is Result.DEFERRED]
    assert waiting
    assert all(each and "dav rateLimitShareAddressbookOrCalendar" in each.remedy.de for each in waiting)
    assert "dav rateLimitShareAddressbookOrCalendar" in text(first, "de")
    eleven.wait(minutes=61)
    before = eleven.mark()
    assert eleven.apply().code == 0
    assert len(shares(eleven, before)) == 2
    assert see(eleven) == see(eleven, "Thema 0") == see(eleven, "Thema 9") == list(TOWNS)


def test_an_account_that_does_not_exist_is_named_and_not_posted_again(eleven: Town) -> None:
    eleven.swap(
        "share: {administrations: all}", f"share: [{{administrations: [{TOWNS[0]}]}}, {{people: [nie.gesehen]}}]"
    )
    run = eleven.apply()
    assert run.code == 1
    assert "nie.gesehen" in text(run, "de")
    assert see(eleven) == [TOWNS[0]]
    before = eleven.mark()
    for _ in range(3):
        again = eleven.apply()
        assert again.code == 0
        assert [each.code for each in again.problems] == ["share_refused"]
    assert shares(eleven, before) == []


def test_a_share_that_somebody_removed_is_set_again(eleven: Town) -> None:
    eleven.apply()
    client = eleven.other_client()
    (calendar,) = (each for each in client.calendars.calendars() if each.uri == "dnw-schulungen")
    client.calendars.share(calendar.href, (), [calendar.shares[0].principal])
    assert len(see(eleven)) == 10
    before = eleven.mark()
    assert eleven.apply().code == 0
    assert len(shares(eleven, before)) == 1
    assert see(eleven) == list(TOWNS)


def test_what_nothing_grants_is_taken_back(eleven: Town) -> None:
    eleven.apply()
    client = eleven.other_client()
    (calendar,) = (each for each in client.calendars.calendars() if each.uri == "dnw-schulungen")
    client.calendars.share(calendar.href, [ShareRow("users/anna.brakel", read_write=True)], ())
    assert eleven.titles("anna.brakel") == THREE_TITLES
    assert eleven.apply().code == 0
    assert eleven.titles("anna.brakel") == []
