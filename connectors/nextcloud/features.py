"""What the server offers, from its capabilities: one request."""

from __future__ import annotations

from connectors.nextcloud.answers import data, inner, number, row
from connectors.nextcloud.wrapper import Wrapper
from network.ports import Features


def features(wrapper: Wrapper) -> Features:
    answer = row(data(wrapper.library.get_capabilities().raw))
    version, capabilities = inner(answer, "version"), inner(answer, "capabilities")
    return Features(
        version=tuple(number(version, part) for part in ("major", "minor", "micro")),
        teams="circles" in capabilities,
        team_folders="groupfolders" in capabilities,
        rooms="spreed" in capabilities,
        brute_force_delay=number(inner(capabilities, "bruteforce"), "delay"),
    )
