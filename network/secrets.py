"""Secrets by reference: the configuration names where a secret stands, never the secret.

A `Secret` can't be printed because it doesn't hold the value; `reveal` reads it each time, so that a changed file
counts without a restart. Nothing here stores or logs a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from network.errors import PersonMustAct
from network.text import Text
from network.written.reasons import reason
from network.written.refusal import NotUnderstood

_ENVIRONMENT = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_LONGEST = 64 * 1024


class SecretMissing(PersonMustAct):
    """The place that a secret reference names holds nothing that could be used."""

    code = "secret_missing"


@dataclass(frozen=True, slots=True)
class Secret:
    """A reference, "env:NAME" or "file:/path". Printing it shows the reference."""

    reference: str

    def __post_init__(self) -> None:
        if not (
            _ENVIRONMENT.fullmatch(self.reference) or self.reference.removeprefix("file:") not in ("", self.reference)
        ):
            raise NotUnderstood(IN_CLEAR)

    @property
    def variable(self) -> str | None:
        """The name of the environment variable, where it is one."""
        return self.reference.removeprefix("env:") if self.reference.startswith("env:") else None

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""
        return Path(self.reference.removeprefix("file:")) if self.reference.startswith("file:") else None

    def reveal(self, environment: Mapping[str, str]) -> str:
        """The secret itself. Raises SecretMissing, which names the place and never a value."""
        if self.path is not None:
            return self._from_file(self.path)
        value = environment.get(self.variable or "", "")
        if not value:
            raise self._missing(
                f"die Umgebungsvariable {self.variable} ist nicht gesetzt oder leer",
                f"the environment variable {self.variable} is not set or empty",
            )
        return value

    def _from_file(self, path: Path) -> str:
        try:
            with path.open(encoding="utf-8") as file:
                value = file.read(_LONGEST + 1)
        except UnicodeDecodeError:
            raise self._missing(f"die Datei {path} ist kein UTF-8-Text", f"the file {path} is not UTF-8 text") from None
        except OSError as error:
            why = reason(error)
            raise self._missing(
                f"die Datei {path} ist nicht lesbar ({why.de})", f"the file {path} can't be read ({why.en})"
            ) from error
        # An editor ends every file with a line break; it is no part of the secret.
        value = value.removesuffix("\n").removesuffix("\r")
        if not value.strip():
            raise self._missing(f"die Datei {path} ist leer", f"the file {path} is empty")
        if len(value) > _LONGEST or "\n" in value:
            raise self._missing(
                f"die Datei {path} enthält mehr als eine Zeile", f"the file {path} holds more than one line"
            )
        return value

    def _missing(self, de: str, en: str) -> SecretMissing:
        return SecretMissing(Text(de, en), where=self.reference)


IN_CLEAR = Text(
    "ein Geheimnis steht nie im Klartext in der Datei; erlaubt ist nur ein Verweis: env:NAME oder file:/pfad/zur/datei",
    "a secret never stands in the file itself; only a reference is allowed: env:NAME or file:/path/to/file",
)
