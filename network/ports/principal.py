"""Whom a right is given to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PrincipalKind = Literal["user", "group", "team"]


@dataclass(frozen=True, slots=True, order=True)
class Principal:
    kind: PrincipalKind
    id: str
