"""What a member's own file may say: objects of that member, and nothing of anybody else.

`include: [{file: brakel.yaml, administration: brakel}]` lets a town keep its own calendars without the network having
to trust the file: it may not change what others wrote, send a password of the network to a host of its choice, or read
files of the machine. Whom it may share with is looked at in `reach`, once names are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from network.document import Branch, Complaint, Document, Scalar, Spot, Value
from network.text import Text

_COLLECTIONS = ("connectors", "calendars", "exchange_groups", "projects")
_OF_ITSELF = ("contacts", "services", "delivery", "approval")


def prefix(administration: str) -> str:
    """How the environment variables of a member's own file begin: "DNW_BAD_DRIBURG_"."""
    return f"DNW_{administration.upper().replace('-', '_')}_"


def within_bounds(
    document: Document, others: Collection[Branch], administrations: Collection[str]
) -> tuple[Branch, list[Complaint]]:
    """The part of a member's file that is its own to say, and a complaint for everything else.

    `others` are the files that are not this member's, `administrations` the keys of all members."""
    owner, branch = document.administration or "", document.branch
    complaints = list(_foreign_secrets(branch, owner, administrations))
    kept: dict[str, Value] = {}
    for section, value in branch.items():
        if section == "administrations":
            kept[section] = _own_entry(value, owner, complaints)
        elif section in _COLLECTIONS:
            kept[section] = _new_entries(value, section, others, complaints)
        else:
            complaints.append(_not_here(branch.key_spots[section]))
    folder = _own_folder(document, others)
    complaints += _connectors(branch.get("connectors"), folder)
    complaints += _templates(branch.get("projects"), folder)
    return Branch(kept, branch.spot, branch.key_spots), complaints


def _own_entry(entries: Value, owner: str, complaints: list[Complaint]) -> Value:
    """The member's entry, reduced to what it may say about itself."""
    if not isinstance(entries, Branch):
        return entries
    strangers = entries.keys() - {owner}
    complaints += [
        _refused(entries.key_spots[key], f"diese Datei beschreibt nur {owner}", f"this file describes {owner} alone")
        for key in strangers
    ]
    entry = entries.get(owner)
    if not isinstance(entry, Branch):
        return Branch({}, entries.spot, {})
    allowed = ", ".join(_OF_ITSELF)
    complaints += [
        _refused(
            entry.key_spots[key],
            f"das legt die Datei des Netzwerks fest; erlaubt sind hier: {allowed}",
            f"the network's own file decides that; allowed here: {allowed}",
        )
        for key in entry.keys() - set(_OF_ITSELF)
    ]
    own = {key: value for key, value in entry.items() if key in _OF_ITSELF}
    return Branch({owner: Branch(own, entry.spot, entry.key_spots)}, entries.spot, entries.key_spots)


def _new_entries(entries: Value, section: str, others: Collection[Branch], complaints: list[Complaint]) -> Value:
    """The entries that nobody else has."""
    if not isinstance(entries, Branch):
        return entries
    kept = dict(entries)
    for other in others:
        theirs = other.get(section)
        for key in list(kept):
            if isinstance(theirs, Branch) and key in theirs:
                del kept[key]
                place = theirs.key_spots[key].where
                complaints.append(
                    _refused(
                        entries.key_spots[key],
                        f"gibt es schon in {place}; bitte anders nennen",
                        f"is there already in {place}; use another key",
                    )
                )
    return Branch(kept, entries.spot, entries.key_spots)


def _own_folder(document: Document, others: Collection[Branch]) -> Path | None:
    """The folder of the file, unless somebody else's files lie there too."""
    folder = document.path.parent
    return None if any(other.spot.folder.resolve() == folder.resolve() for other in others) else folder.resolve()


def _connectors(connectors: Value | None, folder: Path | None) -> Iterator[Complaint]:
    for connector in connectors.values() if isinstance(connectors, Branch) else ():
        if not isinstance(connector, Branch):
            continue
        if connector.get("type") == "nextcloud":
            yield _refused(
                connector.key_spots["type"],
                "die Konten liest nur die Datei des Netzwerks ein",
                "only the network's own file reads the accounts",
            )
        for key in ("url", "location", "ca_file"):
            place = connector.get(key)
            if isinstance(place, Scalar):
                yield from _place(place, folder)


def _place(place: Scalar, folder: Path | None) -> Iterator[Complaint]:
    if place.startswith(("nextcloud:", "https://")):
        return
    if "://" in place:
        yield _refused(place.spot, "hier ist nur https:// erlaubt", "only https:// is allowed here")
    elif not _lies_in(folder, place):
        yield _outside(place.spot)


def _templates(projects: Value | None, folder: Path | None) -> Iterator[Complaint]:
    for project in projects.values() if isinstance(projects, Branch) else ():
        template = project.get("template") if isinstance(project, Branch) else None
        if isinstance(template, Scalar) and "/" in template and not _lies_in(folder, template):
            yield _outside(template.spot)


def _lies_in(folder: Path | None, path: Scalar) -> bool:
    try:
        return folder is not None and (folder / path).resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # too long a name, links in a circle
        return False


def _foreign_secrets(value: Value, owner: str, administrations: Collection[str]) -> Iterator[Complaint]:
    if isinstance(value, Scalar):
        if _is_foreign_secret(value, owner, administrations):
            yield Complaint(
                "foreign_secret",
                value.spot,
                Text(
                    f"erlaubt sind in dieser Datei nur Geheimnisse env:{prefix(owner)}…",
                    f"only secrets env:{prefix(owner)}… are allowed in this file",
                ),
            )
        return
    for below in value.values() if isinstance(value, Branch) else value:
        yield from _foreign_secrets(below, owner, administrations)


def _is_foreign_secret(value: Scalar, owner: str, administrations: Collection[str]) -> bool:
    if not value.startswith(("env:", "file:")):
        return False
    variable = value.removeprefix("env:")
    # DNW_BAD_DRIBURG_X begins like a secret of "bad" too: the longest key that fits is the owner.
    fitting = [key for key in {*administrations, owner} if variable.startswith(prefix(key))]
    return max(fitting, key=len, default=None) != owner


def _not_here(spot: Spot) -> Complaint:
    allowed = ", ".join(("administrations", *_COLLECTIONS))
    return _refused(
        spot,
        f"steht nicht in der Datei einer Verwaltung; erlaubt sind dort: {allowed}",
        f"doesn't stand in the file of an administration; allowed there: {allowed}",
    )


def _outside(spot: Spot) -> Complaint:
    return _refused(
        spot,
        "erlaubt sind nur Dateien im Ordner dieser YAML-Datei, und nur, wenn sie einen eigenen Ordner hat",
        "only files in the folder of this YAML file are allowed, and only where it has a folder of its own",
    )


def _refused(spot: Spot, de: str, en: str) -> Complaint:
    return Complaint("not_for_members", spot, Text(de, en))
