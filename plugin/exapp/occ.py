"""What Nextcloud has to be told about us once, by `occ`: on which machine we run, which program we are, which of our
addresses people may reach through it."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from network.settings import ExApp, Secret, Settings
from plugin.exapp.identity import APP, scheme

NAME = "Digitalnetzwerk"
DAEMON = APP
USER = 1
CLOSED = ("heartbeat", "init", "enabled", "occ", "hooks", "login", "logout", "healthz", "readyz", "metrics")
"""First parts of addresses that no person reaches through Nextcloud."""

Command = tuple[str, ...]
_SECRET = "@SECRET@"  # noqa: S105  # stands for the secret where a line is only shown


@dataclass(frozen=True, slots=True)
class Route:
    """Which addresses Nextcloud passes on: `url` is matched at its start alone, hence the $. 1 is for who is logged in.

    The login that somebody has at Nextcloud is none of our business, so it stays there.
    """

    url: str
    verb: str = "GET,POST,DELETE"
    access_level: int = USER
    headers_to_exclude: tuple[str, ...] = ("Authorization",)


ROUTES = (Route(rf"^/(?!/|(?:{'|'.join(CLOSED)})(?:/|$)).*$"),)
"""Everything else: who may open which page is decided here, not there. So a page that a later version brings is there
without registering anew."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where Nextcloud reaches us, as it keeps it."""

    protocol: str
    host: str
    port: int

    @classmethod
    def of(cls, exapp: ExApp) -> Machine:
        parts = urlsplit(exapp.address)
        return cls(parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


LIST_DAEMONS: Command = ("app_api:daemon:list", "--output=json")
LIST_APPS: Command = ("app_api:app:list",)
ENABLE: Command = ("app_api:app:enable", APP)
UNREGISTER: Command = ("app_api:app:unregister", APP, "--force")
FORGET_MACHINE: Command = ("app_api:daemon:unregister", DAEMON)


def tell_machine(settings: Settings, exapp: ExApp) -> Command:
    machine = Machine.of(exapp)
    return (
        "app_api:daemon:register",
        DAEMON,
        NAME,
        "manual-install",
        machine.protocol,
        machine.host,
        settings.nextcloud.url,
    )


def register(exapp: ExApp, secret: str) -> Command:
    description = {
        "id": APP,
        "name": NAME,
        "version": scheme().version,
        "secret": secret,
        "port": Machine.of(exapp).port,
        "daemon_config_name": DAEMON,
        "routes": [asdict(each) for each in ROUTES],
    }
    return ("app_api:app:register", APP, DAEMON, "--wait-finish", f"--json-info={json.dumps(description)}")


def registration_lines(settings: Settings, exapp: ExApp) -> tuple[str, ...]:
    """To be copied. The secret does not stand there: the shell takes it from where the reference points."""
    with_secret = line(register(exapp, _SECRET)).replace(_SECRET, f"'\"{_in_shell(exapp.secret)}\"'")
    return line(tell_machine(settings, exapp)), with_secret


def unregistration_lines() -> tuple[str, ...]:
    return line(UNREGISTER), line(FORGET_MACHINE)


def line(command: Command) -> str:
    """To be copied."""
    return shlex.join(("occ", *command))


def _in_shell(secret: Secret) -> str:
    return f"${secret.variable}" if secret.variable else f"$(cat {shlex.quote(str(secret.path))})"
