"""Which files make a configuration: one file, or all *.yaml of a folder, and what they include.

A file that another one includes is no file of its own, also when it stands in the same folder: a town's file must not
gain the network's rights by where it lies.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from network.document.complaint import Complaint
from network.document.reading import read_file
from network.document.values import Branch, Listing, Scalar, Spot
from network.text import Text
from network.written.reasons import reason


@dataclass(frozen=True, slots=True)
class Document:
    """One file that could be read. `administration` is set where it is a member's own file."""

    path: Path
    name: str
    branch: Branch
    administration: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All files of a configuration. `complete` is False where a file could not be read."""

    documents: tuple[Document, ...]
    files: tuple[Path, ...]
    complaints: tuple[Complaint, ...]
    complete: bool


def gather(path: Path) -> Gathered:
    """Reads the file, or the *.yaml and *.yml of the folder in the order of their names, and their includes."""
    path = path.absolute()
    gathering = _Gathering(path if path.is_dir() else path.parent)
    files = gathering.files_of(path) if path.is_dir() else [path]
    included = {_identity(target) for file in files for _, target in gathering.includes(file)}
    for file in files:
        if _identity(file) not in included:
            gathering.follow(file, ())
    for file in files:  # what is left includes itself in a circle
        if _identity(file) not in gathering.seen:
            gathering.follow(file, ())
    return gathering.gathered()


@dataclass(slots=True)
class _Gathering:
    folder: Path
    seen: dict[Path, Path] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    complete: bool = True
    _branches: dict[Path, Branch | None] = field(default_factory=dict)

    def files_of(self, folder: Path) -> list[Path]:
        """The YAML files of a folder; hidden ones and those of editors are passed over."""
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix in (".yaml", ".yml"))
        except OSError as error:
            why = reason(error)
            self._complain_about_folder(f"ist nicht lesbar ({why.de})", f"can't be read ({why.en})")
            return []
        files = [file for file in files if not file.name.startswith((".", "~"))]
        if not files:
            self._complain_about_folder("enthält keine Datei *.yaml", "holds no file *.yaml")
        return files

    def follow(self, file: Path, chain: tuple[Path, ...], include: Branch | None = None) -> None:
        """Takes in a file and what it includes. `include` is the entry that named it."""
        identity = _identity(file)
        if identity in self.seen:
            self._complain_about_repetition(identity in chain, include)
            return
        if include is not None and not _is_file(file):
            self._complain_about_missing(include)
            return
        self.seen[identity] = file
        branch = self._read(file)
        if branch is None:
            return
        administration = include.get("administration") if include is not None else None
        owner = str(administration) if isinstance(administration, Scalar) else None
        self.documents.append(Document(file, self._name(file), branch, owner))
        if owner is None:
            for entry, target in self.includes(file):
                self.follow(target, (*chain, identity), entry)

    def includes(self, file: Path) -> list[tuple[Branch, Path]]:
        """The well-formed entries of `include` and the files they name; the others are refused by their settings."""
        branch = self._read(file)
        entries = branch.get("include") if branch is not None else None
        if not isinstance(entries, Listing):
            return []
        found = []
        for entry in entries:
            name = entry.get("file") if isinstance(entry, Branch) else None
            if isinstance(entry, Branch) and isinstance(name, Scalar):
                found.append((entry, Path(os.path.normpath(file.parent / name))))
        return found

    def _read(self, file: Path) -> Branch | None:
        identity = _identity(file)
        if identity not in self._branches:
            read = read_file(file, self._name(file))
            self.complaints += read.complaints
            self.complete = self.complete and read.branch is not None
            self._branches[identity] = read.branch
        return self._branches[identity]

    def _name(self, file: Path) -> str:
        return os.path.relpath(file, self.folder)

    def _complain_about_repetition(self, circle: bool, include: Branch | None) -> None:
        if include is None:
            return
        self.complaints.append(
            Complaint(
                "include_circle" if circle else "included_twice",
                include.key_spots["file"],
                Text("diese Datei bindet sich im Kreis selbst ein", "this file includes itself in a circle")
                if circle
                else Text("diese Datei ist schon eingebunden", "this file is included already"),
            )
        )

    def _complain_about_missing(self, include: Branch) -> None:
        self.complete = False
        spot = include.key_spots["file"]
        self.complaints.append(
            Complaint("include_missing", spot, Text("diese Datei gibt es nicht", "there is no such file"))
        )

    def _complain_about_folder(self, de: str, en: str) -> None:
        self.complete = False
        spot = Spot(self.folder.name, self.folder, 1)
        self.complaints.append(Complaint("no_files", spot, Text(f"der Ordner {de}", f"the folder {en}")))

    def gathered(self) -> Gathered:
        return Gathered(tuple(self.documents), tuple(self.seen.values()), tuple(self.complaints), self.complete)


def _identity(file: Path) -> Path:
    """The same for each way to the same file."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # too long a name, links in a circle
        return file


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False
