"""What the pages of the browser tests show: a little of everything, with words that are too long for any place."""

from __future__ import annotations

from typing import Any

from journeys_town import CONFIG, FAR, HEADINGS, TODAY, groups, row, workbook

PLACES = """\
  smart-region:
    {{name: Smart Region und Nahversorgung, lead: [max.kreis], members: {{administrations: [nieheim]}}, open: true}}
projects:
  presse: {{name: Gemeinsame Pressearbeit, quota: 5 GB, access: {{read: {{administrations: all}}, edit: {{exchange_groups: [ozg]}}}}}}
"""
"""Goes on where the exchange groups of the journeys end."""

PROGRAMME = """\
training_concepts:
  ozg: {{name: Grundlagen OZG, audience: Sachbearbeitung, folder: 'nextcloud:/Schulungsmaterial/OZG'}}
roles:
  training_offices: {{people: [bernd.brakel]}}
  coordinators: {{people: [erika.kreis]}}
  reviewers: {{people: [dora.nieheim]}}
  network_admins: {{people: [max.kreis]}}
"""

CONFIGURATION = (CONFIG + groups() + PLACES + PROGRAMME).replace(
    "tags: Themen}}", "tags: Themen, seats: Plätze, link: Link, contact: Kontakt, concept: Konzept}}"
)

LONG = "Verwaltungsvorgangsbearbeitungssystemeinführungsveranstaltung für Sachbearbeitung und Leitung"
TODAYS = "Sprechstunde heute"


def programme(more: int = 0) -> bytes:
    """The coordinator's table, and so many trainings behind its end."""
    today = [*row(6, TODAYS, day=TODAY, start="0:05")[:6], "23:55", "Rathaus", "E-Akte"]
    rows: list[list[Any]] = [
        [*row(1, "OZG Grundlagen"), 12, "https://meet.probe.example/a", "Max Muster, max@probe.example", "OZG 1"],
        [*row(2, "E-Akte", status="ausgebucht")[:7], "online", "E-Akte", 8, "https://meet.probe.example/b", "", ""],
        row(3, "IT-Sicherheit"),
        [*row(4, LONG), None, f"https://meet.probe.example/{'lang' * 40}", "", "OZG 2"],
        row(5, "Vergaberecht", status="fällt aus"),
        today,
        *(
            [*row(10 + each, "Datum offen")[:4], f"irgendwann {each}", "9:00", "12:00", "Haus", "OZG"]
            for each in range(6)
        ),
        [*row(8, "Zwei Tage am Stück", day=FAR)[:4], FAR, None, None, "Höxter", "OZG"],
        *(row(20 + each, another(each)) for each in range(more)),
    ]
    return workbook(rows, [*HEADINGS, "Plätze", "Link", "Kontakt", "Konzept"])


def another(number: int) -> str:
    return f"Nachgetragene Schulung {number}"
