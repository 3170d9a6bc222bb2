"""A project's whole life: announced, over, in the archive, and back. Days count in the network's time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from journeys_town import Town

from network.errors import DigitalnetzwerkError
from plugin.render.run import Run

PRESS = "template: presse, quota: 5 GB"
LAST = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(days=40)


def may(town: Town, account: str, folder: str = "Presse") -> str:
    files = town.as_staff(account).files
    if files.stat(f"/{folder}") is None:
        return "nothing"
    try:
        etag = files.write(f"/{folder}/{account}.txt", b"x")
    except DigitalnetzwerkError:
        return "reads"
    files.delete(f"/{folder}/{account}.txt")
    return "changes" if etag else "reads"


def codes(run: Run) -> set[str]:
    return {each.code for each in run.problems}


def on(town: Town, days: int) -> None:
    """So many days after the last one, at noon of the network."""
    noon = datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=ZoneInfo("Europe/Berlin")) + timedelta(days=days)
    town.wait(seconds=(noon - town.now()).total_seconds())


@pytest.fixture
def ending(whole_town: Town) -> Town:
    whole_town.swap(PRESS, f"{PRESS}, until: {LAST}")
    assert whole_town.apply().code == 0
    whole_town.as_staff("anna.brakel").files.write("/Presse/Mitteilung.md", b"x")
    return whole_town


def test_it_is_announced_over_archived_and_comes_back_when_it_is_prolonged(ending: Town) -> None:
    on(ending, -31)
    assert "ends_soon" not in codes(ending.apply())
    on(ending, -30)
    plan = ending.plan()
    assert "ends_soon" in codes(plan) and not plan.plan.changes
    ending.apply()
    assert may(ending, "anna.brakel") == "changes"
    on(ending, 0)
    ending.apply()
    assert may(ending, "anna.brakel") == "changes"
    on(ending, 1)
    assert "is_over" in codes(ending.apply())
    assert (may(ending, "anna.brakel"), may(ending, "dora.nieheim")) == ("reads", "reads")
    on(ending, 30)
    ending.apply()
    assert may(ending, "dora.nieheim") == "reads"
    on(ending, 31)
    ending.apply()
    assert may(ending, "anna.brakel") == "nothing"
    archive = ending.other_client().files
    assert archive.read("/Archiv – Presse/Mitteilung.md", max_bytes=10) == b"x"
    assert ending.apply().plan.changes == ()
    on(ending, 400)
    assert ending.apply(verify=True).plan.changes == ()
    ending.swap(f"until: {LAST}", f"until: {LAST + timedelta(days=800)}")
    assert ending.apply().code == 0
    assert (may(ending, "anna.brakel"), may(ending, "dora.nieheim")) == ("changes", "reads")
    assert ending.as_staff("dora.nieheim").files.read("/Presse/Mitteilung.md", max_bytes=10) == b"x"
    assert ending.apply().plan.changes == ()


def test_its_last_day_ends_at_midnight_of_the_network_not_of_greenwich(ending: Town) -> None:
    on(ending, 0)
    midnight = datetime(LAST.year, LAST.month, LAST.day, tzinfo=ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    ending.wait(seconds=(midnight - ending.now()).total_seconds() - 90)
    ending.apply()
    assert may(ending, "anna.brakel") == "changes"
    ending.wait(minutes=3)
    ending.apply()
    assert may(ending, "anna.brakel") == "reads"


def test_a_project_that_is_told_to_stay_is_neither_announced_nor_closed(whole_town: Town) -> None:
    whole_town.swap(PRESS, f"{PRESS}, until: {LAST}, when_over: keep")
    whole_town.apply()
    on(whole_town, 100)
    assert not {"ends_soon", "is_over"} & codes(whole_town.apply(verify=True))
    assert may(whole_town, "anna.brakel") == "changes"


def test_an_exchange_group_that_leaves_keeps_its_folder_in_the_archive_and_gets_it_back(whole_town: Town) -> None:
    whole_town.apply()
    whole_town.as_staff("anna.brakel").files.write("/Austausch OZG/Liste.md", b"x")
    written = whole_town.config.read_text()
    whole_town.config.write_text(
        written.replace("  ozg:", "  anderes:").replace("Austausch OZG", "Anderes").replace("[ozg]", "[anderes]")
    )
    whole_town.apply(release_unsafe=True, verify=True)
    assert may(whole_town, "anna.brakel", "Austausch OZG") == "nothing"
    assert whole_town.other_client().files.stat("/Archiv – Austausch OZG/Liste.md") is not None
    whole_town.wait(days=31)
    whole_town.apply(release_unsafe=True, verify=True)
    assert whole_town.other_client().files.stat("/Archiv – Austausch OZG/Liste.md") is not None
    whole_town.config.write_text(written)
    whole_town.apply(release_unsafe=True, verify=True)
    assert may(whole_town, "anna.brakel", "Austausch OZG") == "changes"
    assert whole_town.as_staff("anna.brakel").files.read("/Austausch OZG/Liste.md", max_bytes=9) == b"x"
