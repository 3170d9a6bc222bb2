"""The one team that holds nobody but the service account. In every folder of ours, so that we see what we made.

It is made when the first folder needs it and belongs to no scope, so no plan lists it; one run at a time makes it.
"""

from __future__ import annotations

import threading

from network.ports import Intent, Ledger, Principal, Server, TeamSeen
from workspace_sync.marks import SERVICE_TEAM, is_marked, marked_key, with_mark
from workspace_sync.names import is_numbered, service_team
from workspace_sync.remembered import TEAM, team_record
from workspace_sync.wish import Network


class ServiceTeam:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._name = service_team(network.name)
        self._lock = threading.Lock()
        self._id = ""

    def id(self, server: Server, ledger: Ledger) -> str:
        """The team's id; found by its mark, finished after a kill, or made. Several scopes may ask at once."""
        with self._lock:
            if not self._id:
                self._id = self._find_or_make(server, ledger)
            return self._id

    def _find_or_make(self, server: Server, ledger: Ledger) -> str:
        """What we remember is looked for once a run: on another server a right would go to nobody, without a word."""
        intent = Intent(SERVICE_TEAM, TEAM, SERVICE_TEAM, self._name)
        own = [team for team in server.teams.teams() if team.is_owner]
        record = ledger.record(SERVICE_TEAM, TEAM, SERVICE_TEAM)
        if record is not None and any(team.id == record.remote for team in own):
            return record.remote
        team = next((each for each in own if marked_key(each.description, self._network.id) == SERVICE_TEAM), None)
        if team is None:
            team = next((each for each in own if self._is_unfinished(each, server)), None)
        if team is None:
            ledger.intend(intent)
            team = server.teams.create_team(self._name)  # "NAME (2)" does as well: nobody but us ever sees it
        if marked_key(team.description, self._network.id) != SERVICE_TEAM:
            sentence = "Nur das Dienstkonto. Gibt ihm Zugang zu den Team-Ordnern, die es pflegt."
            server.teams.describe_team(team.id, with_mark(sentence, self._network.id, SERVICE_TEAM))
        ledger.remember(team_record(SERVICE_TEAM, team.id, self._name))
        ledger.settle(intent)
        return team.id

    def _is_unfinished(self, team: TeamSeen, server: Server) -> bool:
        if is_marked(team.description) or not (team.name == self._name or is_numbered(team.name, self._name)):
            return False
        ourselves = Principal("user", server.account)
        return all(row.who == ourselves for row in server.teams.members(team.id))
