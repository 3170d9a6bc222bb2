"""The yardstick of bench_pages: a bare Flask program that renders the list page's own template with the same data.

The data is what the real program gave its template once. Beside that there is no database, no session, no guard, no log;
links and dates are written by the same functions. Served as the real one is: the configuration and the key of a session
are the arguments, the first line printed is the address.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, g, render_template, template_rendered

from plugin.process import listening
from plugin.running import Running
from plugin.web.app import create_app
from plugin.web.arrivals import COOKIE

TEMPLATE, OF_FLASK = "trainings/overview.html", ("g", "request", "session")


def prepared(app: Flask, key: str) -> dict[str, Any]:
    """What the real program gives the template for this session."""
    given: list[dict[str, Any]] = []

    def keep(_: Flask, context: dict[str, Any], **_more: object) -> None:
        given.append({name: each for name, each in context.items() if name not in OF_FLASK})

    client = app.test_client()
    client.set_cookie(COOKIE, key)
    with template_rendered.connected_to(keep, app):
        assert client.get("/").status_code == 200
    return given[-1]


def from_memory(real: Flask, context: dict[str, Any]) -> Flask:
    """It knows all addresses of the real program, for the links, and answers one of them."""
    bare = Flask("plugin.web", static_folder=None)
    bare.jinja_env.filters.update(real.jinja_env.filters)
    for rule in real.url_map.iter_rules():
        bare.add_url_rule(rule.rule, rule.endpoint)

    def overview() -> str:
        g.language = "de"
        return render_template(TEMPLATE, **context)

    bare.view_functions["trainings.overview"] = overview
    return bare


def main(config: Path, key: str) -> None:
    running = Running(config, environment=dict(os.environ), clock=lambda: datetime.now(UTC))
    real = create_app(running)
    bare = from_memory(real, prepared(real, key))
    running.state.engine.dispose()
    server = listening(bare, host="127.0.0.1", port=0)
    print(json.dumps({"url": f"http://127.0.0.1:{server.effective_port}"}), flush=True)
    server.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
