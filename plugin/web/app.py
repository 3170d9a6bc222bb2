"""The WSGI program."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.state.sessions import Sessions
from plugin.catalogue import Catalogue
from plugin.running import Running
from plugin.web.access import guard
from plugin.web.health import health
from plugin.web.login import login
from plugin.web.looks import looks
from plugin.web.pages.trainings import trainings

LOGGED_IN_FOR = timedelta(hours=8)


def create_app(running: Running) -> Flask:
    """The pages over the configuration that is in force."""
    app = Flask("plugin.web", static_folder=None)
    sessions = Sessions(running.state.engine, clock=running.clock, lasting=LOGGED_IN_FOR)
    catalogue = Catalogue(running.state, running.settings.network.timezone)
    guard(app, sessions)
    app.register_blueprint(looks(app, running))
    app.register_blueprint(health(running))
    app.register_blueprint(login(running, sessions))
    app.register_blueprint(trainings(lambda: catalogue, running.clock))
    return app
