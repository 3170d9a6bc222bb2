"""The journeys' network as fixtures, at a terminal that says nothing about its language."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from journeys_feed import feed  # beside this file
from journeys_town import group_town, limited_town, town, whole_town

__all__ = ["feed", "group_town", "limited_town", "town", "whole_town"]


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
