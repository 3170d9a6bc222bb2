"""A fresh sandbox for each test that asks for one, and clients that speak raw `requests`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sandbox_caller import Caller

from plugin.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@pytest.fixture
def caller(sandbox: Sandbox) -> Callable[..., Caller]:
    """Make a client of `sandbox` for a user and a secret."""

    def make(user: str, secret: str, *, cookies: bool = False) -> Caller:
        return Caller(sandbox.url, user, secret, cookies=cookies)

    return make


@pytest.fixture
def service(sandbox: Sandbox) -> Caller:
    return Caller(sandbox.url, sandbox.service.user, sandbox.service.app_password)


@pytest.fixture
def event() -> Callable[..., str]:
    """The text of an event."""

    def make(uid: str, more: str = "", start: str = "20300110T090000Z") -> str:
        return (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Probe//DE\r\nBEGIN:VEVENT\r\n"
            f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nSUMMARY:Schulung\r\n"
            f"{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )

    return make
