"""Loads a configuration: files → one document → complete entries → typed settings → comparison of the entries.

Everything that is wrong is collected and raised together; nothing outside of the configuration files is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from network.document import Branch, Complaint, Document, gather, merge
from network.errors import ConfigurationError
from network.problems import Problem
from network.settings.advice import advice
from network.settings.both_ways import both_ways
from network.settings.defaults import with_defaults
from network.settings.duplicates import duplicates
from network.settings.echoes import without_echoes
from network.settings.owned_folders import owners_unknown
from network.settings.reach import reaching_further
from network.settings.references import Known, unknown_names
from network.settings.settings import Settings
from network.settings.towns import within_bounds
from network.settings.validation import validate

# Selectors and filters: two halves from two files would mean something that nobody wrote.
_ONE_VALUE = frozenset({"share", "edit", "members", "read", "comment", "manage", "where", "admin_rights"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration that may be worked with. `warnings` name what is allowed but seldom meant.

    `document` is what was written, with the defaults filled in and every value's place.
    """

    settings: Settings
    warnings: tuple[Problem, ...]
    files: tuple[Path, ...]
    document: Branch


def load(path: Path, *, today: date) -> Loaded:
    """Reads a file or a folder of them. Raises ConfigurationError with every problem; reveals no secret."""
    gathered = gather(path)
    if not gathered.documents:
        raise ConfigurationError(_problems(gathered.complaints))
    root, complaints = _one_document(gathered.documents)
    complaints += gathered.complaints
    owners = {one.name: one.administration for one in gathered.documents if one.administration}
    settings, mistakes = validate(root, owners)
    complaints += without_echoes(mistakes, complaints, complete=gathered.complete)
    if settings is not None and gathered.complete:
        complaints += [
            finding.complaint(root)
            for finding in (
                *unknown_names(settings, Known.of(root)),
                *duplicates(settings, root),
                *owners_unknown(settings),
                *reaching_further(settings),
                *both_ways(settings),
            )
        ]
    if complaints or settings is None:
        raise ConfigurationError(_problems(complaints))
    warnings = _problems(finding.complaint(root) for finding in advice(settings, root, today))
    return Loaded(settings, warnings, gathered.files, root)


def _one_document(documents: Iterable[Document]) -> tuple[Branch, list[Complaint]]:
    """All files as one, with the defaults filled in; members' own files reduced to what they may say."""
    complaints: list[Complaint] = []
    documents = tuple(documents)
    administrations = _administrations(documents)
    branches = []
    for document in documents:
        branch = document.branch
        if document.administration is not None:
            others = [one.branch for one in documents if one.administration != document.administration]
            branch, refused = within_bounds(document, others, administrations)
            complaints += refused
        branches.append(branch)
    root, contradictions = merge(branches, _is_one_value)
    return with_defaults(root), complaints + contradictions


def _administrations(documents: Iterable[Document]) -> frozenset[str]:
    sections = (document.branch.get("administrations") for document in documents if document.administration is None)
    return frozenset(key for section in sections if isinstance(section, Branch) for key in section)


def _is_one_value(path: tuple[str, ...]) -> bool:
    return path[-1] in _ONE_VALUE or (len(path) > 1 and path[0] == "roles")


def _problems(complaints: Iterable[Complaint]) -> tuple[Problem, ...]:
    """In the order of the files, each once: a mistake in the defaults shows in every entry."""
    ordered = sorted(complaints, key=lambda complaint: complaint.order)
    return tuple(dict.fromkeys(complaint.problem() for complaint in ordered))
