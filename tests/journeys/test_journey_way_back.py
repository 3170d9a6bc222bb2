"""remove --all-ours leaves the server as it was; adopt takes over what exists; release lets go."""

from journeys_town import THREE, Town, row

from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.service import Service


def picture(town: Town) -> object:
    """What the service account has on the server, as far as it could be ours."""
    world = town.sandbox.world
    return (
        sorted(world.teams.all),
        sorted(world.team_folders.all) if hasattr(world.team_folders, "all") else None,
        sorted(each.path for each in _server(town).files.list("/Digitalnetzwerk Planung")),
        sorted(each.uri for each in _server(town).calendars.calendars()),
        sorted(each.name for each in _server(town).rooms.rooms()),
        [each.name for each in _server(town).folders.folders()],
    )


def _server(town: Town) -> object:
    with open_service(town.config, environment=town.environment, clock=town.now) as service:
        return service.server


def remove(town: Town) -> Run:
    def work(service: Service) -> Run:
        return service.carry_out(service.plan_removal())

    return town._do(work)


def test_the_way_back_leaves_the_server_as_it_was(whole_town: Town) -> None:
    before = picture(whole_town)
    assert whole_town.apply().code == 0
    assert picture(whole_town) != before
    assert remove(whole_town).code == 0
    assert picture(whole_town) == before
    assert whole_town.titles() == []


def test_what_a_person_edited_stays_and_is_listed(town: Town) -> None:
    town.apply()
    with open_service(town.config, environment=town.environment, clock=town.now) as service:
        target = service.server.calendars
        (calendar,) = [each for each in target.calendars() if each.uri == "dnw-schulungen"]
        href, etag = target.changes(calendar.href, "").changed[0]
        (item,) = target.objects(calendar.href, [href])
        target.put(href, item.data.replace(b"LOCATION:Kreishaus", b"LOCATION:Raum 12"), if_match=etag)
    run = remove(town)
    assert [problem.code for problem in run.problems] == ["stays"]
    with open_service(town.config, environment=town.environment, clock=town.now) as service:
        target = service.server.calendars
        (calendar,) = [each for each in target.calendars() if each.uri == "dnw-schulungen"]
        assert len(target.changes(calendar.href, "").changed) == 1


def test_after_the_way_back_everything_can_be_made_again(whole_town: Town) -> None:
    whole_town.apply()
    remove(whole_town)
    run = whole_town.apply()
    assert [problem.line("en") for problem in run.problems] == []
    assert whole_town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


def test_a_calendar_that_was_released_stays_and_is_nobodys(town: Town) -> None:
    town.apply()
    released = town._do(lambda service: service.carry_out(service.plan_release("calendar:schulungen")))
    assert released.code == 0
    town.save([row(1, "OZG Grundlagen", start="11:00"), *THREE[1:]])
    run = town.apply()
    assert "name_taken" in {problem.code for problem in run.problems}
    assert len(town.titles()) == 3


def test_a_foreign_calendar_of_the_wanted_name_is_taken_over_when_somebody_says_so(town: Town) -> None:
    town.apply()
    town._do(lambda service: service.carry_out(service.plan_release("calendar:schulungen")))
    adopted = town._do(lambda service: service.carry_out(service.plan_adoption("calendar:schulungen")))
    assert adopted.code == 0
    town.save([row(1, "OZG neu"), *THREE[1:]])
    assert town.apply().code == 0
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG neu"]


def test_a_foreign_entry_becomes_that_of_its_training_when_somebody_says_so(town: Town) -> None:
    town.save(THREE[1:])
    town.apply()
    with open_service(town.config, environment=town.environment, clock=town.now) as service:
        target = service.server.calendars
        (calendar,) = [each for each in target.calendars() if each.uri == "dnw-schulungen"]
        day = THREE[0][4]
        text = (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//von Hand//DE\r\nBEGIN:VEVENT\r\nUID:von-hand\r\n"
            f"DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T090000\r\n"
            f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T120000\r\nSUMMARY:OZG Grundlagen\r\nLOCATION:Kreishaus\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        target.put(f"{calendar.href}von-hand.ics", text.encode(), if_match="")
    adopted = town._do(lambda service: service.carry_out(service.plan_adoption("calendar:schulungen", "von-hand")))
    assert adopted.code == 0
    town.save(THREE)
    assert town.apply().code == 0
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
