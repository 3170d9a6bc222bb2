"""Schulungen: what stands in the calendars that the visitor sees in Nextcloud. A list and a sheet of the month, both to
be searched; each training, and each training concept, on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from itertools import groupby

from flask import Blueprint, Response, abort, g, render_template, request

from network.ical.canonical import from_text
from network.ical.writing import serialise
from plugin.concepts import parts
from plugin.listed import Attached, Listed, ListedDate
from plugin.month import Month, by_day
from plugin.overviews.doors import file_address
from plugin.searching import Offers, Search, found
from plugin.towns import towns
from plugin.web import outside
from plugin.web.access import visitor
from plugin.web.asked import Asked, arguments, asked, page_number
from plugin.web.dates import hang_in
from plugin.web.pages.concepts import concepts
from plugin.web.pages.listing import calendar_names, stand, visible
from plugin.web.site import Site
from plugin.whom_to_ask import naming_nobody, whom_to_ask

ON_A_PAGE = 50
ON_A_DAY = 4
NEXT_DATES = 12

Dates = tuple[ListedDate, ...]


def trainings(site: Site) -> Blueprint:
    pages = Blueprint("trainings", __name__)
    hang_in(pages)
    pages.add_app_template_filter(outside.pieces)
    concepts(pages, site)
    offers = Offers()

    @pages.get("/")
    def overview() -> str:
        wanted, dates = asked(request.args), site.catalogue.dates(site.now.date())
        shown = _found(site, dates, wanted.search)
        count = max(1, -(-len(shown) // ON_A_PAGE))
        number = page_number(request.args, count)
        some = shown[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        return render_template(
            "trainings/overview.html",
            **_frame(site, dates, wanted, offers),
            months=_by_month(some),
            total=len(shown),
            number=number,
            count=count,
            stand=stand(site, {each.training.connector for each in some}),
        )

    @pages.get("/monat")
    @pages.get("/monat/<written>")
    def month(written: str = "") -> str:
        chosen = Month.parse(written) if written else Month.of(site.now.date())
        if chosen is None:
            abort(HTTPStatus.NOT_FOUND)
        wanted, dates = asked(request.args), site.catalogue.dates(site.now.date())
        shown = _found(site, dates, replace(wanted.search, first=chosen.first, last=chosen.last))
        days, today = by_day(shown, chosen), site.now.date()
        return render_template(
            "trainings/month.html",
            **_frame(site, dates, wanted, offers),
            month=chosen,
            days=days,
            lively={*days, *({today} if Month.of(today) == chosen else ())},
            address=lambda month: {} if month == Month.of(today) else {"written": month},
            most=ON_A_DAY,
            total=len(shown),
        )

    @pages.get("/schulung/<uid>")
    def one(uid: str) -> str:
        training = _seen(uid)
        settings = site.settings
        dates = [each for each in visible(site) if each.training.is_of(training)]
        coming = [each for each in dates if each.ends_at > site.now]
        return render_template(
            "trainings/one.html",
            training=training,
            coming=coming[:NEXT_DATES],
            more=len(coming) > NEXT_DATES,
            over=[each for each in dates if each.ends_at <= site.now][-NEXT_DATES:],
            calendar=calendar_names(site).get(training.calendar, ""),
            contact=whom_to_ask(training, settings),
            sees_names=visitor().onlooker.sees_names,
            map=outside.on_map(training.place, training.position) if _is_somewhere(training) else "",
            material=[(each.name, _address(each, site)) for each in training.attached],
            concepts=list(dict.fromkeys(each.concept for each in parts(training, settings))),
            folder=lambda place: outside.folder(settings.nextcloud.url, place),
            stand=stand(site, {training.connector}),
            today=site.now.date(),
        )

    @pages.get("/schulung/<uid>.ics")
    def as_calendar(uid: str) -> Response:
        training = _seen(uid)
        entry = replace(from_text(training.text), uid=training.uid)
        if not visitor().onlooker.sees_names:
            entry = naming_nobody(entry)
        answer = Response(serialise(entry, now=site.now), content_type="text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="schulung.ics"'
        return answer

    def _seen(uid: str) -> Listed:
        training = site.catalogue.one(uid)
        if training is None or training.calendar not in visitor().calendars:
            abort(HTTPStatus.NOT_FOUND)
        return training

    return pages


def _found(site: Site, dates: Dates, search: Search) -> Dates:
    return found(dates, search, visitor().calendars, towns(site.settings), site.now)


def _frame(site: Site, dates: Dates, wanted: Asked, offers: Offers) -> dict[str, object]:
    """What list and month share: the search, what there is to choose from, and the search as part of a link."""
    names = calendar_names(site)
    today = site.now.date()
    offered = offers.choices(dates, visitor().calendars, towns(site.settings), today)
    return {
        "search": wanted.search,
        "wrong": {name: each.language(g.language) for name, each in wanted.wrong.items()},
        "written": wanted.written,
        "choices": offered,
        "topics": [(each, each) for each in offered.topics],
        "towns": [(each, each) for each in offered.towns],
        "calendars": [(each, names.get(each, each)) for each in offered.calendars],
        "narrowed": arguments(wanted.search),
        "today": today,
    }


def _by_month(dates: Sequence[ListedDate]) -> list[tuple[Month, list[tuple[object, list[ListedDate]]]]]:
    """The dates under their months and days."""
    return [
        (month, [(day, list(those)) for day, those in groupby(some, key=lambda each: each.first_day)])
        for month, some in groupby(dates, key=lambda each: Month.of(each.first_day))
    ]


def _is_somewhere(training: Listed) -> bool:
    """Whether its place can be found on a map."""
    return bool(training.position or (training.place and training.is_on_site))


def _address(each: Attached, site: Site) -> str:
    return file_address(site.settings, each.file) if each.file else each.address
