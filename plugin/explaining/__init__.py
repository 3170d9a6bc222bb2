"""Why does this person see this folder? Why does this town not see that calendar? Which line, which row, which run?

    explain(what, about, settings, document, state) → Explanation

`what` alone may be anything of ours (`objects.py`), a person or a town: then everything that they see and don't see is
answered in a line each. Together with `about`, an object, the one question is answered with every reason:

    known.py     what the last runs saw: people lists, teams, history
    subjects.py  who is meant: a person by account, name or mail address; a town by key or name
    things.py    what is meant: calendars, exchange groups, projects and their sub-folders
    meetings.py  a group's meetings and minutes, and what hands did to them
    granting.py  which rights there are in a thing, and which run gave them
    ways.py      the rules: which selector names somebody, and what is missing where none does
    sentences.py how a selector and a belonging are told

Asks nobody but configuration and state database; the rules are the planners' (`workspace_sync.people`), told aloud.
"""

from __future__ import annotations

from plugin.explaining.answers import explain

__all__ = ["explain"]
