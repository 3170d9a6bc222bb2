"""Programs that the sandbox knows, and its proxy: the habits of Nextcloud 34.0.1 that a program has to live with."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from flask import Flask, Response, jsonify, redirect, request
from werkzeug.serving import make_server

from plugin.sandbox import Sandbox
from plugin.sandbox.ex_apps import ExApp, ProxyRoute, headers

ME = "/ocs/v2.php/cloud/user"
STATE = "/ocs/v2.php/apps/app_api/ex-app/state"
ROUTES = [
    ProxyRoute("^/public$", "GET", 0),
    ProxyRoute("^/admin", "GET,POST", 2),
    ProxyRoute(".*", "GET,POST,PUT,DELETE", 1, ("Authorization",)),
]


@dataclass
class Known:
    """A program that answers with what it was sent."""

    sandbox: Sandbox
    app: ExApp

    def get(self, path: str, account: str = "anna", **options: object) -> requests.Response:
        login = (account, f"sandbox-{account}") if account else None
        url = f"{self.sandbox.url}/index.php/apps/app_api/proxy/probe/{path}"
        return requests.get(url, auth=login, timeout=10, **options)  # type: ignore[arg-type]

    def ask(self, path: str, account: str, secret: str = "") -> int:
        """The status of a request that the program sends as somebody."""
        app = ExApp(self.app.id, secret or self.app.secret, "", ())
        sent = {**headers(app, account), "OCS-APIRequest": "true", "Accept": "application/json"}
        return requests.get(self.sandbox.url + path, headers=sent, timeout=10).status_code


def program() -> Flask:
    pages = Flask("probe")

    @pages.get("/two")
    def two() -> Response:
        answer = Response("two", content_type="text/plain")
        answer.headers.add("X-Twice", "one")
        answer.headers.add("X-Twice", "two")
        return answer

    @pages.get("/away")
    def away() -> object:
        return redirect("/told")

    @pages.get("/<path:path>")
    @pages.get("/", defaults={"path": ""})
    def told(path: str) -> Response:
        return jsonify(path=path, query=request.query_string.decode(), headers=dict(request.headers))

    return pages


@pytest.fixture
def known(sandbox: Sandbox) -> Iterator[Known]:
    sandbox.add_user("anna")
    server = make_server("127.0.0.1", 0, program(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = ExApp("probe", "s" * 32, f"http://127.0.0.1:{server.port}", ROUTES, enabled=True)
    sandbox.world.ex_apps.add(app)
    yield Known(sandbox, app)
    server.shutdown()
    server.server_close()


def test_the_program_is_told_who_asks_and_gets_the_cookies_but_not_the_login(known: Known) -> None:
    told = known.get("x", cookies={"own": "1"}).json()["headers"]
    assert told["Authorization-App-Api"] == headers(known.app, "anna")["AUTHORIZATION-APP-API"]
    assert "own=1" in told["Cookie"]
    assert "Authorization" not in told
    assert told["X-Origin-Ip"] == "127.0.0.1"


def test_the_first_route_that_fits_decides(known: Known) -> None:
    assert known.get("public", account="").status_code == 200
    assert known.get("x", account="").status_code == 404
    assert known.get("admin").status_code == 404
    known.sandbox.world.accounts.join("anna", "admin")
    assert known.get("admin").status_code == 200
    assert known.get("a/..%2fb").status_code == 404


def test_queries_are_built_anew(known: Known) -> None:
    assert known.get("x?k=1&k=2&l[]=a&l[]=b&s=a+b").json()["query"] == "k=2&l%5B0%5D=a&l%5B1%5D=b&s=a+b"


def test_redirects_are_followed_and_repeated_headers_lost(known: Known) -> None:
    assert known.get("away").json()["path"] == "told"
    assert known.get("two").headers["X-Twice"] == "one"


def test_who_says_nothing_gets_the_servers_word_on_caching_and_content(known: Known) -> None:
    answer = known.get("two")
    assert answer.headers["Cache-Control"] == "private, max-age=3600, must-revalidate"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Cache-Control" not in known.get("x").headers


def test_a_program_acts_as_anybody_without_a_password_while_it_is_enabled(known: Known) -> None:
    assert known.ask(ME, "anna") == 200
    assert known.ask(ME, "nobody") == 401
    assert known.ask(ME, "") == 401
    assert known.ask(ME, "anna", secret="f" * 32) == 401
    known.app.enabled = False
    assert known.ask(ME, "anna") == 401
    assert known.ask(STATE, "") == 200
    assert known.get("x").status_code == 404


def test_privileged_writes_are_refused_to_programs(known: Known) -> None:
    known.sandbox.world.accounts.join("anna", "admin")
    sent = {**headers(known.app, "anna"), "OCS-APIRequest": "true", "Accept": "application/json"}
    url = f"{known.sandbox.url}/ocs/v2.php/cloud/groups"
    assert requests.post(url, headers=sent, data={"groupid": "neu"}, timeout=10).status_code == 403
