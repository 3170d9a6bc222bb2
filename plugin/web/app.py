"""The WSGI program."""

from __future__ import annotations

from flask import Flask

from plugin.exapp.protocol import protocol
from plugin.running import Running
from plugin.web.access import guard
from plugin.web.health import health
from plugin.web.login import login
from plugin.web.looks import looks
from plugin.web.pages.accessibility import accessibility
from plugin.web.pages.groups import groups
from plugin.web.pages.operations import operations
from plugin.web.pages.projects import projects
from plugin.web.pages.trainings import trainings
from plugin.web.site import Site


def create_app(running: Running) -> Flask:
    """The pages over the configuration that is in force."""
    app = Flask("plugin.web", static_folder=None)
    app.url_map.merge_slashes = app.url_map.strict_slashes = False  # Nextcloud's proxy would follow the redirect
    site = Site.of(running)
    shared = looks(app, site)
    guard(app, site.arrivals)
    for part in (
        shared,
        health(site),
        protocol(running),
        login(site),
        accessibility(site),
        trainings(site),
        groups(site),
        projects(site),
        operations(site),
    ):
        app.register_blueprint(part)
    return app
