"""The files beside a source: conflict copies and lock files, which are named and never read, and similar names.

Pure: works on file names alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from network.errors import NotThere
from network.problems import Problem
from network.text import NOTHING, Text

_LOCK = re.compile(r"~\$.+|\.~lock\..+#")
_OUR_NOTES = re.compile(r".+ - (?:Hinweise|Notes)\.xlsx", re.IGNORECASE)
_CONFLICT = re.compile(
    r"\s*\((?:[^()]*\b)?(?:conflicted copy|conflict|konflikt(?:kopie)?|in konflikt stehende kopie|case clash)\b[^()]*\)"
    r"|_conflict-[\d-]+",
    re.IGNORECASE,
)


def is_lock(name: str) -> bool:
    """`~$Schulungsplan.xlsx`, `.~lock.Schulungsplan.ods#`: an office program has the file open."""
    return _LOCK.fullmatch(name) is not None


def is_conflict_copy(name: str) -> bool:
    """What a sync client makes when two people saved at once."""
    return _CONFLICT.search(name) is not None


def neighbour_problems(name: str, others: Iterable[str], where: str) -> Iterator[Problem]:
    """One problem for each conflict copy of `name` and each lock on it."""
    for other in sorted(others):
        if is_conflict_copy(other) and _CONFLICT.sub("", other).casefold() == name.casefold():
            yield Problem(
                "conflict_copy",
                where,
                Text(
                    f"neben „{name}“ liegt die Konfliktkopie „{other}“; sie wird nicht gelesen",
                    f'beside "{name}" lies the conflict copy "{other}"; it is not read',
                ),
                Text(
                    "Übernehmen Sie, was darin fehlt, und löschen Sie die Kopie.",
                    "Take over what is missing and delete the copy.",
                ),
            )
        elif is_lock(other) and _locks(other, name):
            yield Problem(
                "lock_file",
                where,
                Text(
                    f"„{name}“ ist gerade geöffnet („{other}“)",
                    f'"{name}" is open in an office program ("{other}")',
                ),
            )


def vanished(name: str, others: Iterable[str]) -> NotThere:
    """The file is gone; the remedy names the most similar one that is there."""
    near = similar(name, others)
    remedy = (
        Text(
            f"Daneben liegt „{near}“. Falls das die Datei ist: umbenennen, oder „location“ ändern.",
            f'Beside it lies "{near}". If that is the file: rename it, or change `location`.',
        )
        if near
        else NOTHING
    )
    return NotThere(
        Text("die Datei ist nicht (mehr) da", "the file is not there (any more)"), remedy=remedy, code="source_vanished"
    )


def similar(name: str, others: Iterable[str]) -> str:
    """The other file with the most similar name, empty when none is similar.

    Locks, conflict copies and the notes that we put beside a table never are.
    """
    candidates = {other.casefold(): other for other in others if not _is_no_table(other)}
    found = difflib.get_close_matches(name.casefold(), candidates, n=1, cutoff=0.6)
    if not found:
        stem, ending = PurePosixPath(name).stem.casefold(), PurePosixPath(name).suffix.casefold()
        found = [each for each in sorted(candidates) if each.endswith(ending) and stem in each]
    return candidates[found[0]] if found else ""


def _locks(lock: str, name: str) -> bool:
    """Word and Excel write `~$` before the name, or over its first two letters."""
    locked = lock.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
    return locked in (name, name[2:])


def _is_no_table(name: str) -> bool:
    return is_lock(name) or is_conflict_copy(name) or _OUR_NOTES.fullmatch(name) is not None
