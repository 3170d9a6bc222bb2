"""People come, move, leave, get another account, and a town leaves: what they really reach on a real Nextcloud.

Read as the staff member over WebDAV, CalDAV, Teams and Talk. Takes everything from the environment, as the first hour
does; OCC is needed to let people join groups. Names and the network's id are random, and everything is taken back.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import pytest
from openpyxl import Workbook
from test_live_first_hour import CREDENTIAL, LEVEL_1, Probe, probe

from connectors.nextcloud import AdminLogin, NextcloudServer, connect
from network.errors import DigitalnetzwerkError, NotThere
from network.ports import Principal
from plugin.render.run import Run
from plugin.service import Service

__all__ = ["probe"]
pytestmark = pytest.mark.live

LEVEL_3 = """\
admin_rights: {rights}
exchange_groups:
  ozg-{suffix}: {{name: Austausch {suffix}, lead: [erika.beispiel], members: {{administrations: [brakel, nieheim]}}}}
  hand-{suffix}: {{name: Handverlesen {suffix}, lead: [erika.beispiel], members: {{people: [bernd.brakel]}}}}
projects:
  presse-{suffix}: {{name: Presse {suffix}, template: presse, quota: 5 GB, access: {{read: {{administrations: [brakel]}}, edit: {{people: [bernd.brakel]}}}}}}
"""
LIST = """\
  personal:
    type: table
    provides: people
    location: "nextcloud:/Probe {suffix}/Personal.xlsx"
    settle: 10 minutes
    columns: {{account: Konto, name: Name, mail: Mail, administration: Verwaltung}}
calendars:
"""


def occ(*words: str) -> None:
    """Let somebody join a group; the server may complain and does it all the same."""
    if "OCC" not in os.environ:
        pytest.skip("OCC is not set: nobody can join a group here")
    subprocess.run([os.environ["OCC"], *words], check=False, capture_output=True)


def staff(account: str) -> NextcloudServer:
    return connect(os.environ["NEXTCLOUD_URL"], account, os.environ["NEXTCLOUD_STAFF_PASSWORD"])


def reaches(probe: Probe, account: str) -> dict[str, set[str]]:
    """What somebody finds of this network, without its random ending."""
    server, ending = staff(account), f" {probe.suffix}"

    def ours(names: Iterator[str]) -> set[str]:
        return {name.partition(ending)[0] for name in names if ending in name}

    with suppress(DigitalnetzwerkError):
        return {
            "folders": ours(each.path.strip("/") for each in server.files.list("/")),
            "teams": ours(each.name for each in server.teams.teams()),
            "rooms": ours(each.name for each in server.rooms.rooms()),
            "calendars": ours(each.name for each in server.calendars.calendars()),
        }
    raise AssertionError(f"{account} could not look")


NOTHING: dict[str, set[str]] = {"folders": set(), "teams": set(), "rooms": set(), "calendars": set()}


@pytest.fixture
def whole(probe: Probe) -> Probe:
    probe.write(LEVEL_1, LEVEL_3, rights=CREDENTIAL)
    run = probe.apply()
    assert run.report is not None
    assert [each.problem for each in run.report.outcomes if each.problem] == []
    return probe


def verified(probe: Probe) -> Run:
    return probe.do(lambda service: service.apply(verify=True))


def test_a_town_that_leaves_reaches_nothing_and_the_others_notice_nothing(whole: Probe) -> None:
    assert reaches(whole, "bernd.brakel") == {
        "folders": {"Austausch", "Handverlesen", "Presse"},
        "teams": {"Austausch", "Handverlesen", "Brakel", "Presse"},
        "rooms": {"Austausch", "Handverlesen"},
        "calendars": {"Plan"},
    }
    others = {account: reaches(whole, account) for account in ("erika.beispiel", "werner.nieheim")}

    def leave(service: Service) -> Run:
        planned, farewell = service.plan_leaving("brakel")
        assert {each.name.partition(" ")[0] for each in farewell.folders} == {"Austausch", "Handverlesen", "Presse"}
        return service.carry_out(planned)

    run = whole.do(leave)
    assert run.code == 0
    for account in ("anna.brakel", "bernd.brakel", "clara.brakel"):
        assert reaches(whole, account) == NOTHING
    assert {account: reaches(whole, account) for account in others} == others
    again = verified(whole)
    assert again.plan.changes == ()
    assert "administration_left" in {problem.code for problem in again.problems}


def test_a_person_keeps_under_a_new_account_what_was_theirs(whole: Probe) -> None:
    team = next(each for each in whole.server.teams.teams() if each.name == f"Austausch {whole.suffix}")
    whole.server.teams.add_members(team.id, [Principal("user", "presse.kreis")])
    had = reaches(whole, "bernd.brakel")
    by_hand = reaches(whole, "presse.kreis")
    assert "Austausch" in by_hand["folders"]

    def merge(old: str, new: str) -> Run:
        return whole.do(lambda service: service.carry_out(service.plan_merging(old, new)[0]))

    assert merge("bernd.brakel", "anna.warburg").code == 0
    assert merge("presse.kreis", "carsten.warburg").code == 0
    found = reaches(whole, "anna.warburg")
    assert found["rooms"] == {"Handverlesen", "Austausch"}  # the room before the directory service knows the account
    assert found["folders"] == {"Handverlesen", "Presse"} <= had["folders"]
    assert "Handverlesen" not in reaches(whole, "bernd.brakel")["folders"]
    assert reaches(whole, "carsten.warburg")["rooms"] == {"Austausch"}
    assert reaches(whole, "presse.kreis")["teams"] == {"Kreis"}  # through the group of its administration
    assert verified(whole).plan.changes == ()


def test_who_joins_moves_or_leaves_reaches_what_follows_after_one_run(whole: Probe) -> None:
    try:
        occ("group:adduser", "brakel", "max.beispiel")
        verified(whole)
        joined = reaches(whole, "max.beispiel")
        assert joined["rooms"] == {"Austausch"}
        assert joined["calendars"] == {"Plan"}
        assert joined["folders"] == {"Austausch", "Presse"}
        assert verified(whole).plan.changes == ()
        occ("group:removeuser", "brakel", "max.beispiel")
        occ("group:adduser", "nieheim", "max.beispiel")
        verified(whole)
        moved = reaches(whole, "max.beispiel")
        assert (moved["rooms"], moved["folders"]) == ({"Austausch"}, {"Austausch"})
    finally:
        occ("group:removeuser", "brakel", "max.beispiel")
        occ("group:removeuser", "nieheim", "max.beispiel")
    verified(whole)
    left = reaches(whole, "max.beispiel")
    assert (left["rooms"], left["folders"]) == (set(), set())
    assert verified(whole).plan.changes == ()


def test_when_a_town_is_taken_out_of_a_group_its_people_leave_the_room_moderators_too(whole: Probe) -> None:
    room = next(each for each in whole.server.rooms.rooms() if each.name == f"Austausch {whole.suffix}")
    row = next(each for each in whole.server.rooms.attendees(room.token) if each.who.id == "anna.brakel")
    whole.server.rooms.set_moderator(room.token, row.id, moderates=True)
    text = whole.config.read_text().replace("administrations: [brakel, nieheim]", "administrations: [nieheim]")
    whole.config.write_text(text)
    whole.do(lambda service: service.apply(verify=True))
    stopped = whole.do(lambda service: service.plan())
    if stopped.plan.is_stopped:  # five people or more: a person decides
        number = stopped.plan.fingerprint
        whole.do(lambda service: service.apply(fingerprint=number, release_unsafe=True))
    for account in ("anna.brakel", "clara.brakel"):
        assert reaches(whole, account)["rooms"] == set()
    assert "Austausch" in reaches(whole, "werner.nieheim")["rooms"]


def test_an_account_of_the_people_list_is_made_in_its_group(probe: Probe) -> None:
    account, group = f"neu.{probe.suffix}", f"eigen-{probe.suffix}"
    book = Workbook()
    assert book.active is not None
    for row in (("Konto", "Name", "Mail", "Verwaltung"), (account, "Nele Neu", f"{account}@probe.example", "nieheim")):
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    path = f"/remote.php/dav/files/{probe.server.account}/Probe {probe.suffix}/Personal.xlsx"
    url = os.environ["NEXTCLOUD_URL"] + path
    assert probe.server._account.session.put(url, data=held.getvalue(), headers={"X-OC-Mtime": "1700000000"}).ok
    own = f"group: {group}, external: false, manage_accounts: [create]}}}}"
    level = LEVEL_1.replace("group: nieheim}}", own).replace("calendars:\n", LIST)
    probe.write(level, "admin_rights: {rights}\n", rights=CREDENTIAL)
    service = os.environ["NEXTCLOUD_SERVICE"], os.environ["NEXTCLOUD_SERVICE_PASSWORD"]
    privileged = connect(os.environ["NEXTCLOUD_URL"], *service, rights=AdminLogin(*service))
    try:
        run = probe.apply()
        assert run.mails == 1
        assert privileged.directory.members(group) == {account}
        seen = next(each for each in privileged.directory.accounts() if each.id == account)
        assert (seen.name, seen.mail) == ("Nele Neu", f"{account}@probe.example")
        assert verified(probe).plan.changes == ()
    finally:
        for undo in (
            lambda: privileged._rights.write(lambda wrapper: wrapper.library.delete_user(account).raw),
            lambda: privileged.directory.delete_group(group),
        ):
            with suppress(NotThere):
                undo()
