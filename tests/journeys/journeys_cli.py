"""The command line as a person or a program uses it: arguments in, exit code and both outputs out."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from plugin.cli.main import run
from plugin.sandbox import Sandbox


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output, which has to be exactly one JSON document."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def digitalnetzwerk(*arguments: str, err: io.StringIO | None = None, environment: Mapping[str, str] = {}) -> Said:
    """One command line."""
    out, err = io.StringIO(), err or io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name, value in environment.items():
            patch.setenv(name, value)
        code = run(arguments)
    return Said(code, out.getvalue(), err.getvalue())


class Browser(io.StringIO):
    """Standard error with a person in front of it, who opens the address that appears and agrees."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._service = sandbox.service

    def write(self, words: str) -> int:
        for address in re.findall(r"http\S+/login/v2/flow/\w+", words):
            form = {"user": self._service.user, "password": self._service.password}
            assert requests.post(address, data=form, timeout=10).ok
        return super().write(words)
