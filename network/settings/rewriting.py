"""The same configuration without one of its administrations, or with a person under another account. Pure.

For what a person decided by command before the files say so themselves. Whatever the configuration grants, it grants
through selectors and the accounts under `lead`, `people` and `accounts`: all are found by walking through the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from network.settings.selectors import ALL, Selector
from network.settings.settings import Settings

_ACCOUNTS = frozenset({"lead", "people", "accounts"})
Model = TypeVar("Model", bound=BaseModel)
Change = Callable[[str], str | None]


def without(settings: Settings, administration: str, accounts: Collection[str]) -> Settings:
    """Neither the administration, nor what its own file defines, nor these accounts of its people.

    A selector that loses all of one key is dropped whole: what is left of it would mean more people, not fewer.
    """
    left = _walked(
        settings,
        account=lambda written: None if written in accounts else written,
        administration=lambda key: None if key == administration else key,
    )
    members = {key: each for key, each in left.administrations.items() if key != administration}
    sections = {
        name: {key: each for key, each in getattr(left, name).items() if each.owner != administration}
        for name in ("calendars", "exchange_groups", "projects")
    }
    return left.model_copy(update={"administrations": members, **sections})


def with_account(settings: Settings, old: str, new: str) -> Settings:
    """Whatever is said of the account `old` is said of `new`."""
    return _walked(settings, account=lambda written: new if written == old else written, administration=lambda key: key)


def accounts_named(settings: Settings) -> frozenset[str]:
    """Every account of a person that the configuration names."""
    found: set[str] = set()

    def note(account: str) -> str:
        found.add(account)
        return account

    _walked(settings, account=note, administration=lambda key: key)
    return frozenset(found)


def _walked(settings: Settings, *, account: Change, administration: Change) -> Settings:
    return _model(settings, account, administration)


def _model(model: Model, account: Change, administration: Change) -> Model:
    if isinstance(model, Selector):
        raise TypeError(model)  # a selector may vanish: its list decides
    changed = {
        name: fresh
        for name in type(model).model_fields
        if (fresh := _value(name, value := getattr(model, name), account, administration)) is not value
    }
    return model.model_copy(update=changed) if changed else model


def _value(name: str, value: Any, account: Change, administration: Change) -> Any:
    """The value itself where nothing in it changes."""
    if name in _ACCOUNTS and isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return _kept(value, account)
    if isinstance(value, tuple):
        found = tuple(_item(each, account, administration) for each in value)
        kept = tuple(each for each in found if each is not None)
        return value if len(kept) == len(value) and all(map(_is, kept, value)) else kept
    if isinstance(value, Mapping):
        fresh = {key: _item(each, account, administration) for key, each in value.items()}
        return value if all(fresh[key] is value[key] for key in value) else fresh
    return _item(value, account, administration)


def _item(value: Any, account: Change, administration: Change) -> Any:
    if isinstance(value, Selector):
        return _selector(value, account, administration)
    return _model(value, account, administration) if isinstance(value, BaseModel) else value


def _selector(selector: Selector, account: Change, administration: Change) -> Selector | None:
    people = _kept(selector.people, account)
    named = selector.administrations
    members = named if named == ALL else _kept(tuple(named), administration)
    if (selector.people and not people) or (named and not members):
        return None
    if people is selector.people and (members is named or members == named):
        return selector
    return selector.model_copy(update={"people": people, "administrations": members})


def _kept(written: tuple[str, ...], change: Change) -> tuple[str, ...]:
    """Each once, in the order in which they are written."""
    kept = tuple(dict.fromkeys(fresh for each in written if (fresh := change(each)) is not None))
    return written if kept == written else kept


def _is(one: object, other: object) -> bool:
    return one is other
