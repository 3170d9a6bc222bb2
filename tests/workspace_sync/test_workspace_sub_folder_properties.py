"""Random rights on random sub-folders, random hands in them: everybody has what the wish says, computed a second way."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from workspace_run import Runs, changes
from workspace_stand_in import StandIn

from network.ports import Principal, Rule
from workspace_sync.wish import (
    PERMISSIONS,
    Access,
    AdministrationWish,
    FolderWish,
    Level,
    ProjectWish,
    Selector,
    SubFolder,
    Wishes,
)

GROUPS = {"a": ["u0", "u1"], "b": ["u1", "u2"], "c": ["u3"]}
USERS = ("u0", "u1", "u2", "u3", "u4")
TOWNS = tuple(AdministrationWish(key, f"Stadt {key.upper()}", key, (key,)) for key in GROUPS)
PATHS = ("Offen", "Offen/Innen", "Zu")

selectors = st.one_of(
    st.builds(Selector, administrations=st.sampled_from([("a",), ("b",), ("a", "b", "c")])),
    st.builds(Selector, people=st.sampled_from([("u0",), ("u4",), ("u2", "u3")])),
)
accesses = st.lists(st.builds(Access, st.sampled_from(list(Level)), selectors), max_size=3).map(tuple)


@st.composite
def projects(draw: st.DrawFn) -> ProjectWish:
    chosen = draw(st.sets(st.sampled_from(PATHS)))
    subs = tuple(SubFolder(path, path, draw(accesses)) for path in sorted(chosen))
    return ProjectWish("p", FolderWish("Projekt"), draw(accesses), subs)


def network(project: ProjectWish) -> Runs:
    return Runs(StandIn(USERS, GROUPS), Wishes(TOWNS, (), (project,)))


def run(runs: Runs) -> None:
    runs.apply(released=[plan.scope for plan in runs.plan() if plan.unsafe])


def wanted(project: ProjectWish, user: str, path: str) -> int:
    """The nearest place that says something says all of it."""
    granted = project.access
    for folder in sorted(project.sub_folders, key=lambda each: len(each.path)):
        if path == folder.path or path.startswith(f"{folder.path}/"):
            granted = folder.access
    bits = 0
    for access in granted:
        people = set(access.selector.people).union(*(GROUPS[key] for key in access.selector.administrations))
        bits |= PERMISSIONS[access.level] if user in people else 0
    return bits


def check(runs: Runs, project: ProjectWish) -> None:
    for path in ("", "Sonst", *PATHS):
        for user in USERS:
            assert runs.server.may(user, "Projekt", path) == wanted(project, user, path), (path, user)


@settings(max_examples=80, deadline=None)
@given(projects(), projects(), st.booleans())
def test_everybody_has_what_the_wish_says_and_a_second_run_writes_nothing(
    first: ProjectWish, second: ProjectWish, loses_state: bool
) -> None:
    runs = network(first)
    run(runs)
    check(runs, first)
    assert changes(runs.plan()) == []
    if loses_state:
        runs.lose_state()
        run(runs)
        check(runs, first)
    runs.wishes = replace(runs.wishes, projects=(second,))
    run(runs)
    if not loses_state:
        check(runs, second)
    runs.server.writes.clear()
    run(runs)
    assert runs.server.writes == []


hands = st.lists(
    st.tuples(st.sampled_from(["", *PATHS]), st.sampled_from(["a", "b", "c"]), st.integers(0, 31), st.integers(0, 31)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(projects().filter(lambda project: project.sub_folders), hands)
def test_no_rule_by_hand_outlives_a_run(project: ProjectWish, by_hand: list[tuple[str, str, int, int]]) -> None:
    runs = network(project)
    run(runs)
    folder = runs.server.folder_named("Projekt")
    for path, group, permissions, mask in by_hand:
        if path and path not in folder.files:
            continue
        others = tuple(rule for rule in folder.rules.get(path, ()) if rule.who != Principal("group", group))
        folder.rules[path] = (*others, Rule(Principal("group", group), permissions & mask, mask))
    run(runs)
    check(runs, project)
    assert changes(runs.plan()) == []


READS_A = Access(Level.READ, Selector(administrations=("a",)))
CLOSED_INSIDE = ProjectWish(
    "p", FolderWish("Projekt"), (), (SubFolder("Offen", "Offen", (READS_A,)), SubFolder("Offen/Innen", "Offen/Innen"))
)
CLOSED_ABOVE = ProjectWish("p", FolderWish("Projekt"), (READS_A,), (SubFolder("Offen", "Offen"),))


@settings(max_examples=60, deadline=None)
@example(CLOSED_INSIDE, CLOSED_ABOVE, 4)
@example(CLOSED_INSIDE, CLOSED_ABOVE, 5)
@given(projects(), projects(), st.integers(1, 60))
def test_on_the_way_from_one_wish_to_another_nobody_has_more_than_in_either(
    first: ProjectWish, second: ProjectWish, boundary: int
) -> None:
    runs = network(first)
    run(runs)
    runs.wishes = replace(runs.wishes, projects=(second,))
    runs.server.boundaries.reset()
    runs.server.boundaries.fail = boundary
    run(runs)
    runs.server.boundaries.reset()
    for path in ("", "Sonst", *PATHS):
        for user in USERS:
            most = wanted(first, user, path) | wanted(second, user, path)
            assert not runs.server.may(user, "Projekt", path) & ~most, (path, user)
