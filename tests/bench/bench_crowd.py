"""100 people who look at one page again and again, each over a connection of their own that stays open.

A process of its own, started by bench_pages: HOST:PORT, path and how often each asks are its arguments, the cookies of
the people its input. It prints one line of JSON; a page that is not there, or that is not the same each time, ends it.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import sys
import time
from collections.abc import Sequence

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


async def crowd(place: str, path: str, cookies: Sequence[str], times: int) -> dict[str, float]:
    """Seconds from the first question to the last answer, and of single answers in milliseconds; all connect before."""
    host, _, port = place.partition(":")
    lines = [await asyncio.open_connection(host, int(port)) for _ in cookies]
    asked = [f"GET {path} HTTP/1.1\r\nHost: {place}\r\nCookie: {each}\r\n\r\n".encode() for each in cookies]
    began = time.perf_counter()
    people = (_one(*line, each, times) for line, each in zip(lines, asked, strict=True))
    answers = [each for those in await asyncio.gather(*people) for each in those]
    seconds = time.perf_counter() - began
    for _, writer in lines:
        writer.close()
    (size,) = {size for _, size in answers}
    waited = sorted(took * 1000 for took, _ in answers)
    return {
        "per_second": len(answers) / seconds,
        "median": statistics.median(waited),
        "p95": statistics.quantiles(waited, n=20)[-1],
        "bytes": size,
    }


async def _one(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes, times: int
) -> list[tuple[float, int]]:
    """Seconds and bytes of each answer."""
    found: list[tuple[float, int]] = []
    for _ in range(times):
        began = time.perf_counter()
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert head.startswith(b"HTTP/1.1 200 ") and length, head
        body = await reader.readexactly(int(length[1]))
        found.append((time.perf_counter() - began, len(body)))
    return found


if __name__ == "__main__":
    _, where, page, often = sys.argv
    print(json.dumps(asyncio.run(crowd(where, page, sys.stdin.read().split(), int(often)))))
