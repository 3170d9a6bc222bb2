"""`check --online`: whether our mail server takes our login. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.nextcloud.probes import Probe
from network.errors import DigitalnetzwerkError
from network.settings import Settings
from network.text import Text
from plugin.alerts.telling import mailer_of


def mail_probes(settings: Settings, environment: Mapping[str, str]) -> tuple[Probe, ...]:
    """None where no mail server is configured."""
    written = settings.service.mail
    if written is None:
        return ()
    try:
        mailer_of(written, settings, environment).try_login()
    except DigitalnetzwerkError as error:
        said, remedy = error.message, error.remedy
        german, english = (f"{a} {b}".strip() for a, b in ((said.de, remedy.de), (said.en, remedy.en)))
        return (Probe("mail_server", False, Text(f"service.mail: {german}", f"service.mail: {english}")),)
    message = Text(f"Mailserver {written.server} erreichbar", f"mail server {written.server} answers")
    return (Probe("mail_server", True, message),)
