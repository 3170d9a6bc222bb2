"""The mark that makes a team or a room ours."""

from workspace_sync.marks import marked_key, with_mark, without_mark


def test_marking_twice_leaves_one_mark() -> None:
    once = with_mark("Austausch", "probe", "exchange_group:ozg")
    assert with_mark(once, "probe", "exchange_group:ozg") == once
    assert without_mark(once, "probe", "exchange_group:ozg") == "Austausch"


def test_an_adopted_object_forgets_what_it_was() -> None:
    adopted = with_mark(with_mark("Austausch", "probe", "exchange_group:alt"), "probe", "exchange_group:ozg")
    assert marked_key(adopted, "probe") == "exchange_group:ozg"


def test_another_networks_mark_stays() -> None:
    marked = with_mark(with_mark("Austausch", "anderes", "project:x"), "probe", "exchange_group:ozg")
    assert marked_key(marked, "anderes") == "project:x"
