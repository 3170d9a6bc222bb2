"""The OCS interfaces of the sandbox: people, groups, teams, Team folders, rooms and what else we call."""
