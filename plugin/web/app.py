"""The WSGI program."""

from __future__ import annotations

from flask import Flask

from plugin.running import Running
from plugin.web.health import health


def create_app(running: Running) -> Flask:
    """The pages over the configuration that is in force."""
    app = Flask("plugin.web", static_folder=None)
    app.register_blueprint(health(running))
    return app
