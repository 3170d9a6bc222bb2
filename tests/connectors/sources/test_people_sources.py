"""People out of Nextcloud's groups and out of tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sources_kit import NOW, Memory, workbook

from connectors.people.members import Member, nearest_member, recognised
from connectors.people.source import PeopleOfNextcloud
from connectors.sources.disk import DiskPlace
from connectors.tables.people import TableOfPeople
from connectors.tables.table import Wanted
from network.errors import DigitalnetzwerkError, NotThere, RightMissing, Unreachable
from network.model import PeopleDelivery, SourceState
from network.ports import AccountSeen, GroupSeen
from network.text import Text

MEMBERS = (
    Member("kreis-hoexter", "Kreis Höxter", "kreis-hoexter", (), ("kreis-hoexter.example",)),
    Member("brakel", "Stadt Brakel", "brakel", (), ("brakel.example",)),
)
WORDS = Text("geht nicht", "does not work")
COLUMNS = {
    "account": "Nextcloud-Konto",
    "name": "Name",
    "mail": "E-Mail",
    "administration": "Verwaltung",
    "topics": "Themen",
}


@dataclass
class Groups:
    """The reading half of `network.ports.Directory`."""

    of_groups: dict[str, set[str]]
    disabled: set[str] = field(default_factory=set)
    fails: DigitalnetzwerkError | None = None
    lists_accounts: bool = True

    def groups(self) -> tuple[GroupSeen, ...]:
        return tuple(GroupSeen(group, group.title()) for group in self.of_groups)

    def members(self, group: str) -> frozenset[str]:
        if self.fails:
            raise self.fails
        if group not in self.of_groups:
            raise NotThere(WORDS)
        return frozenset(self.of_groups[group])

    def people(self, group: str) -> tuple[AccountSeen, ...]:
        return tuple(
            self._account(each) if self.lists_accounts else AccountSeen(each, "")
            for each in sorted(self.members(group))
        )

    def accounts(self) -> tuple[AccountSeen, ...]:
        if not self.lists_accounts:
            raise RightMissing(WORDS)
        return tuple(map(self._account, sorted(set().union(*self.of_groups.values()))))

    def _account(self, account: str) -> AccountSeen:
        return AccountSeen(account, account.title(), f"{account}@x.example", account not in self.disabled)

    def create_group(self, group: str, name: str) -> None:
        raise AssertionError("a source only reads")

    rename_group = create_group

    def create_account(self, account: str, name: str, mail: str) -> None:
        raise AssertionError("a source only reads")

    def set_enabled(self, account: str, *, enabled: bool) -> None:
        raise AssertionError("a source only reads")

    add_member = create_group
    remove_member = create_group

    def delete_group(self, group: str) -> None:
        raise AssertionError("a source only reads")


def who(delivery: PeopleDelivery) -> list[tuple[str, str]]:
    return [(each.account, each.administration) for each in delivery.people]


def codes(delivery: PeopleDelivery) -> list[str]:
    return [each.code for each in delivery.problems]


def from_groups(groups: Groups, memory: Memory | None = None, members: tuple[Member, ...] = MEMBERS) -> PeopleDelivery:
    return PeopleOfNextcloud("leute", groups, members, memory or Memory()).deliver(NOW)


def test_the_people_of_an_administration_are_those_of_its_group() -> None:
    delivery = from_groups(Groups({"kreis-hoexter": {"anna", "bernd"}, "brakel": {"clara"}, "andere": {"dora"}}))
    assert who(delivery) == [("anna", "kreis-hoexter"), ("bernd", "kreis-hoexter"), ("clara", "brakel")]
    assert (delivery.people[0].name, delivery.people[0].mail) == ("Anna", "anna@x.example")
    assert (delivery.state, delivery.missing_groups, delivery.problems) == (SourceState.FRESH, (), ())


def test_an_account_that_is_switched_off_is_left_out() -> None:
    groups = Groups({"kreis-hoexter": {"anna", "bernd"}, "brakel": {"clara"}}, disabled={"bernd"})
    assert ("bernd", "kreis-hoexter") not in who(from_groups(groups))


def test_an_account_named_in_the_configuration_belongs_without_being_in_the_group() -> None:
    members = (Member("brakel", "Stadt Brakel", "brakel", ("dora", "gibt.es.nicht")),)
    groups = Groups({"brakel": {"clara"}, "andere": {"dora"}})
    assert who(from_groups(groups, members=members)) == [("clara", "brakel"), ("dora", "brakel")]


@pytest.mark.parametrize("groups", [{"kreis-hoexter": {"anna"}}, {"kreis-hoexter": {"anna"}, "brakel": set()}])
def test_a_group_that_is_gone_or_empty_is_missing_and_nobody_of_it_is_delivered(groups: dict[str, set[str]]) -> None:
    delivery = from_groups(Groups(groups))
    assert delivery.missing_groups == ("brakel",)
    assert codes(delivery) == ["group_missing"]
    assert delivery.problems[0].where == "administrations.brakel.group"


def test_a_renamed_group_is_suggested() -> None:
    delivery = from_groups(Groups({"kreis-hoexter": {"anna"}, "stadt-brakel": {"clara"}}))
    assert "„stadt-brakel“" in delivery.problems[0].remedy.de


def test_a_group_of_another_name_is_recognised_by_the_people_in_it() -> None:
    memory, people = Memory(), {f"person{number}" for number in range(9)}
    kreis = {"kreis-hoexter": {"anna"}, "alle": people | {"anna", "clara", "dora"}}
    from_groups(Groups({**kreis, "brakel": people}), memory)
    moved = Groups({**kreis, "bürgerdienste": people - {"person1"}, "stadt-brakel": {"clara"}})
    for _ in range(2):  # who was in the group stays known while it is missing
        (problem,) = from_groups(moved, memory).problems
        assert "alle" not in problem.remedy.de  # half of the people and many others
        assert "„bürgerdienste“: darin sind 8 der 9 Personen" in problem.remedy.de


def test_while_a_group_is_missing_its_last_people_speak_but_for_accounts_that_are_off() -> None:
    memory = Memory()
    from_groups(Groups({"kreis-hoexter": {"anna"}, "brakel": {"clara", "dora", "emil"}}), memory)
    gone = Groups({"kreis-hoexter": {"anna"}, "andere": {"clara", "dora"}}, disabled={"dora"})
    for _ in range(2):
        delivery = from_groups(gone, memory)
        assert who(delivery) == [("anna", "kreis-hoexter"), ("clara", "brakel")]
        assert delivery.missing_groups == ("brakel",)


def test_a_group_that_holds_few_of_the_people_is_no_renamed_one() -> None:
    memory = Memory()
    from_groups(Groups({"kreis-hoexter": {"anna"}, "brakel": {"a", "b", "c", "d"}}), memory)
    (problem,) = from_groups(Groups({"kreis-hoexter": {"anna"}, "chor": {"a", "x", "y", "z"}}), memory).problems
    assert problem.remedy.de == ""


def test_the_hint_names_the_line_of_the_configuration() -> None:
    members = (Member("brakel", "Stadt Brakel", "brakel", where="netz.yaml:14"),)
    (problem,) = from_groups(Groups({"stadt-brakel": {"a"}}), members=members).problems
    assert problem.where == "netz.yaml:14"


def test_a_person_in_two_groups_is_delivered_for_both_and_told() -> None:
    delivery = from_groups(Groups({"kreis-hoexter": {"anna"}, "brakel": {"anna"}}))
    assert who(delivery) == [("anna", "kreis-hoexter"), ("anna", "brakel")]
    assert codes(delivery) == ["person_in_two_administrations"]


def test_without_the_right_to_list_accounts_the_people_have_no_names() -> None:
    delivery = from_groups(Groups({"kreis-hoexter": {"anna"}, "brakel": {"clara"}}, lists_accounts=False))
    assert who(delivery) == [("anna", "kreis-hoexter"), ("clara", "brakel")]
    assert delivery.people[0].name == ""
    assert codes(delivery) == ["right_missing"]


def test_a_server_that_does_not_answer_leaves_the_last_good_people_and_the_missing_groups() -> None:
    memory = Memory()
    groups = Groups({"kreis-hoexter": {"anna"}})
    first = from_groups(groups, memory)
    assert from_groups(groups, memory).state is SourceState.UNCHANGED
    groups.fails = Unreachable(WORDS)
    kept = from_groups(groups, memory)
    assert (kept.state, codes(kept)) == (SourceState.KEPT, ["unreachable"])
    assert (kept.people, kept.missing_groups) == (first.people, ("brakel",))
    nothing = from_groups(groups)
    assert (nothing.state, nothing.people) == (SourceState.FAILED, ())


def test_an_administration_is_recognised_by_key_name_or_mail_domain() -> None:
    assert recognised("brakel", MEMBERS) == "brakel"
    assert recognised(" stadt  BRAKEL ", MEMBERS) == "brakel"
    assert recognised("brakel.example", MEMBERS) == "brakel"
    assert recognised("erika@brakel.example", MEMBERS) == "brakel"
    assert recognised("Brakl", MEMBERS) == ""
    assert nearest_member("Stadt Brakl", MEMBERS) == "Stadt Brakel"


class Staff:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.memory = Memory()
        self.columns = dict(COLUMNS)

    def read(self, content: bytes) -> PeopleDelivery:
        self.path.write_bytes(content)
        return self.deliver()

    def deliver(self) -> PeopleDelivery:
        place = DiskPlace(self.path, where="w", settle=timedelta(0), max_bytes=10**6)
        wanted = Wanted(self.columns, ("account",))
        return TableOfPeople("leute", wanted, place, self.memory, members=MEMBERS, language="de").deliver(NOW)


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    return Staff(tmp_path / "leute.csv")


HEAD = "Nextcloud-Konto;Name;E-Mail;Verwaltung;Themen;Geburtsdatum;Personalnummer\r\n"
ANNA = "anna;Anna Ähre;anna@brakel.example;Stadt Brakel;OZG, E-Akte;01.02.1980;4711\r\n"
BERND = "bernd;Bernd Birke;bernd@kreis-hoexter.example;kreis-hoexter;IT;02.03.1981;4712\r\n"


def test_a_people_table_is_read_without_the_columns_that_nobody_needs(staff: Staff) -> None:
    delivery = staff.read((HEAD + ANNA + BERND).encode("cp1252"))
    assert who(delivery) == [("anna", "brakel"), ("bernd", "kreis-hoexter")]
    assert (delivery.people[0].name, delivery.people[0].topics) == ("Anna Ähre", ("OZG", "E-Akte"))
    assert codes(delivery) == ["unneeded_columns"]
    assert "„Geburtsdatum“, „Personalnummer“" in delivery.problems[0].message.de


def test_what_is_not_needed_is_not_remembered_either(staff: Staff) -> None:
    first = staff.read((HEAD + ANNA).encode())
    assert staff.memory.kept is not None
    kept = staff.memory.kept.content.decode() + str(staff.memory.notes)
    assert "1980" not in kept
    assert "4711" not in kept
    again = staff.deliver()
    assert again.state is SourceState.UNCHANGED
    assert (again.people, again.problems) == (first.people, first.problems)


def test_a_column_that_is_mapped_later_is_read_from_an_unchanged_file(staff: Staff) -> None:
    del staff.columns["topics"]
    assert staff.read((HEAD + ANNA).encode()).people[0].topics == ()
    staff.columns["topics"] = "Themen"
    assert staff.deliver().people[0].topics == ("OZG", "E-Akte")


def test_an_unknown_administration_is_a_problem_that_names_the_nearest(staff: Staff) -> None:
    delivery = staff.read((HEAD + ANNA.replace("Stadt Brakel", "Stadt Brakl")).encode())
    assert who(delivery) == [("anna", "")]
    problem = next(each for each in delivery.problems if each.code == "unknown_administration")
    assert (problem.where, "„Stadt Brakel“" in problem.remedy.de) == ("Zeile 2", True)


def test_several_rows_of_one_account_add_up(staff: Staff) -> None:
    delivery = staff.read((HEAD + ANNA + "ANNA;;;;IT; ;\r\nanna;;;Kreis Höxter;ozg;;\r\n").encode())
    [person] = delivery.people
    assert (person.account, person.administration, person.topics) == ("anna", "brakel", ("OZG", "E-Akte", "IT"))
    assert codes(delivery) == ["unneeded_columns", "person_in_two_administrations"]


def test_a_row_without_an_account_is_named_and_left_out(staff: Staff) -> None:
    delivery = staff.read((HEAD + ANNA + ";Clara;clara@x.example;Stadt Brakel;IT;;\r\n").encode())
    assert who(delivery) == [("anna", "brakel")]
    assert codes(delivery) == ["unneeded_columns", "person_without_account"]


@pytest.mark.parametrize(
    "content", [b"", b"<html>", HEAD.encode(), HEAD.replace("Themen", "Thema").encode() + ANNA.encode()]
)
def test_a_bad_people_table_keeps_the_last_good_people(staff: Staff, content: bytes) -> None:
    first = staff.read((HEAD + ANNA).encode())
    kept = staff.read(content)
    assert (kept.state, kept.people) == (SourceState.KEPT, first.people)


def test_a_formula_without_a_result_keeps_everybody(staff: Staff) -> None:
    rows = [["Nextcloud-Konto", "Themen"], ["anna", "OZG"], ["bernd", "IT"]]
    staff.columns = {"account": "Nextcloud-Konto", "topics": "Themen"}
    first = staff.read(workbook({"Leute": rows}))
    rows[2][1] = "=A1"
    kept = staff.read(workbook({"Leute": rows}))
    assert (kept.state, kept.people, codes(kept)) == (SourceState.KEPT, first.people, ["formula_without_value"])
    assert "Leute, Zeile 3" in kept.problems[0].message.de


def test_a_connector_that_was_a_table_before_does_not_take_its_copy_for_its_own(staff: Staff) -> None:
    staff.read((HEAD + ANNA).encode())
    delivery = from_groups(Groups({}, fails=Unreachable(WORDS)), staff.memory)
    assert (delivery.state, delivery.people) == (SourceState.FAILED, ())
