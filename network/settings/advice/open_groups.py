"""Exchange groups that anybody joins: what hangs on them, and whether who joins may stay."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.finding import Finding
from network.settings.settings import Settings
from network.text import Text

_ROLES = ("coordinators", "training_offices", "network_admins", "reviewers")


def open_groups(settings: Settings) -> Iterator[Finding]:
    """Roles that everybody could give themselves, and groups that put out again who joined."""
    for role in _ROLES:
        for number, selector in enumerate(getattr(settings.roles, role)):
            for key in selector.exchange_groups:
                if key in settings.exchange_groups and settings.exchange_groups[key].open:
                    yield _role(role, number, settings.exchange_groups[key].name)
    for key, group in settings.exchange_groups.items():
        if group.open and group.added_by_hand == "remove":
            yield Finding(
                "warning_open_not_kept",
                ("exchange_groups", key, "open"),
                Text(
                    "wer selbst beitritt, wird beim nächsten Lauf wieder entfernt (added_by_hand: remove)",
                    "whoever joins is removed again by the next run (added_by_hand: remove)",
                ),
            )


def _role(role: str, number: int, group: str) -> Finding:
    return Finding(
        "warning_role_for_everybody",
        ("roles", role, number),
        Text(
            f"„{group}“ ist offen: jede Person kann sich diese Rolle durch Beitreten selbst geben",
            f'"{group}" is open: everybody can give themselves this role by joining',
        ),
    )
