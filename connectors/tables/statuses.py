"""The words for a training's status, in German and English. An empty cell is a draft: nothing shows by mistake.

Refuses every other word, above all "Absage", which means two things.
"""

from __future__ import annotations

import re

from connectors.tables.refusal import no
from connectors.tables.sheets import Value, text_of
from network.model import Status
from network.text import Text

WORDS = {
    Status.DRAFT: Text("Entwurf", "draft"),
    Status.PUBLISHED: Text("veröffentlicht", "published"),
    Status.FULL: Text("ausgebucht", "full"),
    Status.CANCELLED: Text("fällt aus", "cancelled"),
}

_STATUSES = {
    word: status
    for status, words in {
        Status.DRAFT: "entwurf|draft|in planung|in vorbereitung",
        Status.PUBLISHED: "veröffentlicht|veroeffentlicht|published|freigegeben",
        Status.FULL: "ausgebucht|full|voll|fully booked|booked out",
        Status.CANCELLED: "fällt aus|faellt aus|fällt leider aus|ausgefallen|entfällt|entfaellt|entfallen"
        "|cancelled|canceled|abgesagt|findet nicht statt|wird nicht stattfinden|storniert",
    }.items()
    for word in words.split("|")
}


def read_status(value: Value) -> Status:
    """Raises NotUnderstood."""
    written = text_of(value)
    word = re.sub(r"[\s.!]+", " ", written.casefold()).strip()
    if not word:
        return Status.DRAFT
    if word not in _STATUSES:
        raise no(Text("kein bekannter Status", "no known status"), written)
    return _STATUSES[word]
