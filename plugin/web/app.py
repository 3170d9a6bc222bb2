"""The WSGI program."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from plugin.exapp.protocol import protocol
from plugin.metrics import Metrics
from plugin.running import Running
from plugin.web.access import guard
from plugin.web.api.serving import api
from plugin.web.feeds import feeds
from plugin.web.figures import figures
from plugin.web.health import health
from plugin.web.login import login
from plugin.web.looks import looks
from plugin.web.pages.accessibility import accessibility
from plugin.web.pages.cancelling import cancelling
from plugin.web.pages.groups import groups
from plugin.web.pages.mine import mine
from plugin.web.pages.operations import operations
from plugin.web.pages.projects import projects
from plugin.web.pages.subscriptions import subscriptions
from plugin.web.pages.trainings import trainings
from plugin.web.refusals import refusals
from plugin.web.site import Site
from plugin.web.tracing import Pages, trace

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST = 256 * 1024
"""Bytes that a request may bring along: what Nextcloud tells of a change is the most that anybody sends."""


def create_app(running: Running, metrics: Metrics | None = None) -> Flask:
    """The pages over the configuration that is in force. `metrics` count what they answer, over several of them."""
    metrics = metrics or Metrics(running)
    app = Pages("plugin.web", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.url_map.merge_slashes = app.url_map.strict_slashes = False  # Nextcloud's proxy would follow the redirect
    trace(app, metrics.answered)
    site = Site.of(running)
    shared = looks(app, site)
    guard(app, site.arrivals)
    refusals(app)
    for part in (
        shared,
        health(site),
        protocol(running),
        figures(running, metrics),
        login(site),
        accessibility(site),
        trainings(site),
        mine(site),
        groups(site),
        projects(site),
        subscriptions(site),
        feeds(site),
        cancelling(site),
        operations(site),
        api(site),
    ):
        app.register_blueprint(part)
    return app


def following(running: Running) -> WSGIApplication:
    """The pages, made anew where a configuration that was read again remembers at another place."""
    lock, metrics = threading.Lock(), Metrics(running)
    made = {running.state: create_app(running, metrics)}

    def pages(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with lock:
            state = running.state
            if state not in made:
                made.clear()
                made[state] = create_app(running, metrics)
            app = made[state]
        return app(environ, start)

    return pages
