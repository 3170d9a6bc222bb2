"""What of an administrator's own templates can't be put into a folder; `check` says it before anybody waits for it."""

from __future__ import annotations

from pathlib import Path

from network.problems import Problem
from network.settings import Settings
from workspace_sync import words
from workspace_sync.template import load


def left_out(settings: Settings) -> tuple[Problem, ...]:
    """One for each file, at the first project that uses the template. Reads the template's folder, nothing else."""
    places = {each.template: each.source for each in reversed(list(settings.projects.values()))}
    found = ((place, load(path)) for path, place in places.items() if isinstance(path, Path))
    return tuple(
        words.left_out(place, template.name, each.path, each.why)
        for place, template in found
        for each in template.left_out
    )
