"""Rights in too many hands, or in too few."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.finding import Finding, Location
from network.settings.projects import Access, SubFolder
from network.settings.settings import Settings
from network.text import Text


def rights(settings: Settings) -> Iterator[Finding]:
    """Folders managed by whole administrations, comments (which are reading), and a network that one person alone
    looks after."""
    for place, access in _granted(settings):
        for number, selector in enumerate(access.manage):
            if selector.model_fields_set == {"administrations"}:
                yield Finding(
                    "warning_managed_by_all",
                    (*place, "manage", number),
                    Text(
                        "alle Beschäftigten dürften Freigabelinks nach außen erstellen; meist genügt edit",
                        "all staff could make share links for people outside; edit is mostly enough",
                    ),
                )
        if access.comment:
            yield Finding(
                "warning_comment_is_read",
                (*place, "comment"),
                Text(
                    "Nextcloud unterscheidet das nicht von read: wer liest, darf auch kommentieren",
                    "Nextcloud makes no difference to read: whoever reads may comment",
                ),
            )
    admins = settings.roles.network_admins
    if len(admins) == 1 and admins[0].model_fields_set == {"people"} and len(admins[0].people) == 1:
        yield Finding(
            "warning_single_admin",
            ("roles", "network_admins"),
            Text(
                "nur eine Person; im Urlaub kann dann niemand etwas ändern",
                "one person only; during a holiday nobody can change anything",
            ),
        )


def _granted(settings: Settings) -> Iterator[tuple[Location, Access | SubFolder]]:
    """Every place in a project where something is granted."""
    for key, project in settings.projects.items():
        yield ("projects", key, "access"), project.access
        for path, folder in project.folders.items():
            yield ("projects", key, "folders", path), folder
