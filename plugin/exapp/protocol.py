"""What Nextcloud asks a program that it knows: are you there, get ready, you are enabled, carry out your command.

Only Nextcloud itself may ask: without its headers the answer is 401, and for people whose requests it passes on there
is nothing here (404).
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, request

from connectors.nextcloud.ex_app import NextcloudExApp
from network.errors import AgainLater, DigitalnetzwerkError, NotThere, PersonMustAct
from network.settings import ExApp
from network.state.schedule import Schedule
from network.text import NOTHING, Text
from plugin.exapp import hints
from plugin.exapp.identity import Forged, shared_secret, who_asks
from plugin.exapp.inside import appear, disappear
from plugin.exapp.reaching import nextcloud
from plugin.exapp.state import state
from plugin.exapp.sync import lines
from plugin.running import Running

log = logging.getLogger(__name__)

READY, TRIES, PAUSE = 100, 6, 10.0


def protocol(running: Running) -> Blueprint:
    asked = Blueprint("exapp", __name__)

    def configured() -> ExApp:
        exapp = running.settings.service.exapp
        if exapp is None:
            abort(HTTPStatus.NOT_FOUND)
        return exapp

    @asked.get("/heartbeat")
    def lives() -> Response:
        """Nextcloud asks this without any proof, before anything else."""
        configured()
        return jsonify({"status": "ok"})

    @asked.post("/init")
    def begin() -> Response:
        exapp = _from_nextcloud(configured(), running.environment)
        # at 100 Nextcloud calls back before it answers, so this answer must not wait for that one
        threading.Thread(target=_report, args=(running, exapp), name="exapp init", daemon=True).start()
        return jsonify({})

    @asked.put("/enabled")
    def switch() -> Response:
        exapp = _from_nextcloud(configured(), running.environment)
        try:
            with nextcloud(running.settings, exapp, running.environment) as server:
                if request.args.get("enabled") == "1":
                    appear(server.ex_app, running.settings, exapp.address, state(running))
                    _listen(server.ex_app, running, exapp)
                else:
                    disappear(server.ex_app, running.settings)
                    with suppress(NotThere):
                        server.ex_app.stop_listening(hints.URI)
        except DigitalnetzwerkError as error:
            log.warning("could not be shown or hidden in Nextcloud: %s", error.code)
            return jsonify({"error": error.problem().line(running.settings.network.language)})
        return jsonify({"error": ""})

    @asked.post("/occ/sync")
    def sync() -> Response:
        _from_nextcloud(configured(), running.environment)
        body = request.get_json(silent=True)
        return Response(lines(running, verify=_is_given(body, "verify")), content_type="text/plain; charset=utf-8")

    @asked.post(hints.URI)
    def hint() -> Response:
        """Sent for whoever made the change, so that the account in the headers says nothing; the proof is our own."""
        exapp = configured()
        try:
            secret = shared_secret(exapp, running.environment)
        except PersonMustAct as error:
            log.error("no hint of Nextcloud can be proven: %s", error.code)
            abort(HTTPStatus.SERVICE_UNAVAILABLE)
        if not hints.is_proven(request.headers.get(hints.HEADER, ""), secret):
            abort(HTTPStatus.UNAUTHORIZED)
        if (request.content_length or 0) > hints.LARGEST:
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        schedule = Schedule(running.state.engine, clock=running.clock, random=random.random)
        for name, by in hints.looks(request.get_json(force=True, silent=True), running.settings).items():
            schedule.hasten((name,), by=by)
        return jsonify({})

    return asked


def _from_nextcloud(exapp: ExApp, environment: Mapping[str, str]) -> ExApp:
    try:
        caller = who_asks(request, exapp, environment)
    except Forged:
        abort(HTTPStatus.UNAUTHORIZED)
    if caller is None:
        abort(HTTPStatus.UNAUTHORIZED)
    if not caller.is_nextcloud:
        abort(HTTPStatus.NOT_FOUND)
    return exapp


def _listen(ex_app: NextcloudExApp, running: Running, exapp: ExApp) -> None:
    """A server without webhooks is no reason not to be enabled: we look in our own rhythm then."""
    proof = hints.proof(shared_secret(exapp, running.environment))
    try:
        ex_app.listen(hints.hooks(running.settings), hints.URI, proof)
    except NotThere:
        log.warning("the server lacks the app webhook_listeners: changes are seen at the next look")


def _is_given(body: object, switch: str) -> bool:
    """{"occ": {"arguments": …, "options": {switch: true}}}"""
    occ = body.get("occ") if isinstance(body, dict) else None
    options = occ.get("options") if isinstance(occ, dict) else None
    return isinstance(options, dict) and options.get(switch) is True


def _report(running: Running, exapp: ExApp) -> None:
    """Tells Nextcloud that we are ready, or what keeps us from it."""
    for _ in range(TRIES):
        usable = running.remembers
        error = NOTHING if usable else Text("Die Datenbank des Dienstes fehlt.", "The service's database is missing.")
        try:
            with nextcloud(running.settings, exapp, running.environment) as server:
                server.ex_app.report(READY if usable else 0, error.language(running.settings.network.language))
        except AgainLater as fault:
            log.warning("Nextcloud could not be told that we are ready: %s", fault.code)
        except DigitalnetzwerkError as fault:
            log.error("Nextcloud could not be told that we are ready: %s", fault.code)
            return
        else:
            return
        if running.stopping.wait(PAUSE):
            return
