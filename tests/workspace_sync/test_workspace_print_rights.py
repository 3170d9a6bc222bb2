"""Without the right to make groups and folders: the commands are handed on, and what they made is taken up."""

from __future__ import annotations

from workspace_example import example
from workspace_run import Runs, changes
from workspace_stand_in import SERVICE

from network.plan import Kind
from network.report import Result


def without_rights() -> Runs:
    runs = example()
    runs.server.rights = False
    return runs


def run_commands(runs: Runs) -> list[str]:
    """A run, and then the data centre at work on the commands that it printed."""
    report = runs.apply()
    commands = [command for outcome in report.outcomes for command in outcome.commands]
    runs.server.rights = True
    for outcome in report.outcomes:
        if outcome.commands and outcome.change.kind is Kind.FOLDER and "create" in outcome.commands[0]:
            runs.server.foreign_folder(outcome.change.title)
    runs.server.rights = False
    return commands


def test_rooms_and_teams_stand_while_folders_wait() -> None:
    runs = without_rights()
    report = runs.apply()
    assert runs.server.in_room("Austausch OZG") >= {"anna", "erika"}
    assert not runs.server.all_folders
    waiting = {outcome.result for outcome in report.outcomes if outcome.change.kind is Kind.FOLDER}
    assert waiting == {Result.DEFERRED}


def test_every_missing_right_comes_with_its_command() -> None:
    commands = run_commands(without_rights())
    assert "occ groupfolders:create Presse" in commands
    assert "occ group:add kreis-staff" in commands


def test_a_folder_that_the_data_centre_made_is_taken_up() -> None:
    runs = without_rights()
    run_commands(runs)
    commands = run_commands(runs)
    assert not [command for command in commands if "groupfolders:create" in command]
    assert [command for command in commands if "groupfolders:group" in command]
    runs.server.rights = True
    runs.apply()
    runs.apply()
    assert runs.server.may("anna", "Austausch OZG") == 15
    assert runs.server.may(SERVICE, "Austausch OZG") == 31
    assert "Readme.md" in runs.server.folder_named("Austausch OZG").files
    assert changes(runs.plan()) == []


def test_a_folder_into_which_somebody_put_a_file_meanwhile_is_not_taken() -> None:
    runs = without_rights()
    run_commands(runs)
    runs.server.folder_named("Presse").files["x"] = b"x"
    runs.server.rights = True
    runs.apply()
    assert runs.server.folder_named("Presse").grants == {}
