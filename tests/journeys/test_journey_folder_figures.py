"""How full folders are and when something in them was changed: read once per verifying run, told by status. Never who."""

import re
from datetime import timedelta

from journeys_cli import digitalnetzwerk
from journeys_town import TODAY, Town


def status(town: Town, *words: str) -> str:
    said = digitalnetzwerk("-c", str(town.config), "status", *words, environment=town.environment)
    assert said.code == 0, said.err
    return said.out


def rows(town: Town) -> dict[str, dict[str, object]]:
    said = digitalnetzwerk("-c", str(town.config), "status", "--json", environment=town.environment)
    return {each["scope"]: each for each in said.document["folders"]}


def used(town: Town) -> None:
    assert town.apply().code == 0
    town.as_staff("anna.brakel").files.write("/Presse/02 Entwürfe/Entwurf.bin", b"x" * 2048)


def test_status_tells_size_quota_and_last_change(whole_town: Town) -> None:
    used(whole_town)
    assert rows(whole_town) == {}
    whole_town.wait(hours=2)
    whole_town.apply()
    found = rows(whole_town)
    assert set(found) == {"exchange_group:ozg", "project:presse"}
    press = found["project:presse"]
    assert press["size"] > 2048 and press["quota"] == 5 * 1024**3
    assert str(press["changed_at"])[:10] in (str(TODAY), str(TODAY - timedelta(days=1)))
    assert re.search(r"  Presse: [0-9,]+ KB von 5 GB, zuletzt geändert [0-9.]{10}", status(whole_town))
    assert "Presse: " in status(whole_town, "--language", "en")


def test_a_change_deep_inside_is_seen_and_nobody_is_named(whole_town: Town) -> None:
    used(whole_town)
    whole_town.apply(verify=True)
    before = rows(whole_town)
    whole_town.wait(hours=3)
    whole_town.as_staff("anna.brakel").files.write("/Presse/02 Entwürfe/Neu.md", b"x")
    whole_town.apply(verify=True)
    after = rows(whole_town)
    assert after["project:presse"]["changed_at"] > before["project:presse"]["changed_at"]
    assert after["exchange_group:ozg"]["changed_at"] == before["exchange_group:ozg"]["changed_at"]
    assert "anna" not in str(after)


def test_it_costs_one_request_in_a_verifying_run_and_none_in_others(whole_town: Town) -> None:
    used(whole_town)
    whole_town.apply(verify=True)

    def looks_at_home(since: int) -> int:
        homes = ("/remote.php/dav/files/digitalnetzwerk", "/remote.php/dav/files/digitalnetzwerk/")
        return sum(each.method == "PROPFIND" and each.path in homes for each in whole_town.sandbox.requests[since:])

    mark = whole_town.mark()
    whole_town.apply()
    assert looks_at_home(mark) == 0
    mark = whole_town.mark()
    whole_town.apply(verify=True)
    assert looks_at_home(mark) == 1
