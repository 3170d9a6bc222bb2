"""A cleaned iCalendar object → a training. Pure; refuses nothing that `network.ical.reading` has let through."""

from __future__ import annotations

from connectors.sources.links import read_link
from network.ical.component import CalendarObject, Component
from network.ical.series import last_end, pieces
from network.ical.values import span, text_of, texts_of
from network.model import Session, Status, Training
from network.text import Language, Text

_UNTITLED = Text("Ohne Titel", "Untitled")


def training_of(found: CalendarObject, key: str, *, connector: str, language: Language) -> Training:
    """One training with one session, which carries the whole object; title, start and place are its fingerprint.

    A series whose source changes "this and all that follow" has a session from each change to the next. A session of a
    series ends with its last occurrence. Raises BadInput when that can't be found out.
    """
    main = found.main
    return Training(
        connector=connector,
        key=key,
        title=" ".join(text_of(main, "SUMMARY").split()) or _UNTITLED.language(language),
        status=Status.CANCELLED if main.value("STATUS").strip().upper() == "CANCELLED" else Status.PUBLISHED,
        sessions=tuple(_session(number, piece) for number, piece in enumerate(pieces(found), start=1)),
        description=text_of(main, "DESCRIPTION").strip(),
        place=" ".join(text_of(main, "LOCATION").split()),
        link=_link(main),
        tags=texts_of(main, "CATEGORIES"),
        contact=text_of(main, "CONTACT").strip(),
        origin=f"UID {found.uid}",
    )


def _session(number: int, item: CalendarObject) -> Session:
    start, _ = span(item.main)
    return Session(number, start, last_end(item), item)


def _link(event: Component) -> str:
    return read_link(event.value("URL").strip()) or read_link(event.value("CONFERENCE").strip())
