"""The calls by which the network is looked after: how it stands, what is to change, what is asked, what happened."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from flask import abort

from network.state.errands import Errand
from network.state.runs import PastChange, PastRun, RunLog
from network.state.sources import AskedQuestion, SourceLog
from network.text import NOTHING, Text
from plugin.answering import choices
from plugin.findings import PROMISED
from plugin.jobs.errands import PREVIEW
from plugin.operations import configuration, history
from plugin.operations.bundle import bundle as support_bundle
from plugin.operations.bundle import log_lines
from plugin.operations.figures import fresh_days, programme, share
from plugin.operations.overview import overview, scope_name
from plugin.operations.preview import Preview, ShownChange, from_text
from plugin.operations.redaction import PERSON, people_known
from plugin.taking_back import waiting
from plugin.web.api import asked, shapes
from plugin.web.api.asked import Nothing
from plugin.web.pages.operations.hiding import Hide, hides_names, hiding, scope_shown
from plugin.web.pages.operations.taking_back import looked
from plugin.web.site import Site

SEEN = 10


def state(site: Site, _nothing: Nothing) -> shapes.State:
    hide, now = hiding(site), overview(site.running)
    return shapes.State(
        well=now.is_well,
        now=now.status.now,
        next_look=now.next_look,
        connectors=[
            shapes.Connector(
                key=each.key,
                state=each.state,
                well=each.is_well,
                attempted_at=each.attempted_at,
                succeeded_at=each.succeeded_at,
                next_at=each.next_at,
                as_of=each.freshness.as_of if each.freshness else None,
                share=each.freshness.share if each.freshness else None,
                items=each.items,
                quarantined=each.quarantined,
            )
            for each in now.connectors
        ],
        scopes=[
            shapes.Scope(
                scope=hide(each.state.scope),
                name=_hidden(each.name, hide),
                health=str(each.state.health),
                pending=each.state.pending,
                stopped=hide(each.state.unsafe),
                fingerprint=each.state.fingerprint,
                looked_at=each.state.looked_at,
                succeeded_at=each.state.succeeded_at,
            )
            for each in now.scopes
        ],
        troubles=[
            shapes.Trouble(each.code, hide(each.where), _both(hide(each.message)), _both(hide(each.remedy)))
            for each in now.status.troubles
        ],
        broken=[_trouble(each, hide) for each in map(shapes.Trouble.of, now.broken)],
    )


def errand(site: Site, _nothing: Nothing, number: int) -> shapes.Errand:
    one = site.errands.log.one(number)
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    return shown_errand(site, one)


def shown_errand(site: Site, one: Errand) -> shapes.Errand:
    hide = hiding(site)
    return shapes.Errand(
        id=one.id,
        what=one.what,
        by="" if hides_names() else one.by,
        asked_at=one.asked_at,
        started_at=one.started_at,
        ended_at=one.ended_at,
        exit_code=one.exit_code,
        run=one.run,
        problem=_trouble(shapes.Trouble.of(one.problem), hide) if one.problem else None,
    )


def preview(site: Site, _nothing: Nothing) -> shapes.Preview:
    """The newest that somebody had computed; 404 while nobody had."""
    newest = next((each.document for each in site.errands.log.latest(PREVIEW, limit=SEEN) if each.document), "")
    if not newest:
        abort(HTTPStatus.NOT_FOUND)
    return _preview(from_text(newest))


def _preview(one: Preview) -> shapes.Preview:
    return shapes.Preview(
        fingerprint=one.fingerprint,
        made_at=one.made_at,
        mails=one.mails,
        untouched=one.untouched,
        scopes=[
            shapes.PlannedScope(
                scope=each.scope,
                fingerprint=each.fingerprint,
                changes=[_planned(change) for change in each.changes],
                total=each.total,
                stopped=each.unsafe or NOTHING,
                held=[_planned(change) for change in each.held],
                held_total=each.held_total,
            )
            for each in one.scopes
        ],
        problems=[shapes.Trouble.of(each) for each in one.problems],
    )


def _planned(change: ShownChange) -> shapes.PlannedChange:
    differences = [shapes.Difference(each.name, each.before, each.after) for each in change.differences]
    return shapes.PlannedChange(change.deed, change.title, change.reason, differences)


def taking_back(site: Site, _nothing: Nothing) -> shapes.TakingBack:
    found, problem = looked(site)
    return shapes.TakingBack(
        plan=_preview(found) if found is not None else None,
        problem=shapes.Trouble.of(problem) if problem is not None else None,
        resting=[
            shapes.Resting(str(scope), scope_name(str(scope), site.settings), held.run, datetime.fromisoformat(held.at))
            for scope, held in waiting(site.state).items()
        ],
    )


def figures(site: Site, _nothing: Nothing) -> shapes.Figures:
    now = site.now
    held = programme(site.catalogue.dates(now.date()), site.settings, now.date())
    return shapes.Figures(
        promised=PROMISED,
        fresh=[
            shapes.FreshConnector(
                each.measured.connector,
                [shapes.FreshDay(day, one.total, one.in_time, share(one)) for day, one in each.days if one is not None],
            )
            for each in fresh_days(site.settings, site.state, now)
        ],
        months=[str(each) for each in held.months],
        towns=[shapes.TownMonths(each.town, list(each.numbers)) for each in held.towns],
        totals=list(held.totals),
    )


def questions(site: Site, _nothing: Nothing) -> list[shapes.Question]:
    return [_question(each) for each in SourceLog(site.state.engine, clock=site.clock).questions()]


def _question(each: AskedQuestion) -> shapes.Question:
    one = each.question
    answers = [shapes.Answer(choice.answer, choice.label, choice.meaning) for choice in choices(one.code)]
    return shapes.Question(
        each.connector, one.key, one.code, one.where, one.message, each.asked_at, each.answer, answers
    )


def runs(site: Site, wanted: asked.Paged) -> list[shapes.Run]:
    return [_run(each) for each in history.runs(RunLog(site.state.engine), page=wanted.page - 1)[: history.PAGE]]


def run(site: Site, wanted: asked.Paged, number: int) -> shapes.RunDetails:
    one = history.one_run(RunLog(site.state.engine), number, page=wanted.page - 1)
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    hide = hiding(site)
    return shapes.RunDetails(
        run=_run(one.run),
        summary=one.summary,
        requests=one.requests,
        mails=one.mails,
        changes=[_change(each, hide) for each in one.changes[: history.PAGE]],
    )


def changes(site: Site, wanted: asked.History) -> list[shapes.Change]:
    hide, log = hiding(site), RunLog(site.state.engine)
    page = history.changes(log, scope=wanted.scope, words=wanted.words, page=wanted.page - 1, hides_names=hides_names())
    return [_change(each, hide) for each in page[: history.PAGE]]


def settings(site: Site, _nothing: Nothing) -> list[shapes.Setting]:
    people = people_known(site.settings, site.state)
    return [shapes.Setting(path, people.text(value)) for path, value in configuration.lines(site.settings)]


def log(site: Site, _nothing: Nothing) -> list[str]:
    return list(log_lines(site.running))


def bundle(site: Site, _nothing: Nothing) -> bytes:
    return support_bundle(site.running)


def _run(one: PastRun) -> shapes.Run:
    return shapes.Run(one.id, one.command, one.started_at, one.ended_at, one.fingerprint, one.exit_code)


def _change(one: PastChange, hide: Hide) -> shapes.Change:
    is_hidden = hides_names() and history.is_about_a_person(one)
    return shapes.Change(
        run=one.run,
        at=one.at,
        scope=hide(scope_shown(one.scope)),
        kind=one.kind,
        title=PERSON.de if is_hidden else hide(one.title),
        deed=history.deed_of(one),
        result=history.result_of(one),
        reason=_hidden(one.reason, hide),
    )


def _trouble(one: shapes.Trouble, hide: Hide) -> shapes.Trouble:
    return shapes.Trouble(one.code, hide(one.where), _hidden(one.message, hide), _hidden(one.remedy, hide))


def _hidden(text: Text, hide: Hide) -> Text:
    return Text(hide(text.de), hide(text.en))


def _both(text: str) -> Text:
    """Noted in one language only."""
    return Text(text, text)
