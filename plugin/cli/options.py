"""Options that every command takes, before and after its name: -c, --json, --language."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from network.text import Language, Text
from plugin.cli.bilingual import option, terminal_language
from plugin.cli.misuse import Misuse

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Options:
    """`language` is None until somebody says it: then the configuration's language counts."""

    config: Path | None = None
    as_json: bool = False
    language: Language | None = None
    command: str = ""

    @property
    def path(self) -> Path:
        """The configuration's file or folder; a usage error when nobody named one."""
        if self.config is not None:
            return self.config
        named = os.environ.get("DIGITALNETZWERK_CONFIG")
        if named:
            return Path(named)
        raise Misuse(
            Text(
                "Welche Konfiguration? Nennen Sie sie mit -c DATEI-ODER-ORDNER oder in DIGITALNETZWERK_CONFIG.",
                "Which configuration? Name it with -c PATH or in DIGITALNETZWERK_CONFIG.",
            )
        )

    @property
    def shown_in(self) -> Language:
        """Where no configuration says a language: what was asked for, else the terminal's."""
        return self.language or terminal_language(os.environ)

    def merged(self, config: Path | None, as_json: bool, language: Language | None) -> Options:
        """What stands after the command wins over what stands before it."""
        return replace(
            self,
            config=config or self.config,
            as_json=as_json or self.as_json,
            language=language or self.language,
        )


def shared(function: Callable[..., R]) -> Callable[..., R]:
    """Adds the three options as parameters `config`, `as_json` and `language`."""
    for decorate in reversed(
        (
            option(
                "-c",
                "--config",
                type=click.Path(path_type=Path),
                german="Konfiguration: Datei oder Ordner.",
                english="Configuration: a file or a folder.",
            ),
            option(
                "--json",
                "as_json",
                is_flag=True,
                german="Genau ein JSON-Dokument auf der Standardausgabe.",
                english="Exactly one JSON document on standard output.",
            ),
            option(
                "--language",
                type=click.Choice(["de", "en"]),
                german="Sprache der Ausgabe.",
                english="Language of the output.",
            ),
        )
    ):
        function = decorate(function)
    return function


def command(function: Callable[Concatenate[Options, P], R]) -> Callable[..., R]:
    """A command that gets the merged options as its first argument."""

    def run(config: Path | None, as_json: bool, language: Language | None, *args: P.args, **kwargs: P.kwargs) -> R:
        context = click.get_current_context()
        before = context.obj if isinstance(context.obj, Options) else Options()
        options = replace(before.merged(config, as_json, language), command=context.info_name or "")
        return function(options, *args, **kwargs)

    return shared(functools.update_wrapper(run, function))
