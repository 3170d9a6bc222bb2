"""Random networks, random joins, moves and hand edits: rights are what the wish says, computed a second way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from workspace_run import Runs, changes
from workspace_stand_in import OURSELVES, SERVICE, Killed, StandIn

from network.model import Person
from network.plan import Plan
from network.ports import Principal
from workspace_sync.people import People
from workspace_sync.template import Template, TemplateEntry
from workspace_sync.wish import (
    PERMISSIONS,
    Access,
    AdministrationWish,
    ExchangeGroupWish,
    FolderWish,
    Level,
    ProjectWish,
    Selector,
    Wishes,
)

USERS = tuple(f"u{number}" for number in range(6))
TOPICS = ("ozg", "it")
TEMPLATE = Template("t", (TemplateEntry("A"), TemplateEntry("A/b.md", b"b")))
OUTSIDE = {"out": ("u0", "u1")}  # an administration whose group the directory service keeps

accounts = st.sets(st.sampled_from(USERS), max_size=3).map(lambda chosen: tuple(sorted(chosen)))
topics = st.sets(st.sampled_from(TOPICS), max_size=1).map(tuple)
selectors = st.one_of(
    st.builds(Selector, administrations=st.sampled_from([("out",), ("own",), ("out", "own")])),
    st.builds(Selector, people=accounts.filter(bool)),
    st.builds(Selector, topics=st.just(("ozg",))),
    st.builds(Selector, topics=st.just(("it",)), administrations=st.just(("own",))),
)
granted = st.one_of(selectors, st.builds(Selector, exchange_groups=st.sampled_from([("g0",), ("g1",)])))


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    administrations = (
        AdministrationWish("out", "Stadt Draußen", "out", ("out",)),
        AdministrationWish("own", "Stadt Drinnen", "own", ("own",), is_external=False),
    )
    groups = tuple(
        ExchangeGroupWish(
            f"g{number}",
            f"Gruppe {number}",
            draw(accounts),
            tuple(draw(st.lists(selectors, max_size=2))),
            folder=FolderWish(f"Gruppe {number}", None, TEMPLATE),
        )
        for number in range(2)
    )
    access = st.builds(Access, st.sampled_from(list(Level)), granted)
    projects = tuple(
        ProjectWish(f"p{number}", FolderWish(f"Projekt {number}", 1000), tuple(draw(st.lists(access, max_size=3))))
        for number in range(2)
    )
    return Wishes(administrations, groups, projects)


@st.composite
def lists(draw: st.DrawFn) -> People:
    persons = [Person(user, draw(st.sampled_from(["own", "out", ""])), topics=draw(topics)) for user in USERS]
    inside = [Person(each.account, each.administration, topics=each.topics, groups=("out",) if each.account in OUTSIDE["out"] else ()) for each in persons]  # fmt: skip
    return People(tuple(inside))


@dataclass
class Edit:
    """Something that a person did by hand; `guests` collects whom a lead took into an exchange group."""

    name: str
    do: Callable[[StandIn, dict[str, set[str]]], None]

    def __repr__(self) -> str:
        return self.name


def take_in(number: int, user: str) -> Edit:
    def do(server: StandIn, guests: dict[str, set[str]]) -> None:
        team = server.team_named(f"Gruppe {number}")
        if Principal("user", user) not in {row.who for row in server.all_teams[team].members.values()}:
            server.add_by_hand(team, user)
            guests[f"g{number}"].add(user)

    return Edit(f"take {user} into g{number}", do)


def throw_out(number: int) -> Edit:
    def do(server: StandIn, guests: dict[str, set[str]]) -> None:
        team = server.team_named(f"Gruppe {number}")
        members = server.all_teams[team].members
        gone = [members.pop(id).who for id in [id for id, row in members.items() if row.who != OURSELVES]]
        for who in gone:
            server.take(team, who)
        guests[f"g{number}"].clear()

    return Edit(f"throw everybody out of g{number}", do)


def grant(folder: str, group: str) -> Edit:
    def do(server: StandIn, _: dict[str, set[str]]) -> None:
        server.folder_named(folder).grants[Principal("group", group)] = 31

    return Edit(f"grant {group} on {folder}", do)


def revoke(folder: str) -> Edit:
    return Edit(f"revoke all on {folder}", lambda server, _: server.folder_named(folder).grants.clear())


def lose_room(number: int) -> Edit:
    def do(server: StandIn, _: dict[str, set[str]]) -> None:
        tokens = [token for token, room in server.all_rooms.items() if room.name == f"Gruppe {number}"]
        for token in tokens:
            del server.all_rooms[token]

    return Edit(f"delete the room of g{number}", do)


def strange_member(user: str) -> Edit:
    return Edit(f"{user} into the group by hand", lambda server, _: server.all_groups["own"].add(user))


def lose_mark() -> Edit:
    def do(server: StandIn, _: dict[str, set[str]]) -> None:
        for team in server.all_teams.values():
            team.description = "" if team.owner == SERVICE else team.description

    return Edit("all marks lost", do)


edits = st.lists(
    st.one_of(
        st.builds(take_in, st.integers(0, 1), st.sampled_from(USERS)),
        st.builds(throw_out, st.integers(0, 1)),
        st.builds(grant, st.sampled_from(["Gruppe 0", "Projekt 1"]), st.sampled_from(["own", "out"])),
        st.builds(revoke, st.sampled_from(["Gruppe 1", "Projekt 0"])),
        st.builds(lose_room, st.integers(0, 1)),
        st.builds(strange_member, st.sampled_from(USERS)),
        st.builds(lose_mark),
    ),
    max_size=4,
)


def network(wanted: Wishes, people: People) -> Runs:
    runs = Runs(StandIn(USERS, OUTSIDE), wanted, people)
    runs.server.foreign_team("Fremdes Team", "u5", "u4")
    runs.server.foreign_folder("Fremder Ordner", {"x": b"x"})
    runs.server.foreign_room("Fremde Unterhaltung", "u5", SERVICE)
    return runs


def run(runs: Runs) -> None:
    runs.apply(released=tuple(runs.wishes.by_scope))


# ------------------------------------------------------------------ the second way of computing rights


def staff(administration: str, people: People) -> set[str]:
    return set(OUTSIDE["out"]) if administration == "out" else set(people.of("own"))


def fits(selector: Selector, people: People, groups: dict[str, set[str]]) -> set[str]:
    """Everybody whom a selector means, person by person."""
    everybody = set(USERS)
    if selector.people:
        everybody &= set(selector.people)
    if selector.topics:
        everybody &= {person.account for person in people.persons if set(person.topics) & set(selector.topics)}
    if selector.exchange_groups:
        everybody &= set().union(*(groups[key] for key in selector.exchange_groups))
    if selector.administrations and (selector.people or selector.topics):
        everybody &= set().union(*(people.of(key) for key in selector.administrations))
    elif selector.administrations:
        everybody &= set().union(*(staff(key, people) for key in selector.administrations))
    return everybody


def expected_groups(wanted: Wishes, people: People, guests: dict[str, set[str]]) -> dict[str, set[str]]:
    return {
        wish.key: set(wish.leads).union(guests[wish.key], *(fits(each, people, {}) for each in wish.members))
        for wish in wanted.exchange_groups
    }


def taken_in_by_us(wanted: Wishes, people: People) -> dict[str, set[str]]:
    """Those with a row of their own in the team; who is there through a group has none."""
    return {
        wish.key: set(wish.leads).union(
            *(fits(each, people, {}) for each in wish.members if each.people or each.topics)
        )
        for wish in wanted.exchange_groups
    }


def check_rights(runs: Runs, guests: dict[str, set[str]]) -> None:
    groups = expected_groups(runs.wishes, runs.people, guests)
    for wish in runs.wishes.exchange_groups:
        assert runs.server.in_room(wish.name) == groups[wish.key] | {SERVICE}
        for user in USERS:
            assert runs.server.may(user, wish.name) == (15 if user in groups[wish.key] else 0), (user, wish)
    for project in runs.wishes.projects:
        for user in USERS:
            bits = 0
            for access in project.access:
                if user in fits(access.selector, runs.people, groups):
                    bits |= PERMISSIONS[access.level]
            assert runs.server.may(user, project.folder.name) == bits, (user, project)


# ------------------------------------------------------------------ properties


@settings(max_examples=60, deadline=None)
@given(wishes(), lists(), edits, wishes(), lists())
def test_after_one_run_rights_are_what_the_wish_says_and_a_second_run_writes_nothing(
    first: Wishes, first_people: People, by_hand: list[Edit], second: Wishes, second_people: People
) -> None:
    guests: dict[str, set[str]] = {"g0": set(), "g1": set()}
    runs = network(first, first_people)
    run(runs)
    check_rights(runs, guests)
    ours = taken_in_by_us(first, first_people)
    for edit in by_hand:
        edit.do(runs.server, guests)
    for key in guests:
        guests[key] -= ours[key]  # whom we had taken in ourselves goes by the wish, also after a lead's second thought
    runs.wishes, runs.people = second, second_people
    run(runs)
    check_rights(runs, guests)
    assert changes(runs.plan()) == []
    runs.server.writes.clear()
    run(runs)
    assert runs.server.writes == []


@settings(max_examples=40, deadline=None)
@given(wishes(), lists(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_does_not_matter(wanted: Wishes, people: People, random: object) -> None:
    def shuffled(values: tuple[object, ...]) -> tuple[object, ...]:
        mixed = list(values)
        random.shuffle(mixed)  # type: ignore[attr-defined]
        return tuple(mixed)

    mixed = Wishes(*map(shuffled, (wanted.administrations, wanted.exchange_groups, wanted.projects)))  # type: ignore[arg-type]
    plan = Plan(network(wanted, people).plan())
    other = Plan(network(mixed, People(shuffled(people.persons))).plan())  # type: ignore[arg-type]
    assert plan.fingerprint == other.fingerprint


@settings(max_examples=40, deadline=None)
@given(wishes(), lists(), edits, wishes())
def test_nothing_foreign_is_ever_touched(first: Wishes, people: People, by_hand: list[Edit], second: Wishes) -> None:
    runs = network(first, people)
    foreign = [*runs.server.all_teams.values(), *runs.server.all_folders.values(), *runs.server.all_rooms.values()]
    before = repr(foreign)
    run(runs)
    for edit in [edit for edit in by_hand if edit.name != "all marks lost"]:
        edit.do(runs.server, {"g0": set(), "g1": set()})
    runs.wishes = second
    run(runs)
    runs.wishes = Wishes()
    runs.apply(released=tuple(plan.scope for plan in runs.plan()))
    assert repr(foreign) == before


@settings(max_examples=60, deadline=None)
@given(wishes(), lists(), wishes(), st.integers(1, 120), st.sampled_from(["kill_before", "kill_after", "fail"]))
def test_stopped_anywhere_the_next_runs_reach_the_same_end(
    first: Wishes, people: People, second: Wishes, boundary: int, how: str
) -> None:
    calm, disturbed = network(first, people), network(first, people)
    for runs in (calm, disturbed):
        run(runs)
        runs.wishes = second
    run(calm)
    disturbed.server.boundaries.reset()
    setattr(disturbed.server.boundaries, how, boundary)
    with suppress(Killed):
        run(disturbed)
    disturbed.server.boundaries.reset()
    run(disturbed)
    run(disturbed)
    assert disturbed.server.state() == calm.server.state()
    assert changes(disturbed.plan()) == []


@settings(max_examples=40, deadline=None)
@given(wishes(), lists())
def test_losing_the_state_changes_nothing_there(wanted: Wishes, people: People) -> None:
    runs = network(wanted, people)
    run(runs)
    before = runs.server.state()
    runs.lose_state()
    run(runs)
    assert runs.server.state() == before
    assert changes(runs.plan()) == []
