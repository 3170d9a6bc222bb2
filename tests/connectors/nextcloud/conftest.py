"""One place to try everything at: the sandbox, and unchanged a real Nextcloud when the environment names one.

A real one is asked for with NEXTCLOUD_URL, NEXTCLOUD_ADMIN(_PASSWORD), NEXTCLOUD_SERVICE(_PASSWORD, _APP_PASSWORD) and
NEXTCLOUD_STAFF_PASSWORD, the password of `anna.kreis` (group kreis-hoexter) and `anna.brakel` (group brakel). Every
test makes things under names of its own and removes them.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from connectors.nextcloud import AdminLogin, NextcloudServer, PrintCommands, connect
from connectors.nextcloud.wrapper import Wrapper
from network.errors import NotThere
from network.ports import CalendarWish
from plugin.sandbox import Sandbox

LIMITS = ("rateLimitCalendarCreation", "maximumCalendarsSubscriptions", "rateLimitShareAddressbookOrCalendar")
STAFF = ("anna.kreis", "kreis-hoexter"), ("anna.brakel", "brakel")


@dataclass(frozen=True)
class Place:
    """A Nextcloud to try things at. On a shared one others make and remove things at the same time."""

    url: str
    service: str
    password: str
    app_password: str
    staff_passwords: dict[str, str]
    is_shared: bool = False

    def connect(self, *, rights: AdminLogin | PrintCommands | None = None) -> NextcloudServer:
        """As the service account with its app password."""
        return connect(self.url, self.service, self.app_password, rights=rights)

    def admin_login(self) -> AdminLogin:
        return AdminLogin(self.service, self.password)

    def staff(self, account: str = "anna.kreis") -> NextcloudServer:
        return connect(self.url, account, self.staff_passwords[account])


@pytest.fixture(scope="session", params=["sandbox", pytest.param("live", marks=pytest.mark.live)])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    if request.param == "sandbox":
        yield from _sandbox()
    elif "NEXTCLOUD_URL" not in os.environ:
        pytest.skip("no real Nextcloud named in the environment")
    else:
        yield from _live()


def _sandbox() -> Iterator[Place]:
    with Sandbox() as sandbox:
        sandbox.add_group("kreis-hoexter", "Kreis Höxter")
        logins = [sandbox.add_user(account, display_name="Anna", groups=(group,)) for account, group in STAFF]
        service = sandbox.service
        passwords = {login.user: login.password for login in logins}
        yield Place(sandbox.url, service.user, service.password, service.app_password, passwords)


def _live() -> Iterator[Place]:
    env = os.environ
    admin = connect(env["NEXTCLOUD_URL"], env["NEXTCLOUD_ADMIN"], env["NEXTCLOUD_ADMIN_PASSWORD"])
    config = Wrapper(admin._account).app_config
    before = {key: config.get("dav", key).json()["ocs"]["data"]["data"] for key in LIMITS}
    for key in LIMITS:
        config.set("dav", key, "-1" if key.startswith("maximum") else "10000")
    time.sleep(4)  # so long the server's processes keep the old values
    yield Place(
        env["NEXTCLOUD_URL"],
        env["NEXTCLOUD_SERVICE"],
        env["NEXTCLOUD_SERVICE_PASSWORD"],
        env["NEXTCLOUD_SERVICE_APP_PASSWORD"],
        {account: env["NEXTCLOUD_STAFF_PASSWORD"] for account, _ in STAFF},
        is_shared=True,
    )
    admin = connect(env["NEXTCLOUD_URL"], env["NEXTCLOUD_ADMIN"], env["NEXTCLOUD_ADMIN_PASSWORD"])
    config = Wrapper(admin._account).app_config
    for key, value in before.items():
        if value:
            config.set("dav", key, value)
        else:
            config.unset("dav", key)


@pytest.fixture
def server(place: Place) -> Iterator[NextcloudServer]:
    """The service account, with the right to write groups and Team folders."""
    found = place.connect(rights=place.admin_login())
    yield found
    found.close()


@pytest.fixture
def name() -> str:
    """A name that nobody else uses: lower case letters and digits."""
    return f"t{uuid.uuid4().hex[:10]}"


@pytest.fixture
def calendar(server: NextcloudServer, name: str) -> Iterator[str]:
    """The href of an empty calendar of ours."""
    wish = CalendarWish(name, "#2f6f4e", "Europe/Berlin", "Versuch")
    href = server.calendars.create_calendar(f"dnw-{name}", wish)
    yield href
    with suppress(NotThere):
        server.calendars.delete_calendar(href, purge=True)


@pytest.fixture
def team(server: NextcloudServer, name: str) -> Iterator[str]:
    """The id of a team of ours with nobody else in it."""
    seen = server.teams.create_team(name)
    yield seen.id
    if any(each.id == seen.id for each in server.teams.teams()):
        server.teams.delete_team(seen.id)


@pytest.fixture
def folder(server: NextcloudServer, name: str) -> Iterator[int]:
    """The id of an empty Team folder, named like `name`."""
    made = server.folders.create_folder(name)
    yield made
    if any(each.id == made for each in server.folders.folders()):
        server.folders.delete_folder(made)
