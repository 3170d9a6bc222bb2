"""What makes a training the same training: a UID that is minted once, and a fingerprint for sources without keys."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Container
from datetime import UTC, datetime
from itertools import chain, count

from network.ical.values import Moment

_NAMESPACE = uuid.UUID("6f4d2c1e-52a6-5d0b-9a3e-0d1a1b7c2f10")
_DOMAIN = "@digitalnetzwerk"
_RETURNED = "@quelle.digitalnetzwerk"


def mint_uid(network: str, connector: str, key: str, session: int, *, taken: Container[str] = ()) -> str:
    """The UID of a new entry: always the same for the same input, another one when that is `taken`.

    Taken it is where a source gives an old key to a new training, while the old one lives on under another key.
    """
    uids = (
        _uid(network, connector, key, str(session), *again)
        for again in chain(((),), ((str(number),) for number in count(2)))
    )
    return next(uid for uid in uids if uid not in taken)


def returned_uid(network: str, connector: str, uid: str, key: str) -> str:
    """The UID under which an entry of ours is made in its source: another one than here, always the same for the same.

    `key` is the one that it had there before, or empty. Never one of ours: servers look for an invitation's event by
    its UID over all calendars of a person.
    """
    return f"{uuid.uuid5(_NAMESPACE, chr(0).join((network, connector, uid, key)))}{_RETURNED}"


def is_our_uid(uid: str) -> bool:
    return uid.endswith(_DOMAIN)


def file_name(uid: str) -> str:
    """The name of an entry's file in its calendar."""
    return f"{uid}.ics"


def uid_of(name: str) -> str:
    """The UID that a file of ours has by its name."""
    return name.removesuffix(".ics")


def fingerprint(title: str, start: Moment, place: str) -> str:
    """16 characters for title, start and place, for recognising a training whose key changed."""
    moment = start.astimezone(UTC).isoformat() if isinstance(start, datetime) else start.isoformat()
    told = "\0".join((_plain(title), moment, _plain(place)))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _uid(*names: str) -> str:
    return f"{uuid.uuid5(_NAMESPACE, chr(0).join(names))}{_DOMAIN}"
