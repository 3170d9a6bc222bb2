"""Optional apps can be absent, and nextcloud-api-wrapper works against the sandbox."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from nextcloud import NextCloud
from nextcloud.requester import OCSRequester, WebDAVRequester
from sandbox_caller import Caller

from plugin.sandbox import Sandbox


@pytest.mark.parametrize(
    ("option", "name", "path"),
    [
        ("talk", "spreed", "/ocs/v2.php/apps/spreed/api/v4/room"),
        ("teams", "circles", "/ocs/v2.php/apps/circles/circles"),
        ("team_folders", "groupfolders", "/index.php/apps/groupfolders/folders"),
    ],
)
def test_an_absent_app_is_missing_from_the_capabilities_and_404(option: str, name: str, path: str) -> None:
    with Sandbox(**{option: False}) as sandbox:
        client = Caller(sandbox.url, sandbox.service.user, sandbox.service.app_password)
        data = client.call("GET", "/ocs/v2.php/cloud/capabilities").json()["ocs"]["data"]
        assert name not in data["capabilities"]
        assert client.call("GET", path).status_code == 404
    with Sandbox() as sandbox:
        client = Caller(sandbox.url, sandbox.service.user, sandbox.service.app_password)
        data = client.call("GET", "/ocs/v2.php/cloud/capabilities").json()["ocs"]["data"]
        assert name in data["capabilities"]
        assert client.call("GET", path).status_code == 200


def test_the_wrapper_reads_and_writes_groups_folders_and_files(sandbox: Sandbox) -> None:
    OCSRequester.headers, WebDAVRequester.headers = {}, {}  # its one dict for both is a trap of its own
    wrapper = NextCloud(sandbox.url, user=sandbox.service.user, password=sandbox.service.password)
    assert wrapper.add_group("kreis").is_ok
    sandbox.add_user("anna", groups=("kreis",))
    assert wrapper.get_group("kreis").data["users"] == ["anna"]
    folder = wrapper.create_group_folder("Projekt Ü")
    assert folder.is_ok
    number = folder.data["id"]
    assert wrapper.grant_access_to_group_folder(number, "kreis").is_ok
    assert wrapper.set_permissions_to_group_folder(number, "kreis", "1").is_ok
    assert wrapper.get_group_folder(number).data["groups"] == {"kreis": 1}
    again = wrapper.create_group_folder("Projekt Ü")
    assert (again.status_code, again.data) == (-1, {"message": "Mount point already exists"})
    assert wrapper.create_folder("Planung").is_ok
    names = [item.href for item in wrapper.list_folders("/").data]
    assert any("Planung" in name for name in names)


def test_a_thousand_objects_slow_a_write_down_hardly(service: Caller, event: Callable[..., str]) -> None:
    """A storage that searches the calendar for the UID at every write would be tenfold slower here."""
    service.keeps_cookies = True
    service.make_calendar("c1")

    def seconds(first: int, count: int) -> float:
        begun = time.perf_counter()
        for number in range(first, first + count):
            assert service.put_event(f"c1/u{number}.ics", event(f"u{number}")).status_code == 201
        return (time.perf_counter() - begun) / count

    few = min(seconds(number * 50, 50) for number in range(2))
    seconds(100, 900)
    many = min(seconds(1000 + number * 50, 50) for number in range(2))
    assert many < 4 * few
