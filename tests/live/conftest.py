"""What all live tests need: a server whose limits for an hour do not count the tests of one run together.

The limits are raised through the provisioning interface and put back afterwards.
"""

import os
import time
from collections.abc import Iterator

import pytest
import requests

LIMITS = {
    "rateLimitCalendarCreation": "10000",
    "maximumCalendarsSubscriptions": "-1",
    "rateLimitShareAddressbookOrCalendar": "10000",
}
SETTINGS_REACH_THE_WORKERS = 5


@pytest.fixture(scope="session", autouse=True)
def raised_limits() -> Iterator[None]:
    if "NEXTCLOUD_ADMIN_PASSWORD" not in os.environ:
        yield
        return
    before = {name: _asked(name) for name in LIMITS}
    for name, value in LIMITS.items():
        _set(name, value)
    time.sleep(SETTINGS_REACH_THE_WORKERS)
    yield
    for name, value in before.items():
        _set(name, "" if value == LIMITS[name] else value)  # exactly ours: left by a run that was killed


def _asked(name: str) -> str:
    return str(_ocs("GET", name)["ocs"]["data"]["data"])


def _set(name: str, value: str) -> None:
    if value:
        _ocs("POST", name, value=value)
    else:
        _ocs("DELETE", name)


def _ocs(method: str, name: str, **fields: str) -> dict[str, dict[str, dict[str, str]]]:
    answer = requests.request(
        method,
        f"{os.environ['NEXTCLOUD_URL']}/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/dav/{name}",
        params={"format": "json"},
        data=fields,
        auth=(os.environ["NEXTCLOUD_ADMIN"], os.environ["NEXTCLOUD_ADMIN_PASSWORD"]),
        headers={"OCS-APIRequest": "true"},
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()
