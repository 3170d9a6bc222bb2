"""Fällt heute aus: who plans trainings says with one sentence that one doesn't take place, on a phone, in seconds.

The word counts as soon as it is remembered. What the page says of the calendar is what was seen there: that it stands
there, or that it doesn't yet and why. Coordinators may say it of the network's calendars and of those that they see; a
training office of the calendars of its own administration.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from calendar_sync.records import CancelledByHand
from network.errors import ConfigurationError, DigitalnetzwerkError, Locked
from network.problems import Problem
from network.settings import KeptCalendar, Settings
from network.state.sources import SourceLog
from plugin.answering import answer
from plugin.cancelling import patiently, words_of
from plugin.happenings import Happening, happenings
from plugin.render.run import DONE, Run
from plugin.web.access import visitor
from plugin.web.site import Site
from plugin.web.visitors import Role, Visitor

SPANS = (1, 7, 31)
PLANS_TRAININGS = frozenset({Role.COORDINATOR, Role.NETWORK_ADMIN})
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What came of it. `is_shown`: the calendar says so by now; else `problems` say why not. `follows`: the source is
    written too, soon."""

    happening: Happening
    is_back: bool
    is_shown: bool
    problems: tuple[Problem, ...] = ()
    follows: bool = False
    is_preview: bool = False


def cancelling(site: Site) -> Blueprint:
    pages = Blueprint("cancelling", __name__)

    @pages.get("/faellt-aus")
    def today() -> str:
        days = request.args.get("tage", "")
        return _list(next((each for each in SPANS if str(each) == days), SPANS[0]))

    @pages.post("/faellt-aus")
    def say() -> ResponseReturnValue:
        happening = _named(request.form.get("key", ""), request.form.get("day", ""))
        is_back, reason = bool(request.form.get("back")), request.form.get("reason", "").strip()[:LONGEST]
        if not is_back and not reason:
            return _list(SPANS[0], missing=happening.key, day=happening.first_day), HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            said = tell(site, happening, reason, by=visitor().account, is_back=is_back)
        except ConfigurationError as error:
            return render_template(
                "cancelling/refused.html", happening=happening, problems=error.problems
            ), HTTPStatus.CONFLICT
        return render_template("cancelling/said.html", said=said, reason=reason)

    @pages.post("/faellt-aus/anderer-tag", endpoint="answer")
    def answer_question() -> str:
        words, key = request.form.get("words", ""), request.form.get("key", "")
        word = next((each for each in _moved() if each.key == key), None)
        if word is None or words not in ("accept", "keep"):
            abort(HTTPStatus.NOT_FOUND)
        answer(questions(), word.connector, word.source_key, words)
        site.errands.run_now(visitor().account, ())
        return render_template(
            "cancelling/answered.html", word=word, takes_place=words == "accept", day=date.fromisoformat
        )

    def questions() -> SourceLog:
        return SourceLog(site.state.engine, clock=site.clock)

    def _list(days: int, *, missing: str = "", day: date | None = None) -> str:
        first = day or site.now.date()
        return render_template(
            "cancelling/today.html",
            happenings=_theirs(first, days),
            days=days,
            spans=SPANS,
            first=first,
            missing=missing,
            moved=_moved(),
            day=date.fromisoformat,
            longest=LONGEST,
            names={key: each.name for key, each in site.settings.calendars.items()},
        )

    def _theirs(first: date, days: int) -> tuple[Happening, ...]:
        theirs = calendars_of(visitor(), site.settings)
        listed = (each for each in site.catalogue.listed() if each.calendar in theirs)
        zone = site.settings.network.timezone
        return happenings(listed, words_of(site.state), first=first, days=days, zone=zone)

    def _named(key: str, day: str) -> Happening:
        try:
            first = date.fromisoformat(day)
        except ValueError:
            abort(HTTPStatus.NOT_FOUND)
        found = next((each for each in _theirs(first, 1) if each.key == key), None)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return found

    def _moved() -> tuple[CancelledByHand, ...]:
        theirs = calendars_of(visitor(), site.settings)
        uids = {each.uid for each in site.catalogue.listed() if each.calendar in theirs}
        done = {(each.connector, each.question.key) for each in questions().questions() if each.answer}
        asked = (each for each in words_of(site.state).values() if each.moved_to and each.uid in uids)
        return tuple(each for each in asked if (each.connector, each.source_key) not in done)

    return pages


def calendars_of(visitor: Visitor, settings: Settings) -> Collection[str]:
    """Keys of the calendars whose trainings this person may cancel."""
    found = {key for key, each in settings.calendars.items() if each.owner and each.owner in visitor.administrations}
    if visitor.is_one_of(PLANS_TRAININGS):
        network = {key for key, each in settings.calendars.items() if not each.owner}
        return found | network | (settings.calendars.keys() & set(visitor.calendars))
    return found


def tell(site: Site, happening: Happening, reason: str, *, by: str, is_back: bool) -> Said:
    """Remembers the word and has the calendar say so; where that can't be done now, a worker is asked to.

    ConfigurationError where there is nothing to take back.
    """
    run, problems = _told(site, happening, reason, by=by, is_back=is_back)
    is_shown = run is not None and run.code == DONE
    source = site.settings.connectors.get(happening.connector)
    follows = isinstance(source, KeptCalendar) and source.is_two_way
    is_preview = run is not None and run.is_preview
    if (follows or not is_shown) and not is_preview:
        site.errands.run_now(by, [happening.connector] if follows else [])
    return Said(happening, is_back, is_shown, problems, follows, is_preview)


def _told(
    site: Site, happening: Happening, reason: str, *, by: str, is_back: bool
) -> tuple[Run | None, tuple[Problem, ...]]:
    with site.running.service() as service:
        try:
            try:
                run = service.take_place(happening) if is_back else service.cancel(happening, reason, by=by)
            except Locked:
                run = patiently(lambda: service.show_cancelled(happening.uid))
        except ConfigurationError:
            raise
        except DigitalnetzwerkError as error:
            return None, (error.problem(),)
    return run, run.problems
