"""Logging in and being sure whom one speaks to: one wrong password is one attempt, a doubtful certificate is an error."""

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_tls import CERTIFICATE, encrypted
from journeys_town import THREE, Town, row

from plugin.render.text import text

THREE_TITLES = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
WRONG = {"NEXTCLOUD_PASSWORD": "falsch"}


def refused(town: Town, since: int) -> list[int]:
    """Statuses of everything that reached the server."""
    return [int(each.status) for each in town.sandbox.requests[since:]]


def say(town: Town, *words: str, environment: dict[str, str] | None = None) -> Said:
    return digitalnetzwerk("-c", str(town.config), *words, environment=environment or town.environment)


@pytest.mark.parametrize("first", ["apply", "plan"])
def test_a_wrong_password_is_tried_once_and_never_again(whole_town: Town, first: str) -> None:
    before = whole_town.mark()
    said = say(whole_town, first, environment=WRONG)
    assert refused(whole_town, before) == [401]
    assert said.code == 4
    assert "Nextcloud hat die Anmeldung von „digitalnetzwerk“ abgelehnt" in said.err
    assert "Prüfen Sie Benutzername und App-Passwort" in said.err
    assert "falsch" not in said.err + said.out
    before = whole_town.mark()
    for words in (("apply",), ("plan",), ("apply", "--verify")):
        again = say(whole_town, *words, environment=WRONG)
        assert again.code == 4
        assert "wird deshalb nicht noch einmal gefragt" in again.err
    assert refused(whole_town, before) == []


def test_another_password_is_another_attempt(town: Town) -> None:
    say(town, "apply", environment=WRONG)
    before = town.mark()
    say(town, "apply", environment={"NEXTCLOUD_PASSWORD": "auch falsch"})
    assert refused(town, before) == [401]
    assert say(town, "apply").code == 0
    assert town.titles() == THREE_TITLES


def test_a_password_that_stops_working_ends_the_run_at_the_first_refusal(town: Town) -> None:
    town.apply()
    town.save([*THREE, row(4, "Vergaberecht")])
    account = town.sandbox.world.accounts
    before = town.mark()
    account.set_password("digitalnetzwerk", "ganz-neu-und-lang")
    assert say(town, "apply").code == 4
    assert refused(town, before) == [401]
    assert say(town, "apply", environment={"NEXTCLOUD_PASSWORD": "ganz-neu-und-lang"}).code == 0
    assert "Vergaberecht" in town.titles()


def test_a_person_who_asks_gets_another_attempt(town: Town) -> None:
    say(town, "apply", environment=WRONG)
    before = town.mark()
    assert say(town, "check", "--online", environment=WRONG).code != 0
    assert refused(town, before) == [401]


def test_a_certificate_that_nobody_vouches_for_is_an_error(town: Town) -> None:
    before = town.mark()
    with encrypted(town.sandbox.url) as url:
        town.swap(town.sandbox.url, url)
        said = say(town, "apply")
        shown = say(town, "apply", "--json").document
    assert said.code == 4
    assert "Die verschlüsselte Verbindung lässt sich nicht prüfen" in said.err
    assert "nextcloud.ca_file" in said.err
    assert [each["code"] for each in shown["problems"]] == ["insecure_transport"]
    assert refused(town, before) == []


def test_with_the_data_centres_certificate_everything_works(town: Town) -> None:
    with encrypted(town.sandbox.url) as url:
        town.swap(f"url: {town.sandbox.url}", f"url: {url}\n  ca_file: {CERTIFICATE}")
        run = town.apply()
    assert run.code == 0
    assert not [each for each in run.problems if each.code.startswith("warning")]
    assert town.titles() == THREE_TITLES


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_turning_the_check_off_is_said_loudly_in_every_run(town: Town) -> None:
    with encrypted(town.sandbox.url) as url:
        town.swap(f"url: {town.sandbox.url}", f"url: {url}\n  verify: false")
        for run in (town.plan(), town.apply(), town.plan()):
            assert run.code in (0, 10)
            assert "ACHTUNG: Zertifikate werden nicht geprüft" in text(run, "de")
        assert "ACHTUNG: Zertifikate werden nicht geprüft" in say(town, "check").out
    assert town.titles() == THREE_TITLES
