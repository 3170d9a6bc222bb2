"""A template of the administrator's own: a folder beside the configuration, with files and placeholders."""

from journeys_cli import digitalnetzwerk
from journeys_town import Town

NAMES = "Vorlagen der Geschäftsstelle"


def with_template(town: Town) -> None:
    folder = town.config.parent / NAMES
    (folder / "01 Auftrag").mkdir(parents=True)
    (folder / "02 Leer").mkdir()
    (folder / "02 Leer" / ".folder").touch()
    (folder / "01 Auftrag" / "Auftrag.md").write_text("{name}, {contact}, {until}, {unbekannt}", encoding="utf-8")
    (folder / "Readme.md").write_text("{network}", encoding="utf-8")
    town.swap("template: presse", f"template: ./{NAMES}")


def test_it_is_put_in_with_its_placeholders_filled(whole_town: Town) -> None:
    with_template(whole_town)
    assert whole_town.apply().code == 0
    staff = whole_town.as_staff("dora.nieheim").files
    assert [each.path for each in staff.list("/Presse")] == [
        "/Presse/01 Auftrag",
        "/Presse/02 Leer",
        "/Presse/Readme.md",
    ]
    text = staff.read("/Presse/01 Auftrag/Auftrag.md", max_bytes=1000).decode()
    assert text == "Presse, Geschäftsstelle, buero@probe.example, noch offen, {unbekannt}"
    assert whole_town.plan().code == 0


def test_check_and_apply_name_what_they_leave_out_and_the_rest_goes_on(whole_town: Town) -> None:
    with_template(whole_town)
    link = whole_town.config.parent / NAMES / "Verweis.md"
    link.symlink_to("/etc/hostname")
    said = digitalnetzwerk("-c", str(whole_town.config), "--json", "check")
    [problem] = [each for each in said.document["problems"] if each["code"] == "left_out"]
    assert str(link) in problem["message"] and problem["where"].startswith("netz.yaml:")
    run = whole_town.apply()
    assert run.code == 0
    assert [each.code for each in run.problems] == ["left_out"]
    assert whole_town.as_staff("dora.nieheim").files.stat("/Presse/Readme.md") is not None
    assert whole_town.as_staff("dora.nieheim").files.stat("/Presse/Verweis.md") is None


def test_a_template_that_does_not_fit_costs_itself_alone(whole_town: Town) -> None:
    whole_town.swap("quota: 5 GB", "quota: 1 KB")
    run = whole_town.apply()
    [failed] = [each for each in run.report.outcomes if each.problem is not None]
    assert (failed.problem.code, failed.change.key, run.code) == ("quota_full", "folder template", 1)
    assert "quota" in failed.problem.remedy.de
    assert whole_town.as_staff("dora.nieheim").files.stat("/Presse") is not None
    whole_town.swap("quota: 1 KB", "quota: 5 GB")
    assert whole_town.apply().code == 0
    assert whole_town.as_staff("dora.nieheim").files.stat("/Presse/Readme.md") is not None
