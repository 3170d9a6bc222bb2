"""Team folders (app groupfolders). The wrapper's calls, but asked for in JSON.

In XML, as the wrapper asks for it, every value is a text, false and empty are [], and a single folder has another
shape than a list of them.
"""

# mypy: disable-error-code="no-untyped-call"
# the wrapper has no annotations

from __future__ import annotations

from nextcloud.api_wrappers.group_folders import GroupFolders


class TeamFolderCalls(GroupFolders):
    API_URL = "/index.php/apps/groupfolders/folders"
    VERIFIED = False
    JSON_ABLE = True
