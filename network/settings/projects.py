"""Projects: a shared folder with access rules, a template and an end date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from network.document.values import Scalar
from network.settings.fields import Bytes, Day, FolderName, FolderPath, Paragraph
from network.settings.section import Entry, Section
from network.settings.selectors import OwnSelection, Selection
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
    comment: Selection = ()
    """Who reads and writes comments beside files. In Nextcloud whoever reads may comment."""
    edit: Selection = ()
    """Who also changes and adds files."""
    manage: Selection = ()
    """Who also passes files on to others by share links."""


class SubFolder(Section):
    """Who may do what in one sub-folder. What isn't written holds as in the folder above."""

    read: OwnSelection = ()
    """Who reads; none: nobody but those who also change it."""
    comment: OwnSelection = ()
    """Who reads and comments."""
    edit: OwnSelection = ()
    """Who also changes and adds files."""
    manage: OwnSelection = ()
    """Who also passes files on to others by share links."""

    @model_validator(mode="after")
    def _says_something(self) -> SubFolder:
        if self.model_fields_set:
            return self
        raise NotUnderstood(
            Text(
                "sagt nichts; erlaubt sind read, comment, edit, manage, zum Beispiel {edit: own}",
                "says nothing; allowed are read, comment, edit, manage, for example {edit: own}",
            )
        )


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
    folders: Mapping[FolderPath, SubFolder] = Field(default_factory=dict)
    """Sub-folders with rights of their own. {administration} in a path stands for every administration: each gets its
    own folder, and `own` are its staff. A path that is written out goes before one with {administration}."""
    description: Paragraph = ""
    """What it is about."""
