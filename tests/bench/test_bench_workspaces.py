"""What `make bench` shows of 3,000 people in 60 workspaces, as counts at a size that takes seconds.

Nothing here grows with the number of people: the counts at the large size are the same but for the paging of groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bench_workspaces import LISTS, WRITING, Size, fill, looked_at, places, write_network

from plugin.assembly import open_service
from plugin.render.run import Run
from plugin.sandbox import Sandbox

SIZE = Size(people=90, workspaces=6)


@dataclass
class Filled:
    """A network in which everything stands, and nothing is left to note."""

    sandbox: Sandbox
    folder: Path

    def apply(self, *, without: int | None = None, verify: bool = False) -> Run:
        config = write_network(self.folder, self.sandbox.url, SIZE, without=without)
        with open_service(config, environment={"NEXTCLOUD_PASSWORD": self.sandbox.service.password}) as service:
            return service.apply(verify=verify)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    with Sandbox() as sandbox:
        fill(sandbox, SIZE)
        made = Filled(sandbox, tmp_path_factory.mktemp("network"))
        first = made.apply()
        assert (first.code, first.problems) == (0, ())
        yield made


def test_without_a_change_one_request_goes_to_nextcloud(filled: Filled) -> None:
    run = filled.apply()
    assert (dict(run.requests), run.plan.changes) == ({"PROPFIND": 1}, ())


def test_verifying_asks_at_most_twenty_things_and_each_team_and_room_once(filled: Filled) -> None:
    run = filled.apply(verify=True)
    assert run.plan.changes == ()
    assert sum(run.requests.values()) <= LISTS + looked_at(SIZE)


def test_whoever_leaves_costs_at_most_one_write_for_each_place_they_were_in(filled: Filled) -> None:
    leaver = 12
    assert places(leaver, SIZE) == 6, "the world is too small to show anything"
    run = filled.apply(without=leaver)
    assert run.code == 0
    writes = sum(count for method, count in run.requests.items() if method in WRITING)
    assert 0 < writes <= places(leaver, SIZE)
    assert sum(run.requests.values()) <= LISTS + 2 * places(leaver, SIZE)
    assert dict(filled.apply(without=leaver).requests) == {"PROPFIND": 1}
    filled.apply()
