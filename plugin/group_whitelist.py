r"""Which groups an identity provider may keep, as user_oidc wants to hear it.

With group provisioning user_oidc takes people out of every group that their login doesn't name, unless the group's id
is outside of its "group whitelist regex" (a PCRE with delimiters, `--group-whitelist-regex` of `occ
user_oidc:provider`). The pattern names the groups that are declared `external`; all others, ours too, are left alone.
"""

from __future__ import annotations

import re
import shlex

from network.settings import Settings
from network.text import Text


def group_whitelist(settings: Settings) -> str:
    r"""The pattern, like `/^(?:brakel|stadt\-hoexter)$/`; empty when no group belongs to an identity provider."""
    groups = sorted({each.group for each in settings.administrations.values() if each.external})
    return f"/^(?:{'|'.join(map(_quoted, groups))})$/" if groups else ""


def whitelist_line(settings: Settings) -> Text | None:
    """The pattern in a sentence that says what it is for, None where there is none."""
    pattern = group_whitelist(settings)
    if not pattern:
        return None
    command = f"occ user_oidc:provider ANBIETER --group-whitelist-regex={shlex.quote(pattern)}"
    return Text(
        "Pflegt user_oidc bei der Anmeldung Gruppen, dann darf es nur diese pflegen (weitere Gruppen des "
        f"Verzeichnisdienstes bitte ergänzen): {command}",
        "Where user_oidc keeps groups at login, it may keep these only (please add further groups of the directory "
        f"service): {command.replace('ANBIETER', 'PROVIDER')}",
    )


def _quoted(group: str) -> str:
    """A group id in a PCRE between slashes."""
    return re.escape(group).replace("/", "\\/")
