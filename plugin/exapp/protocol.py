"""What Nextcloud asks a program that it knows: are you there, get ready, you are enabled, carry out your command.

Only Nextcloud itself may ask: without its headers the answer is 401, and for people whose requests it passes on there
is nothing here (404).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, request

from network.errors import AgainLater, DigitalnetzwerkError
from network.settings import ExApp
from network.text import NOTHING, Text
from plugin.exapp.identity import Forged, who_asks
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
                else:
                    disappear(server.ex_app, running.settings)
        except DigitalnetzwerkError as error:
            log.warning("could not be shown or hidden in Nextcloud: %s", error)
            return jsonify({"error": error.problem().line(running.settings.network.language)})
        return jsonify({"error": ""})

    @asked.post("/occ/sync")
    def sync() -> Response:
        _from_nextcloud(configured(), running.environment)
        body = request.get_json(silent=True)
        return Response(lines(running, verify=_is_given(body, "verify")), content_type="text/plain; charset=utf-8")

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
            log.warning("Nextcloud could not be told that we are ready: %s", fault)
        except DigitalnetzwerkError as fault:
            log.error("Nextcloud could not be told that we are ready: %s", fault)
            return
        else:
            return
        if running.stopping.wait(PAUSE):
            return
