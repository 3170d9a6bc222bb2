"""A backup is made while others work; put back, the network goes on as if nothing had happened."""

import io
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from journeys_cli import Said, digitalnetzwerk
from journeys_town import THREE, Town, row

from network.state import Leases
from plugin.assembly import open_service


def asked(town: Town, *arguments: str) -> Said:
    return digitalnetzwerk("-c", str(town.config), "--language", "de", *arguments, environment=town.environment)


def test_what_came_after_the_backup_is_found_again_and_nothing_is_doubled(whole_town: Town, tmp_path: Path) -> None:
    town, copy = whole_town, tmp_path / "sicherung.sqlite"
    town.apply()
    assert asked(town, "backup", str(copy)).code == 0
    town.save([*THREE[:2], row(3, "IT-Sicherheit", start="10:00"), row(4, "Neu nach der Sicherung")])
    town.swap(
        "  ozg:",
        "  spaeter: {name: Später dazugekommen, lead: [max.kreis], members: {administrations: [brakel]}}\n  ozg:",
    )
    town.apply()
    town.apply()
    assert asked(town, "restore", str(copy), "--yes").code == 0
    since = town.mark()
    town.apply()
    assert town.writes(since) == []
    town.save([*THREE[:2], row(3, "IT-Sicherheit", start="11:00"), row(4, "Neu nach der Sicherung")])
    town.apply()
    assert town.titles() == ["E-Akte", "IT-Sicherheit", "Neu nach der Sicherung", "OZG Grundlagen"]
    assert b"T110000" in town.entry("IT-Sicherheit").data
    since = town.mark()
    assert town.apply().code == 0
    assert town.writes(since) == []


def test_a_backup_of_a_moment_in_which_a_run_was_writing_brings_everything_back(town: Town, tmp_path: Path) -> None:
    town.save([row(number, f"Schulung {number}") for number in range(40)])
    copies: list[Path] = []
    running = threading.Thread(target=town.apply)
    running.start()
    while running.is_alive():
        copies.append(tmp_path / f"{len(copies)}.sqlite")
        if asked(town, "backup", str(copies[-1])).code != 0:
            copies.pop()  # before the run has made its database
    running.join()
    assert copies
    for copy in (copies[0], copies[len(copies) // 2]):
        assert asked(town, "restore", str(copy), "--yes").code == 0
        town.apply()
        assert len(town.titles()) == 40
        since = town.mark()
        town.apply()
        assert town.calendar_writes(since) == []


def test_the_copy_is_one_file_for_this_account_alone_and_holds_no_session(town: Town, tmp_path: Path) -> None:
    town.apply()
    copy = tmp_path / "sicherung.sqlite"
    copy.write_text("die von gestern")
    assert asked(town, "backup", str(copy)).code == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"sicherung.sqlite", "netz.yaml", "daten"}
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("select count(*) from leases").fetchone() == (0,)
        assert database.execute("select count(*) from records").fetchone()[0] > 3


def test_nothing_is_put_back_while_somebody_writes(town: Town, tmp_path: Path) -> None:
    town.apply()
    copy = tmp_path / "sicherung.sqlite"
    asked(town, "backup", str(copy))
    with open_service(town.config, environment=town.environment) as service:
        leases = Leases(service.state.engine, holder="somebody", clock=lambda: town.now().timestamp())
        leases.take(["network:probe-kreis"])
    said = asked(town, "restore", str(copy), "--yes", "--json")
    assert said.code == 1
    assert said.document["problems"][0]["code"] == "locked"


@pytest.mark.parametrize("content", [b"", b"kein SQLite", b"half"])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_lost(town: Town, tmp_path: Path, content: bytes) -> None:
    town.apply()
    copy = tmp_path / "sicherung.sqlite"
    asked(town, "backup", str(copy))
    copy.write_bytes(copy.read_bytes()[:30000] if content == b"half" else content)
    before = town.memory()
    said = asked(town, "restore", str(copy), "--yes", "--json")
    assert said.code == 3
    assert said.document["problems"][0]["code"] == "no_backup"
    assert town.memory() == before


def test_another_programs_database_is_refused(town: Town, tmp_path: Path) -> None:
    town.apply()
    other = tmp_path / "anderes.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("create table somebody_elses (value)")
    assert asked(town, "restore", str(other), "--yes").code == 3


def test_a_backup_that_cannot_be_written_says_where(town: Town, tmp_path: Path) -> None:
    town.apply()
    said = asked(town, "backup", str(tmp_path / "gibt-es-nicht" / "sicherung.sqlite"))
    assert said.code == 3
    assert "gibt-es-nicht" in said.err


def test_before_the_first_run_there_is_nothing_to_back_up(town: Town, tmp_path: Path) -> None:
    said = asked(town, "backup", str(tmp_path / "sicherung.sqlite"))
    assert said.code == 3
    assert "noch nichts zu sichern" in said.err
    assert not (tmp_path / "sicherung.sqlite").exists()


def test_without_a_yes_nothing_is_put_back(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    town.apply()
    copy = tmp_path / "sicherung.sqlite"
    asked(town, "backup", str(copy))
    before = town.memory()
    assert asked(town, "restore", str(copy)).code == 0
    assert town.memory() == before
