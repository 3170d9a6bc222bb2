"""The calls that only read. Each sees what the pages would show the same person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from flask import abort

from calendar_sync.wording import unnamed
from network.settings import TrainingConcept
from network.state.errands import Errand
from network.state.feeds import FeedKind
from network.state.runs import PastChange, PastRun, RunLog
from network.state.sources import AskedQuestion, SourceLog
from network.text import NOTHING, Text
from plugin.answering import choices
from plugin.cancelling import words_of
from plugin.concepts import Step
from plugin.findings import PROMISED
from plugin.happenings import Happening, happenings
from plugin.jobs.errands import PREVIEW
from plugin.listed import Listed, ListedDate, Span
from plugin.operations import configuration, history
from plugin.operations.bundle import bundle as support_bundle
from plugin.operations.bundle import log_lines
from plugin.operations.figures import fresh_days, programme, share
from plugin.operations.overview import overview, scope_name
from plugin.operations.preview import Preview, ShownChange, from_text
from plugin.operations.redaction import PERSON, people_known
from plugin.overviews.doors import file_address
from plugin.overviews.groups import GroupShown, groups_shown
from plugin.overviews.projects import ProjectShown, projects_shown
from plugin.searching import Search, found
from plugin.taking_back import waiting
from plugin.towns import towns
from plugin.web.access import form_token, visitor
from plugin.web.api import asked, shapes
from plugin.web.api.asked import Nothing
from plugin.web.pages.cancelling import calendars_of
from plugin.web.pages.concepts import concepts_shown, material_of
from plugin.web.pages.listing import stand, visible
from plugin.web.pages.mine import Mine, coming, missed
from plugin.web.pages.operations.hiding import Hide, hides_names, hiding, scope_shown
from plugin.web.pages.operations.taking_back import looked
from plugin.web.pages.subscriptions import subscriber
from plugin.web.site import Site
from plugin.whom_to_ask import whom_to_ask

ON_A_PAGE = 100
SEEN = 10


def me(_site: Site, _nothing: Nothing) -> shapes.Me:
    asks = visitor()
    return shapes.Me(
        asks.account,
        asks.name,
        [str(role) for role in asks.roles],
        list(asks.administrations),
        list(asks.calendars),
        form_token(),
    )


# ---------------------------------------------------------------------- trainings


def trainings(site: Site, wanted: asked.Search) -> shapes.Trainings:
    search = Search(
        words=wanted.words,
        topic=wanted.topic,
        town=wanted.town,
        calendar=wanted.calendar,
        first=wanted.first,
        last=wanted.last,
        online=wanted.online,
        is_open=wanted.open,
    )
    dates = site.catalogue.dates(site.now.date())
    all_of_them = found(dates, search, visitor().calendars, towns(site.settings), site.now)
    page = all_of_them[(wanted.page - 1) * ON_A_PAGE : wanted.page * ON_A_PAGE]
    return shapes.Trainings(len(all_of_them), wanted.page, [_training_date(each) for each in page])


def training(site: Site, _nothing: Nothing, uid: str) -> shapes.Training:
    one = _seen(site, uid)
    dates = [each for each in visible(site) if each.training.is_of(one)]
    material = [
        shapes.Link(each.name, file_address(site.settings, each.file) if each.file else each.address)
        for each in one.attached
    ]
    return shapes.Training(
        uid=one.uid,
        title=one.title,
        description=one.description if visitor().onlooker.sees_names else unnamed(one.description),
        place=one.place,
        online=one.is_online,
        topics=list(one.tags),
        calendar=one.calendar,
        link=one.link,
        dates=[_date(each, is_cancelled=each.is_cancelled) for each in dates],
        material=material,
        ask=whom_to_ask(one, site.settings).mail,
        as_of=stand(site, {one.connector}),
    )


def _seen(site: Site, uid: str) -> Listed:
    one = site.catalogue.one(uid)
    if one is None or one.calendar not in visitor().calendars:
        abort(HTTPStatus.NOT_FOUND)
    return one


def _training_date(each: ListedDate) -> shapes.TrainingDate:
    one = each.training
    return shapes.TrainingDate(
        uid=one.uid,
        title=one.title,
        date=_date(each, is_cancelled=each.is_cancelled),
        place=one.place,
        online=one.is_online,
        topics=list(one.tags),
        calendar=one.calendar,
        full=one.is_full,
    )


def _date(span: Span, *, is_cancelled: bool) -> shapes.Date:
    return shapes.Date(span.start, span.end, span.is_all_day, is_cancelled)


def planned_for(site: Site, wanted: asked.Days) -> list[shapes.Happening]:
    """What takes place, of what the asker may cancel."""
    return [
        shapes.Happening(
            each.key,
            each.title,
            _date(each, is_cancelled=each.is_cancelled),
            each.place,
            list(each.calendars),
            each.word is not None,
        )
        for each in theirs(site, wanted)
    ]


def theirs(site: Site, wanted: asked.Days) -> tuple[Happening, ...]:
    calendars = calendars_of(visitor(), site.settings)
    listed = (each for each in site.catalogue.listed() if each.calendar in calendars)
    first, zone = wanted.first or site.now.date(), site.settings.network.timezone
    return happenings(listed, words_of(site.state), first=first, days=wanted.days, zone=zone)


def mine(site: Site, wanted: asked.Paged) -> shapes.Mine:
    next_ones = coming(site)
    page = next_ones[(wanted.page - 1) * ON_A_PAGE : wanted.page * ON_A_PAGE]
    return shapes.Mine(
        len(next_ones),
        wanted.page,
        [_coming(each) for each in page],
        [shapes.MissedCalendar(each.key, each.name) for each in missed(site)],
    )


def _coming(each: Mine) -> shapes.Coming:
    meeting = None
    if each.meeting is not None and each.group is not None:
        date = shapes.Date(each.meeting.start, each.meeting.end, all_day=False, cancelled=False)
        meeting = shapes.Meeting(each.group.key, each.group.name, date, each.meeting.place)
    return shapes.Coming(_training_date(each.session) if each.session is not None else None, meeting)


def concepts(site: Site, _nothing: Nothing) -> list[shapes.Concept]:
    return [_concept(site, each, found) for each, found in concepts_shown(site)]


def concept(site: Site, _nothing: Nothing, key: str) -> shapes.Concept:
    one = next((each for each in concepts(site, Nothing()) if each.key == key), None)
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    return one


def _concept(site: Site, one: TrainingConcept, found: Sequence[Step]) -> shapes.Concept:
    shown_steps = [
        shapes.Step(
            each.number,
            each.name,
            [_training_date(date) for date in each.coming],
            _training_date(each.last) if each.last is not None else None,
        )
        for each in found
    ]
    return shapes.Concept(one.key, one.name, one.audience, one.description, material_of(one, site), shown_steps)


# ---------------------------------------------------------------------- groups, projects, subscriptions


def groups(site: Site, _nothing: Nothing) -> list[shapes.Group]:
    return [shown(each) for each in groups_shown(site.settings, site.state, visitor().onlooker, site.now)]


def group(site: Site, _nothing: Nothing, key: str) -> shapes.Group:
    return shown(known_group(site, key))


def known_group(site: Site, key: str) -> GroupShown:
    every = groups_shown(site.settings, site.state, visitor().onlooker, site.now)
    one = next((each for each in every if each.key == key), None)
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    return one


def shown(each: GroupShown) -> shapes.Group:
    return shapes.Group(
        key=each.key,
        name=each.name,
        topic=each.topic,
        administrations=list(each.represented),
        leads=[shapes.Lead(lead.account, lead.name, lead.administration) for lead in each.leads],
        open=each.is_open,
        belonging=str(each.belonging),
        may_join=each.may_join,
        meetings=[shapes.Date(one.start, one.end, all_day=False, cancelled=False) for one in each.meetings],
        links=[shapes.Link(str(door.place), door.address) for door in each.doors],
        minutes=[shapes.Link(one.name, one.address) for one in each.minutes],
    )


def projects(site: Site, _nothing: Nothing) -> list[shapes.Project]:
    return [_project(each) for each in projects_shown(site.settings, site.state, visitor().onlooker, site.now)]


def _project(each: ProjectShown) -> shapes.Project:
    folder = each.folder
    return shapes.Project(
        key=each.key,
        name=each.name,
        topic=each.topic,
        phase=str(each.phase),
        until=each.until,
        grants=[shapes.Grant(grant.who, str(grant.level)) for grant in each.grants],
        size=folder.size if folder else None,
        quota=folder.quota if folder else None,
        changed_at=folder.changed_at if folder else None,
        address=each.address,
    )


def subscriptions(site: Site, _nothing: Nothing) -> list[shapes.Subscription]:
    return [
        shapes.Subscription(each.id, str(each.kind), each.subject, each.made_at)
        for each in site.feeds.of(subscriber(site))
    ]


def offers(site: Site, _nothing: Nothing) -> list[shapes.Offer]:
    asks = subscriber(site)
    return [shapes.Offer(str(kind), subject) for kind in FeedKind for subject in site.feeds.offered(kind, asks)]


# ---------------------------------------------------------------------- operations


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
