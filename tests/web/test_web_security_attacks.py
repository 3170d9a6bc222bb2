"""What people with bad intentions send to a page: none of it becomes a script, a header, a redirect or a file."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from journeys_town import row
from web_office import AT, Browser, Office

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "'; drop table records; --",
    "\u202egnp.exe",
    'https://böse.example/"onmouseover="alert(1)',
)


class Marks(HTMLParser):
    """What a page holds that a browser would act upon."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.bad: list[str] = []
        self._is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._is_script = tag == "script"
        if tag == "script" and not given.get("src"):
            self.bad.append("a script inside of the page")
        self.bad += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction"):
            value = (given.get(name) or "").strip()
            if value:
                scheme = urlsplit(value).scheme
                if scheme not in ("", "https", "http", "mailto", "tel", "webcal"):
                    self.bad.append(f"{tag} {name}={value}")
            if name == "href" and tag == "a" and value:
                self.links.append(value)


def walked(browser: Browser) -> dict[str, str]:
    """Every page that can be reached from the first one by links."""
    pages: dict[str, str] = {}
    waiting = ["/"]
    while waiting and len(pages) < 150:
        path = waiting.pop()
        if path in pages or "herunterladen" in path or path.endswith(".ics"):
            continue
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        pages[path] = answer.text
        marks = Marks()
        marks.feed(answer.text)
        assert marks.bad == [], path
        for link in marks.links:
            target = urlsplit(urljoin(f"{AT}{path}", link))
            if f"{target.scheme}://{target.netloc}" == AT and target.path != "/logout":
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return pages


@pytest.mark.parametrize("account", ["erika.kreis", "max.kreis", "dora.nieheim", "anna.brakel"])
def test_nothing_that_a_source_writes_is_more_than_text(staffed: Office, account: str) -> None:
    town = staffed.town
    rows = []
    for number, text in enumerate(HOSTILE, 1):
        fields = row(number, f"{text} Schulung {number}")
        fields[3], fields[7], fields[8] = text, text, f"{text};Thema"
        rows.append(fields)
    town.save([*rows, row(SCRIPT, SCRIPT, day=SCRIPT)])  # type: ignore[arg-type]
    town.apply()
    pages = walked(staffed.person(account))
    assert len(pages) > 8
    assert any("&lt;script&gt;" in text for text in pages.values())
    assert any("{{ 7*7 }}" in text for text in pages.values())


def test_a_made_up_session_is_not_taken_over(office: Office) -> None:
    browser = office.browser()
    browser.client.set_cookie("dnw_session", "vom-angreifer-gewaehlt", domain="netz.probe.example")
    browser.log_in("anna.brakel")
    cookie = browser.client.get_cookie("dnw_session", domain="netz.probe.example")
    assert cookie is not None and cookie.value != "vom-angreifer-gewaehlt"
    other = office.browser()
    other.client.set_cookie("dnw_session", "vom-angreifer-gewaehlt", domain="netz.probe.example")
    assert other.get("/").status_code == 303


def test_a_logout_ends_the_session_itself(office: Office) -> None:
    browser = office.person("anna.brakel")
    cookie = browser.client.get_cookie("dnw_session", domain="netz.probe.example")
    assert cookie is not None
    browser.post("/logout", token=browser.token())
    thief = office.browser()
    thief.client.set_cookie("dnw_session", cookie.value, domain="netz.probe.example")
    assert thief.get("/").status_code == 303


def test_a_login_of_somebody_else_cannot_be_slipped_in(office: Office) -> None:
    attacker, victim = office.browser(), office.browser()
    back = attacker.begin_login()
    state = re.search(r"state=([^&]+)", back)
    assert state
    answer = victim.get(f"/login/back?state={state[1]}&code=irgendeiner")
    assert answer.status_code == 400
    assert victim.get("/").status_code == 303


@pytest.mark.parametrize(
    "path", ["/login?next=https://boese.example", "/login?next=//boese.example", "//boese.example/", "/\\boese.example"]
)
def test_nobody_is_sent_anywhere_else(office: Office, path: str) -> None:
    answer = office.browser().get(path)
    assert "boese.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("header", ["X-Request-Id", "X-Forwarded-Host", "X-Original-URL", "Accept-Language"])
@pytest.mark.parametrize("value", ["x%0d%0aSet-Cookie: a=b", "<script>", "../../etc/passwd", "ä" * 300, "a" * 9000])
def test_no_header_comes_back_as_another(office: Office, header: str, value: str) -> None:
    answer = office.browser().client.get("/", base_url=AT, headers={header: value.encode().decode("latin-1")})
    assert answer.status_code in (303, 400, 431)
    assert "Set-Cookie" not in answer.headers
    assert "<script>" not in answer.text
    assert len(answer.headers.get("X-Request-Id", "")) < 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e/looks.py",
        "/static/style.css%00.js",
        "/schulung/../../etc/passwd.ics",
        "/betrieb/hilfepaket/..%2f..%2fstate.sqlite",
        "/abo/..%2f..%2fstate.sqlite",
        "/api/v1/trainings/..%2f..%2fstate.sqlite",
        "/konzept/..%2fgeheim",
        "/austauschgruppen/..%2f..%2f",
    ],
)
def test_no_address_leads_to_a_file(staffed: Office, path: str) -> None:
    assert staffed.person("erika.kreis").get(path).status_code == 404


def test_a_nul_reaches_no_database(staffed: Office) -> None:
    browser = staffed.person("erika.kreis")
    for path in ("/betrieb/aenderungen?q=%00", "/?q=%00", "/api/v1/changes?words=%00", "/schulung/%00"):
        assert browser.get(path).status_code == 400, path
    assert browser.post("/betrieb/fragen", token=browser.token(), connector="plan", key="\x00").status_code == 400
    token = browser.get("/api/v1/me").get_json()["token"]
    body = {"connector": "plan", "key": "1\x00", "words": "keep"}
    answer = browser.client.post("/api/v1/answers", base_url=AT, json=body, headers={"X-Token": token})
    assert answer.status_code == 422
