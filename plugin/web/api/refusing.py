"""A call that was understood and is not carried out, with a stable code."""

from __future__ import annotations

from http import HTTPStatus

from network.problems import Problem


class Refused(Exception):
    """`problem` says more to people, where there is more to say."""

    def __init__(self, status: HTTPStatus, code: str, problem: Problem | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.problem = problem
