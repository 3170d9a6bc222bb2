"""What a person reads where there is no page for them: in the frame of the pages, in their language, with what to do.

Programs that ask (health, Nextcloud itself) get the bare status, those of the API a refusal that they can read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from network.text import Text
from plugin.web.access import MACHINES
from plugin.web.api.refusing import PREFIX, refusal


@dataclass(frozen=True, slots=True)
class Refusal:
    """`title` says what is, `remedy` what to do."""

    title: Text
    remedy: Text


MISSING = Refusal(
    Text("Diese Seite gibt es nicht", "There is no such page"),
    Text(
        "Vielleicht ist sie umgezogen, oder sie zeigt etwas, das Ihr Konto in Nextcloud nicht sieht.",
        "Perhaps it has moved, or it shows something that your account does not see in Nextcloud.",
    ),
)
BROKEN = Refusal(
    Text("Das hat nicht geklappt", "That did not work"),
    Text(
        "Bitte versuchen Sie es in einigen Minuten noch einmal. Bleibt es dabei, schreiben Sie an die Adresse unten.",
        "Please try again in some minutes. If it stays like this, write to the address below.",
    ),
)
REFUSALS: Mapping[int, Refusal] = {
    HTTPStatus.NOT_FOUND: MISSING,
    HTTPStatus.METHOD_NOT_ALLOWED: MISSING,
    HTTPStatus.FORBIDDEN: Refusal(
        Text("Dieses Formular ist nicht mehr gültig", "This form is not valid any more"),
        Text(
            "Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.",
            "Nothing was changed. Go back, load the page again and send the form once more.",
        ),
    ),
    HTTPStatus.BAD_REQUEST: Refusal(
        Text("Hier fehlt eine Angabe", "Something is missing here"),
        Text(
            "Es wurde nichts geändert. Gehen Sie zurück, füllen Sie das Formular aus und senden Sie es noch einmal.",
            "Nothing was changed. Go back, fill in the form and send it once more.",
        ),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Refusal(
        Text("Das waren zu viele Anfragen", "These were too many requests"),
        Text("Bitte warten Sie einige Minuten.", "Please wait some minutes."),
    ),
}


def refusals(app: Flask) -> None:
    """Words every refusal and every unforeseen fault."""

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> ResponseReturnValue:
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if error.response is not None or status < HTTPStatus.BAD_REQUEST or request.blueprint in MACHINES:
            return error
        if request.path.startswith(f"{PREFIX}/"):
            return refusal(HTTPStatus(status))
        answer = error.get_response()
        found = REFUSALS.get(status, BROKEN)
        answer.set_data(render_template("refusal.html", title=found.title, remedy=found.remedy))
        answer.content_type = "text/html; charset=utf-8"
        return answer
