"""What was taken away comes back: from the trash bin, under its old UID, without a server error in the report."""

from collections.abc import Callable

import pytest
from journeys_feed import CALENDAR, COURSES, Feed, courses, with_feed
from journeys_town import THREE, Town, row

THREE_TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def answers(town: Town, since: int) -> list[int]:
    """Statuses of all requests to calendars."""
    return [each.status for each in town.sandbox.requests[since:] if "/dav/calendars/" in each.path]


def uid_of(town: Town, words: str) -> str:
    return town.entry(words).href.rsplit("/", 1)[1]


def test_a_training_removed_and_offered_again_comes_back(town: Town, feed: Feed) -> None:
    with_feed(town, feed, ", missing: {then: remove, fetches: 1, after: 1 hour}").apply()
    uid = uid_of(town, "SUMMARY:Rhetorik")
    feed.says(courses().replace(b"SUMMARY:Rhetorik", b"SUMMARY:Anderes").replace(b"UID:kurs-0", b"UID:other"))
    for _ in range(3):
        town.wait(hours=2)
        assert town.apply().code == 0
    assert "Rhetorik" not in town.titles(calendar="Kurse")
    feed.says(courses())
    before = town.mark()
    run = town.apply()
    assert run.code == 0
    assert max(answers(town, before)) < 500
    assert "Rhetorik" in town.titles(calendar="Kurse")
    assert uid_of(town, "SUMMARY:Rhetorik") == uid


def test_a_row_that_was_a_draft_for_a_while_comes_back(town: Town) -> None:
    four = [*THREE, row(4, "Vergaberecht")]
    town.save(four)
    town.apply()
    uid = uid_of(town, "SUMMARY:Vergaberecht")
    town.save([*THREE, row(4, "Vergaberecht", status="Entwurf")])
    assert town.apply().code == 0
    assert town.titles() == THREE_TITLES
    town.save(four)
    before = town.mark()
    assert town.apply().code == 0
    assert max(answers(town, before)) < 500
    assert town.titles() == [*THREE_TITLES, "Vergaberecht"]
    assert uid_of(town, "SUMMARY:Vergaberecht") == uid


def by_a_staff_editor(town: Town) -> None:
    entry = town.entry("SUMMARY:E-Akte", "max.kreis")
    town.as_staff("max.kreis").calendars.delete(entry.href, if_match=entry.etag)


def by_the_service_accounts_own_client(town: Town) -> None:
    entry = town.entry("SUMMARY:E-Akte")
    town.other_client().calendars.delete(entry.href, if_match=entry.etag)


def out_of_the_trash_bin_too(town: Town) -> None:
    by_the_service_accounts_own_client(town)
    for each in town.other_client().calendars.trashed_objects():
        town.other_client().calendars.purge_object(each)


BY_HAND = (by_a_staff_editor, by_the_service_accounts_own_client, out_of_the_trash_bin_too)


@pytest.mark.parametrize("forgets", [False, True], ids=["", "and our memory is lost"])
@pytest.mark.parametrize("remove", BY_HAND, ids=lambda each: each.__name__)
def test_what_was_deleted_by_hand_comes_back(town: Town, remove: Callable[[Town], None], forgets: bool) -> None:
    town.swap("share: {administrations: all}", "share: {administrations: all}\n    edit: {people: [max.kreis]}")
    assert town.apply().code == 0
    uid = uid_of(town, "SUMMARY:E-Akte")
    remove(town)
    assert town.titles() == ["IT-Sicherheit", "OZG Grundlagen"]
    if forgets:
        town.lose_memory()
    run = town.apply()
    assert run.code == 0
    assert run.report is not None
    assert [each.problem for each in run.report.outcomes if each.problem] == []
    assert town.titles() == THREE_TITLES
    assert uid_of(town, "SUMMARY:E-Akte") == uid
    assert town.other_client().calendars.trashed_objects() == ()
    assert town.plan().code == 0


def test_the_reason_says_that_it_was_there_before(town: Town) -> None:
    town.apply()
    by_the_service_accounts_own_client(town)
    (change,) = town.plan().plan.changes
    assert change.reason.de == "war schon einmal da und fehlt in Nextcloud"


def test_a_calendar_that_was_deleted_by_hand_comes_back_with_its_entries(town: Town) -> None:
    town.apply()
    (ours,) = (each for each in town.other_client().calendars.calendars() if each.uri == "dnw-schulungen")
    town.other_client().calendars.delete_calendar(ours.href, purge=False)
    assert town.titles() == []
    codes = [town.apply().code, town.apply().code]
    assert codes == [0, 0]
    assert town.titles() == THREE_TITLES
    (ours,) = (each for each in town.other_client().calendars.calendars() if each.uri == "dnw-schulungen")
    assert not ours.trashed
    assert town.plan().code == 0


def test_a_calendar_that_left_the_configuration_for_a_week_comes_back(town: Town, feed: Feed) -> None:
    with_feed(town, feed).apply()
    text = town.config.read_text()
    town.config.write_text(text.replace(CALENDAR, ""))
    stopped = town.apply()
    assert stopped.code == 3
    assert town.apply(fingerprint=stopped.plan.fingerprint, release_unsafe=True).code == 0
    assert town.titles(calendar="Kurse") == []
    town.wait(days=7)
    assert town.apply().code == 0
    town.config.write_text(text)
    before = town.mark()
    assert town.apply().code == 0
    assert town.titles(calendar="Kurse") == sorted(COURSES)
    assert not [each for each in town.calendar_writes(before) if each.startswith(("PUT", "MKCALENDAR"))]
