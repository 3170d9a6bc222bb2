"""What sources of people know of an administration, and how a table's word for one is recognised. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the network. `group`: id of its Nextcloud group; `accounts` belong to it without being in there.

    `where` is the line of the configuration that names it.
    """

    key: str
    name: str
    group: str = ""
    accounts: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    where: str = ""


def recognised(written: str, members: Sequence[Member]) -> str:
    """The key of the administration that is meant by key, name or mail domain; empty when none is."""
    wanted = _folded(written.rpartition("@")[2])
    return next((each.key for each in members if wanted in map(_folded, _words(each))), "")


def nearest_member(written: str, members: Sequence[Member]) -> str:
    """The name of the administration that was probably meant, or an empty text."""
    names = {_folded(word): each.name for each in members for word in _words(each)}
    return next((names[found] for found in get_close_matches(_folded(written), names, n=1, cutoff=0.5)), "")


def _words(member: Member) -> Iterable[str]:
    return (member.key, member.name, *member.mail_domains)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())
