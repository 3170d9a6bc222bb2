"""What a CalDAV server's refusal to be written means (RFC 4791 section 5.3.2, RFC 4918). Pure."""

from __future__ import annotations

from connectors.sources.asking import error_of
from connectors.sources.http import Answer
from network.errors import DigitalnetzwerkError, Locked, NotThere, PreconditionFailed, Refused, RightMissing
from network.text import Text

_ONE_OBJECT = frozenset((400, 409, 413, 415, 422, 507))


def refusal(answer: Answer, *, may_write: bool) -> DigitalnetzwerkError:
    """The error for an answer that is no success. `may_write`: the server said before that this account may."""
    status = answer.status
    says = Text(f"der Server der Quelle antwortet {status}", f"the source's server answers {status}")
    match status:
        case 412:
            return PreconditionFailed(
                Text(
                    "der Termin wurde in der Quelle inzwischen geändert",
                    "the event was changed in the source meanwhile",
                )
            )
        case 404 | 410:
            return NotThere(says)
        case 423:
            return Locked(says)
        case 403 | 405:
            return Refused(says) if may_write else read_only()
        case _ if status in _ONE_OBJECT:
            return Refused(says)
        case _:
            return error_of(answer)


def read_only() -> RightMissing:
    """The account that reads the source may not write it."""
    return RightMissing(
        Text(
            "dieses Konto darf den Kalender der Quelle nur lesen; was in Nextcloud geändert wurde, bleibt dort",
            "this account may only read the source's calendar; what was changed in Nextcloud stays there",
        ),
        remedy=Text(
            "Geben Sie dem Konto in der Quelle das Recht zu schreiben, oder setzen Sie bei der Anbindung mode: read.",
            "Give the account the right to write in the source, or set mode: read at the connector.",
        ),
        code="source_read_only",
    )
