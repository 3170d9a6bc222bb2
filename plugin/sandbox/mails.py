"""Mails that the server would have sent: kept in memory and as JSON lines in DIR/mails.jsonl. Nothing leaves."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Mail:
    """`method` is the iTIP method (REQUEST, CANCEL, REPLY); `uid` that of the calendar object."""

    sender: str
    recipient: str
    method: str
    uid: str
    subject: str


class Mails:
    def __init__(self, path: Path | None) -> None:
        self.sent: list[Mail] = []
        self._file: IO[str] | None = path.open("a", encoding="utf-8") if path else None

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)
        if self._file is not None:
            self._file.write(json.dumps(asdict(mail), ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
