"""Who would see a training twice, or too many calendars: as far as the configuration alone can tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from network.settings.calendars import Where
from network.settings.exchange_groups import ExchangeGroup
from network.settings.finding import Finding
from network.settings.selectors import ALL, Selection, Selector
from network.settings.settings import Settings
from network.text import Text

_MOST_CALENDARS = 8


def seen_twice(settings: Settings) -> Iterator[Finding]:
    """Pairs of calendars that may hold the same training and be seen by the same person."""
    for (first, one), (second, other) in combinations(settings.calendars.items(), 2):
        shared = [name for name in other.sources if name in one.sources]
        if shared and _same_training(one.where, other.where) and _same_person(one.share, other.share):
            yield Finding(
                "warning_seen_twice",
                ("calendars", second),
                Text(
                    f"wer auch den Kalender {first} sieht, sieht Schulungen aus {', '.join(shared)} doppelt",
                    f"whoever sees the calendar {first} too sees trainings from {', '.join(shared)} twice",
                ),
                Text(
                    "Mit where: {tags: …} und {not_tags: …} auf die Kalender verteilen",
                    "Divide them between the calendars by where: {tags: …} and {not_tags: …}",
                ),
            )


def too_many_calendars(settings: Settings) -> Iterator[Finding]:
    """Whether somebody certainly sees more calendars than anybody can look through."""
    for what, names in (*_by_administration(settings), *_by_person(settings)):
        if len(names) > _MOST_CALENDARS:
            listed = ", ".join(names)
            yield Finding(
                "warning_many_calendars",
                ("calendars",),
                Text(
                    f"{what} sieht {len(names)} Kalender ({listed}); mehr als {_MOST_CALENDARS} schaut niemand durch",
                    f"{what} sees {len(names)} calendars ({listed}); nobody looks through more than {_MOST_CALENDARS}",
                ),
            )
            return  # one sentence is enough: the next person's would read the same


def _same_training(one: Where, other: Where) -> bool:
    return not (_excludes(one, other) or _excludes(other, one))


def _excludes(one: Where, other: Where) -> bool:
    """Whether whatever `one` takes is left out by `other`."""
    wanted = {tag.casefold() for tag in one.tags}
    return bool(wanted) and wanted <= {tag.casefold() for tag in other.not_tags}


def _same_person(one: Selection, other: Selection) -> bool:
    return any(_overlap(first, second) for first in one for second in other)


def _overlap(one: Selector, other: Selector) -> bool:
    """Whether a person could fit both; a group or a topic may hold anybody."""
    for kind in ("administrations", "people"):
        ours, theirs = getattr(one, kind), getattr(other, kind)
        if ours and theirs and ALL not in (ours, theirs) and not set(ours) & set(theirs):
            return False
    return True


def _by_administration(settings: Settings) -> Iterator[tuple[str, list[str]]]:
    every = tuple(settings.administrations)
    for key in every:
        yield key, [name for name, share in _shares(settings) if any(_whole(one, key, every) for one in share)]


def _whole(selector: Selector, key: str, every: tuple[str, ...]) -> bool:
    return selector.model_fields_set == {"administrations"} and key in selector.named_administrations(every)


def _by_person(settings: Settings) -> Iterator[tuple[str, list[str]]]:
    members = {key: _named(group) for key, group in settings.exchange_groups.items()}
    for person in sorted(set().union(*members.values(), *(_people(share) for _, share in _shares(settings)))):
        mine = {key for key, people in members.items() if person in people}
        yield person, [name for name, share in _shares(settings) if any(_holds(one, person, mine) for one in share)]


def _holds(selector: Selector, person: str, groups: set[str]) -> bool:
    fields = selector.model_fields_set
    if fields == {"people"}:
        return person in selector.people
    if fields == {"exchange_groups"}:
        return bool(groups & set(selector.exchange_groups))
    return fields == {"administrations"} and selector.administrations == ALL


def _shares(settings: Settings) -> Iterator[tuple[str, Selection]]:
    """Every calendar and who sees it; that of an exchange group is seen by the group."""
    for key, calendar in settings.calendars.items():
        yield key, calendar.share
    for key, group in settings.exchange_groups.items():
        if group.has_calendar:
            yield key, (Selector(exchange_groups=(key,)),)


def _named(group: ExchangeGroup) -> set[str]:
    return {*group.lead, *_people(group.members)}


def _people(selection: Selection) -> set[str]:
    return {person for selector in selection if selector.model_fields_set == {"people"} for person in selector.people}
