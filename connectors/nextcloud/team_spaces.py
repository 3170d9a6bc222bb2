"""Team spaces: everything that we know about the folder that Nextcloud 35 makes together with a team.

Read in the sources of circles (35.0.0-dev.1, master of 2026-08-22 and its later `createTeamFolder`) and groupfolders
(23.0.0, same day), not measured: 35 is not out yet. What they say:

- `POST circles` makes the folder unless `createTeamFolder` is false; older servers don't know the word and ignore it.
- The list of Team folders names the owner: `team_circle_id`.
- Such a folder refuses (403): to be renamed, to be shared with anybody else, other permissions or no access for its
  owner, other managers, advanced permissions, to be deleted. Its quota may be set.
- `DELETE teams/ID/folder` lets it go: an ordinary folder, and the team's access is taken away. 404: it has none.
- Deleting the team deletes the folder with everything in it. We never delete what people wrote, so it is let go first.
"""

from __future__ import annotations

from contextlib import suppress

from connectors.nextcloud.answers import data
from connectors.nextcloud.features import asked, makes_team_spaces
from connectors.nextcloud.json_data import Row, number, row, text
from connectors.nextcloud.wrapper import Wrapper
from network.errors import NotThere


class TeamSpaces:
    def __init__(self, wrapper: Wrapper) -> None:
        self._wrapper = wrapper
        self.are_made: bool | None = None

    def _are_made(self) -> bool:
        """Asked of the server once, unless somebody has asked it already what it offers."""
        if self.are_made is None:
            self.are_made = makes_team_spaces(asked(self._wrapper))
        return self.are_made

    def of(self, team: str) -> int | None:
        """The folder's id."""
        if not self._are_made():
            return None
        try:
            return number(row(data(self._wrapper.team_spaces.get(team))), "id") or None
        except NotThere:
            return None

    def detach(self, team: str) -> None:
        if self._are_made():
            with suppress(NotThere):
                self._wrapper.team_spaces.detach(team)


def owner(folder: Row) -> str:
    """The id of the team whose space the folder is, empty for an ordinary one."""
    return text(folder, "team_circle_id")
