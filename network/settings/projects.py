"""Projects: a shared folder with access rules, a template and an end date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema

from network.document.values import Scalar
from network.settings.fields import Bytes, Day, FolderName, Paragraph
from network.settings.section import Entry, Section
from network.settings.selectors import Selection
from network.text import Text
from network.written import NotUnderstood
from network.written.nearest import did_you_mean

TEMPLATES = ("standard", "foerderprojekt", "foerdermittel", "shared-service", "strategie", "beteiligung", "presse")


def _template(value: object) -> str | Path:
    if isinstance(value, Path):
        return value
    if value in TEMPLATES:
        return str(value)
    if isinstance(value, Scalar) and "/" in value:
        return Path(value.spot.folder, value)
    known = ", ".join(TEMPLATES)
    guess = did_you_mean(str(value), TEMPLATES)
    raise NotUnderstood(
        Text(
            f"keine Vorlage heißt „{value}“{guess.de}; vorhanden: {known}; oder ein Ordner wie ./vorlagen/eigene",
            f'no template is called "{value}"{guess.en}; known: {known}; or a folder like ./vorlagen/eigene',
        )
    )


Template = Annotated[
    str | Path, PlainValidator(_template), WithJsonSchema({"type": "string", "examples": list(TEMPLATES)})
]


class Access(Section):
    """Who may do what in the folder. What stands in project_defaults holds unless it is written here again."""

    read: Selection = ()
    """Who reads; none takes back the default."""
    edit: Selection = ()
    """Who also changes and adds files."""
    manage: Selection = ()
    """Who also keeps rights and the trash bin."""


class ProjectDefaults(Section):
    """What holds for every project that says nothing else."""

    template: Template = "standard"
    """Which sub-folders there are."""
    quota: Bytes | None = None
    """How much the folder may hold; without it as much as the server allows."""
    access: Access = Access()
    """Who may do what."""
    when_over: Literal["read_only", "keep"] = "read_only"
    """What happens after `until`: only reading for 30 days and then archived, or nothing. Never deleted."""
    added_by_hand: Literal["keep", "report", "remove"] = "report"
    """What happens to people who were taken in by hand."""
    on_rename: Literal["keep", "put_back"] = "keep"
    """What happens when somebody renames the folder in Nextcloud: the new name stays, or ours comes back."""


class Project(ProjectDefaults, Entry):
    """A shared project folder."""

    name: FolderName
    """Name of the folder."""
    until: Day | None = None
    """Last day of the project."""
    description: Paragraph = ""
    """What it is about."""
