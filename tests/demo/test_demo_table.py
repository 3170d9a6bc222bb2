"""What staff see fits the width it is shown in: what is too long ends with an ellipsis, nothing is cut off."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from plugin.demo.table import View, table

LONG = ("Anlaufstelle und Beratung für alle Verwaltungen im Kreis", "Bürgerbeteiligung")
SEEN = View(
    "Stadt Marienmünster",
    "friederike.birkenkaempen",
    {"Kurse anderer Anbieter (Digitalnetzwerk)": 23},
    LONG,
    LONG,
    LONG,
)


@pytest.mark.parametrize("width", [125, 150, 200])
def test_the_table_fits_and_every_column_shows_where_it_was_shortened(width: int) -> None:
    console = Console(file=StringIO(), width=width)
    console.print(table([SEEN], "de", width))
    assert isinstance(console.file, StringIO)
    lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    (shown,) = (line for line in lines if "Stadt Marienmünster" in line)
    assert shown.endswith("…") and shown.count("…") >= 3
    assert any("Unterhaltun" in line for line in lines)
