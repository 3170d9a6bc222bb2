"""`python -m plugin.sandbox`: the stand-in as a program of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from plugin.sandbox import run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m plugin.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder that keeps the state; without it everything is in memory")
    parser.add_argument("--limits", choices=("server", "lifted"), default="lifted")
    parser.add_argument("--json", action="store_true", help="print one line of JSON when ready")
    given = parser.parse_args()
    run(given.port, given.data, given.limits, given.json)


if __name__ == "__main__":
    main()
