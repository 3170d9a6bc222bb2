"""The order for the data centre: everything once, with its reason, its limit and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from connectors.nextcloud import occ
from connectors.nextcloud.probes import Probe, _brute_force
from network.settings import Settings, load
from network.text import Language, Text
from plugin.render.letter import letter, undo
from plugin.render.reasons import REASONS

GROUP = (occ.create_group("dnw-dienst", "Dienst Konto"), occ.add_member("dnw-dienst", "dienst"))
PEOPLE = (*GROUP, *occ.delegate_people("dnw-dienst"))
MISSING = (
    Probe(
        "mail_address",
        False,
        Text("Keine Mailadresse", "No mail address"),
        ("occ user:setting dienst settings email x",),
    ),
    Probe("read_groups", False, Text("Gruppen lesen fehlt", "Read groups: missing"), PEOPLE),
    Probe("read_accounts", False, Text("Konten lesen fehlt", "Read accounts: missing"), PEOPLE),
    Probe("group_writes", False, Text("Gruppen ändern fehlt", "Change groups: missing"), PEOPLE),
    Probe(
        "folder_writes", False, Text("Ordner fehlt", "Folders: missing"), (*GROUP, *occ.delegate_folders("dnw-dienst"))
    ),
    Probe("login", True, Text("Anmeldung", "Login")),
)


@pytest.fixture
def settings() -> Settings:
    return load(Path("config/minimal.yaml"), today=date(2026, 11, 22)).settings


def test_no_command_is_ordered_twice(settings: Settings) -> None:
    page = letter(settings, MISSING)
    for command in {command for probe in MISSING for command in probe.commands}:
        assert [line.strip() for line in page.splitlines()].count(command) == 1
    assert "4. " not in page  # the three rights over groups and accounts are one order
    assert len(page.splitlines()) < 60


@pytest.mark.parametrize(
    ("language", "words"), [("de", ("Warum: ", "Grenze: ", "Rückgängig:")), ("en", ("Why: ", "Limit: ", "Undo:"))]
)
def test_every_order_says_why_how_far_and_how_to_undo(
    settings: Settings, language: Language, words: tuple[str, ...]
) -> None:
    orders = letter(settings, MISSING, language).split("\n\n")
    numbered = [each for each in orders if each[0].isdecimal()]
    assert len(numbered) == 3
    assert all(word in each for word in words for each in numbered)


def test_the_english_form_has_no_german_word_of_ours(settings: Settings) -> None:
    page = letter(settings, MISSING, "en")
    assert not [word for word in ("Auftrag", "Konto:", "Warum", "Rückfragen", "fehlt", "nur ") if word in page]


def test_undoing_takes_away_the_group_that_was_made() -> None:
    assert list(undo(PEOPLE)) == [
        PEOPLE[2].replace("admin-delegation:add", "admin-delegation:remove"),
        "occ group:delete dnw-dienst",
    ]
    assert list(undo(GROUP[1:])) == ["occ group:removeuser dnw-dienst dienst"]
    assert list(undo([occ.occ("config:app:set", "dav", "limit", "--type=integer", "--value=5")])) == [
        "occ config:app:delete dav limit"
    ]
    assert list(undo(["occ config:app:set core shareapi_enabled --value=yes"])) == [
        "occ config:app:set core shareapi_enabled --value=no"
    ]


def test_every_probe_that_carries_commands_has_a_reason() -> None:
    source = Path("connectors/nextcloud/probes.py").read_text()
    assert all(f'"{right}"' in source for right in REASONS)


def test_without_anything_missing_there_is_nothing_to_order(settings: Settings) -> None:
    assert "Es ist nichts zu tun" in letter(settings, [MISSING[-1]])
    assert "Bitte führen Sie" not in letter(settings, [MISSING[-1]])


@pytest.mark.parametrize(("delay", "ok"), [(0, True), (200, True), (12_800, False)])
def test_a_small_brake_is_no_reason_to_order_anything(delay: int, ok: bool) -> None:
    probe = _brute_force(delay)
    assert (probe.ok, bool(probe.commands)) == (ok, not ok)
