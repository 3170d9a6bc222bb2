"""Whom something is for: administrations, exchange groups, people or a topic.

Keys of one selector all have to fit, of a list of selectors one has to. Who that is on a given day is not decided
here; the configuration alone doesn't know any people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from network.settings.fields import Account, Line
from network.settings.names import key
from network.settings.section import Section
from network.text import Text
from network.written import NotUnderstood

All = Literal["all"]
ALL: All = "all"
Own = Literal["own"]
OWN: Own = "own"


def _all_or_keys(value: object) -> All | tuple[str, ...]:
    if value == ALL:
        return ALL
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return tuple(str(key(one)) for one in value)
    raise NotUnderstood(
        Text("erlaubt ist all oder eine Liste, zum Beispiel [brakel, hoexter]",
             "allowed is all or a list, for example [brakel, hoexter]")
    )  # fmt: skip


Administrations = Annotated[
    All | Own | tuple[str, ...],
    PlainValidator(_all_or_keys),
    WithJsonSchema({"anyOf": [{"const": ALL}, {"type": "array", "items": {"type": "string"}}]}),
]


class Selector(Section):
    """People who fit every key that is written here."""

    administrations: Administrations = ()
    """all, or the keys of administrations."""
    exchange_groups: tuple[str, ...] = ()
    """Keys of exchange groups: who is in one of them."""
    people: tuple[Account, ...] = ()
    """Nextcloud accounts."""
    topic: Line | None = None
    """Everybody beside whom this topic stands in a people list."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Selector:
        if self.administrations or self.exchange_groups or self.people or self.topic:
            return self
        raise NotUnderstood(
            Text(
                "benennt niemanden; erlaubt sind administrations, exchange_groups, people, topic, oder none",
                "names nobody; allowed are administrations, exchange_groups, people, topic, or none",
            )
        )

    def named_administrations(self, every: Iterable[str]) -> tuple[str, ...]:
        """The keys of the administrations named, of `every` one for "all"."""
        return tuple(every) if self.administrations == ALL else tuple(self.administrations)

    def within(self, administration: str) -> Selector:
        """The same, with the administration that a folder belongs to in the place of "own"."""
        if self.administrations != OWN:
            return self
        return Selector(administrations=(administration,))


def _selectors(value: object) -> object:
    if isinstance(value, dict | Selector):
        return [value]
    if value == "none":
        return []
    if isinstance(value, str):
        raise NotUnderstood(
            Text(
                "erlaubt ist zum Beispiel {administrations: all}, {exchange_groups: [ak-it]} oder none",
                "allowed is for example {administrations: all}, {exchange_groups: [ak-it]} or none",
            )
        )
    return value


def _one_list_or_none(schema: dict[str, Any]) -> None:
    """Tells editors that one selector, a list of them, or none may be written."""
    selector, kind = schema.pop("items"), schema.pop("type")
    schema["anyOf"] = [selector, {"type": kind, "items": selector}, {"const": "none"}]


def _own_or_selectors(value: object) -> object:
    if value == OWN:
        return [_OWNERS]
    found = _selectors(value)
    return [_OWNERS if each == OWN else each for each in found] if isinstance(found, list | tuple) else found


def _one_list_none_or_own(schema: dict[str, Any]) -> None:
    """As above, and `own`, alone or in the list."""
    selector, kind = {"anyOf": [schema.pop("items"), {"const": OWN}]}, schema.pop("type")
    schema["anyOf"] = [*selector["anyOf"], {"type": kind, "items": selector}, {"const": "none"}]


_OWNERS = Selector.model_construct(_fields_set={"administrations"}, administrations=OWN)
Selection = Annotated[tuple[Selector, ...], BeforeValidator(_selectors), Field(json_schema_extra=_one_list_or_none)]
"""Everybody who fits one of the selectors; () is nobody."""
OwnSelection = Annotated[
    tuple[Selector, ...], BeforeValidator(_own_or_selectors), Field(json_schema_extra=_one_list_none_or_own)
]
"""The same for a folder that each administration has one of: "own" is the one that the folder belongs to."""
