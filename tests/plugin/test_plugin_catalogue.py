"""What the pages list as trainings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from calendar_sync.records import EntryMemory
from network.ical.canonical import to_text
from network.ical.component import CalendarObject
from network.ical.writing import event
from network.state import open_state
from plugin.catalogue import Catalogue


def entry(uid: str, connector: str) -> EntryMemory:
    start = datetime(2027, 1, 12, 9, tzinfo=UTC)
    end = start + timedelta(hours=2)
    text = to_text(CalendarObject(uid, (event(start=start, end=end, summary=f"Titel {uid}"),)))
    return EntryMemory(uid, connector, "1", 1, 1, "", uid, start.isoformat(), end.isoformat(), text, etag="e")


def test_meetings_of_exchange_groups_are_no_trainings() -> None:
    state = open_state(None)
    state.remember_all((entry("schulung", "plan").record("schulungen"), entry("treffen", "meetings.ozg").record("ozg")))
    assert [each.title for each in Catalogue(state, UTC).listed()] == ["Titel schulung"]
