"""What the server offers, from its capabilities: one request."""

from __future__ import annotations

from connectors.nextcloud.answers import data
from connectors.nextcloud.json_data import Row, inner, number, row
from connectors.nextcloud.versions import Version
from connectors.nextcloud.wrapper import Wrapper
from network.ports import Features


def asked(wrapper: Wrapper) -> Row:
    """{version, capabilities}, as the server tells them."""
    return row(data(wrapper.library.get_capabilities().raw))


def features(answer: Row) -> Features:
    capabilities = inner(answer, "capabilities")
    return Features(
        version=version_of(answer).parts,
        teams="circles" in capabilities,
        team_folders="groupfolders" in capabilities,
        rooms="spreed" in capabilities,
        brute_force_delay=number(inner(capabilities, "bruteforce"), "delay"),
        team_spaces=makes_team_spaces(answer),
    )


def makes_team_spaces(answer: Row) -> bool:
    """Whether a new team gets a Team folder of its own: since 35, if both apps are there."""
    there = {"circles", "groupfolders"} <= inner(answer, "capabilities").keys()
    return there and version_of(answer).makes_team_spaces


def version_of(answer: Row) -> Version:
    version = inner(answer, "version")
    return Version(tuple(number(version, part) for part in ("major", "minor", "micro")))


def may_share(answer: Row) -> bool:
    """False when sharing is switched off: then it reaches nobody, and the server says 200 all the same."""
    return inner(answer, "capabilities", "files_sharing").get("api_enabled") is not False
