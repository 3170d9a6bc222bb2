"""The OCS envelope in both versions and both formats.

Version 1 answers HTTP 200 for almost everything and says 100 for success; version 2 maps the code to HTTP. XML is
what nextcloud-api-wrapper reads Team folders from, with PHP's way of writing arrays: lists become `element`, an
empty or false value an empty tag, keys that begin with `@` attributes.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Literal

Version = Literal[1, 2]
UNAUTHORISED = 997
NOT_FOUND = 998
UNKNOWN = 999


class OcsFailure(Exception):
    """`code` as the server's controllers give it; `data` stands in the envelope."""

    def __init__(self, code: int, message: str = "", data: object = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


def http_status(version: Version, code: int) -> int:
    if version == 1:
        return HTTPStatus.UNAUTHORIZED if code == UNAUTHORISED else HTTPStatus.OK
    if code == UNAUTHORISED:
        return HTTPStatus.UNAUTHORIZED
    if code == NOT_FOUND:
        return HTTPStatus.NOT_FOUND
    if code in (996, UNKNOWN):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return code if 200 <= code <= 600 else HTTPStatus.BAD_REQUEST


def render(version: Version, as_json: bool, code: int, message: str, data: object) -> bytes:
    """The whole body. `code` 200 is success; `data` may hold dicts, lists, tuples, strings, numbers, bools, None."""
    success = 200 <= code < 300
    meta: dict[str, object] = {
        "status": "ok" if success else "failure",
        "statuscode": 100 if success and version == 1 else code,
        "message": "OK" if success else message,
    }
    if version == 1:
        meta |= {"totalitems": "", "itemsperpage": ""}
    document = {"ocs": {"meta": meta, "data": data}}
    if as_json:
        return json.dumps(document).encode()
    root = ET.Element("ocs")
    _fill(root, document["ocs"])
    text: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0"?>\n' + text


def _fill(parent: ET.Element, value: object) -> None:
    if isinstance(value, Mapping):
        for key, item in value.items():
            _add(parent, str(key), item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _add(parent, "element", item)
    else:
        parent.text = _text(value)


def _add(parent: ET.Element, key: str, item: object) -> None:
    if key.startswith("@"):
        parent.set(key[1:], _text(item))
        return
    name = "element" if re.fullmatch(r"-?\d+", key) else key
    _fill(ET.SubElement(parent, name), item)


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)
