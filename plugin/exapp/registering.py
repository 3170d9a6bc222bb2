"""Registers us with Nextcloud and takes us away again, step by step, each told in people's words.

Looks first and does only what is missing, so that it may be done twice. Refuses to begin while the service does not
answer: Nextcloud would wait for it for ten minutes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import requests

from network.errors import LoginRefused, PersonMustAct, Unreachable
from network.settings import ExApp, Settings
from network.text import Text
from plugin.exapp import occ
from plugin.exapp.identity import APP, shared_secret
from plugin.exapp.inside import LABEL
from plugin.exapp.reaching import nextcloud

PATIENCE = 5.0
_APP = re.compile(rf"^{APP} \(.*\): \S+ \[(enabled|disabled)\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    text: str


Occ = Callable[[occ.Command], Answer]


def register(settings: Settings, exapp: ExApp, environment: Mapping[str, str], run: Occ) -> Iterator[Text]:
    """Afterwards "Netzwerk" stands in the top bar. Raises Unreachable, PersonMustAct."""
    secret = shared_secret(exapp, environment)
    _must_be_there(exapp)
    state = _app_state(run)
    yield from _told_machine(settings, exapp, run, is_registered=state is not None)
    if state is None:
        _done(run(occ.register(exapp, secret)))
        yield Text("Nextcloud kennt den Dienst jetzt.", "Nextcloud knows the service now.")
    else:
        yield Text("Der Dienst war schon eingetragen.", "The service was registered already.")
    if state == "disabled":
        _done(run(occ.ENABLE))
        yield Text("Er war ausgeschaltet und ist wieder eingeschaltet.", "It was disabled and is enabled again.")
    _must_fit(settings, exapp, environment)
    label = LABEL.language(settings.network.language)
    yield Text(
        f"„{label}“ steht in der oberen Leiste von {settings.nextcloud.url}.",
        f'"{label}" stands in the top bar of {settings.nextcloud.url}.',
    )


def unregister(run: Occ) -> Iterator[Text]:
    """Afterwards Nextcloud knows nothing of us. The service need not run for it."""
    if _app_state(run) is None:
        yield Text("Der Dienst war nicht eingetragen.", "The service was not registered.")
    else:
        _done(run(occ.UNREGISTER))
        yield Text("Nextcloud kennt den Dienst nicht mehr.", "Nextcloud does not know the service any more.")
    if _machine(run) is not None:
        _done(run(occ.FORGET_MACHINE))
        yield Text("Seine Adresse ist dort gelöscht.", "Its address is deleted there.")


def _told_machine(settings: Settings, exapp: ExApp, run: Occ, *, is_registered: bool) -> Iterator[Text]:
    wanted, known = occ.Machine.of(exapp), _machine(run)
    if known == (wanted.protocol, wanted.host):
        return
    if known is not None and is_registered:
        raise PersonMustAct(
            Text(
                f"Nextcloud kennt den Dienst unter einer anderen Adresse ({known[0]}://{known[1]})",
                f"Nextcloud knows the service at another address ({known[0]}://{known[1]})",
            ),
            where="service.exapp.address",
            remedy=Text(
                "Erst digitalnetzwerk exapp unregister aufrufen, dann noch einmal register.",
                "First call digitalnetzwerk exapp unregister, then register again.",
            ),
            code="exapp_elsewhere",
        )
    if known is not None:
        _done(run(occ.FORGET_MACHINE))
    _done(run(occ.tell_machine(settings, exapp)))
    yield Text(
        f"Nextcloud weiß, wo der Dienst läuft: {exapp.address}", f"Nextcloud knows where it runs: {exapp.address}"
    )


def _app_state(run: Occ) -> str | None:
    """ "enabled", "disabled", or None where Nextcloud does not know us."""
    answer = run(occ.LIST_APPS)
    if "app_api" in answer.text and answer.code != 0:
        raise PersonMustAct(
            Text("Die App AppAPI ist in Nextcloud nicht eingeschaltet", "the app AppAPI is not enabled in Nextcloud"),
            where="app_api",
            remedy=Text("occ app:enable app_api", "occ app:enable app_api"),
            code="app_missing",
        )
    _done(answer)
    found = _APP.search(answer.text)
    return found[1] if found else None


def _machine(run: Occ) -> tuple[str, str] | None:
    """Protocol and host under which Nextcloud looks for us."""
    answer = run(occ.LIST_DAEMONS)
    _done(answer)
    try:
        rows = json.loads(answer.text)
    except ValueError:  # "No registered daemon configs." is said in words
        return None
    own = (each for each in rows if isinstance(each, dict) and each.get("name") == occ.DAEMON)
    return next(((str(each.get("protocol")), str(each.get("host"))) for each in own), None)


def _must_be_there(exapp: ExApp) -> None:
    try:
        answer = requests.get(f"{exapp.address}/heartbeat", timeout=PATIENCE, allow_redirects=False)
        is_there = answer.status_code == 200 and answer.json() == {"status": "ok"}
    except (requests.RequestException, ValueError):
        is_there = False
    if not is_there:
        raise Unreachable(
            Text(
                f"Unter {exapp.address} antwortet der Dienst nicht",
                f"The service does not answer at {exapp.address}",
            ),
            where="service.exapp.address",
            remedy=Text(
                "Starten Sie ihn (digitalnetzwerk serve --host ADRESSE --port PORT) mit dieser Konfiguration und "
                "rufen Sie den Befehl noch einmal auf.",
                "Start it (digitalnetzwerk serve --host ADDRESS --port PORT) with this configuration and call the "
                "command again.",
            ),
        )


def _must_fit(settings: Settings, exapp: ExApp, environment: Mapping[str, str]) -> None:
    """Whether Nextcloud has the same secret; a wrong one is tried once."""
    try:
        with nextcloud(settings, exapp, environment) as server:
            is_enabled = server.ex_app.is_enabled()
    except LoginRefused:
        raise PersonMustAct(
            Text("Nextcloud kennt ein anderes Geheimnis", "Nextcloud knows another secret"),
            where="service.exapp.secret",
            remedy=Text(
                "Erst digitalnetzwerk exapp unregister aufrufen, dann noch einmal register.",
                "First call digitalnetzwerk exapp unregister, then register again.",
            ),
            code="exapp_secret",
        ) from None
    if not is_enabled:
        raise _failed("The app is not enabled.")


def _done(answer: Answer) -> None:
    if answer.code != 0:
        raise _failed(answer.text)


def _failed(said: str) -> PersonMustAct:
    words = " ".join(said.split())[:500]
    return PersonMustAct(
        Text(f"occ hat abgelehnt: {words}", f"occ refused: {words}"),
        where="occ",
        remedy=Text(
            "Steht dort nichts Genaueres, hilft das Protokoll von Nextcloud (Verwaltung → Protokoll, Suche nach "
            "„ExApp“).",
            "If that does not tell enough, look into Nextcloud's log (administration → logging, search for “ExApp”).",
        ),
        code="occ_refused",
    )
