"""The same through the real connectors over HTTP, read back as staff see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import pytest
from workspace_example import OZG, PEOPLE, PRESS, SMALL, WISHES
from workspace_run import NETWORK, RunsOn, changes, codes

from connectors.nextcloud import AdminLogin, NextcloudServer, connect
from network.apply import apply_plan
from network.errors import DigitalnetzwerkError
from network.plan import Plan, ScopeKind
from network.report import Result
from plugin.sandbox import Sandbox
from workspace_sync import template
from workspace_sync.executor import WorkspaceExecutor
from workspace_sync.look import look_at_everything
from workspace_sync.people import People
from workspace_sync.planners.removal import plan_removal
from workspace_sync.remembered import Remembered
from workspace_sync.situation import Situation
from workspace_sync.wish import FolderWish

STAFF = {"anna": ("brakel",), "bernd": ("brakel",), "clara": ("nieheim",)}
OTHERS = ("dora", "emil", "erika", "max", "presse", "frieda")


@dataclass
class Network(RunsOn[NextcloudServer]):
    sandbox: Sandbox = field(kw_only=True)
    open: ExitStack = field(kw_only=True)

    def as_staff(self, account: str) -> NextcloudServer:
        server = connect(self.sandbox.url, account, f"sandbox-{account}")
        self.open.callback(server.close)
        return server

    def may_read(self, account: str, path: str) -> bool:
        return self.as_staff(account).files.stat(path) is not None

    def may_write(self, account: str, path: str) -> bool:
        try:
            self.as_staff(account).files.write(f"{path}/{account}.txt", b"x")
        except DigitalnetzwerkError:
            return False
        return True


@pytest.fixture
def network() -> Iterator[Network]:
    with Sandbox(limits="lifted") as sandbox, ExitStack() as stack:
        for group in ("brakel", "nieheim"):
            sandbox.add_group(group)
        for account in (*STAFF, *OTHERS):
            sandbox.add_user(account, groups=STAFF.get(account, ()))
        service = sandbox.service
        server = connect(
            sandbox.url, service.user, service.app_password, rights=AdminLogin(service.user, service.password)
        )
        stack.callback(server.close)
        yield Network(server, WISHES, PEOPLE, sandbox=sandbox, open=stack)


def written(network: Network) -> list[str]:
    """The requests of the service account that changed something, as the sandbox logged them."""
    reading = {"GET", "PROPFIND", "REPORT", "HEAD", "OPTIONS"}
    return [f"{each.method} {each.path}" for each in network.sandbox.requests if each.method not in reading]


def test_three_kinds_of_staff_see_what_they_should(network: Network) -> None:
    report = network.apply()
    assert [outcome.problem for outcome in report.outcomes if outcome.result is not Result.DONE] == []
    assert network.may_write("erika", "/Austausch OZG")  # leads
    assert network.may_write("anna", "/Austausch OZG")  # by her topic
    assert network.may_write("clara", "/Austausch OZG")  # through her group
    assert not network.may_read("bernd", "/Austausch OZG")
    assert network.may_read("bernd", "/Presse/Readme.md")
    assert not network.may_write("bernd", "/Presse")
    assert network.may_read("dora", "/Presse")  # through a group that we made
    assert network.may_write("presse", "/Presse")
    assert not network.may_read("frieda", "/Presse")


def test_the_room_holds_the_team_and_its_lead_moderates(network: Network) -> None:
    network.apply()
    room = next(room for room in network.as_staff("clara").rooms.rooms() if room.name == "Austausch OZG")
    attendees = network.server.rooms.attendees(room.token)
    assert {row.who.id for row in attendees if row.who.kind == "user"} >= {"anna", "clara", "erika"}
    assert [row.who.id for row in attendees if row.is_moderator and not row.is_owner] == ["erika"]


def test_a_second_run_writes_nothing_also_without_its_memory(network: Network) -> None:
    network.apply()
    before = len(written(network))
    assert changes(network.plan()) == []
    network.apply()
    assert len(written(network)) == before
    network.lose_state()
    network.apply()
    assert [each for each in written(network)[before:] if "MKCOL" not in each and "/files/" not in each] == []
    assert changes(network.plan()) == []


def test_a_foreign_team_and_folder_of_the_name_are_left_alone(network: Network) -> None:
    foreign = network.as_staff("max").teams.create_team("Austausch OZG")
    admin = network.sandbox.admin
    administrator = connect(network.sandbox.url, admin.user, admin.password, rights=AdminLogin(admin.user, admin.password))  # fmt: skip
    network.open.callback(administrator.close)
    administrator.folders.create_folder("Presse")
    network.apply()
    plans = network.plan()
    assert "name_taken" in codes(plans)
    assert changes(plans) == []
    assert [team.name for team in network.as_staff("max").teams.teams()] == ["Austausch OZG"]
    assert [row.who.id for row in network.as_staff("max").teams.members(foreign.id)] == ["max"]
    assert next(each for each in administrator.folders.folders() if each.name == "Presse").grants == ()


def test_who_lost_the_topic_loses_team_room_and_folder(network: Network) -> None:
    network.apply()
    network.people = People(tuple(each for each in PEOPLE.persons if each.account != "anna"))
    network.apply()
    assert not network.may_read("anna", "/Austausch OZG")
    assert not network.as_staff("anna").rooms.rooms()
    assert changes(network.plan()) == []


def test_a_renamed_exchange_group_is_renamed_there(network: Network) -> None:
    network.apply()
    renamed = replace(OZG, name="OZG und mehr", folder=FolderWish("OZG und mehr", None, SMALL))
    network.wishes = replace(WISHES, exchange_groups=(renamed,))
    network.apply()
    assert network.may_write("anna", "/OZG und mehr")
    assert changes(network.plan()) == []


def test_every_template_goes_through_the_file_interface(network: Network) -> None:
    names = template.own_templates()
    wishes = tuple(
        replace(PRESS, key=name, folder=FolderWish(f"Ordner {name}", 1_000_000, template.load(name))) for name in names
    )
    network.wishes = replace(WISHES, projects=wishes)
    report = network.apply()
    assert [outcome.problem for outcome in report.outcomes if outcome.result is not Result.DONE] == []
    for name in names:
        assert network.may_read("bernd", f"/Ordner {name}/Readme.md")
    assert changes(network.plan()) == []


def test_the_way_back_leaves_the_server_as_it_was(network: Network) -> None:
    before = (network.server.teams.teams(), network.server.folders.folders(), network.server.rooms.rooms(), {group.id for group in network.server.directory.groups()})  # fmt: skip
    network.apply()
    remembered = Remembered.of(network.books)
    actual = look_at_everything(network.server, network.wishes, remembered, network=NETWORK.id)
    situation = Situation(NETWORK, actual, remembered, network.people, network.wishes.groups, network.now)
    executor = WorkspaceExecutor(network.server, NETWORK, {})
    kinds = (ScopeKind.ADMINISTRATION, ScopeKind.EXCHANGE_GROUP, ScopeKind.PROJECT)
    plan = Plan(plan_removal(network.wishes, situation))
    report = apply_plan(plan, dict.fromkeys(kinds, executor), network.books, parallel=1)
    assert report.is_whole, [outcome.problem for outcome in report.outcomes]
    after = (network.server.teams.teams(), network.server.folders.folders(), network.server.rooms.rooms(), {group.id for group in network.server.directory.groups()})  # fmt: skip
    assert after == before
    assert network.books.rows == {}
