"""One line of YAML: team, folder, room, calendar and tasks, read back as lead, as member through a group, as outsider."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from journeys_one_entry import Found, entry, find, whole
from journeys_town import CONFIG, TODAY, a_town

from plugin.sandbox import Sandbox

RIGHTS = "admin_rights: {username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}\n"
NAME, FIRST = "Austausch E-Akte", TODAY + timedelta(days=3)


def test_one_entry_gives_three_people_exactly_what_it_says(tmp_path: Path) -> None:
    written = entry("e-akte", NAME, lead="erika.kreis", administration="brakel", first=FIRST)
    with a_town(Sandbox(), tmp_path, CONFIG) as town:
        town.config.write_text(town.config.read_text() + RIGHTS + written)
        assert town.apply().code == 0
        found = {each: find(town.as_staff(each), NAME) for each in ("erika.kreis", "anna.brakel", "dora.nieheim")}
        assert found == {
            "erika.kreis": whole(FIRST, leads=True),
            "anna.brakel": whole(FIRST, leads=False),
            "dora.nieheim": Found.nothing(),
        }
        before = town.mark()
        assert town.apply(verify=True).plan.changes == ()
        assert town.writes(before) == []
