"""Files on disk and in Nextcloud: settling, neighbours, vanished files, the last good copy."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sources_kit import BERLIN, COLUMNS, NOW, CloudFiles, Memory, Table, codes, plan, row, trainings

from connectors.sources.cloud import CloudPlace
from connectors.sources.neighbours import is_conflict_copy, is_lock, similar
from connectors.tables.source import TableOfTrainings
from connectors.tables.table import Wanted
from connectors.tables.trainings import Reader
from network.model import Delivery, SourceState

ONE, TWO = plan(row(1)), plan(row(1), row(2))
SETTLE = timedelta(minutes=10)
PATH = "/Planung/Schulungsplan.xlsx"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path / "Schulungsplan.xlsx", settle=SETTLE)


def save(table: Table, content: bytes, at: datetime) -> None:
    table.save(content)
    os.utime(table.path, (at.timestamp(), at.timestamp()))


def in_cloud(files: CloudFiles, memory: Memory, now: datetime = NOW, settle: timedelta = SETTLE) -> Delivery:
    place = CloudPlace(files, PATH, where="connectors.plan", settle=settle, max_bytes=10**6)
    wanted = Wanted(COLUMNS, ("key", "title", "status", "date"))
    return TableOfTrainings(wanted, Reader("plan", COLUMNS, BERLIN, "de"), place, memory).deliver(now)


def test_a_file_that_was_saved_a_moment_ago_is_not_read_yet(table: Table) -> None:
    save(table, ONE, NOW - timedelta(hours=1))
    table.deliver(NOW)
    save(table, TWO, NOW)
    waiting = table.deliver(NOW + timedelta(minutes=9))
    assert (waiting.state, waiting.counts, codes(waiting)) == (SourceState.SETTLING, False, ["settling"])
    assert list(trainings(waiting)) == ["1"]
    assert "vor 9 Minuten" in waiting.problems[0].message.de
    settled = table.deliver(NOW + timedelta(minutes=10))
    assert (settled.state, list(trainings(settled))) == (SourceState.FRESH, ["1", "2"])


def test_a_new_file_that_has_not_settled_says_nothing_at_all(table: Table) -> None:
    save(table, ONE, NOW)
    delivery = table.deliver(NOW)
    assert (delivery.state, delivery.counts, trainings(delivery)) == (SourceState.SETTLING, False, {})


def test_a_file_from_a_wrong_clock_far_ahead_is_read(table: Table) -> None:
    save(table, ONE, NOW + timedelta(days=400))
    assert table.deliver(NOW).state is SourceState.FRESH


def test_an_equal_file_counts_with_the_last_content(table: Table) -> None:
    save(table, ONE, NOW - timedelta(hours=2))
    table.deliver(NOW)
    save(table, ONE, NOW - timedelta(hours=1))
    later = NOW + timedelta(hours=1)
    delivery = table.deliver(later)
    assert (delivery.state, delivery.counts, delivery.fetched_at) == (SourceState.UNCHANGED, True, later)
    assert list(trainings(delivery)) == ["1"]


def test_a_failed_fetch_says_when_the_last_good_one_was(table: Table) -> None:
    save(table, ONE, NOW - timedelta(hours=2))
    table.deliver(NOW)
    unchanged_at = NOW + timedelta(hours=5)
    table.deliver(unchanged_at)
    table.path.unlink()
    kept = table.deliver(NOW + timedelta(days=1))
    assert (kept.state, kept.counts, kept.fetched_at) == (SourceState.KEPT, False, unchanged_at)


def test_a_vanished_file_keeps_the_last_state_and_a_similar_one_is_named(table: Table) -> None:
    save(table, ONE, NOW - timedelta(hours=1))
    table.deliver(NOW)
    table.path.rename(table.path.with_name("Schulungsplan 2027.xlsx"))
    table.path.with_name("Schulungsplan - Hinweise.xlsx").touch()
    delivery = table.deliver(NOW)
    assert (delivery.state, list(trainings(delivery))) == (SourceState.KEPT, ["1"])
    [problem] = delivery.problems
    assert problem.code == "source_vanished"
    assert "„Schulungsplan 2027.xlsx“" in problem.remedy.de


def test_a_file_that_never_was_there_says_nothing_at_all(table: Table) -> None:
    delivery = table.deliver()
    assert (delivery.state, codes(delivery)) == (SourceState.FAILED, ["source_vanished"])


def test_conflict_copies_and_locks_beside_the_file_are_named_and_never_read(table: Table) -> None:
    save(table, ONE, NOW - timedelta(hours=1))
    beside = (
        "Schulungsplan (conflicted copy 2027-01-14 101500).xlsx",
        "Schulungsplan (Konfliktkopie von Erika).xlsx",
        "~$Schulungsplan.xlsx",
        ".~lock.Schulungsplan.xlsx#",
        "~$Ganz anders.xlsx",
    )
    for name in beside:
        table.path.with_name(name).write_bytes(TWO)
    delivery = table.deliver()
    assert sorted(codes(delivery)) == ["conflict_copy", "conflict_copy", "lock_file", "lock_file"]
    assert list(trainings(delivery)) == ["1"]
    named = " ".join(problem.message.de for problem in delivery.problems)
    assert all(name in named for name in beside[:4])


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_ordinary_file_is_refused(table: Table, make: Callable[[Path], None]) -> None:
    make(table.path)
    assert codes(table.deliver()) == ["not_a_file"]


def test_a_file_that_is_too_large_is_not_read(table: Table) -> None:
    with table.path.open("wb") as file:
        file.truncate(200 * 1024**2)
    os.utime(table.path, (0, 0))
    assert codes(table.deliver()) == ["too_large"]


def test_the_copy_from_another_place_says_nothing_about_this_one(table: Table, tmp_path: Path) -> None:
    save(table, ONE, NOW - timedelta(hours=1))
    table.deliver()
    moved = Table(tmp_path / "anders.xlsx", memory=table.memory)
    assert moved.deliver().state is SourceState.FAILED
    assert table.deliver().state is SourceState.UNCHANGED


def test_names_of_locks_and_conflict_copies() -> None:
    assert is_lock("~$hulungsplan.xlsx")
    assert is_lock(".~lock.Plan.ods#")
    assert not is_lock("Plan.xlsx")
    assert is_conflict_copy("Plan (conflicted copy erika 2027-01-14 101500).xlsx")
    assert is_conflict_copy("Plan_conflict-20270114-101500.xlsx")
    assert not is_conflict_copy("Plan (Kopie).xlsx")
    assert not is_conflict_copy("Plan (Konflikte lösen).xlsx")


def test_a_similar_name_is_found_and_a_strange_one_is_not() -> None:
    assert similar("Schulungsplan.xlsx", ["Schulungsplan neu.xlsx", "Urlaub.xlsx"]) == "Schulungsplan neu.xlsx"
    assert similar("Schulungsplan.xlsx", ["Urlaub.xlsx", "~$Schulungsplan.xlsx"]) == ""


def test_a_file_in_nextcloud_is_read_once_and_then_only_listed() -> None:
    files = CloudFiles({PATH: (ONE, "etag-1", NOW - timedelta(hours=1))})
    memory = Memory()
    assert in_cloud(files, memory).state is SourceState.FRESH
    assert in_cloud(files, memory).state is SourceState.UNCHANGED
    assert files.read_paths == [PATH]
    files.stored[PATH] = (TWO, "etag-2", NOW - timedelta(minutes=30))
    assert list(trainings(in_cloud(files, memory))) == ["1", "2"]


def test_a_file_in_nextcloud_settles_and_its_neighbours_are_named() -> None:
    files = CloudFiles({PATH: (ONE, "etag-1", NOW - timedelta(minutes=1))})
    files.stored["/Planung/Schulungsplan (conflicted copy 2027-01-14 101500).xlsx"] = (TWO, "x", NOW)
    delivery = in_cloud(files, Memory())
    assert (delivery.state, codes(delivery)) == (SourceState.SETTLING, ["conflict_copy", "settling"])
    assert files.read_paths == []


@pytest.mark.parametrize("others", [{}, {"/Planung/Schulungspläne.xlsx": (ONE, "x", NOW)}])
def test_a_file_that_vanished_from_nextcloud_keeps_the_last_state(
    others: dict[str, tuple[bytes, str, datetime]],
) -> None:
    files = CloudFiles({PATH: (ONE, "etag-1", NOW - timedelta(hours=1))})
    memory = Memory()
    in_cloud(files, memory)
    files.stored = others
    delivery = in_cloud(files, memory)
    assert (delivery.state, delivery.counts, codes(delivery)) == (SourceState.KEPT, False, ["source_vanished"])
    assert list(trainings(delivery)) == ["1"]
    assert ("Schulungspläne.xlsx" in delivery.problems[0].remedy.de) == bool(others)


def test_a_file_that_is_saved_while_it_is_read_is_not_taken(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    save(table, ONE, NOW - timedelta(hours=1))
    opened = Path.open

    def open_while_somebody_saves(path: Path, *arguments: str) -> object:
        file = opened(path, *arguments)
        os.utime(table.path, (NOW.timestamp(), NOW.timestamp()))
        return file

    monkeypatch.setattr(Path, "open", open_while_somebody_saves)
    assert table.deliver().state is SourceState.SETTLING


def test_a_file_that_was_saved_twice_within_a_second_is_read_again_though_it_keeps_its_etag() -> None:
    at_once, memory = timedelta(0), Memory()
    files = CloudFiles({PATH: (ONE, "etag-1", NOW)})
    assert list(trainings(in_cloud(files, memory, NOW, at_once))) == ["1"]
    files.stored[PATH] = (TWO, "etag-1", NOW)
    assert list(trainings(in_cloud(files, memory, NOW + timedelta(minutes=5), at_once))) == ["1", "2"]
    assert in_cloud(files, memory, NOW + timedelta(minutes=6), at_once).state is SourceState.UNCHANGED
    assert files.read_paths == [PATH] * 2
