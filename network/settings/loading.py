"""Loads a configuration: files → one document → complete entries → typed settings → comparison of the entries.

Everything that is wrong is collected and raised together; nothing outside of the configuration files is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from network.document import Branch, Complaint, Gathered, gather, merge
from network.errors import ConfigurationError
from network.problems import Problem
from network.settings.defaults import with_defaults
from network.settings.settings import Settings
from network.settings.validation import validate

_ONE_VALUE = frozenset({"share", "edit", "members", "read", "manage", "where", "admin_rights"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration that may be worked with. `warnings` name what is allowed but seldom meant."""

    settings: Settings
    warnings: tuple[Problem, ...]
    files: tuple[Path, ...]


def load(path: Path, *, today: date) -> Loaded:
    """Reads a file or a folder of them. Raises ConfigurationError with every problem; reveals no secret."""
    gathered = gather(path)
    complaints = list(gathered.complaints)
    settings: Settings | None = None
    if gathered.documents:
        root, contradictions = _merged(gathered)
        complaints += contradictions
        owners = {one.name: one.administration for one in gathered.documents if one.administration}
        settings, mistakes = validate(with_defaults(root), owners)
        complaints += mistakes
    if complaints or settings is None:
        raise ConfigurationError(_problems(complaints))
    return Loaded(settings, (), gathered.files)


def _merged(gathered: Gathered) -> tuple[Branch, list[Complaint]]:
    return merge([document.branch for document in gathered.documents], _is_one_value)


def _is_one_value(path: tuple[str, ...]) -> bool:
    return path[-1] in _ONE_VALUE or (path[:1] == ("roles",) and len(path) > 1)


def _problems(complaints: list[Complaint]) -> tuple[Problem, ...]:
    """In the order of the files, each once: a mistake in the defaults shows in every entry."""
    ordered = sorted(complaints, key=lambda complaint: complaint.order)
    return tuple(dict.fromkeys(complaint.problem() for complaint in ordered))
