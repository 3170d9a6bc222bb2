"""What no browser sends: it is refused like anything else that is wrong, and breaks nothing."""

import pytest
from web_office import AT, Browser, Office

DIGITS = "9" * 5000
"""More than Python makes a number of."""


@pytest.mark.parametrize(
    ("cookie", "state"), [("ä", "ä"), ("\udcff", "x"), ("x", "ä"), ("", ""), ("x" * 5000, "%ff"), ('"\\303\\244"', "ä")]
)
def test_a_login_that_never_began_with_us(office: Office, cookie: str, state: str) -> None:
    client = office.app.test_client(use_cookies=False)
    header = f"dnw_login={cookie}".encode("utf-8", "surrogateescape").decode("latin-1")
    answer = client.get(f"/login/back?state={state}&code=x", base_url=AT, headers={"Cookie": header})
    assert answer.status_code in (400, 502)  # 502: whoever brings their own is asked for at Nextcloud, in vain


@pytest.mark.parametrize(
    "path",
    [
        f"/betrieb/laeufe/{DIGITS}",
        f"/betrieb/auftrag/{DIGITS}",
        f"/api/v1/runs/{DIGITS}",
        f"/api/v1/errands/{DIGITS}",
        f"/monat/{DIGITS}-01",
        f"/monat/{DIGITS[:4]}-12",
        "/monat/0001-01",
        "/monat/²027-12",
        f"/abo/{DIGITS}.ics",
    ],
)
def test_a_number_too_long_to_be_one(staffed: Office, path: str) -> None:
    assert staffed.person("erika.kreis").get(path).status_code == 404
    assert staffed.browser().get(path).status_code in (303, 401, 404)


@pytest.mark.parametrize(
    "path",
    [
        f"/faellt-aus?tage={DIGITS}",
        "/faellt-aus?tage=٧",
        f"/?seite={DIGITS}",
        "/?von=0001-01-01&bis=9999-12-31",
        "/?von=2027-W01-1&q=%01%25_",
        f"/betrieb/aenderungen?page={DIGITS}",
        "/betrieb/aenderungen?q=%01&scope=%01",
        "/betrieb/aenderungen?q=%25&scope=%25",
        f"/betrieb/laeufe?page=-{DIGITS}",
        "/?" + "&".join(f"q{number}=1" for number in range(10_000)),
        "/?q=" + "%20a" * 5000,
    ],
)
def test_an_address_with_anything_behind_it(staffed: Office, path: str) -> None:
    assert staffed.person("erika.kreis").get(path).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", DIGITS, "\1", ""])
@pytest.mark.parametrize("reason", ["", "krank"])
def test_a_day_that_no_calendar_knows(staffed: Office, day: str, reason: str) -> None:
    coordinator = staffed.person("max.kreis")
    answer = coordinator.post("/faellt-aus", token=coordinator.token(), key="x", day=day, reason=reason)
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "OPTIONS", "HEAD", "DELETE", "\x1b[31mX"])
@pytest.mark.parametrize("path", ["/", "/betrieb/lauf", "/api/v1/runs", "/healthz", "/init", "/metrics", "/abo/x.ics"])
def test_another_method_does_nothing(staffed: Office, method: str, path: str) -> None:
    coordinator = staffed.person("max.kreis")
    answer = coordinator.client.open(path, method=method, base_url=AT, headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code < 500
    assert staffed.errands.log.waiting() == 0


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"kind":"person","kind":"administration"}', b"\xff", b'"\\ud800"'])
def test_a_body_that_is_no_honest_json(office: Office, body: bytes) -> None:
    browser = office.person("anna.brakel")
    headers = {"X-Token": browser.get("/api/v1/me").get_json()["token"], "Content-Type": "application/json"}
    answer = browser.client.post("/api/v1/subscriptions", base_url=AT, data=body, headers=headers)
    assert answer.status_code in (409, 422)


def test_a_form_with_thousands_of_fields(staffed: Office) -> None:
    browser: Browser = staffed.person("erika.kreis")
    fields = {f"f{number}": "x" * 10 for number in range(50_000)}
    assert browser.post("/betrieb/lauf", token=browser.token(), **fields).status_code in (403, 413)
    assert staffed.errands.log.waiting() == 0
