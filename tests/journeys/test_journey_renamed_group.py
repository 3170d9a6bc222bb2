"""A town's group gets another id behind our back: that town alone waits, and the line to mend is named."""

from __future__ import annotations

from journeys_town import STAFF, Town


def rename(town: Town, old: str, new: str) -> None:
    """As an identity provider does it: another group with the same people."""
    directory = town.administrator().directory
    directory.create_group(new, new)
    for account in STAFF[old]:
        directory.add_member(new, account)
    directory.delete_group(old)


def folders(town: Town, account: str) -> set[str]:
    return {each.path.strip("/") for each in town.as_staff(account).files.list("/")} & {"Presse", "Austausch OZG"}


def test_the_run_names_the_group_that_it_probably_is_and_mending_the_line_is_enough(whole_town: Town) -> None:
    whole_town.apply()
    rename(whole_town, "brakel", "buergerdienste")
    run = whole_town.apply(verify=True)
    (told,) = [problem for problem in run.problems if "buergerdienste" in problem.remedy.de]
    assert told.where.startswith("netz.yaml:")
    assert "darin sind 3 der 3 Personen" in told.remedy.de
    assert "3 of the 3 people are in there" in told.remedy.en
    assert folders(whole_town, "dora.nieheim") == {"Presse"}
    whole_town.swap("group: brakel}", "group: buergerdienste}")
    whole_town.apply()
    assert folders(whole_town, "anna.brakel") == {"Presse", "Austausch OZG"}
    assert whole_town.apply(verify=True).plan.changes == ()


def test_people_named_through_their_town_keep_what_they_have_until_the_group_is_back(whole_town: Town) -> None:
    whole_town.swap(
        "members: {administrations: [brakel]}", "members: {administrations: [brakel], people: [anna.brakel]}"
    )
    whole_town.apply()
    assert "Austausch OZG" in folders(whole_town, "anna.brakel")
    rename(whole_town, "brakel", "buergerdienste")
    for _ in range(2):
        whole_town.apply(verify=True)
        assert "Austausch OZG" in folders(whole_town, "anna.brakel")


def test_nobody_loses_anything_because_a_group_vanished(whole_town: Town) -> None:
    whole_town.apply()
    rename(whole_town, "brakel", "buergerdienste")
    run = whole_town.apply(verify=True)
    assert {problem.code for problem in run.problems} >= {"group_missing"}
    assert not [change for change in run.plan.changes if change.loses]
