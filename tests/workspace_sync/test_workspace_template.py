"""Templates: what a new folder begins with, from the package and from an administrator's folder."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from workspace_example import PRESS, example
from workspace_run import changes, codes

from network.settings.projects import TEMPLATES
from workspace_sync.template import (
    EXCHANGE_GROUP,
    LINK,
    NO_FILE,
    NO_NAME,
    TOO_LARGE,
    Template,
    TemplateEntry,
    load,
    own_templates,
    own_words,
)
from workspace_sync.wish import FolderWish, ProjectWish, Wishes

WORDS = dict(own_words(name="Nahversorgung", network="Netz", contact="a@b.example", until=date(2027, 12, 31)))


def test_every_template_that_the_settings_offer_is_there() -> None:
    assert set(TEMPLATES) | {EXCHANGE_GROUP} == set(own_templates())


@pytest.mark.parametrize("name", own_templates())
def test_our_templates_leave_no_placeholder_open(name: str) -> None:
    words = WORDS | dict.fromkeys(("date", "place", "leads", "next"), "")  # of minutes
    texts = [entry.data.decode() for entry in load(name).filled(words) if entry.data is not None]
    assert texts
    assert not [text for text in texts if "{" in text]


@pytest.mark.parametrize("name", own_templates())
def test_a_folder_comes_before_what_is_in_it_and_the_readme_last(name: str) -> None:
    paths = [entry.path for entry in load(name).entries]
    assert paths[-1] == "Readme.md"
    for index, path in enumerate(paths):
        parent = path.rpartition("/")[0]
        assert not parent or parent in paths[:index]


def test_the_template_of_a_funded_project_knows_its_deadlines() -> None:
    deadlines = next(entry for entry in load("foerderprojekt").filled(WORDS) if entry.path.endswith("Fristen.md"))
    assert deadlines.data is not None
    for word in ("Mittelabruf", "Verwendungsnachweis", "Zweckbindung", "31.12.2027"):
        assert word in deadlines.data.decode()


def test_an_own_folder_is_a_template_and_its_binary_files_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "bild.png").write_bytes(b"\x89{name}")
    (tmp_path / "text.md").write_text("{name} {unbekannt}", encoding="utf-8")
    (tmp_path / "~$text.md").write_text("lock", encoding="utf-8")
    entries = load(tmp_path).filled({"name": "N"})
    assert entries == (
        TemplateEntry("leer"),
        TemplateEntry("bild.png", b"\x89{name}"),
        TemplateEntry("text.md", b"N {unbekannt}"),
    )


def test_a_template_that_is_not_there_is_left_out_as_a_whole() -> None:
    found = load(Path("/nirgends"))
    assert (found.entries, [each.path for each in found.left_out]) == ((), ["/nirgends"])


def test_what_can_not_be_put_in_is_left_out_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "gut").mkdir()
    (tmp_path / "gut" / "text.md").write_text("x", encoding="utf-8")
    (tmp_path / "gross.bin").write_bytes(b"")
    with (tmp_path / "gross.bin").open("r+b") as large:
        large.truncate(10 * 1024 * 1024 + 1)
    (tmp_path / "verweis.md").symlink_to(tmp_path / "gut" / "text.md")
    (tmp_path / "verwiesen").symlink_to(tmp_path / "gut")
    (tmp_path / "kaputt.md").symlink_to(tmp_path / "weg")
    (tmp_path / "zurück\\strich.md").write_text("x", encoding="utf-8")
    (tmp_path / "zeilen\numbruch.md").write_text("x", encoding="utf-8")
    (tmp_path / ("ä" * 126 + ".md")).write_text("x", encoding="utf-8")
    os.mkfifo(tmp_path / "leitung")
    found = load(tmp_path)
    assert [entry.path for entry in found.entries] == ["gut", "gut/text.md"]
    why = {each.path.rpartition("/")[2]: each.why for each in found.left_out}
    assert why.pop("gross.bin") == TOO_LARGE
    assert {why.pop(name) for name in ("verweis.md", "verwiesen", "kaputt.md")} == {LINK}
    assert why.pop("leitung") == NO_FILE
    assert len(why) == 3 and set(why.values()) == {NO_NAME}


def test_a_file_that_may_not_be_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    (tmp_path / "b.md").write_text("x", encoding="utf-8")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.md":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = load(tmp_path)
    assert [entry.path for entry in found.entries] == ["b.md"]
    assert [each.why.de for each in found.left_out] == ["keine Berechtigung"]


def test_what_was_left_out_is_reported_until_it_is_mended_and_then_put_in(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("{name}", encoding="utf-8")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")

    def project() -> Wishes:
        return Wishes((), (), (ProjectWish("presse", FolderWish("Presse", None, load(tmp_path)), PRESS.access),))

    runs = example(project())
    plans = runs.plan()
    assert "left_out" in codes(plans)
    runs.apply()
    folder = runs.server.folder_named("Presse")
    assert folder.files == {"a.md": b"Presse"}
    again = runs.plan()
    assert "left_out" in codes(again)
    assert not [each for each in changes(again) if "document" in each]
    (tmp_path / "b.md").unlink()
    (tmp_path / "b.md").write_text("b", encoding="utf-8")
    runs.wishes = project()
    runs.apply(verify=False)
    assert folder.files == {"a.md": b"Presse", "b.md": b"b"}
    assert "left_out" not in codes(runs.plan())
    assert not [each for each in changes(runs.plan()) if "document" in each]


def test_a_file_that_somebody_put_there_first_is_left_alone() -> None:
    template = Template("t", (TemplateEntry("a.md", b"ours"),))
    runs = example(Wishes((), (), (ProjectWish("presse", FolderWish("Presse"), PRESS.access),)))
    runs.apply()
    runs.server.folder_named("Presse").files["a.md"] = b"somebody's"
    runs.wishes = Wishes((), (), (ProjectWish("presse", FolderWish("Presse", None, template), PRESS.access),))
    runs.apply()
    assert runs.server.folder_named("Presse").files == {"a.md": b"somebody's"}


def test_what_a_person_deleted_from_the_template_stays_deleted_also_after_loss_of_the_state() -> None:
    runs = example()
    runs.apply()
    folder = runs.server.folder_named("Presse")
    del folder.files["Protokolle/Muster.md"]
    runs.apply()
    runs.lose_state()
    runs.apply()
    assert set(folder.files) == {"Protokolle", "Readme.md"}


def test_a_folder_that_was_deleted_by_hand_begins_with_its_template_again() -> None:
    runs = example()
    runs.apply()
    gone = next(id for id, folder in runs.server.all_folders.items() if folder.name == "Presse")
    del runs.server.all_folders[gone]
    plans = runs.plan()
    assert any("war schon einmal" in change.reason.de for plan in plans for change in plan.changes)
    runs.apply()
    assert set(runs.server.folder_named("Presse").files) == {"Protokolle", "Protokolle/Muster.md", "Readme.md"}
