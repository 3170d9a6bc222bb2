"""Whatever somebody sends to any call, the answer is one that the OpenAPI document names, and never a fault of ours.

schemathesis makes up requests from the document: fitting ones, and ones that don't fit.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web_office import Office

from plugin.web.api.calls import CALLS
from plugin.web.api.document import document

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("account", ["erika.kreis", "dora.nieheim"])
def test_no_request_breaks_a_call(staffed: Office, account: str, mode: GenerationMode) -> None:
    browser = staffed.person(account)
    token = browser.get("/api/v1/me").get_json()["token"]
    cookie = browser.client.get_cookie("dnw_session", domain="netz.probe.example")
    assert cookie is not None
    schema = from_dict({**document("Netz"), "servers": [{"url": "/api/v1"}]})
    is_wrong = mode is GenerationMode.NEGATIVE and account == "erika.kreis"
    answers: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            case.cookies = {"dnw_session": cookie.value}
            case.headers["X-Token"] = token  # else every call that changes something would end there
            answer = case.call(app=staffed.app)
            case.validate_response(answer, checks=CHECKS)
            answers.setdefault(case.operation.label, set()).add(answer.status_code)

        ask()
    assert answers.keys() == {f"{each.method} {each.path}" for each in CALLS}
    assert {status for each in answers.values() for status in each} >= ({200, 400, 422} if is_wrong else {200, 404})
