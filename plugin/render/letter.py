"""`check --online --letter`: a one-page order for the data centre, in German, because that is whom it is for."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.nextcloud.probes import Probe
from network.settings import Settings


def letter(settings: Settings, probes: Sequence[Probe]) -> str:
    """Account, command, limit, why, and how to undo it."""
    needed = [probe for probe in probes if not probe.ok and probe.commands]
    parts = [_opening(settings), *(_order(number, probe) for number, probe in enumerate(needed, 1))]
    if not needed:
        parts.append("Es ist nichts zu tun: alle Rechte sind vorhanden.")
    return "\n\n".join((*parts, _closing(settings)))


def _opening(settings: Settings) -> str:
    return (
        f"Auftrag an das Rechenzentrum\n{settings.network.name}, {settings.network.contact.name}\n\n"
        f"Nextcloud: {settings.nextcloud.url}\n"
        f"Konto:     {settings.nextcloud.username} (gewöhnliches Konto, kein Administrator)\n\n"
        "Bitte führen Sie auf dem Server als Benutzer des Webservers die folgenden Befehle aus."
    )


def _order(number: int, probe: Probe) -> str:
    lines = [f"{number}. {probe.message.de}", *(f"     {command}" for command in probe.commands)]
    undo = [line for line in map(_undo, probe.commands) if line]
    if undo:
        lines.append("   Rückgängig:")
        lines += [f"     {line}" for line in undo]
    return "\n".join(lines)


def _undo(command: str) -> str:
    """The line that takes back what `command` gave; empty where there is nothing to take back."""
    if "admin-delegation:add" in command:
        return command.replace("admin-delegation:add", "admin-delegation:remove")
    if "config:app:set" in command:
        words = command[: command.index("--")] if " --" in command else command
        return words.replace("config:app:set", "config:app:delete").strip()
    if "group:adduser" in command:
        return command.replace("group:adduser", "group:removeuser")
    return ""


def _closing(settings: Settings) -> str:
    contact = settings.network.contact
    phone = f", Telefon {contact.phone}" if contact.phone else ""
    return f"Rückfragen: {contact.name}, {contact.mail}{phone}"
