"""A cleaned iCalendar object → a training. Pure; refuses nothing that `network.ical.reading` has let through."""

from __future__ import annotations

from connectors.sources.links import read_link
from network.ical.component import CalendarObject, Component
from network.ical.values import span, text_of, texts_of
from network.model import Session, Status, Training
from network.text import Language, Text

_UNTITLED = Text("Ohne Titel", "Untitled")


def training_of(found: CalendarObject, key: str, *, connector: str, language: Language) -> Training:
    """One training with one session, which carries the whole object; title, start and place are its fingerprint.

    Raises BadInput when start or end can't be read.
    """
    main = found.main
    start, end = span(main)
    return Training(
        connector=connector,
        key=key,
        title=" ".join(text_of(main, "SUMMARY").split()) or _UNTITLED.language(language),
        status=Status.CANCELLED if main.value("STATUS").strip().upper() == "CANCELLED" else Status.PUBLISHED,
        sessions=(Session(1, start, end, found),),
        description=text_of(main, "DESCRIPTION").strip(),
        place=" ".join(text_of(main, "LOCATION").split()),
        link=_link(main),
        tags=texts_of(main, "CATEGORIES"),
        contact=text_of(main, "CONTACT").strip(),
        origin=f"UID {found.uid}",
    )


def _link(event: Component) -> str:
    return read_link(event.value("URL").strip()) or read_link(event.value("CONFERENCE").strip())
