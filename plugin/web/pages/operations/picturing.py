"""Pictures where people would rather look than read: freshness day by day, trainings by month and town. Each with its
table."""

from __future__ import annotations

from collections.abc import Sequence

from babel.dates import format_date
from flask import Blueprint, g, render_template
from markupsafe import Markup

from network.text import Text
from plugin.findings import PROMISED
from plugin.month import Month
from plugin.operations.figures import FreshDays, Programme, fresh_days, programme, share
from plugin.render.freshness import duration
from plugin.web.charts import Bar, bar_chart
from plugin.web.site import Site


def add(pages: Blueprint, site: Site) -> None:
    @pages.get("/betrieb/bilder", endpoint="pictures")
    def show() -> str:
        now = site.now
        fresh = fresh_days(site.settings, site.state, now)
        held = programme(site.catalogue.dates(now.date()), site.settings, now.date())
        return render_template(
            "operations/pictures.html",
            fresh=[(each, _freshness(each, number)) for number, each in enumerate(fresh, 1)],
            programme=held,
            pictures=_programme(held),
            share=share,
            promised=PROMISED,
            span=lambda length: duration(length).language(g.language),
            month_name=_month,
        )


def _freshness(found: FreshDays, number: int) -> Markup:
    title = Text(
        f"{found.measured.connector}: rechtzeitig sichtbare Änderungen je Tag",
        f"{found.measured.connector}: changes visible in time by day",
    )
    description = Text(
        "Ein Balken je Tag mit Änderungen, volle Höhe ist 100 %. Gestrichelt: Ziel 95 %. Schraffiert: Ziel verfehlt.",
        "One bar for each day with changes, full height is 100 %. Dashed line: target 95 %. Hatched: target missed.",
    )
    bars = [
        Bar(
            f"{day:%d.%m.}",
            None if counted is None else share(counted),
            misses=counted is not None and share(counted) < PROMISED,
        )
        for day, counted in found.days
    ]
    return bar_chart(
        f"fresh-{number}",
        title.language(g.language),
        description.language(g.language),
        bars,
        top=1.0,
        target=PROMISED,
    )


def _programme(found: Programme) -> list[tuple[Text, Markup]]:
    """All towns together, then each; all but the first on one scale, so that they can be compared."""
    together = Text("Alle zusammen", "All together")
    highest = max((number for each in found.towns for number in each.numbers), default=0)
    pictures = [(together, _town(found, together, found.totals, 0, max(found.totals, default=0)))]
    for number, each in enumerate(found.towns, 1):
        pictures.append((each.town, _town(found, each.town, each.numbers, number, highest)))
    return pictures


def _town(found: Programme, town: Text, numbers: Sequence[int], place: int, top: int) -> Markup:
    name = town.language(g.language)
    title = Text(f"{name}: Schulungen je Monat", f"{name}: trainings by month")
    first, last = _month(found.months[0]), _month(found.months[-1])
    description = Text(
        f"Ein Balken je Monat von {first} bis {last}, zusammen {sum(numbers)} Schulungen. Die Zahl steht darüber.",
        f"One bar for each month from {first} to {last}, {sum(numbers)} trainings in all. The number stands above it.",
    )
    bars = [
        Bar(format_date(month.first, "LLL", locale=g.language), float(number), str(number))
        for month, number in zip(found.months, numbers, strict=True)
    ]
    return bar_chart(
        f"town-{place}", title.language(g.language), description.language(g.language), bars, top=float(top or 1)
    )


def _month(month: Month) -> str:
    """ "Dez. 2026"."""
    return format_date(month.first, "LLL y", locale=g.language)
