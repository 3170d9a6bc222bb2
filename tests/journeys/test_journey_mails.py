"""Whoever is responsible hears of a problem once a day, and once when it is over; never twice, and never too early."""

import pytest
from journeys_cli import digitalnetzwerk
from journeys_feed import Feed, with_feed
from journeys_mail import MailHouse, mail_house
from journeys_town import THREE, Town, row
from sqlalchemy import text

from plugin.jobs.rounds import Rounds
from plugin.running import Running

__all__ = ["mail_house"]

OFFICE = "buero@probe.example"


def with_mail(town: Town, house: MailHouse) -> Rounds:
    mail = f"  mail: {{server: 127.0.0.1, port: {house.port}, security: none, from: netz@probe.example}}\n"
    town.swap("service:\n", f"service:\n{mail}")
    rounds = Rounds(Running(town.config, environment=town.environment, clock=town.now))
    rounds.begin()
    return rounds


def subjects(house: MailHouse, to: str = OFFICE) -> list[str]:
    return [str(each["Subject"]) for each in house.to(to)]


def day_by_day(town: Town, rounds: Rounds, days: int) -> None:
    for _ in range(days * 6):
        town.wait(hours=4)
        rounds.go()


def test_a_row_that_asks_is_told_when_it_has_asked_for_an_hour_then_daily_then_that_it_is_over(
    town: Town, mail_house: MailHouse
) -> None:
    rounds = with_mail(town, mail_house)
    town.save([*THREE, row(4, "Ohne Datum", day="am Sankt-Nimmerleins-Tag")])  # type: ignore[arg-type]
    rounds.go()
    assert mail_house.arrived == []
    town.wait(hours=1, minutes=1)
    rounds.go()
    assert subjects(mail_house) == ["Probenetz: 1 Problem"]
    said = mail_house.arrived[0].get_content()
    assert "Nimmerleins" in said and "→" in said and "Geschäftsstelle" in said
    assert mail_house.arrived[0]["Auto-Submitted"] == "auto-generated"
    day_by_day(town, rounds, 2)
    assert subjects(mail_house) == ["Probenetz: 1 Problem"] * 3
    town.save([*THREE, row(4, "Mit Datum")])
    day_by_day(town, rounds, 2)
    assert subjects(mail_house)[3:] == ["Probenetz: 1 behoben"]


def test_an_outage_of_minutes_is_nobodys_business(town: Town, mail_house: MailHouse, feed: Feed) -> None:
    with_feed(town, feed)
    rounds = with_mail(town, mail_house)
    rounds.go()
    feed.status = 503
    town.wait(hours=1, minutes=1)
    rounds.go()
    feed.status = 200
    day_by_day(town, rounds, 1)
    assert mail_house.arrived == []


def test_what_only_a_person_mends_is_told_at_once(town: Town, mail_house: MailHouse) -> None:
    rounds = with_mail(town, mail_house)
    rounds.go()
    town.swap("share: {administrations: all}", "share: {administrations: [kreis]}")
    rounds._running.reload()
    rounds.follow_settings()
    rounds.go()
    assert "calendar:schulungen" in mail_house.to(OFFICE)[0].get_content()


def test_a_refused_login_is_told_at_once_and_once_a_day(town: Town, mail_house: MailHouse) -> None:
    rounds = with_mail(town, mail_house)
    rounds.go()
    running = Running(town.config, environment={**town.environment, "NEXTCLOUD_PASSWORD": "falsch"}, clock=town.now)
    broken = Rounds(running)
    town.wait(hours=1, minutes=1)
    for _ in range(3):
        broken.go()
        town.wait(minutes=20)
    assert subjects(mail_house) == ["Probenetz: 1 Problem"]


def test_a_broken_configuration_is_told_and_where(town: Town, mail_house: MailHouse) -> None:
    rounds = with_mail(town, mail_house)
    rounds.go()
    whole = town.config.read_text()
    town.config.write_text(whole.replace("    name: Schulungen\n", "    nahme: Schulungen\n"))
    assert not rounds._running.reload()
    town.wait(hours=1)
    rounds.go()
    (letter,) = mail_house.to(OFFICE)
    assert "netz.yaml:" in letter.get_content() and "nahme" in letter.get_content()
    town.config.write_text(whole)
    assert rounds._running.reload()
    day_by_day(town, rounds, 1)
    assert subjects(mail_house)[1:] == ["Probenetz: 1 behoben"]


def test_a_towns_own_connector_is_its_own_affair(town: Town, mail_house: MailHouse) -> None:
    own = town.config.with_name("brakel") / "brakel.yaml"
    own.parent.mkdir()
    own.write_text(
        "connectors:\n  kurse-brakel: {type: ics, location: fehlt.ics, every: 1 hour}\n"
        "calendars:\n  brakel: {name: Brakel, from: [kurse-brakel], share: {administrations: [brakel]}}\n"
    )
    town.swap("network:\n", "include: [{file: brakel/brakel.yaml, administration: brakel}]\nnetwork:\n")
    town.swap("name: Stadt Brakel,", "name: Stadt Brakel, contacts: {it: it@brakel.example},")
    rounds = with_mail(town, mail_house)
    day_by_day(town, rounds, 1)
    assert subjects(mail_house, "it@brakel.example") == ["Probenetz: 1 Problem"]
    assert subjects(mail_house) == []


def test_a_mail_that_nobody_took_is_sent_later_and_once(town: Town, mail_house: MailHouse) -> None:
    rounds = with_mail(town, mail_house)
    town.save([*THREE, row(4, "Ohne Datum", day="irgendwann")])  # type: ignore[arg-type]
    mail_house.closed = True
    rounds.go()
    for _ in range(3):
        town.wait(hours=1)
        rounds.go()
    assert mail_house.arrived == []
    mail_house.closed = False
    for _ in range(3):
        town.wait(hours=1)
        rounds.go()
    assert subjects(mail_house) == ["Probenetz: 1 Problem"]


def test_an_address_that_nobody_knows_costs_no_round(town: Town, mail_house: MailHouse) -> None:
    rounds = with_mail(town, mail_house)
    mail_house.refusing = {OFFICE}
    town.save([*THREE, row(4, "Ohne Datum", day="irgendwann")])  # type: ignore[arg-type]
    rounds.go()
    town.wait(hours=2)
    run = rounds.go()
    assert run is not None and run.code == 0


def test_above_the_budget_everything_waits(town: Town, mail_house: MailHouse) -> None:
    town.swap("service:\n", "limits: {mails: {per_hour: 0}}\nservice:\n")
    rounds = with_mail(town, mail_house)
    town.save([*THREE, row(4, "Ohne Datum", day="irgendwann")])  # type: ignore[arg-type]
    rounds.go()
    town.wait(hours=2)
    rounds.go()
    assert mail_house.arrived == []
    with rounds._running.state.engine.connect() as connection:
        assert connection.execute(text("select told_at from concerns")).all() == [("",)]


def test_in_preview_nobody_is_told_anything(town: Town, mail_house: MailHouse) -> None:
    rounds = with_mail(town, mail_house)
    town.swap("mode: live", "mode: preview")
    rounds._running.reload()
    town.save([*THREE, row(4, "Ohne Datum", day="irgendwann")])  # type: ignore[arg-type]
    for _ in range(3):
        town.wait(hours=1)
        rounds.go()
    assert mail_house.arrived == []


@pytest.mark.parametrize("title", ["Zeile\r\nBcc: boese@probe.example", "<b>fett</b>", "\u202eumgedreht"])
def test_what_a_source_writes_is_text_and_nothing_else(town: Town, mail_house: MailHouse, title: str) -> None:
    rounds = with_mail(town, mail_house)
    town.save([*THREE, row(4, title, day=title)])  # type: ignore[arg-type]
    rounds.go()
    town.wait(hours=2)
    rounds.go()
    (letter,) = mail_house.arrived
    assert letter["Bcc"] is None
    assert letter.get_content_type() == "text/plain"
    assert not any(line.startswith("Bcc") for line in letter.get_content().splitlines())


def test_check_online_tries_the_mail_server_and_sends_nothing(town: Town, mail_house: MailHouse) -> None:
    with_mail(town, mail_house)
    asked = ("-c", str(town.config), "--json", "check", "--online")
    found = {
        each["right"]: each["ok"] for each in digitalnetzwerk(*asked, environment=town.environment).document["probes"]
    }
    assert found["mail_server"] is True
    town.swap(f"port: {mail_house.port}", "port: 9")
    found = {
        each["right"]: each["ok"] for each in digitalnetzwerk(*asked, environment=town.environment).document["probes"]
    }
    assert found["mail_server"] is False
    assert mail_house.arrived == []
