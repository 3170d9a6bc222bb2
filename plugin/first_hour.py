"""Writes level 1 for a new network: one YAML file in preview, with the explanations of the example, and the password.

Refuses to overwrite anything, and to write what `check` would refuse.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from network.ports import GroupSeen
from network.settings import load
from network.text import Language, Text

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_KEY, LONGEST_NAME = 50, 127

FIRST_LEVEL = """\
# {title} - Stufe 1: Schulungen stehen im Kalender
# Alles hinter # ist Erklärung. Einrücken mit Leerzeichen, nie mit Tabulator.
#   digitalnetzwerk check   prüft diese Datei, ohne Netz
#   digitalnetzwerk plan    zeigt, was sich ändern würde; verändert nichts

network:
  id: {id}            # steckt in jedem Eintrag, den wir schreiben: einmal festlegen, nie ändern
  name: {name}
  timezone: Europe/Berlin
  language: {language}
  mode: preview                # preview = nur Vorschau, nirgends wird etwas geändert; dann: live
  {pilot}            # in den ersten Wochen: nur Mitglieder dieser Nextcloud-Gruppe sehen etwas
  contact: {{name: {name}, mail: {mail}}}

nextcloud:
  url: {url}
  username: {username}
  password: {password}

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
    notes: true                # legt „Schulungsplan - Hinweise“ daneben

calendars:
  schulungen:
    name: Schulungen
    from: [schulungsplan]
    share: {{administrations: all}}              # alle lesen, niemand ändert

service:
  data: {data}   # Datenbank und letzte gute Kopien; gehört in Ihre Datensicherung
"""
EXPLANATIONS = (
    Text(
        "Stufe 1: Schulungen stehen im Kalender",
        "level 1: trainings stand in the calendar",
    ),
    Text(
        "Alles hinter # ist Erklärung. Einrücken mit Leerzeichen, nie mit Tabulator.",
        "Everything behind # is explanation. Indent with spaces, never with a tab.",
    ),
    Text(
        "prüft diese Datei, ohne Netz",
        "checks this file, without any network",
    ),
    Text(
        "zeigt, was sich ändern würde; verändert nichts",
        "shows what would change; changes nothing",
    ),
    Text(
        "steckt in jedem Eintrag, den wir schreiben: einmal festlegen, nie ändern",
        "stands in every entry that we write: choose once, never change",
    ),
    Text(
        "preview = nur Vorschau, nirgends wird etwas geändert; dann: live",
        "preview = nothing is changed anywhere; later: live",
    ),
    Text(
        "in den ersten Wochen: nur Mitglieder dieser Nextcloud-Gruppe sehen etwas",
        "in the first weeks: only members of this Nextcloud group see anything",
    ),
    Text(
        "group = ID der Nextcloud-Gruppe. Liste: digitalnetzwerk groups",
        "group = id of the Nextcloud group. List: digitalnetzwerk groups",
    ),
    Text(
        "Anbindungen: woher die Daten kommen. Die Quelle selbst ändern wir nie.",
        "where the data comes from. The source itself is never changed by us.",
    ),
    Text(
        "leere Vorlage: digitalnetzwerk template schulungsplan",
        "empty template: digitalnetzwerk template schulungsplan",
    ),
    Text(
        "Ordner für das Dienstkonto freigeben",
        "share the folder with the service account",
    ),
    Text(
        "erst lesen, wenn 10 Minuten lang niemand gespeichert hat",
        "read only when nobody has saved for 10 minutes",
    ),
    Text(
        "links unser Feld, rechts die Überschrift in IHRER Tabelle",
        "left our field, right the heading in YOUR table",
    ),
    Text(
        "Zeile verschwunden: nachfragen, nie von selbst absagen",
        "a row vanished: ask, never cancel by ourselves",
    ),
    Text(
        "legt „Schulungsplan - Hinweise“ daneben",
        'puts a file of notes ("Hinweise") beside it',
    ),
    Text(
        "alle lesen, niemand ändert",
        "all read, nobody changes",
    ),
    Text(
        "Datenbank und letzte gute Kopien; gehört in Ihre Datensicherung",
        "database and last good copies; belongs into your backup",
    ),
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the administrator said. `administrations` are (key, name, group id)."""

    name: str
    url: str
    username: str
    mail: str
    administrations: tuple[tuple[str, str, str], ...]
    pilot: str = ""
    language: Language = "de"


def slug(words: str, otherwise: str = "verwaltung") -> str:
    """A key made of words: `Stadt Höxter` → `stadt-hoexter`."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold().translate(UMLAUTS)).strip("-")
    return plain[:LONGEST_KEY].strip("-") or otherwise


def members(chosen: Iterable[str], seen: Sequence[GroupSeen]) -> tuple[tuple[str, str, str], ...]:
    """(key, name, group id) of each chosen group; keys and names that would be there twice get a number."""
    names = {group.id: group.name for group in seen}
    keys: set[str] = set()
    called: set[str] = set()
    found = []
    for group in dict.fromkeys(chosen):
        key = _unlike(keys, slug(group), "-")
        name = _unlike(called, _team_name(_one_line(names.get(group) or group)), " ")
        found.append((key, name, group))
    return tuple(found)


def write_first_level(folder: Path, beginning: Beginning, password: str) -> tuple[Path, Path]:
    """The YAML file and the file with the app password, readable for its owner alone.

    ConfigurationError when `check` would refuse the file; then nothing is written.
    """
    secret = folder.resolve() / "nextcloud-passwort"
    text = first_level(beginning, secret, folder.resolve() / "daten")
    _checked(text)
    folder.mkdir(parents=True, exist_ok=True)
    secret.touch(mode=0o600, exist_ok=False)
    secret.write_text(password, encoding="utf-8")
    yaml = folder / "1-kalender.yaml"
    with yaml.open("x", encoding="utf-8") as file:
        file.write(text)
    return yaml, secret


def _checked(text: str) -> None:
    """Reads the text as `check` would."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "1-kalender.yaml"
        path.write_text(text, encoding="utf-8")
        load(path, today=date.today())  # noqa: DTZ011  # the administrator's own day


def first_level(beginning: Beginning, secret: Path, data: Path) -> str:
    """The text of the YAML file."""
    explained = FIRST_LEVEL
    for each in EXPLANATIONS:
        explained = explained.replace(each.de, each.language(beginning.language))
    return explained.format(
        title=_one_line(beginning.name),
        id=slug(beginning.name, "netzwerk"),
        name=_quoted(beginning.name),
        language=beginning.language,
        pilot=f"pilot: {_quoted(beginning.pilot)}" if beginning.pilot else "# pilot: dnw-test",
        mail=_quoted(beginning.mail),
        url=_quoted(beginning.url),
        username=_quoted(beginning.username),
        password=_quoted(f"file:{secret}"),
        administrations="\n".join(
            f"  {key}: {{name: {_quoted(name)}, group: {_quoted(group)}}}"
            for key, name, group in beginning.administrations
        ),
        data=_quoted(str(data)),
    )


def _team_name(name: str) -> str:
    """Teams take three to 127 characters."""
    return (name if len(name) >= 3 else f"Verwaltung {name}")[:LONGEST_NAME].strip()


def _one_line(words: str) -> str:
    """Without line breaks and what no editor shows: a comment must not go on as something else."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _unlike(taken: set[str], wanted: str, between: str) -> str:
    """`wanted`, with a number when it is taken already; takes it."""
    found, number = wanted, 1
    while found.casefold() in taken:
        number += 1
        ending = f"{between}{number}"
        found = wanted[: (LONGEST_KEY if between == "-" else LONGEST_NAME) - len(ending)] + ending
    taken.add(found.casefold())
    return found


def _quoted(words: str) -> str:
    """As a YAML flow scalar; JSON's double quotes are YAML's."""
    return json.dumps(words, ensure_ascii=False)
