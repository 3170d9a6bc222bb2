"""A service whose secrets are gone: who asks learns nothing, and it is no unforeseen fault."""

import pytest
from web_inside import Inside
from web_office import AT, Office

from plugin.web.app import create_app


def test_a_login_without_its_secret_is_not_set_up(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.running.environment.pop("OAUTH_SECRET")  # type: ignore[attr-defined]
    assert office.browser().get("/login").status_code == 503
    assert not [each for each in caplog.records if each.exc_info]


def test_a_hint_without_the_secret_is_refused(inside: Inside) -> None:
    running = inside.running
    name = running.settings.service.exapp.secret.variable  # type: ignore[union-attr]
    kept = running.environment.pop(name)  # type: ignore[attr-defined]
    try:
        assert create_app(running).test_client().post("/hooks/nextcloud", base_url=AT, json={}).status_code == 503
    finally:
        running.environment[name] = kept  # type: ignore[index]
