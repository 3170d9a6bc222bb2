"""One training as pages show it: what is in it, what is a link, and its dates."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from network.ical.component import Property
from network.ports import Record
from network.state import open_state
from plugin.catalogue import Catalogue
from plugin.listed import Attached, Listed

sys.path.insert(0, str(Path(__file__).parent))

from plugin_programme import BERLIN, NOW, entry

TODAY = NOW.date()


def one(**parts: Any) -> Listed:
    state = open_state(None)
    state.remember(entry("u", **parts))
    [training] = Catalogue(state, BERLIN).listed()
    return training


def catalogue(*records: Record) -> Catalogue:
    state = open_state(None)
    state.remember_all(records)
    return Catalogue(state, BERLIN)


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://a.example",
        "data:text/html,x",
        "http://unverschluesselt.example",
        "https://",
        "//a.example",
        "https://a.example/ x",
        "https://[",
        " vbscript:x",
    ],
)
def test_only_an_https_address_is_a_link(written: str) -> None:
    assert one(extra=(Property("URL", written),)).link == ""
    assert one(description=f"Online: {written}").link == ""


def test_the_link_for_taking_part_comes_before_any_other() -> None:
    training = one(description="Text\n\nOnline: https://a.example/raum", url="https://b.example/info")
    assert (training.link, training.about, training.is_online) == ("https://a.example/raum", "Text", True)


def test_what_its_status_says_is_no_part_of_its_name() -> None:
    assert one(title="Fällt aus: OZG", status="CANCELLED").name == "OZG"
    assert one(title="Fällt aus: OZG", status="CANCELLED").is_cancelled
    assert (one(title="OZG (ausgebucht)").name, one(title="OZG (ausgebucht)").is_full) == ("OZG", True)


def test_a_position_is_two_numbers_on_earth() -> None:
    assert one(extra=(Property("GEO", "51.775;9.381"),)).position == "51.775000,9.381000"
    for written in ("51.7", "91;9", "nan;9", "<b>;9", "51;9;1"):
        assert one(extra=(Property("GEO", written),)).position == "", written


def test_files_of_nextcloud_and_https_addresses_are_material() -> None:
    training = one(
        extra=(
            Property("ATTACH", "/f/17", (("FILENAME", ("/Material/Folien",)), ("X-NC-FILE-ID", ("17",)))),
            Property("ATTACH", "https://a.example/x.pdf"),
            Property("ATTACH", "javascript:alert(1)"),
            Property("ATTACH", "file:///etc/passwd"),
        )
    )
    assert training.attached == (
        Attached("Folien", file="17"),
        Attached("https://a.example/x.pdf", "https://a.example/x.pdf"),
    )


def test_a_series_has_many_dates_of_one_training() -> None:
    held = catalogue(entry("a", NOW - timedelta(days=700), extra=(Property("RRULE", "FREQ=WEEKLY"),)), entry("b"))
    coming = [each for each in held.dates(TODAY) if each.ends_at > NOW]
    assert len(coming) > 50
    assert coming[0].start == NOW
    assert {each.training.uid for each in coming} == {"a", "b"}


def test_a_day_that_is_over_at_midnight_is_one_day() -> None:
    [found] = catalogue(entry("a", NOW.replace(hour=20, minute=0), hours=4)).dates(TODAY)
    assert (found.first_day, found.last_day) == (TODAY, TODAY)
    [whole] = catalogue(entry("a", date(2027, 2, 1))).dates(TODAY)
    assert (whole.first_day, whole.last_day, whole.is_all_day) == (date(2027, 2, 1), date(2027, 2, 1), True)


def test_an_entry_that_a_person_broke_costs_itself_alone() -> None:
    broken = entry("kaputt")
    broken = Record(
        **{name: getattr(broken, name) for name in broken.__slots__}
        | {"content": broken.content.replace("DTSTART", "X-START")}
    )
    assert [each.uid for each in catalogue(broken, entry("heil")).listed()] == ["heil"]


def test_what_did_not_change_is_not_read_again() -> None:
    state = open_state(None)
    state.remember_all((entry("a"), entry("b")))
    held = Catalogue(state, BERLIN)
    before = {each.uid: each for each in held.listed()}
    state.remember(entry("b", title="Neu"))
    after = {each.uid: each for each in held.listed()}
    assert after["a"] is before["a"]
    assert after["b"].title == "Neu"
    state.forget("calendar:schulungen", "entry", "a")
    assert [each.uid for each in held.listed()] == ["b"]
