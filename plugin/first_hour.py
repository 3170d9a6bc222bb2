"""Writes level 1 for a new network: one YAML file in preview, with the explanations of the example, and the password.

Refuses to overwrite anything.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the administrator said. `administrations` are (key, name, group id)."""

    name: str
    url: str
    username: str
    mail: str
    administrations: tuple[tuple[str, str, str], ...]
    pilot: str = ""


def slug(words: str) -> str:
    """A key made of words: `Stadt Höxter` → `stadt-hoexter`."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold().translate(UMLAUTS)).strip("-")
    return plain or "verwaltung"


def write_first_level(folder: Path, beginning: Beginning, password: str) -> tuple[Path, Path]:
    """The YAML file and the file with the app password, readable for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder.resolve() / "nextcloud-passwort"
    secret.touch(mode=0o600, exist_ok=False)
    secret.write_text(password, encoding="utf-8")
    yaml = folder / "1-kalender.yaml"
    with yaml.open("x", encoding="utf-8") as file:
        file.write(first_level(beginning, secret, folder.resolve() / "daten"))
    return yaml, secret


def first_level(beginning: Beginning, secret: Path, data: Path) -> str:
    """The text of the YAML file."""
    pilot = f"pilot: {_quoted(beginning.pilot)}" if beginning.pilot else "# pilot: dnw-test"
    administrations = "\n".join(
        f"  {key}: {{name: {_quoted(_team_name(name))}, group: {_quoted(group)}}}"
        for key, name, group in beginning.administrations
    )
    return f"""\
# {beginning.name} - Stufe 1: Schulungen stehen im Kalender
# Alles hinter # ist Erklärung. Einrücken mit Leerzeichen, nie mit Tabulator.
#   digitalnetzwerk check   prüft diese Datei, ohne Netz
#   digitalnetzwerk plan    zeigt, was sich ändern würde; verändert nichts

network:
  id: {slug(beginning.name)}            # steckt in jedem Eintrag, den wir schreiben: einmal festlegen, nie ändern
  name: {_quoted(beginning.name)}
  timezone: Europe/Berlin
  language: de
  mode: preview                # preview = nur Vorschau, nirgends wird etwas geändert; dann: live
  {pilot}            # in den ersten Wochen: nur Mitglieder dieser Nextcloud-Gruppe sehen etwas
  contact: {{name: {_quoted(beginning.name)}, mail: {_quoted(beginning.mail)}}}

nextcloud:
  url: {_quoted(beginning.url)}
  username: {_quoted(beginning.username)}
  password: {_quoted(f"file:{secret}")}

administrations:               # group = ID der Nextcloud-Gruppe. Liste: digitalnetzwerk groups
{administrations}

connectors:                    # Anbindungen: woher die Daten kommen. Die Quelle selbst ändern wir nie.
  schulungsplan:               # leere Vorlage: digitalnetzwerk template schulungsplan
    type: table
    location: nextcloud:/Digitalnetzwerk Planung/Schulungsplan.xlsx    # Ordner für das Dienstkonto freigeben
    every: 15 minutes
    settle: 10 minutes         # erst lesen, wenn 10 Minuten lang niemand gespeichert hat
    columns:                   # links unser Feld, rechts die Überschrift in IHRER Tabelle
      key: Nr.
      status: Status
      title: Titel
      description: Inhalt
      date: Datum
      start: Beginn
      end: Ende
      place: Ort
      link: Online-Link
      seats: Plätze
      tags: Themen
      audience: Zielgruppe
      contact: Ansprechperson
      register_until: Anmeldeschluss
      concept: Schulungskonzept
      accessibility: Barrierefreiheit
    missing: {{after: 24 hours, then: ask}}      # Zeile verschwunden: nachfragen, nie von selbst absagen
    notes: true                # legt "Schulungsplan - Hinweise" daneben

calendars:
  schulungen:
    name: Schulungen
    from: [schulungsplan]
    share: {{administrations: all}}              # alle lesen, niemand ändert

service:
  data: {_quoted(str(data))}   # Datenbank und letzte gute Kopien; gehört in Ihre Datensicherung
"""


def _team_name(name: str) -> str:
    """Teams need three characters."""
    return name if len(name) >= 3 else f"Verwaltung {name}"


def _quoted(words: str) -> str:
    """As a YAML flow scalar; JSON's double quotes are YAML's."""
    return json.dumps(words, ensure_ascii=False)
