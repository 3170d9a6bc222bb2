"""Meine Termine: what comes next in the visitor's own calendars, trainings and meetings of their groups; calendars of
ours that they took out of their Nextcloud, and the way back; and how other programs show the same calendars."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from itertools import groupby

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from network.errors import DigitalnetzwerkError
from network.meetings import Meeting
from network.settings import ExchangeGroup
from plugin.bringing_back import Granted, granted
from plugin.listed import ListedDate
from plugin.overviews.meant import as_meant
from plugin.web import outside
from plugin.web.access import look_again, remember, visitor
from plugin.web.pages.listing import calendar_names, visible
from plugin.web.site import Site

log = logging.getLogger(__name__)

MOST = 30


@dataclass(frozen=True, slots=True)
class Mine:
    """One line: a date of a training, or the meeting of a group."""

    day: date
    starts_at: datetime
    session: ListedDate | None = None
    meeting: Meeting | None = None
    group: ExchangeGroup | None = None


def mine(site: Site) -> Blueprint:
    pages = Blueprint("mine", __name__)

    @pages.get("/meine-termine")
    def overview() -> str:
        return _page()

    @pages.post("/meine-termine/kalender/<key>")
    def bring_back(key: str) -> ResponseReturnValue:
        wanted = next((each for each in missed(site) if each.key == key), None)
        if wanted is None:
            if key in visitor().calendars:  # asked twice
                return _page(told="there", name=calendar_names(site).get(key, key))
            abort(HTTPStatus.NOT_FOUND)
        try:
            is_seen = come_back(site, wanted)
        except DigitalnetzwerkError as error:
            log.warning("calendar %s could not be brought back: %s", key, error.code)
            return _page(told="failed", name=wanted.name, error=error), HTTPStatus.CONFLICT
        return _page(told="back" if is_seen else "later", name=wanted.name)

    def _page(told: str = "", name: str = "", error: DigitalnetzwerkError | None = None) -> str:
        next_ones = coming(site)
        names = calendar_names(site)
        days = groupby(next_ones[:MOST], key=lambda each: each.day)
        return render_template(
            "mine/overview.html",
            days=[(day, list(those)) for day, those in days],
            more=len(next_ones) > MOST,
            missed=missed(site),
            seen=[names[key] for key in visitor().calendars if key in names],
            address=outside.caldav_home(site.settings.nextcloud.url, visitor().account),
            nextcloud=site.settings.nextcloud.url,
            today=site.now.date(),
            told=told,
            name=name,
            error=error,
        )

    return pages


def missed(site: Site) -> tuple[Granted, ...]:
    """Calendars that the visitor ought to see and does not."""
    settings, people = as_meant(site.settings, site.state)
    who = visitor()
    found = granted(settings, people, who.account, who.scopes, is_pilot=who.is_pilot)
    return tuple(each for each in found if each.key not in who.calendars)


def come_back(site: Site, wanted: Granted) -> bool:
    """The visitor gets this calendar back; whether Nextcloud shows it to them by now. Raises as `bring_back`."""
    with site.running.service() as service:
        service.bring_back(wanted, visitor().account)
    remember(site.arrivals, replace(visitor(), calendars=tuple(sorted({*visitor().calendars, wanted.key}))))
    return wanted.key in look_again(site.arrivals).calendars


def coming(site: Site) -> list[Mine]:
    """The dates of trainings that are not over, and the next meeting of each group whose calendar the visitor sees."""
    return sorted(_coming(site), key=lambda each: each.starts_at)


def _coming(site: Site) -> Iterator[Mine]:
    now = site.now
    for each in visible(site):
        if each.ends_at > now:
            yield Mine(max(each.first_day, now.date()), each.starts_at, session=each)
    for key, those in site.meetings.coming(site.settings, now).items():
        if those and key in visitor().calendars:
            start = those[0].start
            yield Mine(max(start.date(), now.date()), start, meeting=those[0], group=site.settings.exchange_groups[key])
