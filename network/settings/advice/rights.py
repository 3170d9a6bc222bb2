"""Rights in too many hands, or in too few."""

from __future__ import annotations

from collections.abc import Iterator

from network.settings.finding import Finding
from network.settings.settings import Settings
from network.text import Text


def rights(settings: Settings) -> Iterator[Finding]:
    """Folders managed by whole administrations, and a network that one person alone looks after."""
    for key, project in settings.projects.items():
        for number, selector in enumerate(project.access.manage):
            if selector.model_fields_set == {"administrations"}:
                yield Finding(
                    "warning_managed_by_all",
                    ("projects", key, "access", "manage", number),
                    Text(
                        "alle Beschäftigten dürften Rechte ändern und den Papierkorb leeren; meist genügt edit",
                        "all staff could change rights and empty the trash bin; edit is mostly enough",
                    ),
                )
        if project.access.comment:
            yield Finding(
                "warning_comment_is_read",
                ("projects", key, "access", "comment"),
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
