"""What is somebody else's is left alone and named, and everything beside it goes on."""

from datetime import timedelta

import pytest
from journeys_town import FAR, THREE, Town, row

from calendar_sync.identity import file_name, mint_uid
from network.ports import CalendarWish, Principal
from plugin.render.run import Run

CALENDAR = "/remote.php/dav/calendars/digitalnetzwerk/dnw-schulungen/"
THREE_TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def event(uid: str, title: str) -> bytes:
    day = f"{FAR + timedelta(days=3):%Y%m%d}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Somebody//Client//DE",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260101T000000Z",
        f"DTSTART;VALUE=DATE:{day}",
        f"SUMMARY:{title}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines).encode()


def taken(run: Run) -> list[str]:
    """Where somebody else's name was met."""
    return [each.where for each in run.problems if each.code == "name_taken"]


def test_a_foreign_event_in_our_calendar_is_left_alone(town: Town) -> None:
    town.apply()
    href = CALENDAR + "betriebsausflug.ics"
    foreign = event("betriebsausflug@somebody.example", "Betriebsausflug")
    town.other_client().calendars.put(href, foreign, if_match="")
    town.save([*THREE, row(4, "Vergaberecht")])
    run = town.apply()
    assert run.code == 0
    assert run.foreign["entries"] == 1
    assert town.entry("Betriebsausflug").data == foreign
    assert town.titles() == ["Betriebsausflug", "E-Akte", "IT-Sicherheit", "OZG Grundlagen", "Vergaberecht"]


def test_a_foreign_event_at_the_place_of_ours_is_reported_and_the_others_are_written(town: Town) -> None:
    town.apply()
    href = CALENDAR + file_name(mint_uid("probe-kreis", "plan", "4", 1))
    foreign = event("something-else@somebody.example", "Belegt")
    town.other_client().calendars.put(href, foreign, if_match="")
    town.save([*THREE, row(4, "Vergaberecht"), row(5, "Brandschutz")])
    run = town.apply()
    assert run.code == 0
    assert len(taken(run)) == 1
    assert town.entry("Belegt").data == foreign
    assert town.titles() == ["Belegt", "Brandschutz", "E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
    before = town.mark()
    assert town.apply().code == 0
    assert town.writes(before) == []


def test_a_calendar_that_stood_at_our_address_before_us_is_left_alone(town: Town) -> None:
    calendars = town.other_client().calendars
    href = calendars.create_calendar("dnw-schulungen", CalendarWish("Privat", "#112233", "Europe/Berlin", "meins"))
    calendars.put(href + "meins.ics", event("meins@somebody.example", "Zahnarzt"), if_match="")
    before = town.mark()
    run = town.apply()
    assert run.code == 0
    assert taken(run) == ["netz.yaml:26"]
    assert town.calendar_writes(before) == []
    assert [each.name for each in calendars.calendars() if each.href == href] == ["Privat"]


@pytest.mark.parametrize("owner", ["bernd.brakel", "digitalnetzwerk"])
def test_a_foreign_team_with_the_name_of_ours_is_left_alone(whole_town: Town, owner: str) -> None:
    server = whole_town.other_client() if owner == "digitalnetzwerk" else whole_town.as_staff(owner)
    foreign = server.teams.create_team("Austausch OZG")
    server.teams.add_members(foreign.id, [Principal("user", "carla.brakel")])
    members = server.teams.members(foreign.id)
    run = whole_town.apply()
    assert run.code == 0
    assert len(taken(run)) == 1
    assert server.teams.members(foreign.id) == members
    assert [each.name for each in server.teams.teams() if "OZG" in each.name] == ["Austausch OZG"]
    assert whole_town.titles() == THREE_TITLES
    before = whole_town.mark()
    whole_town.wait(hours=2)
    assert whole_town.apply().code == 0
    assert whole_town.writes(before) == []


def test_a_foreign_team_folder_with_the_name_of_ours_is_left_alone(whole_town: Town) -> None:
    folders = whole_town.administrator().folders
    number = folders.create_folder("Presse")
    folders.grant(number, Principal("group", "nieheim"), 31)
    (foreign,) = folders.folders()
    run = whole_town.apply()
    assert run.code == 0
    assert taken(run) == ["netz.yaml:37"]
    assert [each for each in folders.folders() if each.name == "Presse"] == [foreign]
    assert whole_town.titles() == THREE_TITLES
    assert "/Austausch OZG" in [each.path for each in whole_town.as_staff("anna.brakel").files.list("/")]


def test_a_foreign_room_is_no_reason_against_our_own(whole_town: Town) -> None:
    staff = whole_town.as_staff("bernd.brakel")
    token = staff.rooms.create_room("Austausch OZG", "von Hand")
    assert whole_town.apply().code == 0
    rooms = [each for each in staff.rooms.rooms() if each.name == "Austausch OZG"]
    assert len(rooms) == 2
    assert [each.description for each in rooms if each.token == token] == ["von Hand"]


def test_a_town_whose_name_a_team_has_already_gets_a_team_beside_it(town: Town) -> None:
    town.as_staff("emil.nieheim").teams.create_team("Stadt Nieheim")
    run = town.apply()
    assert run.code == 0
    assert [each.code for each in run.problems] == ["name_taken"]
    assert town.titles("dora.nieheim") == THREE_TITLES
    names = [each.name for each in town.as_staff("dora.nieheim").teams.teams()]
    assert names == ["Stadt Nieheim – Probenetz"]
    before = town.mark()
    assert town.apply(verify=True).code == 0
    assert town.writes(before) == []


def test_a_taken_name_is_said_by_every_run_and_by_status_until_somebody_chose(whole_town: Town) -> None:
    number = whole_town.administrator().folders.create_folder("Presse")
    whole_town.apply()
    for _ in range(2):
        quiet = whole_town.apply()
        assert quiet.code == 0 and taken(quiet) == ["netz.yaml:37"]
        assert quiet.plan.changes == ()
    assert [each.code for each in whole_town.status().troubles] == ["name_taken"]
    whole_town.administrator().folders.delete_folder(number)
    assert taken(whole_town.apply(verify=True)) == []
    assert taken(whole_town.apply()) == [] and whole_town.status().troubles == ()
