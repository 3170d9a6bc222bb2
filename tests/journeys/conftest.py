"""The journeys' network as fixtures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from journeys_town import town, whole_town  # beside this file

__all__ = ["town", "whole_town"]
