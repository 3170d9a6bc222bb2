"""Loaded by the fork server before the first client starts: one whole run, so that every client starts warm."""

from pathlib import Path
from tempfile import TemporaryDirectory

from kills_town import new_town

with TemporaryDirectory() as folder, new_town(Path(folder)) as town:
    town.apply()
