"""One command of the program in a fresh process; prints what it cost as one line of JSON.

CPU is the time of this process on all its threads, never the time on the clock: other programs may be at work. The
peak of memory is that of this process alone (`ru_maxrss` may stem from the one that started it).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("config", type=Path)
    asked.add_argument("command", choices=("plan", "apply", "verify"))
    given = asked.parse_args()

    import network.ical.canonical
    import network.ical.reading
    from plugin.assembly import open_service

    parsed = [0]
    for module in (network.ical.canonical, network.ical.reading):
        module.parse_components = _counted(module.parse_components, parsed)  # type: ignore[attr-defined]
    imported = time.process_time()
    with open_service(given.config, environment=dict(os.environ)) as service:
        opened, started = time.process_time(), time.perf_counter()
        run = service.plan() if given.command == "plan" else service.apply(verify=given.command == "verify")
        ended = time.perf_counter()
    whole = time.process_time()
    print(
        json.dumps(
            {
                "exit_code": run.code,
                "changes": len(run.plan.changes),
                "done": run.report.counts["done"] if run.report else 0,
                "requests": dict(run.requests),
                "source_requests": sum(each.requests for each in run.sources),
                "parsed": parsed[0],
                "cpu_imports": round(imported, 3),
                "cpu_opening": round(opened - imported, 3),
                "cpu": round(whole - imported, 3),
                "cpu_in_all": round(whole, 3),
                "seconds": round(ended - started, 3),
                "megabytes": round(_peak() / 1024**2, 1),
                "problems": sorted({each.code for each in run.problems}),
            }
        )
    )


def _counted(function: Callable[..., Any], count: list[int]) -> Callable[..., Any]:
    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        return function(*args, **kwargs)

    return call


def _peak() -> int:
    """Bytes that this process held at most."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024
    except (OSError, StopIteration):
        in_bytes = sys.platform == "darwin"
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if in_bytes else 1024)


if __name__ == "__main__":
    main()
