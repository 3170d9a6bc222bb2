"""A second run writes nothing, whatever was forgotten meanwhile. Counted in the server's own log."""

from io import BytesIO

from journeys_town import PLANNING, THREE, Town, row
from openpyxl import load_workbook


def test_after_an_apply_the_plan_is_empty_and_sends_no_writing_request(whole_town: Town) -> None:
    assert whole_town.apply().code == 0
    before = whole_town.mark()
    planned = whole_town.plan()
    assert planned.code == 0
    assert planned.plan.changes == ()
    assert whole_town.writes(before) == []


def test_an_unchanged_apply_asks_the_calendars_one_question(whole_town: Town) -> None:
    whole_town.apply()
    before = whole_town.mark()
    assert whole_town.apply().code == 0
    asked = [each for each in whole_town.sandbox.requests[before:] if "/dav/calendars/" in each.path]
    assert [each.method for each in asked] == ["PROPFIND"]
    assert not [each for each in whole_town.sandbox.requests[before:] if "/dav/" not in each.path]


def test_a_look_at_everything_finds_nothing_to_write(whole_town: Town) -> None:
    whole_town.apply()
    before = whole_town.mark()
    assert whole_town.apply(verify=True).code == 0
    assert whole_town.writes(before) == []
    whole_town.wait(hours=3)
    assert whole_town.apply().code == 0
    assert whole_town.writes(before) == []


def test_a_table_saved_again_without_a_change_writes_nothing(town: Town) -> None:
    town.apply()
    town.wait(minutes=30)
    town.save([THREE[2], THREE[0], THREE[1]])
    before = town.mark()
    assert town.apply().code == 0
    assert town.writes(before) == []


def test_without_its_memory_it_writes_no_entry_twice(whole_town: Town) -> None:
    whole_town.apply()
    whole_town.lose_memory()
    before = whole_town.mark()
    assert whole_town.apply().code == 0
    shares = [each for each in whole_town.writes(before) if each.startswith("POST /remote.php/dav/calendars/")]
    assert whole_town.writes(before) == shares  # ids of teams are learnt in this run; granting again changes nothing
    assert whole_town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    before = whole_town.mark()
    assert whole_town.apply().code == 0
    assert whole_town.writes(before) == []


def test_without_its_memory_it_still_follows_the_table(town: Town) -> None:
    town.apply()
    town.lose_memory()
    town.save([row(1, "OZG Grundlagen", start="10:00"), *THREE[1:]])
    before = town.mark()
    assert town.apply().code == 0
    puts = [each for each in town.calendar_writes(before) if each.startswith("PUT")]
    assert len(puts) == 1
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def test_without_its_memory_the_coordinators_notes_stay_up_to_date(town: Town) -> None:
    town.save([*THREE, row(4, "Ohne Datum", start="irgendwann")])
    town.apply()
    town.lose_memory()
    town.save([*THREE, row(4, "Vergaberecht")])
    run = town.apply()
    assert (run.code, run.problems) == (0, ())
    content = town.other_client().files.read(f"/{PLANNING}/Schulungsplan - Hinweise.xlsx", max_bytes=1_000_000)
    assert load_workbook(BytesIO(content)).worksheets[0]["A5"].value == "Alles ist lesbar, es gibt nichts zu tun."
