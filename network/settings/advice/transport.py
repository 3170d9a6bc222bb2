"""Connections that somebody could listen to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from network.settings.connectors import FileConnector
from network.settings.finding import Finding, Location
from network.settings.names import is_private
from network.settings.settings import Settings
from network.text import Text


def transport(settings: Settings) -> Iterator[Finding]:
    """Certificates that aren't verified, connections that aren't encrypted."""
    if not settings.nextcloud.verify:
        yield Finding(
            "warning_tls_not_verified",
            ("nextcloud", "verify"),
            Text(
                "ACHTUNG: Zertifikate werden nicht geprüft; wer im Netz dazwischensitzt, liest das Passwort mit",
                "ATTENTION: certificates are not verified; whoever sits in between reads the password",
            ),
            Text(
                "Besser: ca_file mit dem Zertifikat Ihres Rechenzentrums",
                "Better: ca_file with the certificate of your data centre",
            ),
        )
    for location in _unencrypted(settings):
        yield Finding(
            "warning_not_encrypted",
            location,
            Text(
                "ACHTUNG: unverschlüsselte Verbindungen sind erlaubt; Passwörter und Daten gehen offen durchs Netz",
                "ATTENTION: connections without encryption are allowed; passwords and data go openly over the network",
            ),
        )


def _unencrypted(settings: Settings) -> Iterator[Location]:
    if settings.nextcloud.allow_http:
        yield ("nextcloud", "allow_http")
    for key, connector in settings.connectors.items():
        if isinstance(connector, FileConnector) and connector.allow_http:
            yield ("connectors", key, "allow_http")
    exapp = settings.service.exapp
    if exapp and exapp.address.startswith("http:") and not is_private(urlsplit(exapp.address).hostname or ""):
        yield ("service", "exapp", "address")
    mail = settings.service.mail
    if mail and mail.security == "none":
        yield ("service", "mail", "security")
