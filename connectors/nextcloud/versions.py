"""What differs between the versions of Nextcloud that we work with. The only place here that compares versions.

No capability tells any of this. 34.0.1 was measured; 30.0.1, 32.0.2 and 33.0.0 were read in their sources, 31 was not
and is taken for 30; 35 is not out yet (see `team_spaces.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

OLDEST, NEWEST = 30, 35


@dataclass(frozen=True, slots=True)
class Version:
    """`parts` like (34, 0, 1)."""

    parts: tuple[int, ...]

    @property
    def major(self) -> int:
        return self.parts[0] if self.parts else 0

    @property
    def text(self) -> str:
        return ".".join(map(str, self.parts))

    @property
    def is_known(self) -> bool:
        return OLDEST <= self.major <= NEWEST

    @property
    def writes_silently(self) -> bool:
        """Whether the server heeds `x-nc-scheduling: false`. Older ones invite the guests that a person added to one of
        our entries when we change it; what we write ourselves has none."""
        return self.major >= 32

    @property
    def limits_shares(self) -> bool:
        """Whether sharing calendars more than twenty times an hour is refused."""
        return self.major >= 34

    @property
    def makes_team_spaces(self) -> bool:
        """Whether a new team gets a Team folder of its own, if both apps are there."""
        return self.major >= 35
