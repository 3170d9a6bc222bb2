"""The decision table of every planner for content (DESIGN section 4), as one match statement.

An entry that is ours by its marker but not remembered has been taken for remembered before it comes here.
"""

from __future__ import annotations

from enum import StrEnum


class There(StrEnum):
    """What stands at the place where an entry would stand."""

    NOTHING = "nothing"
    OURS = "ours"
    FOREIGN = "foreign"


class Decision(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    KEEP_EDITED = "keep_edited"
    MERGE = "merge"
    NAME_TAKEN = "name_taken"
    LET_GO = "let_go"
    FORGET = "forget"
    LEAVE = "leave"


def decide(*, wanted: bool, there: There, wish_moved: bool, object_moved: bool) -> Decision:
    """What becomes of an entry. `wish_moved`, `object_moved`: since we last wrote or looked."""
    match wanted, there, wish_moved, object_moved:
        case True, There.NOTHING, _, _:
            return Decision.CREATE
        case True, There.OURS, False, False:
            return Decision.LEAVE
        case True, There.OURS, True, False:
            return Decision.UPDATE
        case True, There.OURS, False, True:
            return Decision.KEEP_EDITED
        case True, There.OURS, True, True:
            return Decision.MERGE
        case True, There.FOREIGN, _, _:
            return Decision.NAME_TAKEN
        case False, There.OURS, _, False:
            return Decision.LET_GO
        case False, There.OURS, _, True:
            return Decision.KEEP_EDITED
        case False, There.NOTHING, _, _:
            return Decision.FORGET
        case _:
            return Decision.LEAVE
