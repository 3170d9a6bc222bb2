"""Administrations, exchange groups and projects become groups, teams, Team folders and chat rooms in Nextcloud.

Words
    wish        what the configuration wants of one scope (`wish.py`); `people.py` says who a selector means today
    actual      what Nextcloud holds (`look.py` reads it into `actual.py`)
    remembered  what we last wrote (`remembered.py`, a snapshot of the state database)
    situation   actual, remembered, people and clock, as every planner needs them
    step        what an executor needs for one change (`steps.py`); teams are named by key, because their id is not
                known before they exist

Data flow
    due(wishes, ...)                 which scopes have to be looked at: their wish moved, or looking is due anyway
    look(server, wishes, remembered, scopes) → Actual
    plan_workspaces(wishes, situation, limits, scopes) → one guarded ScopePlan for each scope, pure
        planners/administration.py   group, memberships, team with the group in it
        planners/exchange_group.py   team, chat room, Team folder
        planners/project.py          Team folder with rights per team, a team of ours for named people
        planners/leaving.py          what stands no longer in the configuration
    WorkspaceExecutor.carry_out(change, ledger)   one step, its receipt in the ledger before it returns
    WorkspaceExecutor.close(scope, ledger)        remembers which wish was fulfilled, unless something failed

Beside it: `planners/removal.py` (the way back), `planners/adoption.py` (adopt, release), `documents.py` (one file that
we keep right), `templates/` (what a new folder begins with).

Who is ours: the remembered id, or our mark: `[dnw:network/key]` in the description of a team or room, the service
account among the managers of a Team folder. A name alone proves nothing. Rights go to teams, never to groups.

Refuses: to delete a folder that anybody put something into, to touch what is not ours, to know HTTP or the settings.
"""
