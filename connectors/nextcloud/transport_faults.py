"""No answer, or none that can be read: errors of the way to the server, not of what the server decided."""

from __future__ import annotations

import ssl
from urllib.parse import unquote, urlsplit

import requests
from requests import PreparedRequest, Response

from connectors.nextcloud.refusal import short
from network.errors import (
    DigitalnetzwerkError,
    InsecureTransport,
    PersonMustAct,
    ServerFault,
    SourceUnreadable,
    Unreachable,
)
from network.text import NOTHING, Text


def transport_fault(request: PreparedRequest, error: requests.RequestException) -> DigitalnetzwerkError:
    """No answer, or only a part of one."""
    where = _where(request)
    if isinstance(error, requests.exceptions.SSLError) or isinstance(error.__context__, ssl.SSLError):
        return InsecureTransport(
            Text(
                f"Die verschlüsselte Verbindung lässt sich nicht prüfen: {short(str(error))}",
                f"The encrypted connection can't be verified: {short(str(error))}",
            ),
            where=where,
            remedy=Text(
                "Stellt Ihr Rechenzentrum eigene Zertifikate aus, nennen Sie deren Datei unter „nextcloud.ca_file“.",
                'If your data centre issues its own certificates, name their file under "nextcloud.ca_file".',
            ),
        )
    reason = Text("antwortet nicht rechtzeitig", "does not answer in time")
    if not isinstance(error, requests.Timeout):
        reason = Text("ist nicht erreichbar oder brach die Verbindung ab", "can't be reached or broke the connection")
    unsure = NOTHING
    if request.method not in ("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"):
        unsure = Text(
            " Ob die Änderung noch ankam, ist offen; der nächste Lauf sieht nach.",
            " Whether the change arrived is open; the next run looks.",
        )
    return Unreachable(
        Text(f"Der Server {reason.de}.{unsure.de}", f"The server {reason.en}.{unsure.en}"),
        where=where,
        remedy=Text(f"Technischer Grund: {short(str(error))}", f"Technical reason: {short(str(error))}"),
    )


def too_large(answer: Response, most_bytes: int) -> SourceUnreadable:
    return SourceUnreadable(
        Text(
            f"Die Antwort ist größer als {most_bytes:,} Bytes und wurde nicht gelesen.",
            f"The answer is larger than {most_bytes:,} bytes and was not read.",
        ),
        where=_where(answer.request),
        code="too_large",
    )


def unreadable(answer: Response) -> ServerFault:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    return ServerFault(
        Text(
            f"Die Antwort ist nicht das, was Nextcloud hier schickt ({kind or 'ohne Art'}).",
            f"The answer is not what Nextcloud sends here ({kind or 'no type'}).",
        ),
        where=_where(answer.request),
        remedy=Text(
            "Steht „nextcloud.url“ richtig, und antwortet dort Nextcloud selbst (keine Anmeldeseite davor)?",
            'Is "nextcloud.url" right, and does Nextcloud itself answer there (no login page in front)?',
        ),
    )


def bad_redirect(request: PreparedRequest, target: str) -> PersonMustAct:
    return PersonMustAct(
        Text(
            f"Der Server verweist auf eine andere Adresse: {target}", f"The server points to another address: {target}"
        ),
        where=_where(request),
        remedy=Text(
            "Zugangsdaten werden nicht an andere Adressen geschickt. Ist die neue richtig, tragen Sie sie unter "
            "„nextcloud.url“ ein.",
            'Credentials are not sent to other addresses. If the new one is right, put it into "nextcloud.url".',
        ),
        code="redirected",
    )


def other_host(request: PreparedRequest, origin: tuple[str, str, int]) -> PersonMustAct:
    return bad_redirect(request, f"{request.url} (erlaubt: {origin[0]}://{origin[1]}:{origin[2]})")


def _where(request: PreparedRequest) -> str:
    return f"{request.method} {unquote(urlsplit(request.url or '').path)}"
