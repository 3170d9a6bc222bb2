"""Pictures with the same numbers as a table, drawn without a script."""

from datetime import date, timedelta
from xml.etree.ElementTree import fromstring

import pytest
from journeys_town import THREE, TODAY, row
from web_office import Browser, Office
from web_roles import SCRIPT, in_english, may

from network.state.arrivals import ArrivalLog, Arrived, Awaited
from plugin.catalogue import Catalogue
from plugin.operations.figures import fresh_days, programme
from plugin.web.charts import HEIGHT, Bar, bar_chart


def arrived(office: Office, day: date, *delays: int) -> None:
    """So many minutes some changes took on that day; half an hour is allowed."""
    log, now = ArrivalLog(office.running.state.engine), office.town.now()
    allowed = timedelta(minutes=30)
    over = [Awaited("calendar:schulungen", str(number), "plan", now) for number, _ in enumerate(delays)]
    log.expect(over)
    log.settle(over, [Arrived("plan", day, timedelta(minutes=each), allowed) for each in delays], today=TODAY)


def test_who_looks_after_service_or_programme_sees_them(staffed: Office) -> None:
    may(staffed, "/betrieb/bilder", "erika.kreis", "max.kreis", "dora.nieheim")


def test_freshness_of_each_day_is_drawn_and_written(staffed: Office, admin: Browser) -> None:
    arrived(staffed, TODAY - timedelta(days=3), 5, 10, 90, 20)
    page = admin.text("/betrieb/bilder")
    assert 'class="missed"' in page
    assert "75 % (verfehlt)" in page
    assert "90 Minuten" in page
    assert "Gestrichelt: Ziel 95 %" in page


def test_what_is_kept_and_shown_of_freshness_is_bounded(staffed: Office) -> None:
    for days in range(200):
        arrived(staffed, TODAY - timedelta(days=days), 5)
    arrived(staffed, TODAY, 5)
    state = staffed.running.state
    assert len(ArrivalLog(state.engine).days(since=date(2000, 1, 1))) <= 92
    (plan,) = fresh_days(staffed.running.settings, state, staffed.town.now())
    assert len(plan.days) == 30
    assert all(found is not None for _, found in plan.days)


def test_trainings_are_counted_by_month_and_town(staffed: Office, admin: Browser) -> None:
    soon = TODAY + timedelta(days=40)
    places = ("Rathaus, Brakel", "Altes Rathaus Nieheim", "Online", "Burg", "Brakel und Nieheim")
    rows = [[*row(number, f"Kurs {number}", day=soon)[:7], place, ""] for number, place in enumerate(places, 11)]
    staffed.town.save([*THREE, *rows, row(9, "Entfällt", status="fällt aus", day=soon)])
    staffed.town.wait(hours=1)
    staffed.town.apply()
    site = staffed.running
    dates = Catalogue(site.state, site.settings.network.timezone).dates(TODAY)
    found = programme(dates, site.settings, TODAY)
    assert {each.town.de: each.total for each in found.towns} == {
        "Brakel": 2,
        "Nieheim": 2,
        "Online": 1,
        "Anderswo": 4,
    }
    assert sum(found.totals) == 8
    assert len(found.months) == 12
    page = admin.text("/betrieb/bilder")
    assert "Brakel: Schulungen je Monat" in page
    assert '<th scope="row">Brakel</th>' in page
    assert '<td class="number">2</td>' in page


def test_the_page_needs_no_script(admin: Browser) -> None:
    assert "<script" not in admin.text("/betrieb/bilder")


def test_in_english(admin: Browser) -> None:
    assert "Trainings by month and town" in in_english(admin, "/betrieb/bilder")


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0, 7.0])
def test_a_bar_stays_in_its_picture(value: float) -> None:
    drawn = fromstring(bar_chart("x", "T", "D", [Bar("a", value, "1"), Bar("b", None)], top=1.0, target=0.95))
    (bar,) = drawn.findall("rect")
    assert 0 <= float(bar.attrib["y"]) <= HEIGHT
    assert float(bar.attrib["y"]) + float(bar.attrib["height"]) <= HEIGHT
    assert float(bar.attrib["height"]) >= 0


def test_a_picture_has_title_and_description_and_its_words_are_no_markup() -> None:
    chart = bar_chart("x", SCRIPT, f'"{SCRIPT}', [Bar(SCRIPT, 1.0, SCRIPT)], top=0.0)
    assert "<script>" not in chart
    drawn = fromstring(chart)
    assert drawn.attrib["role"] == "img"
    named = drawn.attrib["aria-labelledby"].split()
    assert [each.attrib["id"] for each in drawn[:2]] == named
    assert drawn[0].text == SCRIPT
