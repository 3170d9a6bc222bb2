"""What a Prometheus reads, who may, and that alerts and dashboard ask for nothing that isn't there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from journeys_town import STAFF, THREE, Town, row
from prometheus_client.parser import text_string_to_metric_families
from web_office import AT, Office

from plugin.running import Running
from plugin.web.app import create_app

DEPLOY = Path(__file__).parents[2] / "deploy"
TOKEN = "zeig-mir-die-zahlen"
NAME = re.compile(r"\b(?:digitalnetzwerk|process|python)_[a-z_]+\b")
WORDS = {"sum", "by", "time", "rate", "increase", "histogram_quantile", "or", "up"}

Figures = dict[str, list[tuple[dict[str, str], float]]]


@pytest.fixture
def watched(office: Office) -> Iterator[Office]:
    """The office with a token for a Prometheus."""
    office.town.swap("service:\n", "service:\n  metrics_token: env:METRICS\n")
    running = Running(
        office.town.config, environment={**office.running.environment, "METRICS": TOKEN}, clock=office.town.now
    )
    yield Office(office.town, create_app(running), running)
    running.state.engine.dispose()


def figures(office: Office) -> Figures:
    answer = office.app.test_client().get("/metrics", base_url=AT, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    found: Figures = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


def value(found: Figures, name: str, **labels: str) -> float:
    return next(number for told, number in found[name] if labels.items() <= told.items())


def test_without_a_token_in_the_configuration_there_is_no_such_page(office: Office) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert office.app.test_client().get("/metrics", base_url=AT, headers=headers).status_code == 404


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer zeig-mir-die-zählen"]
)
def test_who_does_not_show_it_finds_nothing(watched: Office, shown: str) -> None:
    client = watched.app.test_client()
    assert client.get("/metrics", base_url=AT, headers={"Authorization": shown}).status_code == 404


def test_not_even_an_administrator_reads_them_in_a_browser(watched: Office) -> None:
    assert watched.person("erika.kreis").get("/metrics").status_code == 404


def test_a_token_that_is_not_there_opens_to_nobody(office: Office) -> None:
    office.town.swap("service:\n", "service:\n  metrics_token: env:NOWHERE\n")
    running = Running(office.town.config, environment=office.running.environment, clock=office.town.now)
    answer = create_app(running).test_client().get("/metrics", base_url=AT, headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


def test_runs_changes_and_requests_are_counted_over_processes(watched: Office) -> None:
    before = figures(watched)
    assert value(before, "digitalnetzwerk_runs_total", command="apply", exit_code="0") == 1
    created = value(before, "digitalnetzwerk_changes_total", action="create", outcome="done")
    town = watched.town
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(minutes=20)
    town.sandbox.fail_next("PUT", r"\.ics$", 503, 1)
    town.apply()  # by another process
    town.sandbox.fail_next("PROPFIND", ".*", 503, 100)
    with pytest.raises(Exception, match="503"):
        town.apply()
    after = figures(watched)
    assert value(after, "digitalnetzwerk_runs_total", command="apply", exit_code="1") == 2
    assert value(after, "digitalnetzwerk_changes_total", action="create", outcome="deferred") == 1
    assert value(after, "digitalnetzwerk_changes_total", action="create", outcome="done") == created
    assert value(after, "digitalnetzwerk_nextcloud_requests_total", method="PUT") > value(
        before, "digitalnetzwerk_nextcloud_requests_total", method="PUT"
    )
    assert value(after, "digitalnetzwerk_connector_waiting", connector="plan") == 1


def test_connectors_and_scopes_are_as_the_status_says(watched: Office) -> None:
    found = figures(watched)
    plan = next(each for each in watched.town.status().freshness if each.connector == "plan")
    assert plan.as_of is not None
    assert value(found, "digitalnetzwerk_connector_interval_seconds", connector="plan") == 900
    assert value(found, "digitalnetzwerk_connector_target_seconds", connector="plan") == plan.target.total_seconds()
    assert value(found, "digitalnetzwerk_connector_as_of_timestamp_seconds", connector="plan") == plan.as_of.timestamp()
    assert value(found, "digitalnetzwerk_connector_items", connector="plan") == 3
    assert value(found, "digitalnetzwerk_scopes", kind="calendar", state="stopped") == 0
    assert value(found, "digitalnetzwerk_config_broken") == 0
    watched.town.save([row(each[0], each[2], status="Entwurf") for each in THREE])
    watched.town.wait(minutes=20)
    watched.town.apply()
    watched.town.config.write_text("calendar: {}\n")
    watched.running.reload()
    found = figures(watched)
    assert value(found, "digitalnetzwerk_config_broken") == 1
    assert value(found, "digitalnetzwerk_last_run_exit_code") == 3
    assert value(found, "digitalnetzwerk_scopes", kind="calendar", state="stopped") == 1


def test_pages_are_counted_by_endpoint_and_never_by_path(watched: Office) -> None:
    browser = watched.person("anna.brakel")
    for path in ("/", "/", "/gibt/es/nicht", "/schulung/unbekannt"):
        browser.get(path)
    found = figures(watched)
    assert value(found, "digitalnetzwerk_http_requests_total", endpoint="trainings.overview", status="200") == 2
    assert value(found, "digitalnetzwerk_http_requests_total", endpoint="unknown", status="404") == 1
    assert value(found, "digitalnetzwerk_http_request_seconds_count", endpoint="trainings.one") == 1
    told = repr(found)
    assert not any(account in told for group in STAFF.values() for account in group)
    assert "gibt" not in told and "unbekannt" not in told and "OZG" not in told


def test_figures_of_this_process_are_there(watched: Office) -> None:
    found = figures(watched)
    assert value(found, "process_resident_memory_bytes") > 0
    assert value(found, "process_open_fds") > 0


def expressions() -> Iterator[tuple[str, str]]:
    for group in yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text())["groups"]:
        yield from ((rule["alert"], rule["expr"]) for rule in group["rules"])
    for panel in json.loads((DEPLOY / "grafana-dashboard.json").read_text())["panels"]:
        yield from ((panel["title"], target["expr"]) for target in panel["targets"])


def test_alerts_and_dashboard_ask_for_what_is_there(watched: Office) -> None:
    town = watched.town
    town.save([*THREE, row(4, "Vergaberecht")])
    town.wait(minutes=20)
    town.apply()
    watched.browser().get("/healthz")
    found = figures(watched)
    for title, expression in expressions():
        asked = NAME.findall(expression)
        assert asked or expression.startswith("up{"), title
        for name in asked:
            assert name in found, (title, name)


def test_the_check_of_names_would_notice_one_that_is_not_there(watched: Office) -> None:
    assert set(NAME.findall("sum(rate(digitalnetzwerk_gone_total[5m]))")) - figures(watched).keys()


def test_every_expression_is_well_formed() -> None:
    for title, expression in expressions():
        depth = 0
        for sign in re.sub(r'"[^"]*"', "", expression):
            depth += (sign in "([{") - (sign in ")]}")
            assert depth >= 0, title
        assert depth == 0, title
        plain = re.sub(r'\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)|"[^"]*"', " ", expression)
        words = set(re.findall(r"[a-z_]+", plain)) - set(NAME.findall(plain))
        assert words <= WORDS, (title, words - WORDS)


def test_labels_that_alerts_choose_by_exist(watched: Office) -> None:
    watched.browser().get("/healthz")
    found = figures(watched)
    for title, expression in expressions():
        for name, chosen in re.findall(r"(digitalnetzwerk_[a-z_]+)\{([a-z_]+)=", expression):
            assert all(chosen in labels for labels, _ in found[name]), (title, name, chosen)


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    rules = yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text())["groups"][0]["rules"]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert {"summary", "description", "remedy"} <= rule["annotations"].keys(), rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning", "info")


def test_a_town_without_pages_asked_yet_has_figures(town: Town) -> None:
    town.swap("service:\n", "service:\n  metrics_token: env:METRICS\n")
    running = Running(town.config, environment={**town.environment, "METRICS": TOKEN}, clock=town.now)
    found = figures(Office(town, create_app(running), running))
    assert value(found, "digitalnetzwerk_connector_interval_seconds", connector="plan") == 900
    assert "digitalnetzwerk_last_run_timestamp_seconds" not in found
    running.state.engine.dispose()
