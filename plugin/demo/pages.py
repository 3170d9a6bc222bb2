"""The service over the demonstration's network: every connector in its own rhythm, and the pages, until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from plugin.process import Process
from plugin.running import Running
from plugin.sandbox import Sandbox
from plugin.web.app import following

HOST = "127.0.0.1"


def serve_pages(config: Path, sandbox: Sandbox, *, port: int, on_ready: Callable[[str], None]) -> None:
    """Registers the pages with the sandbox, as an administrator does it once with Nextcloud, and serves them."""
    login = dict(os.environ)
    running = Running(config, environment=login, clock=lambda: datetime.now(UTC))

    def ready(chosen: int) -> None:
        url = f"http://{HOST}:{chosen}"
        client = sandbox.world.oauth2.add_client(running.settings.network.name, f"{url}/login/back")
        login.update(OAUTH_ID=client.id, OAUTH_SECRET=client.secret)
        on_ready(url)

    Process(running).serve(following(running), host=HOST, port=port, on_ready=ready)
