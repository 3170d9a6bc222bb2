"""`check --online`: whether Nextcloud shows our pages, and what is missing if not. Changes nothing there."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.nextcloud.probes import Probe
from network.errors import DigitalnetzwerkError, LoginRefused, NotThere
from network.settings import ExApp, Settings
from network.text import Text
from plugin.exapp.identity import shared_secret
from plugin.exapp.occ import ENABLE, line, registration_lines
from plugin.exapp.reaching import nextcloud

RIGHT = "pages_inside"


def exapp_probes(settings: Settings, environment: Mapping[str, str]) -> tuple[Probe, ...]:
    """None where the pages are not to stand inside Nextcloud."""
    exapp = settings.service.exapp
    return () if exapp is None else (_probed(settings, exapp, environment),)


def _probed(settings: Settings, exapp: ExApp, environment: Mapping[str, str]) -> Probe:
    try:
        shared_secret(exapp, environment)
        with nextcloud(settings, exapp, environment) as server:
            is_enabled = server.ex_app.is_enabled()
    except LoginRefused:
        message = Text(
            "Nextcloud kennt den Dienst nicht, oder mit einem anderen Geheimnis (service.exapp)",
            "Nextcloud does not know the service, or with another secret (service.exapp)",
        )
        return Probe(RIGHT, False, message, registration_lines(settings, exapp))
    except NotThere:
        message = Text("die App AppAPI ist nicht eingeschaltet", "the app AppAPI is not enabled")
        return Probe(RIGHT, False, message, (line(("app:enable", "app_api")),))
    except DigitalnetzwerkError as error:
        said, remedy = error.message, error.remedy
        german, english = (f"{a} {b}".strip() for a, b in ((said.de, remedy.de), (said.en, remedy.en)))
        return Probe(RIGHT, False, Text(f"service.exapp: {german}", f"service.exapp: {english}"))
    if not is_enabled:
        message = Text("die Seiten sind in Nextcloud ausgeschaltet", "the pages are disabled in Nextcloud")
        return Probe(RIGHT, False, message, (line(ENABLE),))
    message = Text("„Netzwerk“ steht in Nextclouds Leiste", '"Network" stands in the bar of Nextcloud')
    return Probe(RIGHT, True, message)
