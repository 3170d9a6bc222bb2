"""Which Nextcloud the sandbox is, and what differs between the versions. The only place here that compares versions.

The differences were read in the servers' sources; those of 34 were measured. 35 is not out yet: what is said of it
stands in circles 35.0.0-dev.1 and groupfolders 23.0.0 as of August and September 2026.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Version:
    """An administrator may update the server while tests run."""

    major: int = 34
    minor: int = 0
    micro: int = 1

    @property
    def text(self) -> str:
        return f"{self.major}.{self.minor}.{self.micro}"

    @property
    def knows_silent_writes(self) -> bool:
        """Whether the header `x-nc-scheduling: false` is listened to (31 was not read and counts as 30)."""
        return self.major >= 32

    @property
    def wants_login_password(self) -> bool:
        """Whether calls that want a confirmed password refuse an app password."""
        return self.major >= 34

    @property
    def limits_shares(self) -> bool:
        """Whether sharing a calendar more than twenty times an hour is refused."""
        return self.major >= 34

    @property
    def makes_team_spaces(self) -> bool:
        """Whether a new team gets a Team folder of its own, which it keeps until it is deleted."""
        return self.major >= 35
