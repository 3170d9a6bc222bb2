"""One file that we keep right where people work."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workspace_run import NETWORK
from workspace_stand_in import Books, Killed, StandIn

from network.plan import Action, Scope, ScopeKind, ScopePlan
from workspace_sync.documents import DocumentWish, plan_document_now
from workspace_sync.executor import WorkspaceExecutor

SCOPE = Scope(ScopeKind.CONNECTOR, "plan")
PATH = "/Plan - Hinweise.txt"


class Desk:
    def __init__(self) -> None:
        self.server = StandIn()
        self.books = Books(self.server.boundaries)

    def plan(self, text: str | None) -> ScopePlan:
        data = None if text is None else text.encode()
        return plan_document_now(SCOPE, DocumentWish(PATH, data, text or ""), self.server.files, self.books)

    def apply(self, text: str | None) -> ScopePlan:
        plan = self.plan(text)
        executor = WorkspaceExecutor(self.server, NETWORK, {})
        for change in plan.changes:
            executor.carry_out(change, self.books)
        return plan

    @property
    def there(self) -> bytes | None:
        return self.server.own_files.get(PATH.lstrip("/"))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_it_is_written_and_then_left_in_peace(desk: Desk) -> None:
    desk.apply("eins")
    assert desk.there == b"eins"
    assert desk.plan("eins").changes == ()
    desk.apply("zwei")
    assert desk.there == b"zwei"
    assert desk.plan("zwei").changes == ()


def test_what_a_person_wrote_into_it_stays(desk: Desk) -> None:
    desk.apply("eins")
    desk.server.own_files[PATH.lstrip("/")] = b"von Hand"
    plan = desk.apply("zwei")
    assert (desk.there, plan.kept, [problem.code for problem in plan.problems]) == (b"von Hand", 1, ["local_edit"])


def test_a_file_that_was_there_before_us_is_left_alone(desk: Desk) -> None:
    desk.server.own_files[PATH.lstrip("/")] = b"fremd"
    plan = desk.apply("eins")
    assert (desk.there, [problem.code for problem in plan.problems]) == (b"fremd", ["name_taken"])


def test_marked_as_ours_it_is_recognised_when_our_memory_is_lost(desk: Desk) -> None:
    wish = DocumentWish(PATH, b"eins!", "eins", mark_of=lambda content: content.decode().removesuffix("!"))
    desk.server.own_files[PATH.lstrip("/")] = b"eins!"
    (books,) = plan_document_now(SCOPE, wish, desk.server.files, desk.books).changes
    assert books.action is Action.ADOPT
    moved = replace(wish, digest="zwei", data=b"zwei!")
    plan = plan_document_now(SCOPE, moved, desk.server.files, desk.books)
    assert [change.action for change in plan.changes] == [Action.ADOPT, Action.UPDATE]
    assert plan.problems == ()


def test_a_deleted_one_is_written_again_and_says_why(desk: Desk) -> None:
    desk.apply("eins")
    desk.server.own_files.clear()
    plan = desk.apply("eins")
    assert "war schon einmal" in plan.changes[0].reason.de
    assert desk.there == b"eins"


def test_wanted_no_longer_it_goes_unless_somebody_edited_it(desk: Desk) -> None:
    desk.apply("eins")
    desk.apply(None)
    assert desk.there is None
    desk.apply("eins")
    desk.server.own_files[PATH.lstrip("/")] = b"von Hand"
    desk.apply(None)
    assert desk.there == b"von Hand"


@pytest.mark.parametrize("boundary", [1, 2, 3, 4])
@pytest.mark.parametrize("moment", ["kill_before", "kill_after"])
def test_killed_while_writing_the_next_run_goes_on(desk: Desk, boundary: int, moment: str) -> None:
    desk.apply("eins")
    desk.server.boundaries.reset()
    setattr(desk.server.boundaries, moment, boundary)
    try:
        desk.apply("zwei")
    except Killed:
        desk.server.boundaries.reset()
    desk.apply("drei")
    assert desk.there == b"drei"
    assert desk.plan("drei").changes == ()
