"""The known name that somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from network.text import NOTHING, Text


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known name that is like the written one, if any is."""
    names = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(written.casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def did_you_mean(written: str, known: Iterable[str]) -> Text:
    """ " (meinten Sie „plan“?)", or nothing where no known name is near."""
    name = nearest(written, known)
    return Text(f" (meinten Sie „{name}“?)", f' (did you mean "{name}"?)') if name else NOTHING
