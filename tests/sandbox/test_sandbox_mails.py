"""Which mails the server would have sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sandbox_caller import Caller

from plugin.sandbox import Sandbox

SILENT = {"x-nc-scheduling": "false"}


@pytest.fixture
def organiser(sandbox: Sandbox, service: Caller) -> Caller:
    sandbox.add_user("anna", email="anna@kreis.example")
    service.make_calendar("c1")
    return service


def _guests(*mails: str) -> str:
    lines = "ORGANIZER:mailto:digitalnetzwerk@cloud.example\r\n"
    return lines + "".join(f"ATTENDEE:mailto:{mail}\r\n" for mail in mails)


def _methods(sandbox: Sandbox) -> list[tuple[str, str]]:
    return [(mail.recipient, mail.method) for mail in sandbox.mails]


def test_a_new_invitation_mails_local_and_foreign_guests(
    sandbox: Sandbox, organiser: Caller, event: Callable[..., str]
) -> None:
    organiser.put_event("c1/u.ics", event("u", _guests("anna@kreis.example", "x@anderswo.example")))
    assert _methods(sandbox) == [("anna@kreis.example", "REQUEST"), ("x@anderswo.example", "REQUEST")]


def test_mirroring_a_thousand_guests_in_silence_sends_nothing(
    sandbox: Sandbox, organiser: Caller, event: Callable[..., str]
) -> None:
    guests = _guests("anna@kreis.example", *(f"g{number}@anderswo.example" for number in range(1000)))
    assert organiser.put_event("c1/u.ics", event("u", guests), **SILENT).status_code == 201
    assert organiser.call("DELETE", organiser.home("c1/u.ics"), headers=SILENT).status_code == 204
    assert sandbox.mails == []


def test_the_same_object_again_mails_nobody_and_a_new_time_does(
    sandbox: Sandbox, organiser: Caller, event: Callable[..., str]
) -> None:
    guests = _guests("anna@kreis.example")
    organiser.put_event("c1/u.ics", event("u", guests))
    organiser.put_event("c1/u.ics", event("u", guests + "LOCATION:Raum 2\r\n"))
    assert len(sandbox.mails) == 1
    organiser.put_event("c1/u.ics", event("u", guests, start="20300110T100000Z"))
    assert len(sandbox.mails) == 2


def test_a_removal_mails_the_cancellation(sandbox: Sandbox, organiser: Caller, event: Callable[..., str]) -> None:
    organiser.put_event("c1/u.ics", event("u", _guests("anna@kreis.example")))
    organiser.call("DELETE", organiser.home("c1/u.ics"))
    assert _methods(sandbox)[-1] == ("anna@kreis.example", "CANCEL")


def test_past_events_mail_nobody(sandbox: Sandbox, organiser: Caller, event: Callable[..., str]) -> None:
    organiser.put_event("c1/u.ics", event("u", _guests("anna@kreis.example"), start="20200110T090000Z"))
    assert sandbox.mails == []


def test_the_instance_wide_switch_silences(
    sandbox: Sandbox, organiser: Caller, caller: Callable[..., Caller], event: Callable[..., str]
) -> None:
    admin = caller(sandbox.admin.user, sandbox.admin.password)
    path = "/ocs/v2.php/apps/provisioning_api/api/v1/config/apps/dav/sendInvitations"
    assert admin.call("POST", path, data={"value": "no"}).status_code == 200
    organiser.put_event("c1/u.ics", event("u", _guests("anna@kreis.example")))
    assert sandbox.mails == []
