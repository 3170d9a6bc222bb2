"""A small network with pages, and browsers in front of them. Requests go through the program without a socket."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))

from journeys_town import town
from web_inside import inside, standing
from web_office import office
from web_roles import admin, staffed

__all__ = ["admin", "inside", "office", "staffed", "standing", "town"]
