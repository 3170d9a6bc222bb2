"""How a selector is told, and where somebody belongs: in the words of people, with the list that says so."""

from __future__ import annotations

from collections.abc import Sequence

from network.settings import Selector, Settings
from network.settings.selectors import ALL
from network.text import Text
from plugin.explaining.known import Listed
from plugin.explaining.subjects import Individual


def told(selector: Selector, settings: Settings) -> Text:
    """A selector as a person would say it."""
    german, english = [], []
    if selector.administrations == ALL:
        german.append("alle Verwaltungen")
        english.append("all administrations")
    elif selector.administrations:
        names = ", ".join(called(key, settings) for key in selector.administrations)
        german.append(names)
        english.append(names)
    for key in selector.exchange_groups:
        german.append(f"Austauschgruppe „{settings.exchange_groups[key].name}“")
        english.append(f"exchange group “{settings.exchange_groups[key].name}”")
    if selector.people:
        german.append(f"namentlich {', '.join(selector.people)}")
        english.append(f"by name {', '.join(selector.people)}")
    if selector.topic:
        german.append(f"Thema „{selector.topic}“")
        english.append(f"topic “{selector.topic}”")
    return Text(" und zugleich ".join(german), " and also ".join(english))


def belongs(row: Listed, key: str, settings: Settings) -> Text:
    origin = row.origin
    return Text(
        f"{row.person.account} gehört zu {called(key, settings)}: {origin.de} (Anbindung {row.connector})",
        f"{row.person.account} belongs to {called(key, settings)}: {origin.en} (connector {row.connector})",
    )


def belongs_nowhere(person: Individual, named: Sequence[str], settings: Settings, service: str) -> Text:
    own = ", ".join(called(key, settings) for key in sorted(person.administrations))
    if not own:
        return Text(
            f"{person.account} steht in keiner Gruppe oder Liste einer Verwaltung",
            f"{person.account} stands in no group or list of an administration",
        )
    without = [key for key in person.administrations if key in settings.administrations and key not in named]
    lacks = [key for key in without if service not in settings.administrations[key].services]
    if lacks:
        return Text(
            f"{person.account} gehört zu {own}, und dort fehlt der Dienst {service} (services)",
            f"{person.account} belongs to {own}, which lacks the service {service} (services)",
        )
    return Text(f"{person.account} gehört nur zu {own}", f"{person.account} belongs to {own} only")


def called(key: str, settings: Settings) -> str:
    found = settings.administrations.get(key)
    return found.name if found else key
