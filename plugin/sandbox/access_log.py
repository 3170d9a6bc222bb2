"""Every request that the sandbox answered: in memory for tests, and as JSON lines in DIR/access.jsonl."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is percent-decoded and without its query; `user` is empty for nobody; `ms` are whole milliseconds."""

    method: str
    path: str
    user: str
    status: int
    ms: int


class AccessLog:
    def __init__(self, path: Path | None) -> None:
        self.requests: list[Request] = []
        self._file: IO[str] | None = path.open("a", encoding="utf-8") if path else None

    def add(self, request: Request) -> None:
        self.requests.append(request)
        if self._file is not None:
            self._file.write(json.dumps(asdict(request), ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
