"""Which group an administration's group may be called now: by the people in it, else by its name. Only ever a hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from network.ports import GroupSeen
from network.text import NOTHING, Text

MOST_READ = 12  # groups whose members are read for one that is missing
SAME_PEOPLE = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared` of the `former` people of the administration are in this group; 0: its name alone is alike."""

    group: str
    shared: int = 0
    former: int = 0

    @property
    def hint(self) -> Text:
        if not self.shared:
            return Text(f"Ähnlich heißt die Gruppe „{self.group}“.", f"A similar group is “{self.group}”.")
        return Text(
            f"Wahrscheinlich heißt sie jetzt „{self.group}“: darin sind {self.shared} der {self.former} Personen. "
            f"Wenn ja, tragen Sie bei group „{self.group}“ ein.",
            f"It is probably called “{self.group}” now: {self.shared} of the {self.former} people are in there. "
            f"If so, write “{self.group}” behind group.",
        )


def likely_renamed(
    names: Sequence[str],
    former: frozenset[str],
    free: Sequence[GroupSeen],
    read: Callable[[str], frozenset[str]],
) -> Likeness | None:
    """The group that shares at least half of all people with the `former` ones, else one called like one of `names`.

    `free` are groups that stand for no administration. The members of a dozen groups at most are read, those of about
    the same size first.
    """
    return _by_people(former, free, read) or _by_name(names, free)


def hint(likeness: Likeness | None) -> Text:
    return likeness.hint if likeness is not None else NOTHING


def _by_people(
    former: frozenset[str], free: Sequence[GroupSeen], read: Callable[[str], frozenset[str]]
) -> Likeness | None:
    if not former:
        return None
    large = [each for each in free if each.size is None or each.size >= len(former) * SAME_PEOPLE]
    large.sort(key=lambda each: (abs((each.size or 0) - len(former)), each.id))
    members = {each.id: read(each.id) for each in large[:MOST_READ]}
    alike = {group: len(people & former) / len(people | former) for group, people in members.items()}
    best = max(alike, key=lambda group: (alike[group], group), default="")
    if not best or alike[best] < SAME_PEOPLE:
        return None
    return Likeness(best, len(members[best] & former), len(former))


def _by_name(names: Sequence[str], free: Sequence[GroupSeen]) -> Likeness | None:
    known = {name.casefold(): each.id for each in free for name in (each.id, each.name)}
    near = (found for name in names for found in get_close_matches(name.casefold(), known, n=1))
    return next((Likeness(known[each]) for each in near), None)
