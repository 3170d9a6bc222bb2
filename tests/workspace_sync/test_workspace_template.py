"""Templates: what a new folder begins with, from the package and from an administrator's folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from workspace_example import PRESS, example

from network.settings.projects import TEMPLATES
from workspace_sync.template import EXCHANGE_GROUP, Template, TemplateEntry, load, own_templates, own_words
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


def test_a_template_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError, match="nirgends"):
        load(Path("/nirgends"))


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
