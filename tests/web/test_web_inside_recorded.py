"""What a Nextcloud 34.0.1 really sent, in the order in which it did: registered, read, disabled, enabled, taken away."""

import json
from pathlib import Path
from typing import Any

import requests
from journeys_town import Town
from web_inside import Listening, described, listen, token_in

RECORDED = json.loads((Path(__file__).parent / "recorded" / "nextcloud-34.0.1.json").read_text(encoding="utf-8"))


def test_every_recorded_request_gets_the_answer_that_it_got_then(town: Town) -> None:
    town.swap("service:\n", "roles: {network_admins: {people: [anna.brakel, max.kreis]}}\nservice:\n")
    listening = listen(town)
    program = described(listening.address)
    program.enabled = True
    town.sandbox.world.ex_apps.add(program)
    token = ""
    for each in RECORDED["requests"]:
        answer = sent(listening, each, token)
        assert answer.status_code == each["status"], (each["while"], each["method"], each["path"])
        if 'name="token"' in answer.text:
            token = token_in(answer.text)
        if each["path"].startswith("/enabled"):
            assert answer.json() == {"error": ""}
            assert bool(program.shown) == each["path"].endswith("1")
    listening.close()


def test_the_recording_holds_no_host_and_no_secret_of_the_server() -> None:
    assert {each["headers"]["Host"] for each in RECORDED["requests"]} == {"dienst.example:8080", "cloud.example"}
    cookies = "; ".join(each["headers"].get("Cookie", "a=replaced") for each in RECORDED["requests"])
    assert {each.partition("=")[2] for each in cookies.split("; ")} == {"replaced"}


def sent(listening: Listening, each: dict[str, Any], token: str) -> requests.Response:
    return requests.request(
        each["method"],
        listening.address + each["path"],
        headers=each["headers"],
        data=each["body"].replace("{token}", token).encode(),
        allow_redirects=False,
        timeout=20,
    )
