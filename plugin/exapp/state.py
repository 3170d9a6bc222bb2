"""How the service is, in one sentence for the administrators of the Nextcloud."""

from __future__ import annotations

from network.text import Text
from plugin.running import Running


def state(running: Running) -> Text:
    if not running.remembers:
        return Text("Seine Datenbank ist nicht erreichbar.", "Its database is out of reach.")
    if running.broken:
        first = running.broken[0]
        return Text(
            f"Die Konfiguration ist fehlerhaft, die letzte gültige gilt weiter: {first.line('de')}.",
            f"The configuration is broken, the last valid one stays in force: {first.line('en')}.",
        )
    return Text("Er läuft.", "It is running.")
