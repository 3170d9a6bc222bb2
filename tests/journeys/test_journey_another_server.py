"""Another server under a kept state: after a restore, or a move to a new one. Everything is made anew, in one run."""

from pathlib import Path

from journeys_town import CONFIG, STAFF, THREE, WORKSPACES, Town, a_town

from plugin.sandbox import Sandbox


def moved(town: Town, new: Sandbox) -> None:
    """The same people on an empty server, at the address of the old one as far as the configuration is concerned."""
    for group, accounts in STAFF.items():
        for account in accounts:
            new.add_user(account, email=f"{account}@probe.example", groups=(group,))
    town.swap(town.sandbox.url, new.url)
    town.sandbox = new
    town.save(THREE)


def test_the_first_run_makes_everything_there_and_the_second_writes_nothing(tmp_path: Path) -> None:
    with a_town(Sandbox(), tmp_path, CONFIG + WORKSPACES) as town, Sandbox() as new:
        town.apply()
        moved(town, new)
        assert town.apply().code == 0
        assert town.titles() == sorted(each[2] for each in THREE)
        staff = town.as_staff("anna.brakel")
        assert {"Austausch OZG", "Stadt Brakel"} <= {each.name for each in staff.teams.teams()}
        assert staff.files.stat("/Presse/Readme.md") is not None
        before = town.mark()
        assert town.apply(verify=True).code == 0
        assert town.writes(before) == []
