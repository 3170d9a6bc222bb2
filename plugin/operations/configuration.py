"""The configuration in force as others may read it: no secrets, no people, no free text, of addresses the host alone.

Shown is what is known to be harmless: a new key of the configuration is hidden until it is named here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from pathlib import PurePath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from network.secrets import Secret
from network.settings import Section, Settings
from network.settings.locations import CloudFile, LocalFile, WebFile
from network.text import Text
from plugin.render.freshness import MINUTE, duration

_KEY = re.compile(r"[a-z0-9_-]+")

REMOVED = "(entfernt)"
PEOPLE = frozenset({"people", "lead", "accounts", "username", "contact", "contacts", "by"})
SHOWN = frozenset(
    {
        "id", "key", "source", "owner", "type", "provides", "language", "state", "mode", "pilot", "group",
        "groups", "services", "delivery", "template", "timezone", "color", "from_", "tags", "not_tags", "topic",
        "administrations", "exchange_groups", "added_by_hand", "on_rename", "on_conflict", "when_over", "then",
        "above", "security", "kind", "weekday", "nth", "interval", "external", "manage_accounts",
        "admin_rights", "registration", "separator", "encoding", "sheet", "component", "visibility", "logs",
        "where", "every", "status",
    }
)  # fmt: skip
NAMED = frozenset({"name"})
"""What things are called: calendars, groups, administrations. People are called nothing in a configuration."""
ADDRESSES = frozenset({"url", "public_url", "proxy", "server"})


def shown(settings: Settings) -> object:
    """Plain JSON data in the shape of the configuration; what stands for its default is there too."""
    return _plain(settings, "")


def lines(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The same as dotted keys with their values, in the order of the configuration."""
    return tuple(_lines(shown(settings), ""))


def _plain(value: object, name: str) -> object:
    if name in PEOPLE:
        return _counted(value)
    if isinstance(value, Section):
        return {each: _plain(getattr(value, each), each) for each in type(value).model_fields}
    if isinstance(value, Mapping):
        return {_key(key, number): _plain(each, name) for number, (key, each) in enumerate(value.items(), 1)}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(each, name) for each in value]
    return _single(value, name)


def _key(written: object, number: int) -> str:
    """A key of ours as it is; a path of a folder is free text."""
    return str(written) if _KEY.fullmatch(str(written)) else f"({number})"


def _single(value: object, name: str) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return str(value.value)
        case timedelta():
            return f"{value.total_seconds():g} seconds" if value % MINUTE else duration(value).en
        case date() | time() | ZoneInfo():
            return str(value)
        case Secret():
            return value.reference
        case PurePath():
            return value.name
        case CloudFile() | LocalFile() | WebFile():
            return _location(value)
        case str():
            return _string(value, name)
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name), each.name) for each in fields(value)}
    return REMOVED


def _string(value: str, name: str) -> str:
    if not value:
        return value
    if name in ADDRESSES:
        return _host(value)
    return value if name in SHOWN or name in NAMED else REMOVED


def _location(place: CloudFile | LocalFile | WebFile) -> str:
    if isinstance(place, WebFile):
        return _host(place.url)
    suffix = PurePath(str(place.path)).suffix
    return f"{'nextcloud:' if isinstance(place, CloudFile) else ''}…{suffix}"


def _host(address: str) -> str:
    """Scheme and host: what stands behind may be a key."""
    if "://" not in address:
        return address
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.hostname or ''}" + (f":{parts.port}" if parts.port else "") + "/…"
    except ValueError:
        return REMOVED


def _counted(value: object) -> object:
    if value is None or value in ((), [], {}, ""):
        return None
    many = len(value) if isinstance(value, (list, tuple, set, frozenset)) else 1
    return f"{REMOVED} × {many}"


def _lines(value: object, path: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [line for key, each in value.items() for line in _lines(each, f"{path}.{key}" if path else str(key))]
    if isinstance(value, list) and any(isinstance(each, (dict, list)) for each in value):
        return [line for number, each in enumerate(value, 1) for line in _lines(each, f"{path}[{number}]")]
    if isinstance(value, list):
        return [(path, ", ".join(map(str, value)))] if value else []
    if isinstance(value, bool):
        return [(path, str(value).lower())]
    return [] if value in (None, "") else [(path, str(value))]


EXPLAINED = Text(
    "Geheimnisse, Personen, Mailadressen und freie Texte sind entfernt; von Adressen steht nur der Rechner da.",
    "Secrets, people, mail addresses and free texts are removed; of addresses only the host stands there.",
)
