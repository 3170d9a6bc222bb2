"""What is allowed but seldom meant is said, and keeps nobody from working."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from network.settings import load

BASE = """\
network: {id: kreis, name: Netzwerk Kreis, timezone: Europe/Berlin, contact: {name: Büro, mail: b@kreis.example}}
nextcloud: {url: https://cloud.kreis.example, username: dienst, password: env:NEXTCLOUD_PASSWORD}
administrations:
  brakel: {name: Stadt Brakel, group: brakel}
  warburg: {name: Stadt Warburg, group: warburg}
connectors:
  plan: {type: table, location: plan.csv, columns: {key: Nr., title: Titel, status: Status, tags: Themen}}
exchange_groups:
  ak-it: {name: Arbeitskreis IT, lead: [erika, max], members: {people: [moritz]}}
"""
CALENDAR = "calendars:\n  schulungen: {name: Schulungen, from: [plan], share: {administrations: all}WHERE}\n"


def codes(folder: Path, text: str, base: str = BASE) -> list[str]:
    path = folder / "network.yaml"
    path.write_text(base + text, encoding="utf-8")
    return [warning.code for warning in load(path, today=date(2026, 11, 22)).warnings]


def second(share: str, where: str, first: str = "") -> str:
    other = f"  zweiter: {{name: Zweiter, from: [plan], share: {share}, where: {where}}}\n"
    return CALENDAR.replace("WHERE", first) + other


def test_a_plain_configuration_gives_no_advice(tmp_path: Path) -> None:
    assert codes(tmp_path, CALENDAR.replace("WHERE", "")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("projects: {p: {name: Projekt, access: {manage: {administrations: [brakel]}}}}", "warning_managed_by_all"),
        ('projects: {p: {name: Projekt, folders: {"{administration}": {manage: own}}}}', "warning_managed_by_all"),
        ("projects: {p: {name: Projekt, access: {comment: {people: [a]}}}}", "warning_comment_is_read"),
        ("projects: {p: {name: Projekt, until: 2026-11-21}}", "warning_over"),
        ("projects: {p: {name: Presse u. a.}}", "warning_not_on_windows"),
        ("projects: {p: {name: 'Presse: Fragen?'}}", "warning_not_on_windows"),
        ("roles: {network_admins: {people: [max]}}", "warning_single_admin"),
        ("trainings: {defaults: {seats: 12}}", "warning_level_4"),
        ("service: {mail: {server: s.example, from: a@kreis.example, security: none}}", "warning_not_encrypted"),
        ("service: {exapp: {secret: env:X, address: 'http://dienst.kreis.example:8080'}}", "warning_not_encrypted"),
    ],
)
def test_it_is_mentioned(tmp_path: Path, text: str, code: str) -> None:
    assert code in codes(tmp_path, CALENDAR.replace("WHERE", "") + text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "projects: {p: {name: Projekt, access: {manage: {exchange_groups: [ak-it]}}}}",
        "projects: {p: {name: Projekt, access: {manage: {administrations: [brakel], people: [max]}}}}",
        "projects: {p: {name: Projekt, until: 2026-11-22}}",
        "limits: {mails: {per_hour: 5}}",
        "service: {exapp: {secret: env:X, address: 'http://10.0.0.5:8080'}}",
        "service: {exapp: {secret: env:X, address: 'http://dienst:8080'}}",
        "service: {exapp: {secret: env:X, address: 'https://dienst.kreis.example'}}",
    ],
)
def test_its_harmless_neighbour_is_not(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, CALENDAR.replace("WHERE", "") + text + "\n") == []


def test_two_admins_are_enough(tmp_path: Path) -> None:
    text = CALENDAR.replace("WHERE", "") + "roles: {network_admins: {people: [max, erika]}}\n"
    assert codes(tmp_path, text) == []


@pytest.mark.parametrize(
    ("replaced", "by", "code"),
    [
        ("username: dienst", "username: dienst, verify: false", "warning_tls_not_verified"),
        ("url: https://cloud", "allow_http: true, url: http://cloud", "warning_not_encrypted"),
        ("status: Status, ", "", "warning_no_status_column"),
        ("location: plan.csv", "location: plan.csv, notes: true", "warning_notes_nowhere"),
        ("location: plan.csv", "location: plan.csv, missing: {after: 1 hour}", "warning_missing_soon"),
        ("members: {people: [moritz]}", "members: {topic: it}", "warning_topic_not_delivered"),
        ("group: brakel", "group: brakel, external: false", "warning_no_people_list"),
    ],
)
def test_it_is_mentioned_where_it_is_written(tmp_path: Path, replaced: str, by: str, code: str) -> None:
    assert replaced in BASE
    base = BASE.replace(replaced, by)
    assert codes(tmp_path, CALENDAR.replace("WHERE", ""), base) == [code]


def test_a_connector_that_no_calendar_uses_is_mentioned(tmp_path: Path) -> None:
    assert codes(tmp_path, "") == ["warning_connector_not_used"]


def test_a_calendar_that_nobody_sees_is_mentioned(tmp_path: Path) -> None:
    assert codes(tmp_path, "calendars: {k: {name: K, from: [plan]}}\n") == ["warning_shared_with_nobody"]


def test_a_tag_that_no_column_delivers_is_mentioned(tmp_path: Path) -> None:
    text = CALENDAR.replace("WHERE", ", where: {tags: [ozg]}")
    assert codes(tmp_path, text) == []
    assert codes(tmp_path, text, BASE.replace(", tags: Themen", "")) == ["warning_tag_not_delivered"]


def test_a_topic_that_a_people_list_delivers_is_fine(tmp_path: Path) -> None:
    people = "  leute: {type: table, provides: people, location: l.csv, columns: {account: Konto, topics: Themen}}\n"
    base = BASE.replace("exchange_groups:", people + "exchange_groups:").replace("people: [moritz]", "topic: it")
    assert codes(tmp_path, CALENDAR.replace("WHERE", ""), base) == []


@pytest.mark.parametrize(
    ("share", "where", "first", "twice"),
    [
        ("{administrations: [brakel]}", "{}", "", True),
        ("{exchange_groups: [ak-it]}", "{tags: [it]}", "", True),
        ("{exchange_groups: [ak-it]}", "{tags: [IT]}", ", where: {not_tags: [it, ozg]}", False),
        ("{exchange_groups: [ak-it]}", "{tags: [it, akte]}", ", where: {not_tags: [it]}", True),
        ("{people: [max]}", "{not_tags: [it]}", ", where: {tags: [it]}", False),
    ],
)
def test_two_calendars_with_one_training(tmp_path: Path, share: str, where: str, first: str, twice: bool) -> None:
    assert codes(tmp_path, second(share, where, first)) == (["warning_seen_twice"] if twice else [])


def test_two_calendars_for_different_towns_are_fine(tmp_path: Path) -> None:
    text = second("{administrations: [warburg]}", "{}").replace("administrations: all", "administrations: [brakel]")
    assert codes(tmp_path, text) == []


def test_more_than_eight_calendars_are_mentioned_once(tmp_path: Path) -> None:
    def calendars(number: int) -> str:
        return "calendars:\n" + "".join(
            f"  k{one}: {{name: K{one}, from: [plan], share: {{administrations: all}}, where: {{tags: [t{one}],"
            f" not_tags: [{', '.join(f't{other}' for other in range(number) if other != one)}]}}}}\n"
            for one in range(number)
        )

    assert codes(tmp_path, calendars(8)) == []
    assert codes(tmp_path, calendars(9)) == ["warning_many_calendars"]
    with_meetings = BASE.replace(
        "lead: [erika, max]", "lead: [erika, max], meetings: {every: first monday, at: 9 Uhr, length: 1 h}"
    )
    assert codes(tmp_path, calendars(8), with_meetings) == ["warning_many_calendars"]


def test_meetings_that_skip_holidays_nobody_has_written_are_mentioned(tmp_path: Path) -> None:
    meetings = "lead: [max], skip: [school_holidays], meetings: {every: first monday, at: 9 Uhr, length: 1 h}"
    base = BASE.replace("lead: [erika, max]", meetings)
    holidays = "school_holidays: [{name: Herbst, from: 2026-10-10, to: %s}]\n"
    text = CALENDAR.replace("WHERE", "")
    assert codes(tmp_path, text, base) == ["warning_no_school_holidays"]
    assert codes(tmp_path, text + holidays % "2026-11-21", base) == ["warning_no_school_holidays"]
    assert codes(tmp_path, text + holidays % "2026-11-22", base) == []


def test_meetings_that_skip_public_holidays_of_no_state_are_mentioned(tmp_path: Path) -> None:
    meetings = "lead: [max], skip: [public_holidays], meetings: {every: first monday, at: 9 Uhr, length: 1 h}"
    base, text = BASE.replace("lead: [erika, max]", meetings), CALENDAR.replace("WHERE", "")
    assert codes(tmp_path, text, base) == ["warning_no_state"]
    assert codes(tmp_path, text, base.replace("timezone:", "state: NW, timezone:")) == []


def test_a_warning_has_a_place_and_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "network.yaml"
    path.write_text(BASE.replace("username: dienst", "username: dienst, verify: no"), encoding="utf-8")
    warning = load(path, today=date(2026, 11, 22)).warnings[0]
    assert warning.where == "network.yaml:2"
    assert warning.line("de").startswith("network.yaml:2: nextcloud.verify: ACHTUNG")
    assert warning.line("en").startswith("network.yaml:2: nextcloud.verify: ATTENTION")


BOTH_WAYS = BASE.replace(
    "  plan:", "  planung: {type: nextcloud-calendar, calendar: erika/planung, mode: two-way}\n  plan:"
)


def test_a_calendar_that_goes_both_ways_and_that_nobody_may_edit_is_mentioned(tmp_path: Path) -> None:
    kurse = CALENDAR.replace("WHERE", "") + "  kurse: {name: Kurse, from: [planung], share: {people: [max]}EDIT}\n"
    assert codes(tmp_path, kurse.replace("EDIT", ""), BOTH_WAYS) == ["warning_two_way_without_editors"]
    assert codes(tmp_path, kurse.replace("EDIT", ", edit: {people: [erika]}"), BOTH_WAYS) == []


def test_a_role_that_hangs_on_an_open_group_is_mentioned(tmp_path: Path) -> None:
    written = CALENDAR.replace("WHERE", "") + "roles: {coordinators: {exchange_groups: [ak-it]}}\n"
    assert codes(tmp_path, written) == []
    assert codes(tmp_path, written, BASE.replace("lead:", "open: true, lead:")) == ["warning_role_for_everybody"]


def test_an_open_group_that_nobody_may_stay_in_is_mentioned(tmp_path: Path) -> None:
    base = BASE.replace("lead:", "open: true, added_by_hand: remove, lead:")
    assert codes(tmp_path, CALENDAR.replace("WHERE", ""), base) == ["warning_open_not_kept"]
