"""The calls by which staff read. Each sees what the pages would show the same person."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort

from calendar_sync.wording import unnamed
from network.settings import TrainingConcept
from network.state.feeds import FeedKind
from plugin.cancelling import words_of
from plugin.concepts import Step
from plugin.happenings import Happening, happenings
from plugin.listed import Listed, ListedDate, Span
from plugin.overviews.doors import file_address
from plugin.overviews.groups import GroupShown, groups_shown
from plugin.overviews.projects import ProjectShown, projects_shown
from plugin.searching import Search, found
from plugin.towns import towns
from plugin.web.access import form_token, visitor
from plugin.web.api import asked, shapes
from plugin.web.api.asked import Nothing
from plugin.web.pages.cancelling import calendars_of
from plugin.web.pages.concepts import concepts_shown, material_of
from plugin.web.pages.listing import stand, visible
from plugin.web.pages.mine import Mine, coming, missed
from plugin.web.pages.subscriptions import subscriber
from plugin.web.site import Site
from plugin.whom_to_ask import whom_to_ask

ON_A_PAGE = 100


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
