"""Failures to order, and the record of what was asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from sandbox_caller import Caller

from plugin.sandbox import Sandbox


def test_an_ordered_failure_hits_so_often_and_does_nothing(sandbox: Sandbox, service: Caller) -> None:
    sandbox.fail_next("MKCALENDAR", r"/c1$", 503, count=2, headers=(("Retry-After", "7"),))
    first = service.call("MKCALENDAR", service.home("c1"))
    assert (first.status_code, first.headers["Retry-After"]) == (503, "7")
    assert service.make_calendar("c2") == 201
    assert [service.make_calendar("c1") for _ in range(2)] == [503, 201]


def test_a_dropped_connection_comes_after_the_deed(sandbox: Sandbox, service: Caller) -> None:
    sandbox.drop_after("MKCALENDAR", r"/c1$")
    with pytest.raises(requests.ConnectionError):
        service.make_calendar("c1")
    assert service.call("PROPFIND", service.home("c1/")).status_code == 207
    assert service.make_calendar("c2") == 201


def test_every_request_is_recorded_decoded_and_with_its_user(sandbox: Sandbox, service: Caller) -> None:
    service.call("PROPFIND", service.home("gibt es nicht ä/"))
    requests.get(sandbox.url + "/status.php", timeout=10)
    rows = [(row.method, row.path, row.user, row.status) for row in sandbox.requests]
    assert rows == [
        ("PROPFIND", f"/remote.php/dav/calendars/{sandbox.service.user}/gibt es nicht ä/", sandbox.service.user, 404),
        ("GET", "/status.php", "", 200),
    ]


def test_the_record_also_stands_in_the_folder(tmp_path: Path) -> None:
    with Sandbox(tmp_path) as sandbox:
        requests.get(sandbox.url + "/status.php", timeout=10)
        rows = [json.loads(line) for line in (tmp_path / "access.jsonl").read_text().splitlines()]
    assert [(row["method"], row["path"], row["status"]) for row in rows] == [("GET", "/status.php", 200)]
    assert set(rows[0]) == {"method", "path", "user", "status", "ms"}


def test_many_threads_at_once_get_right_answers(
    sandbox: Sandbox, caller: Callable[..., Caller], event: Callable[..., str]
) -> None:
    caller(sandbox.service.user, sandbox.service.app_password).make_calendar("c1")

    def put(number: int) -> int:
        client = caller(sandbox.service.user, sandbox.service.app_password)
        return client.put_event(
            f"c1/u{number % 20}.ics", event(f"u{number % 20}"), **{"If-None-Match": "*"}
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(put, range(60)))
    assert statuses == [201] * 20 + [412] * 40


def test_a_late_answer_holds_up_nobody_else(sandbox: Sandbox, service: Caller) -> None:
    sandbox.delay_next("MKCALENDAR", r"/c1$", 0.5)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(service.make_calendar, "c1")
        other = Caller(sandbox.url, service.user, sandbox.service.app_password)
        time.sleep(0.1)
        begun = time.perf_counter()
        assert other.make_calendar("c2") == 201
        assert time.perf_counter() - begun < 0.3
        assert late.result() == 201


def test_a_client_that_does_not_wait_has_still_done_it(sandbox: Sandbox, service: Caller) -> None:
    sandbox.delay_next("MKCALENDAR", r"/c1$", 0.4)
    with pytest.raises(requests.ReadTimeout):
        service.request("MKCALENDAR", sandbox.url + service.home("c1"), timeout=0.1)
    time.sleep(0.5)
    assert service.call("PROPFIND", service.home("c1/")).status_code == 207
