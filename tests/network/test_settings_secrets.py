"""Secrets are references; their values are read when asked for and are never printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from network.errors import ConfigurationError, PersonMustAct
from network.secrets import Secret, SecretMissing
from network.settings import load
from network.written import NotUnderstood


def test_a_secret_of_the_environment_is_revealed() -> None:
    assert Secret("env:PASSWORT").reveal({"PASSWORT": "geheim"}) == "geheim"


@pytest.mark.parametrize("content", ["geheim", "geheim\n", "geheim\r\n"])
def test_the_line_break_at_the_end_of_a_file_is_no_part_of_the_secret(tmp_path: Path, content: str) -> None:
    path = tmp_path / "passwort"
    path.write_bytes(content.encode())
    assert Secret(f"file:{path}").reveal({}) == "geheim"


def test_printing_a_secret_shows_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "passwort"
    path.write_text("geheim")
    for secret, environment in ((Secret(f"file:{path}"), {}), (Secret("env:PASSWORT"), {"PASSWORT": "geheim"})):
        secret.reveal(environment)
        assert "geheim" not in f"{secret!r} {secret!s} {secret}"
        assert secret.reference in repr(secret)


@pytest.mark.parametrize("environment", [{}, {"PASSWORT": ""}])
def test_an_unset_variable_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(SecretMissing) as refusal:
        Secret("env:PASSWORT").reveal(environment)
    assert "PASSWORT" in refusal.value.message.de
    assert isinstance(refusal.value, PersonMustAct)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "nicht lesbar"),
        (b"", "ist leer"),
        (b" \n", "ist leer"),
        (b"eins\nzwei\n", "mehr als eine Zeile"),
        (b"gehe\xe4im", "kein UTF-8-Text"),
        (b"x" * 70_000, "mehr als eine Zeile"),
    ],
)
def test_an_unusable_file_is_named_and_never_quoted(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "passwort"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SecretMissing) as refusal:
        Secret(f"file:{path}").reveal({})
    assert said in refusal.value.message.de
    assert str(path) in refusal.value.message.en
    assert "eins" not in str(refusal.value)


def test_a_folder_is_no_secret(tmp_path: Path) -> None:
    with pytest.raises(SecretMissing):
        Secret(f"file:{tmp_path}").reveal({})


@pytest.mark.parametrize("text", ["geheim", "", "env:", "env:1A", "env:MIT LEER", "file:", "vault:x", " env:NAME"])
def test_what_is_no_reference_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        Secret(text)
    assert "geheim" not in refusal.value.text.de.replace("Geheimnis", "")
    assert "geheim" not in str(refusal.value)


@pytest.mark.parametrize(
    "form", ["X", '"X"', "[X]", "{X: X}", "|X", "@X", "%X", "!X", "&X", "*X", '"X', "env:X !", "~X"]
)
@pytest.mark.parametrize("reference", ["env:EINS", "env:ZWEI", "env:DREI", "env:VIER", "env:FUENF"])
def test_a_password_written_in_place_of_a_reference_is_refused_unseen(
    tmp_path: Path, reference: str, form: str
) -> None:
    text = (
        "network: {id: kreis, name: Netzwerk, timezone: UTC, contact: {name: Büro, mail: b@kreis.example}}\n"
        "nextcloud:\n  url: https://cloud.kreis.example\n  username: dienst\n  password: env:EINS\n"
        "admin_rights:\n  username: admin\n  password: env:ZWEI\n"
        "service:\n  mail: {server: s.example, from: b@kreis.example, password: env:DREI}\n"
        "  login:\n    client_id: env:ID\n    client_secret: env:VIER\n"
        "connectors: {kurse: {type: ics, url: https://kurse.example/a.ics, password: env:FUENF}}\n"
    )
    path = tmp_path / "network.yaml"
    path.write_text(text, encoding="utf-8")
    load(path, today=date(2026, 11, 22))
    path.write_text(text.replace(reference, form.replace("X", "hunter2")), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refusal:
        load(path, today=date(2026, 11, 22))
    assert "hunter2" not in repr(refusal.value.problems)
