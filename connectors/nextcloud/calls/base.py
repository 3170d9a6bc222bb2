"""What all our call classes stand on: the wrapper's base for OCS version 2, with types and the plain answer."""

# mypy: disable-error-code="no-untyped-call"
# the wrapper has no annotations

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nextcloud.base import OCSv2ApiWrapper
from requests import Response

Fields = Mapping[str, str | int]


class OcsCalls(OCSv2ApiWrapper):
    """Each method sends one request below `API_URL` and returns the server's own answer."""

    API_URL: Any = NotImplementedError
    VERIFIED = False

    def _get(self, path: str = "", params: Fields | None = None) -> Response:
        return _raw(self.requester.get(path, params=params))

    def _post(self, path: str, fields: Fields) -> Response:
        return _raw(self.requester.post(path, data=fields))

    def _post_json(self, path: str, body: object) -> Response:
        return _raw(self.requester.post_json(path, data=json.dumps(body)))

    def _put(self, path: str, fields: Fields) -> Response:
        return _raw(self.requester.put(path, data=fields))

    def _put_json(self, path: str, body: object) -> Response:
        return _raw(self.requester.request("put/json", path, data=json.dumps(body)))

    def _delete(self, path: str, params: Fields | None = None) -> Response:
        return _raw(self.requester.delete(path, params=params))


def _raw(answer: Any) -> Response:
    raw: Response = answer.raw
    return raw
