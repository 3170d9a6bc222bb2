"""What people decide about runs and sources, by a program: the last run taken back, questions answered; and figures."""

from journeys_town import THREE, row
from web_calls import asked, send
from web_office import Browser, Office
from web_roles import carried_out

CALENDAR = "calendar:schulungen"


def spoil(office: Office) -> None:
    office.town.save([row(1, "Falsch"), *THREE[1:]])
    office.town.apply()
    assert "Falsch" in office.town.titles()


def test_the_last_run_is_taken_back_as_it_was_shown_and_the_calendar_released(staffed: Office, admin: Browser) -> None:
    spoil(staffed)
    shown = asked(admin, "/taking-back")
    assert (shown["problem"], shown["resting"]) == (None, [])
    assert "Falsch" in str(shown["plan"]["scopes"])

    errand = send(admin, "POST", "/taking-back", {"fingerprint": shown["plan"]["fingerprint"]}).get_json()
    carried_out(staffed)
    assert asked(admin, f"/errands/{errand['id']}")["exit_code"] == 0
    assert staffed.town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    (resting,) = asked(admin, "/taking-back")["resting"]
    assert resting["scope"] == CALENDAR

    sure = {"scope": CALENDAR, "sure": True}
    assert send(admin, "POST", "/taking-back/releases", {**sure, "sure": False}).status_code == 422
    assert send(admin, "POST", "/taking-back/releases", {**sure, "scope": "calendar:andere"}).status_code == 404
    assert send(admin, "POST", "/taking-back/releases", sure).status_code == 204
    assert send(admin, "POST", "/taking-back/releases", sure).status_code == 404
    staffed.town.apply()
    assert "Falsch" in staffed.town.titles()


def test_another_plan_than_the_one_shown_is_not_carried_out(staffed: Office, admin: Browser) -> None:
    spoil(staffed)
    errand = send(admin, "POST", "/taking-back", {"fingerprint": "ABCDEFGH"}).get_json()
    carried_out(staffed)
    assert asked(admin, f"/errands/{errand['id']}")["problem"]["code"] == "plan_changed"
    assert "Falsch" in staffed.town.titles()


def test_where_there_is_nothing_to_take_back_it_says_so(staffed: Office) -> None:
    staffed.town.wait(days=8)
    found = asked(staffed.person("erika.kreis"), "/taking-back")
    assert (found["plan"], found["problem"]["code"]) == (None, "nothing_to_take_back")


def test_a_preview_takes_nothing_back(staffed: Office) -> None:
    staffed.town.swap("mode: live", "mode: preview")
    assert staffed.running.reload()
    admin = staffed.person("erika.kreis")
    answer = send(admin, "POST", "/taking-back", {"fingerprint": "ABCDEFGH"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "preview_mode")


def test_a_training_that_is_missing_is_cancelled_by_an_answer(staffed: Office) -> None:
    staffed.town.save(THREE[:2])
    for _ in range(3):
        staffed.town.wait(hours=13)
        staffed.town.apply()
    coordinator = staffed.person("max.kreis")
    (question,) = asked(coordinator, "/questions")
    assert "cancel" in [each["words"] for each in question["answers"]]
    said = {"connector": "plan", "key": question["key"], "words": "cancel"}
    assert send(coordinator, "POST", "/answers", said).status_code == 204
    staffed.town.apply()
    assert b"CANCELLED" in staffed.town.entry("IT-Sicherheit").data


def test_figures_count_the_programme_and_name_nobody(staffed: Office) -> None:
    found = asked(staffed.person("dora.nieheim"), "/figures")
    assert len(found["months"]) == len(found["totals"]) == 12
    assert sum(found["totals"]) == 3
    assert all(len(each["trainings"]) == 12 for each in found["towns"])
    assert [each["connector"] for each in found["fresh"]] == ["plan"]
    assert found["promised"] == 0.95
    assert staffed.person("anna.brakel").get("/api/v1/figures").status_code == 404
