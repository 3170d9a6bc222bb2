"""Lets the tests find the bench's own modules."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
