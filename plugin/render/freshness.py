"""How fresh what stands in Nextcloud is, in words and as a row of the JSON document."""

from __future__ import annotations

from datetime import timedelta

from network.text import Text
from plugin.findings import Freshness

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
UNITS = {
    DAY: (Text("Tag", "day"), Text("Tage", "days")),
    timedelta(hours=1): (Text("Stunde", "hour"), Text("Stunden", "hours")),
    MINUTE: (Text("Minute", "minute"), Text("Minuten", "minutes")),
}


def freshness_line(measured: Freshness) -> Text | None:
    """What is worth a line: that it is too old, what waits, how much arrived in time. None when there is nothing."""
    parts = [part for part in (_too_old(measured), _waiting(measured), _share(measured)) if part is not None]
    if not parts:
        return None
    return Text("; ".join(each.de for each in parts), "; ".join(each.en for each in parts))


def freshness_row(measured: Freshness) -> dict[str, object]:
    """Durations in seconds; `share` from 0 to 1."""
    return {
        "connector": measured.connector,
        "as_of": measured.as_of.isoformat() if measured.as_of else None,
        "target": measured.target.total_seconds(),
        "is_met": measured.is_met,
        "waiting": measured.waiting,
        "overdue": measured.overdue,
        "days": round(measured.window / DAY),
        "changes": measured.total,
        "in_time": measured.in_time,
        "share": measured.share,
        "worst": measured.worst.total_seconds() if measured.worst is not None else None,
    }


def duration(length: timedelta) -> Text:
    """As people say it, in the unit that fits: 40 Minuten, 90 Minuten, 3 Stunden, 2 Tage."""
    unit = next((each for each in UNITS if length == each or length >= 2 * each), MINUTE)
    number = round(length / unit)
    one, several = UNITS[unit]
    name = one if number == 1 else several
    return Text(f"{number} {name.de}", f"{number} {name.en}")


def _too_old(measured: Freshness) -> Text | None:
    if measured.is_met or measured.as_of is None:
        return None
    may, age = duration(measured.target), duration(measured.now - measured.as_of)
    return Text(
        f"nicht aktuell: {age.de} alt, vorgesehen sind höchstens {may.de}",
        f"not up to date: {age.en} old, it should be {may.en} at most",
    )


def _waiting(measured: Freshness) -> Text | None:
    number = measured.waiting
    if not number:
        return None
    return Text(
        f"{number} {'Eintrag wartet' if number == 1 else 'Einträge warten'} noch auf Nextcloud",
        f"{number} {'entry waits' if number == 1 else 'entries wait'} for Nextcloud",
    )


def _share(measured: Freshness) -> Text | None:
    if measured.share is None:
        return None
    percent, days = f"{measured.share * 100:.0f} %", duration(measured.window)
    return Text(
        f"{percent} von {measured.total} Änderungen in {days.de.replace('Tage', 'Tagen')} rechtzeitig sichtbar",
        f"{percent} of {measured.total} changes in {days.en} visible in time",
    )
