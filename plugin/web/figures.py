"""`/metrics` for a Prometheus that shows its token (`service.metrics_token`). For others there is no such page."""

from __future__ import annotations

import hmac
import logging
from http import HTTPStatus

from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from network.secrets import SecretMissing
from plugin.metrics import Metrics
from plugin.running import Running

log = logging.getLogger(__name__)


def figures(running: Running, metrics: Metrics) -> Blueprint:
    pages = Blueprint("metrics", __name__)

    @pages.get("/metrics")
    def show() -> Response:
        if not _is_allowed(running):
            abort(HTTPStatus.NOT_FOUND)
        return Response(metrics.text(), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return pages


def _is_allowed(running: Running) -> bool:
    written = running.settings.service.metrics_token
    if written is None:
        return False
    try:
        token = written.reveal(running.environment)
    except SecretMissing as error:
        log.error("nobody may read /metrics: %s", error.code)
        return False
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    return scheme.casefold() == "bearer" and hmac.compare_digest(shown.strip().encode(), token.encode())
