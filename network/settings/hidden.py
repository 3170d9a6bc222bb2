"""The secrets that a configuration refers to, wherever in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from network.secrets import Secret, SecretMissing


def secrets_within(settings: BaseModel, environment: Mapping[str, str]) -> frozenset[str]:
    """Their values, of those that can be read now: to be hidden, never to be shown."""
    return frozenset(_revealed(settings, environment))


def _revealed(value: object, environment: Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, Secret):
        try:
            yield value.reveal(environment)
        except SecretMissing:
            return
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _revealed(getattr(value, name), environment)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _revealed(each, environment)
    elif isinstance(value, list | tuple | frozenset):
        for each in value:
            yield from _revealed(each, environment)
