"""What the service writes into its log during a whole day, and what never stands there."""

import json
from pathlib import Path

import requests
from journeys_feed import Feed, with_feed
from journeys_service import eventually, service
from journeys_town import STAFF, Town


def events(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_each_line_is_an_event_and_none_holds_a_secret_or_a_person(whole_town: Town, feed: Feed) -> None:
    town = with_feed(whole_town, feed)
    secret_url = f"{feed.url}?token=geheimer-schluessel"
    town.swap(feed.url, secret_url)
    feed.says(b"", 503)
    town.sandbox.fail_next("PUT", r"\.ics$", 507, 1)
    with service(town) as served:
        assert eventually(lambda: served.says("run ended"))
        requests.get(f"{served.url}/login/back?code=geheimer-code&state=x", timeout=5, headers={"X-Request-Id": "r-1"})
        cookies = {"dnw_session": "geheimer-keks"}
        requests.get(f"{served.url}/", timeout=5, cookies=cookies, headers={"Authorization": "Bearer geheimes-wort"})
        town.config.write_text(town.config.read_text().replace("name: Schulungen", "name: Fortbildung"))
        assert eventually(lambda: len(town.titles(calendar="Fortbildung")) == 3)
        assert eventually(lambda: served.says("the configuration was read again"))
    found = events(served.log)
    assert all({"time", "level", "logger", "message"} <= each.keys() for each in found)
    by_message = {str(each["message"]): each for each in found}
    assert by_message["source could not be read"]["connector"] == "kurse"
    left = by_message["change failed"]
    assert (left["run"], left["scope"], left["action"], left["kind"]) == ("1", "calendar:schulungen", "create", "entry")
    assert by_message["run ended"]["exit_code"] in (0, 1)
    assert [each["endpoint"] for each in found if each.get("request") == "r-1"] == ["login.returned"]
    told = served.log.read_text()
    accounts = [account for group in STAFF.values() for account in group]
    for hidden in (*town.environment.values(), "geheim", "Bearer", *accounts, "@probe.example"):
        assert hidden not in told, hidden


def test_with_one_line_of_yaml_the_log_is_plain(town: Town) -> None:
    town.swap("service:\n", "service:\n  logs: plain\n")
    with service(town) as served:
        assert eventually(lambda: served.says("info plugin.logs: run ended [run=1 command=apply exit_code=0"))
    assert "{" not in served.log.read_text()
