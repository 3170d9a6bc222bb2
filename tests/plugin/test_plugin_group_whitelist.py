"""The pattern that keeps an identity provider away from groups that are not its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from network.settings import Settings, load
from plugin.group_whitelist import group_whitelist, whitelist_line

WRITTEN = """\
network: {id: probe, name: Probenetz, timezone: Europe/Berlin, contact: {name: Büro, mail: buero@probe.example}}
nextcloud: {url: https://cloud.probe.example, username: digitalnetzwerk, password: env:P}
administrations:
"""


def settings(tmp_path: Path, *administrations: str) -> Settings:
    path = tmp_path / "netz.yaml"
    path.write_text(WRITTEN + "".join(f"  {each}\n" for each in administrations), encoding="utf-8")
    return load(path, today=date(2026, 11, 22)).settings


def allowed(pattern: str, group: str) -> bool:
    """As a PCRE between slashes is matched."""
    assert pattern[0] == pattern[-1] == "/"
    return re.search(pattern[1:-1].replace("\\/", "/"), group) is not None


def test_external_groups_are_the_providers_and_our_own_are_not(tmp_path: Path) -> None:
    pattern = group_whitelist(
        settings(
            tmp_path,
            "brakel: {name: Stadt Brakel, group: brakel}",
            "hoexter: {name: Stadt Höxter, group: 'Höxter A/B (neu)'}",
            "kreis: {name: Kreis, group: kreis-eigen, external: false}",
        )
    )
    assert allowed(pattern, "brakel")
    assert allowed(pattern, "Höxter A/B (neu)")
    for other in ("kreis-eigen", "digitalnetzwerk-dienst", "brakel-eigen", "alt-brakel", "Höxter A/B neu"):
        assert not allowed(pattern, other)


def test_without_external_groups_there_is_nothing_to_say(tmp_path: Path) -> None:
    own = settings(tmp_path, "kreis: {name: Kreis, group: kreis, external: false}")
    assert group_whitelist(own) == ""
    assert whitelist_line(own) is None


def test_the_line_can_be_copied_into_a_shell(tmp_path: Path) -> None:
    line = whitelist_line(settings(tmp_path, "brakel: {name: Stadt Brakel, group: Bürger's}"))
    assert line is not None
    assert "occ user_oidc:provider ANBIETER --group-whitelist-regex='/^(?:Bürger'\"'\"'s)$/'" in line.de
    assert "PROVIDER" in line.en
