"""Each contract test runs against the sandbox; with `-m live`, unchanged, against the Nextcloud of the environment.

The accounts, groups and calendars are the tests' own, with random names, and are taken away again. A live run raises
the four `dav` limits through the provisioning interface and puts them back; a value that is exactly ours was left by a
run that was killed, and goes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from contract_server import Client, Person, Server, fresh_person, privileged, real_server, unique

from plugin.sandbox import Sandbox

LIMITS = {
    "rateLimitCalendarCreation": "10000",
    "rateLimitPeriodCalendarCreation": "60",
    "maximumCalendarsSubscriptions": "-1",
    "rateLimitShareAddressbookOrCalendar": "10000",
}
SETTINGS_REACH_THE_WORKERS = 5


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server" in metafunc.fixturenames:
        chosen = "live" in metafunc.config.option.markexpr and "not live" not in metafunc.config.option.markexpr
        kind = pytest.param("live", marks=pytest.mark.live) if chosen else "sandbox"
        metafunc.parametrize("server", [kind], indirect=True, scope="session")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    if request.param == "live":
        found = real_server()
        if found is None:
            pytest.skip("NEXTCLOUD_URL is not set")
        with privileged(found, found.admin) as admin:
            found_set = {key: _setting(admin, key) for key in LIMITS}
            before = {key: "" if value == LIMITS[key] else value for key, value in found_set.items()}
            for key, value in LIMITS.items():
                assert _set(admin, key, value) == 200
            time.sleep(SETTINGS_REACH_THE_WORKERS)
            yield found
            admin.cookies.clear()
            for key, value in before.items():
                _set(admin, key, value)
        return
    with Sandbox() as sandbox:
        yield Server(sandbox.url, sandbox.admin, sandbox.service, live=False)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def admin(server: Server) -> Iterator[Client]:
    """The administrator with the real password; its writes are confirmed."""
    with privileged(server, server.admin) as client:
        yield client


@pytest.fixture(scope="session")
def service(server: Server) -> Client:
    """The ordinary account to which people, groups and Team folders are delegated, by its app password."""
    return server.client(server.service.user, server.service.app_password)


@pytest.fixture(scope="session")
def service_privileged(server: Server) -> Iterator[Client]:
    """The same account by its login password in a cookie jar of its own."""
    with privileged(server, server.service) as client:
        yield client


@pytest.fixture(scope="session")
def group(service_privileged: Client) -> Iterator[str]:
    """A group with a blank, a slash and an umlaut in its id; `anna` and `bernd` are in it."""
    gid = unique("Höxter A/B")
    assert service_privileged.ocs("POST", "/cloud/groups", data={"groupid": gid, "displayname": gid}).code == 200
    yield gid
    service_privileged.ocs("DELETE", f"/cloud/groups/{gid}")


@pytest.fixture(scope="session")
def owner(server: Server, admin: Client) -> Iterator[Person]:
    """Owns the calendars, teams and folders of the tests; in no group."""
    yield from fresh_person(server, admin, "Olga")


@pytest.fixture(scope="session")
def anna(server: Server, admin: Client, group: str) -> Iterator[Person]:
    yield from fresh_person(server, admin, "Anna", (group,))


@pytest.fixture(scope="session")
def bernd(server: Server, admin: Client, group: str) -> Iterator[Person]:
    yield from fresh_person(server, admin, "Bernd", (group,))


@pytest.fixture
def calendar(owner: Person) -> Iterator[str]:
    """The path of a fresh calendar of `owner`."""
    uri = unique("schulungen")
    assert owner.client.make_calendar(uri).status_code == 201
    path = owner.client.home(f"{uri}/")
    yield path
    owner.client.dav("DELETE", path, X_NC_CalDAV_No_Trashbin="1")


@pytest.fixture
def team(owner: Person) -> Iterator[str]:
    """The id of a fresh team that holds nobody but its owner."""
    made = owner.client.ocs("POST", "/apps/circles/circles", json={"name": unique("Team")})
    assert made.code == 200, made
    yield made.data["id"]
    owner.client.ocs("DELETE", f"/apps/circles/circles/{made.data['id']}")


def _setting(admin: Client, key: str) -> str:
    data = admin.ocs("GET", f"/apps/provisioning_api/api/v1/config/apps/dav/{key}").data
    return str(data["data"]) if isinstance(data, dict) else ""


def _set(admin: Client, key: str, value: str) -> int:
    path = f"/apps/provisioning_api/api/v1/config/apps/dav/{key}"
    if not value:
        return admin.ocs("DELETE", path).code
    return admin.ocs("POST", path, data={"value": value}).code
