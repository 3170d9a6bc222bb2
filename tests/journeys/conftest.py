"""The journeys' network as fixtures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from journeys_feed import feed  # beside this file
from journeys_town import limited_town, town, whole_town

__all__ = ["feed", "limited_town", "town", "whole_town"]
