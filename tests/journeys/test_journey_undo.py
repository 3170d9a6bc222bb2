"""The last run taken back in calendars: staff see what they saw before, and no run does the same again by itself."""

import pytest
from journeys_town import THREE, Town, row

from network.errors import ConfigurationError, PlanChanged
from network.plan import Scope
from plugin.render.run import PERSON, Run

ALL = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
SCOPE = "calendar:schulungen"
WRONG = [row(1, "Falsch 1"), row(2, "Falsch 2"), row(3, "IT-Sicherheit"), row(4, "Neu dazu")]


def preview(town: Town, scope: str = "") -> Run:
    return town._do(lambda service: service.plan_undo(Scope.parse(scope) if scope else None), writes=False)


def undo(town: Town) -> Run:
    fingerprint = preview(town).plan.fingerprint
    return town._do(lambda service: service.undo(fingerprint))


@pytest.fixture
def spoilt(town: Town) -> Town:
    """Somebody saved the wrong table, and a run took it over."""
    town.apply()
    town.wait(hours=1)
    town.save(WRONG)
    town.apply()
    assert town.titles() == ["Falsch 1", "Falsch 2", "IT-Sicherheit", "Neu dazu"]
    return town


def test_staff_see_what_they_saw_and_the_next_runs_leave_it_so(spoilt: Town) -> None:
    assert undo(spoilt).code == 0

    assert spoilt.titles() == ALL
    run = spoilt.apply()
    assert run.code == PERSON
    assert spoilt.titles() == ALL
    spoilt.save([*WRONG, row(5, "Noch eine")])
    spoilt.apply()
    assert spoilt.titles() == ALL
    assert spoilt.sandbox.mails == []


def test_status_says_at_once_and_later_that_the_calendar_waits(spoilt: Town) -> None:
    undo(spoilt)

    for _ in range(2):
        [scope] = [each for each in spoilt.status().scopes if each.scope == SCOPE]
        assert "zurückgenommen" in scope.unsafe
        spoilt.apply()


def test_mended_and_released_it_goes_on(spoilt: Town) -> None:
    undo(spoilt)
    spoilt.save([*THREE, row(4, "Neu dazu")])
    spoilt.apply()

    spoilt._do(lambda service: service.release_taken_back(SCOPE))
    assert spoilt.apply().code == 0

    assert spoilt.titles() == sorted([*ALL, "Neu dazu"])
    with pytest.raises(ConfigurationError):
        spoilt._do(lambda service: service.release_taken_back(SCOPE))


def test_released_by_fingerprint_the_source_counts_again(spoilt: Town) -> None:
    undo(spoilt)
    [scope] = [each for each in spoilt.plan().plan.scopes if str(each.scope) == SCOPE]

    run = spoilt.apply(fingerprint=scope.fingerprint, scope=scope.scope, release_unsafe=True)

    assert run.code == 0
    assert spoilt.titles() == ["Falsch 1", "Falsch 2", "IT-Sicherheit", "Neu dazu"]
    assert spoilt.apply().code == 0


def test_what_a_person_edited_meanwhile_stays_and_is_named(spoilt: Town) -> None:
    other, seen = spoilt.other_client(), spoilt.entry("Falsch 1")
    other.calendars.put(seen.href, seen.data.replace(b"Kreishaus", b"Raum 5"), if_match=seen.etag)

    run = undo(spoilt)

    assert spoilt.titles() == ["E-Akte", "Falsch 1", "IT-Sicherheit"]
    assert [each.code for each in run.problems] == ["touched_since"]


def test_another_plan_than_was_shown_is_not_carried_out(spoilt: Town) -> None:
    fingerprint = preview(spoilt).plan.fingerprint
    other, seen = spoilt.other_client(), spoilt.entry("Falsch 1")
    other.calendars.put(seen.href, seen.data.replace(b"Kreishaus", b"Raum 5"), if_match=seen.etag)

    with pytest.raises(PlanChanged):
        spoilt._do(lambda service: service.undo(fingerprint))

    assert "Falsch 2" in spoilt.titles()


def test_a_removed_entry_returns_under_its_uid_and_file_name(town: Town) -> None:
    town.apply()
    before = town.entry("E-Akte")
    town.swap("    from: [plan]\n", "    from: [plan]\n    where: {not_tags: [it]}\n")
    town.save([THREE[0], [*row(2, "E-Akte")[:-1], "IT"], THREE[2]])
    [scope] = [each for each in town.plan().plan.scopes if str(each.scope) == SCOPE]
    town.apply(fingerprint=scope.fingerprint, scope=scope.scope, release_unsafe=True)
    assert town.titles() == ["IT-Sicherheit", "OZG Grundlagen"]

    undo(town)

    assert town.titles() == ALL
    after = town.entry("E-Akte")
    assert (after.href, after.data.count(b"\nUID:")) == (before.href, 1)
    town.apply()
    assert town.titles() == ALL


def test_a_quiet_run_in_between_takes_nothing_away_of_it(spoilt: Town) -> None:
    spoilt.wait(hours=1)
    spoilt.apply()

    undo(spoilt)

    assert spoilt.titles() == ALL


def test_a_run_that_failed_half_way_is_taken_back_as_far_as_it_came(town: Town) -> None:
    town.apply()
    town.wait(hours=1)
    town.save(WRONG)
    town.sandbox.fail_next("PUT", r"\.ics$", 507)
    town.apply()

    undo(town)

    assert town.titles() == ALL


def test_cancelling_goes_on_in_a_calendar_that_waits(spoilt: Town) -> None:
    undo(spoilt)

    spoilt._do(lambda service: service.cancel(service.happening("E-Akte"), "erkrankt"))
    spoilt.apply()

    assert spoilt.titles() == ["Fällt aus: E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def test_after_a_week_or_without_any_change_there_is_nothing_to_take_back(town: Town) -> None:
    with pytest.raises(ConfigurationError):
        preview(town)
    town.apply()
    assert preview(town).plan.changes
    town.wait(days=8)
    with pytest.raises(ConfigurationError):
        preview(town)


def test_the_first_run_taken_back_leaves_an_empty_calendar(town: Town) -> None:
    town.apply()

    undo(town)

    assert town.titles() == []


def test_meetings_whose_links_were_completed_while_writing_count_as_untouched(group_town: Town) -> None:
    group_town.apply()
    before = len(group_town.titles(account="erika.kreis", calendar="Austausch OZG"))

    run = undo(group_town)

    assert before > 5
    assert [each.code for each in run.problems if each.code == "touched_since"] == []
    assert group_town.titles(account="erika.kreis", calendar="Austausch OZG") == []
