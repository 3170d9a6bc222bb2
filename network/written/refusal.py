"""The one refusal of a written value. Says what is allowed; the value itself is shown only by whom it belongs to."""

from __future__ import annotations

from network.text import Text


class NotUnderstood(ValueError):
    """A value can't be read. `text` is a whole sentence in both languages.

    It is a ValueError, not a branch of our own error tree, because it never leaves its reader: settings and tables
    turn it into a problem with a place.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def not_understood(written: str, what: Text, examples: str) -> NotUnderstood:
    """The usual sentence: what was written, what it should have been, and how that looks."""
    return NotUnderstood(
        Text(
            f"„{shortened(written)}“ ist {what.de}; erlaubt ist zum Beispiel: {examples}",
            f'"{shortened(written)}" is {what.en}; allowed is for example: {examples}',
        )
    )


def shortened(written: str) -> str:
    """One line of at most 60 characters."""
    line = " ".join(written.split())
    return line if len(line) <= 60 else line[:59] + "…"
