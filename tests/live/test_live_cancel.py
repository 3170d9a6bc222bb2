"""A training is cancelled within seconds on a real Nextcloud, read back as staff, and the last run is taken back.

The source is Erika's own calendar, which goes on saying that all of it takes place. Names are random, and everything is
taken back at the end.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from test_live_calendar_sources import DAY, ERIKA, SHARED, THUNDERBIRD, Probe, at, series, single

from connectors.nextcloud import connect
from network.ports import CalendarWish, ShareRow
from plugin.assembly import open_service

pytestmark = pytest.mark.live
WHY = "Referentin erkrankt"
FOURTH = DAY + timedelta(weeks=3)


@pytest.fixture
def probe(tmp_path: Path) -> Iterator[Probe]:
    suffix = uuid.uuid4().hex[:6]
    erika = connect(os.environ["NEXTCLOUD_URL"], ERIKA, os.environ["NEXTCLOUD_STAFF_PASSWORD"])
    wish = CalendarWish(f"Planung {suffix}", "#00679e", "Europe/Berlin", "")
    href = erika.calendars.create_calendar(f"planung-{suffix}", wish)
    erika.calendars.share(href, [ShareRow(f"users/{os.environ['NEXTCLOUD_SERVICE']}")], [])
    made = Probe(suffix, tmp_path, erika, href)
    made.write(SHARED)
    made.keep("a.ics", single(f"a-{suffix}@hand.example", "Rhetorik", "DESCRIPTION:Für alle."))
    made.keep("b.ics", series(f"b-{suffix}@hand.example", "Lotsen", *THUNDERBIRD))
    assert made.apply().code == 0
    yield made
    made.do(lambda service: service.carry_out(service.plan_removal()))
    erika.calendars.delete_calendar(href, purge=True)
    erika.close()


def text(probe: Probe, title: str) -> str:
    return probe.entries()[title].data.decode().replace("\r\n ", "")


def test_staff_read_it_seconds_later_and_the_source_that_lags_revives_nothing(probe: Probe) -> None:
    begun = monotonic()
    run = probe.do(lambda service: service.cancel(service.happening("Rhetorik"), WHY, by=ERIKA))
    assert (run.code, run.requests) == (0, {"PUT": 1, "REPORT": 1})
    assert monotonic() - begun < 10
    seen = text(probe, "Fällt aus: Rhetorik")
    assert "STATUS:CANCELLED" in seen and f"DESCRIPTION:Fällt aus: {WHY}\\n\\nFür alle." in seen
    assert ERIKA not in seen

    etags = dict(probe.erika.calendars.changes(probe.href, "").changed)
    later = single(f"a-{probe.suffix}@hand.example", "Rhetorik", hour=15)
    probe.keep("a.ics", later, etags[probe.href + "a.ics"])
    assert probe.apply().code == 0
    assert f"DTSTART;{at(DAY, 15)}" in text(probe, "Fällt aus: Rhetorik")

    probe.folder.joinpath("daten", "state.sqlite").unlink()
    assert probe.apply().code == 0
    assert "STATUS:CANCELLED" in text(probe, "Fällt aus: Rhetorik")

    assert probe.do(lambda service: service.take_place(service.happening("Rhetorik"))).code == 0
    assert "Fällt aus" not in text(probe, "Rhetorik")
    assert not probe.apply().plan.changes


def test_one_day_of_a_series_says_so_and_the_others_take_place(probe: Probe) -> None:
    run = probe.do(lambda service: service.cancel(service.happening("Lotsen", FOURTH), WHY))
    assert run.code == 0

    seen = text(probe, "Lotsen")
    assert seen.count("BEGIN:VEVENT") == 3
    assert f"RECURRENCE-ID;{at(FOURTH, 9)}" in seen
    assert (seen.count("STATUS:CANCELLED"), seen.count("SUMMARY:Fällt aus: Lotsen")) == (1, 1)
    assert not probe.apply().plan.changes

    assert probe.do(lambda service: service.take_place(service.happening("Lotsen", FOURTH))).code == 0
    assert text(probe, "Lotsen").count("BEGIN:VEVENT") == 2
    assert not probe.apply().plan.changes


def test_the_last_run_is_taken_back_and_the_calendar_rests(probe: Probe) -> None:
    before = probe.entries()["Rhetorik"].href
    etags = dict(probe.erika.calendars.changes(probe.href, "").changed)
    wrong = single(f"a-{probe.suffix}@hand.example", "Verwechselt")
    probe.keep("a.ics", wrong, etags[probe.href + "a.ics"])
    probe.keep("n.ics", single(f"n-{probe.suffix}@hand.example", "Zu viel"))
    assert probe.apply().code == 0
    assert sorted(probe.entries()) == ["Lotsen", "Verwechselt", "Zu viel"]

    with open_service(probe.config) as service:
        planned = service.plan_undo()
        assert service.undo(planned.plan.fingerprint).code == 0

    assert sorted(probe.entries()) == ["Lotsen", "Rhetorik"]
    assert probe.entries()["Rhetorik"].href == before
    assert probe.apply().code == 3
    assert sorted(probe.entries()) == ["Lotsen", "Rhetorik"]
    probe.do(lambda service: service.release_taken_back(f"calendar:plan-{probe.suffix}") or service.apply())
    assert sorted(probe.entries()) == ["Lotsen", "Verwechselt", "Zu viel"]
