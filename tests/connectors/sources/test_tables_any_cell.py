"""Whatever stands in a cell, it is a training or a question, and what is remembered of it is the same again."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from sources_kit import BERLIN, COLUMNS

from connectors.tables import record
from connectors.tables.places import RowPlace
from connectors.tables.refusal import Unclear
from connectors.tables.sheets import Cell, Value, finite
from connectors.tables.table import Table, TableRow
from connectors.tables.trainings import Reader, read_training
from network.problems import Problem
from network.text import Text

FIELDS = (*COLUMNS, "description", "link", "register_until", "contact", "audience", "concept", "accessibility")
READER = Reader("plan", {field: field for field in FIELDS}, BERLIN, "de")

values: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ("12.03.2027", "n. n.", "9–12 Uhr", "3 Tage vorher", "20 Plätze", "veröffentlicht", "28.03.2027 2:30")
    ),
    st.integers(),
    st.floats().map(finite),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.none(),
)
cells = st.builds(Cell, values, st.booleans(), st.booleans(), st.booleans())
rows = st.builds(
    lambda cells: TableRow(RowPlace("Plan", 2), cells), st.dictionaries(st.sampled_from(FIELDS), cells, max_size=8)
)


@given(st.lists(rows, min_size=1, max_size=3))
@settings(max_examples=300)
def test_any_row_is_a_training_or_unclear(some: list[TableRow]) -> None:
    try:
        training = read_training(some, READER).training
    except Unclear as unclear:
        assert unclear.message.de
        assert unclear.message.en
        return
    assert training.title
    for session in training.sessions:
        if isinstance(session.start, datetime) and isinstance(session.end, datetime):
            assert session.start.astimezone(UTC) < session.end.astimezone(UTC)
        else:
            assert session.start < session.end


@given(st.lists(rows, max_size=3))
def test_what_is_remembered_of_a_table_is_the_table(some: list[TableRow]) -> None:
    problem = Problem("x", "Plan", Text("a", "b"), Text("c", "d"))
    table = Table(tuple(some), {"Plan": frozenset(("key", "title"))}, ("Geburtsdatum",), (problem,))
    assert record.from_json(record.to_json(table)) == table
