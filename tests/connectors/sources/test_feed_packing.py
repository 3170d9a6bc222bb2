"""The objects of a feed, packed: what comes back is what went in."""

from __future__ import annotations

from hashlib import sha512

from hypothesis import given
from hypothesis import strategies as st

from connectors.feed.packing import packed, unpacked
from network.ical.feed import RawObject

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
OBJECTS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=5)


@given(OBJECTS, st.tuples(TEXTS, TEXTS), TEXTS)
def test_packed_objects_come_back_as_they_were(
    values: list[tuple[str, str, str, str]], timezones: tuple[str, ...], zone: str
) -> None:
    objects = [RawObject(*each, timezones, zone) for each in values]
    assert list(unpacked(packed(objects))) == objects


def test_more_than_one_piece_comes_back_in_order() -> None:
    objects = [
        RawObject(f"{number}", sha512(b"%d" % number).hexdigest(), f"{number}", f"{number}") for number in range(999)
    ]
    assert len(packed(objects)) > 32 * 1024
    assert list(unpacked(packed(objects))) == objects


def test_what_all_share_is_there_once() -> None:
    zone = "Z" * 1000 + "Ä"
    one, many = (packed([RawObject("a", "b", "c", "d", (zone,))] * count) for count in (1, 2))
    assert len(many) - len(one) < 20
