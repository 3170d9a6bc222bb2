"""Calls of the API by a person who is logged in."""

from typing import Any

from web_office import Browser


def asked(browser: Browser, path: str) -> Any:
    answer = browser.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def send(browser: Browser, method: str, path: str, body: object = None, token: str | None = None) -> Any:
    """The answer; with the token that GET /me says unless another one is given."""
    known = asked(browser, "/me")["token"] if token is None else token
    return browser.client.open(
        f"/api/v1{path}", method=method, base_url="https://netz.probe.example", json=body, headers={"X-Token": known}
    )
