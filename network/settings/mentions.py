"""Where the files name an administration or an account: the lines that somebody has to change. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from network.document import Branch, Scalar, Value

_ADMINISTRATION = frozenset({"administrations", "administration"})


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """`where` is file:line, `path` the keys that lead there: `exchange_groups.ozg.lead`."""

    where: str
    path: str


def mentions_of_administration(root: Branch, key: str) -> tuple[Mention, ...]:
    """Its own entry first, then every selector and include that names it."""
    entries = root.get("administrations")
    own: tuple[Mention, ...] = ()
    if isinstance(entries, Branch) and key in entries:
        spot = entries.key_spots[key]
        own = (Mention(spot.where, spot.dotted),)
    named = _scalars(root, lambda path, text: text == key and bool(_ADMINISTRATION & set(path[-1:])))
    return _once((*own, *named))


def mentions_of_account(root: Branch, account: str) -> tuple[Mention, ...]:
    """Every place at which an account stands as a person."""
    return _once(_scalars(root, lambda path, text: text == account and path[-1:] != ("username",)))


def _scalars(root: Branch, fits: Callable[[tuple[str, ...], str], bool]) -> Iterator[Mention]:
    for path, scalar in _walk(root, ()):
        if fits(path, scalar):
            yield Mention(scalar.spot.where, scalar.spot.dotted)


def _walk(value: Value, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    if isinstance(value, Scalar):
        yield path, value
    elif isinstance(value, Branch):
        for key, below in value.items():
            yield from _walk(below, (*path, key))
    else:
        for below in value:
            yield from _walk(below, path)


def _once(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """What stands in a defaults section shows in every entry: it counts once."""
    return tuple(dict.fromkeys(found))
