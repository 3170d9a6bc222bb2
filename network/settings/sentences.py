"""Pydantic's findings as sentences for people, in one table; what isn't in it is said plainly, without the value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic.fields import FieldInfo

from network.document import Branch
from network.settings.connectors import TYPES
from network.settings.mistake import Mistake
from network.settings.section import Section
from network.text import Text
from network.written import NotUnderstood
from network.written.nearest import did_you_mean

Details = Mapping[str, object]


def sentence(mistake: Mistake, section: type[Section] | None) -> Text:
    """What is wrong, and what is allowed. `section` is the model that the mistake was found in, where known."""
    if mistake.kind == "extra_forbidden":
        return _unknown_key(str(mistake.location[-1]), section)
    if mistake.kind == "union_tag_not_found":
        return _unknown_type(mistake.value)
    return _SENTENCES.get(mistake.kind, _other)(mistake.details)


def known_keys(section: type[Section]) -> tuple[str, ...]:
    """The keys that may be written in a section, in the order of the model."""
    return tuple(
        str(field.validation_alias or name) for name, field in section.model_fields.items() if _is_written(name, field)
    )


def _is_written(name: str, field: FieldInfo) -> bool:
    return not (name in ("source", "owner") or (name == "key" and field.default == ""))


def _unknown_key(key: str, section: type[Section] | None) -> Text:
    known = known_keys(section) if section else ()
    guess = did_you_mean(key, known)
    listed = ", ".join(known)
    return Text(f"unbekannter Schlüssel{guess.de}; erlaubt: {listed}", f"unknown key{guess.en}; allowed: {listed}")


def _unknown_type(connector: object) -> Text:
    allowed = ", ".join(TYPES)
    kind = connector.get("type") if isinstance(connector, Branch) else None
    if not isinstance(kind, str):
        return Text(f"type fehlt; erlaubt: {allowed}", f"type is missing; allowed: {allowed}")
    guess = did_you_mean(kind, TYPES)
    return Text(
        f"keine Art von Anbindung heißt „{kind}“{guess.de}; erlaubt: {allowed}",
        f'no type of connector is called "{kind}"{guess.en}; allowed: {allowed}',
    )


def _one_of(details: Details) -> Text:
    expected = str(details["expected"])
    allowed = expected.replace("'", "").replace(" or ", ", ")
    return Text(f"erlaubt: {allowed}", f"allowed: {allowed}")


def _fixed(de: str, en: str) -> Callable[[Details], Text]:
    text = Text(de, en)
    return lambda _: text


def _own(details: Details) -> Text:
    error = details.get("error")
    return error.text if isinstance(error, NotUnderstood) else _other(details)


def _other(_: Details) -> Text:
    return Text("dieser Wert ist nicht erlaubt", "this value is not allowed")


_LISTING = _fixed("hier wird eine Liste erwartet, zum Beispiel [a, b]", "a list is expected here, for example [a, b]")
_MAPPING = _fixed(
    "hier werden Schlüssel mit Werten erwartet, zum Beispiel {name: …}",
    "keys with values are expected here, for example {name: …}",
)
_SENTENCES: Mapping[str, Callable[[Details], Text]] = {
    "missing": _fixed("fehlt", "is missing"),
    "value_error": _own,
    "literal_error": _one_of,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "list_type": _LISTING,
    "tuple_type": _LISTING,
    "string_type": _fixed("hier wird ein einzelner Wert erwartet", "a single value is expected here"),
    "too_short": _fixed("mindestens ein Eintrag wird gebraucht", "at least one item is needed"),
    "greater_than_equal": lambda details: Text(
        f"kleiner als erlaubt; mindestens {details['ge']}", f"less than allowed; at least {details['ge']}"
    ),
}
