"""The state database promises the same on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from state_databases import Databases, databases

from network.errors import Locked, Unreachable
from network.model import Question
from network.plan import Action, Change, Kind, Scope, ScopeKind
from network.ports import Intent, Record, SourceCopy
from network.report import Outcome, Result
from network.state import Leases, StateStore, open_state, tables
from network.state.arrivals import ArrivalLog, Arrived, Awaited, Day
from network.state.engine import postgresql, sqlite
from network.state.runs import RefusedLogins, RunLog
from network.state.schedule import Schedule
from network.state.sessions import Sessions
from network.state.sources import SourceLog, StoredSourceMemory
from network.state.tallies import Tallies
from network.state.tidying import LAST_RUNS, tidy
from network.text import Text

__all__ = ["databases"]

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Engine]:
    made = postgresql(databases.new()) if request.param == "postgresql" else sqlite(tmp_path / "state.sqlite")
    yield made
    made.dispose()


def test_a_record_stands_until_it_is_forgotten_and_the_version_grows(engine: Engine) -> None:
    store = StateStore(engine, clock=lambda: NOON)
    first, second = (Record("calendar:a", "entry", "uid", "/a", etag, "{}", "d", NOON) for etag in ("1", "2"))
    before = store.version
    store.remember(first)
    store.remember_all([second])
    assert store.records(kind="entry") == (second,)
    assert store.version == before + 2
    store.forget("calendar:a", "entry", "uid")
    assert store.record("calendar:a", "entry", "uid") is None


def test_an_intent_stands_until_it_is_settled(engine: Engine) -> None:
    store = StateStore(engine)
    store.intend(Intent("project:p", "folder", "folder", "Name"))
    store.intend(Intent("project:p", "folder", "folder", "Anderer"))
    assert [each.name for each in store.intents("project:p")] == ["Anderer"]
    store.settle(Intent("project:p", "folder", "folder", "Anderer"))
    assert store.intents() == ()


def test_of_many_holders_at_once_one_gets_the_lease(engine: Engine) -> None:
    def take(number: int) -> int:
        try:
            return len(Leases(engine, holder=f"elsewhere/{number}/1", clock=lambda: 1000.0).take(["a"]))
        except Locked:
            return 0

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(8))) == [0] * 7 + [1]


def test_a_lease_that_ran_out_and_was_taken_may_not_be_used(engine: Engine) -> None:
    now = [1000.0]
    first, second = (Leases(engine, holder=f"elsewhere/{n}/1", clock=lambda: now[0], seconds=60) for n in (1, 2))
    (old,) = first.take(["a"])
    now[0] += 61
    (new,) = second.take(["a"])
    with pytest.raises(Locked):
        first.check(old)
    second.check(new)


def test_of_many_schedulers_at_once_one_gets_what_is_due(engine: Engine) -> None:
    def schedule() -> Schedule:
        return Schedule(engine, clock=lambda: NOON, random=lambda: 0.5)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: schedule().keep({"plan": timedelta(minutes=15)}), range(8)))
        claimed = list(pool.map(lambda _: schedule().claim(), range(8)))
    assert sorted(claimed) == [()] * 7 + [("plan",)]


def test_sources_keep_copy_notes_health_and_questions(engine: Engine) -> None:
    memory, log = StoredSourceMemory(engine, "plan"), SourceLog(engine, clock=lambda: NOON)
    for content in (b"\x00one", b"\xfftwo"):
        memory.keep(SourceCopy(content, "digest", "etag", "", NOON))
        memory.keep_note("name", content.hex())
    assert memory.copy() == SourceCopy(b"\xfftwo", "digest", "etag", "", NOON)
    assert memory.note("name") == b"\xfftwo".hex()
    for state in ("fresh", "kept"):
        log.note_health("plan", state, succeeded=state == "fresh", items=3, quarantined=1)
    assert [(each.state, each.succeeded_at) for each in log.health()] == [("kept", NOON)]
    asked = Question("row_missing", "14", "Zeile 14", Text("fehlt", "missing"))
    log.ask("plan", [asked])
    log.ask("plan", [asked])
    assert log.answer("plan", "14", "keep")
    assert [each.answer for each in log.questions()] == ["keep"]


def test_runs_and_refused_logins(engine: Engine) -> None:
    runs, refused = RunLog(engine, clock=lambda: NOON), RefusedLogins(engine, clock=lambda: NOON)
    number = runs.start("apply")
    runs.finish(number, fingerprint="ABCD2345", exit_code=0, document="{}")
    found = runs.last("apply")
    assert found is not None
    assert (found.id, found.fingerprint) == (number, "ABCD2345")
    refused.refuse("hash")
    refused.refuse("hash")
    assert refused.is_refused("hash")


def test_sessions_open_and_close(engine: Engine) -> None:
    now = [NOON]
    sessions = Sessions(engine, clock=lambda: now[0], lasting=timedelta(hours=8))
    key, other = sessions.open("anna", "A"), sessions.open("anna", "B")
    sessions.close(key)
    assert (sessions.visitor(key), sessions.visitor(other)) == (None, "B")
    now[0] += timedelta(hours=9)
    assert sessions.visitor(other) is None


def test_a_database_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(Unreachable) as caught:
        open_state("postgresql://netz:geheim@127.0.0.1:1/netz")
    assert "geheim" not in str(caught.value.problem())


def test_an_address_of_something_else_is_refused_without_the_password() -> None:
    for address in ("mysql://netz:geheim@127.0.0.1/netz", "geheim", "postgresql//netz:geheim"):
        with pytest.raises(ValueError) as caught:
            open_state(address)
        assert "geheim" not in str(caught.value)


def test_what_arrives_is_counted_by_connector_and_day_and_awaited_no_more(engine: Engine) -> None:
    log, day = ArrivalLog(engine), date(2027, 3, 1)
    first, second = (Awaited("calendar:a", key, "plan", NOON) for key in ("1", "2"))
    log.expect([first, second])
    log.expect([Awaited("calendar:a", "1", "plan", NOON + timedelta(hours=1))])
    assert log.awaited() == (first, second)
    minutes, hours = timedelta(minutes=5), timedelta(hours=5)
    log.settle([first], [Arrived("plan", day, minutes, timedelta(hours=1))], today=day)
    log.settle([second], [Arrived("plan", day, hours, timedelta(hours=1))], today=day)
    assert log.awaited() == ()
    assert log.days(since=day) == (Day("plan", day, 2, 1, hours),)
    assert log.days(since=day + timedelta(days=1)) == ()
    log.expect([first])
    log.settle([first], [], today=day + timedelta(days=91))
    assert log.days(since=day) == ()


def test_what_stands_in_nextcloud_is_as_old_as_the_oldest_change_that_waits(engine: Engine) -> None:
    sources, log, hour = SourceLog(engine, clock=lambda: NOON), ArrivalLog(engine), timedelta(hours=1)
    sources.note_health("plan", "fresh", succeeded=True, items=3, quarantined=0)
    sources.note_health("feed", "fresh", succeeded=True, items=3, quarantined=0)
    sources.note_health("weg", "failed", succeeded=False, items=0, quarantined=0)
    assert log.as_of() == {"plan": NOON, "feed": NOON}
    waiting = [Awaited("calendar:a", str(each), "plan", NOON - each * hour) for each in (1, 3, 2)]
    log.expect(waiting)
    assert log.as_of() == {"plan": NOON - 3 * hour, "feed": NOON}
    log.settle(waiting, [], today=NOON.date())
    assert log.as_of() == {"plan": NOON, "feed": NOON}


def test_what_is_counted_adds_up_whoever_counts(engine: Engine) -> None:
    Tallies(engine).add({("runs", "apply", "0"): 1, ("requests", "PUT", ""): 3, ("requests", "GET", ""): 0})
    Tallies(engine).add({("runs", "apply", "0"): 1, ("runs", "apply", "4"): 1})
    assert Tallies(engine).all() == {("requests", "PUT", ""): 3, ("runs", "apply", "0"): 2, ("runs", "apply", "4"): 1}


def test_old_runs_and_their_lines_go_and_the_last_ones_stay(engine: Engine) -> None:
    now = [NOON - timedelta(days=500)]
    log, sessions = RunLog(engine, clock=lambda: now[0]), Sessions(engine, clock=lambda: now[0], lasting=timedelta(1))
    change = Change(Scope(ScopeKind.CALENDAR, "a"), Action.CREATE, Kind.ENTRY, "uid", "Titel", Text("", ""), None)
    sessions.open("anna", "{}")
    for day in (0, 490, 491, 499):
        now[0] = NOON - timedelta(days=500 - day)
        for _ in range(LAST_RUNS // 2):
            run = log.start("apply")
            log.note(run, [Outcome(change, Result.DONE)])
            log.finish(run, fingerprint="", exit_code=0, document="{}")
    log.finish(log.start("adopt"), fingerprint="", exit_code=0, document="{}")
    tidy(engine, now=NOON, runs_kept=timedelta(hours=1))
    assert [each.command for each in log.latest(limit=100)] == ["apply"] * LAST_RUNS
    assert len(log.changes("uid", limit=100)) == 3 * LAST_RUNS // 2
    tidy(engine, now=NOON, runs_kept=timedelta(days=14))
    assert len(log.latest(limit=100)) == LAST_RUNS
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tables.sessions)).scalar_one() == 0
