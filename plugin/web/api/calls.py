"""Every call of the API as plain data. A new one is a line here and one in `plugin.web.access.ALLOWED`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from plugin.web.api import acting, asked, overseeing, reading, shapes
from plugin.web.api.asked import Nothing

Method = Literal["GET", "POST", "DELETE"]
Kind = type[object]


@dataclass(frozen=True, slots=True)
class Call:
    """`takes` is read from the address for GET, else from the body; `answers` is None where there is nothing to say.

    `path` names its variables as OpenAPI does; those in `numbers` are whole numbers, all others texts.
    """

    name: str
    method: Method
    path: str
    says: str
    takes: Kind
    answers: object
    carry_out: Callable[..., object]
    numbers: frozenset[str] = frozenset()


def _call(
    method: Method, path: str, says: str, carry_out: Callable[..., object], answers: object, takes: Kind = Nothing
) -> Call:
    numbers = frozenset({"number"} if "{number}" in path else ())
    return Call(carry_out.__name__, method, path, says, takes, answers, carry_out, numbers)


CALLS: tuple[Call, ...] = (
    _call("GET", "/me", "Who is asking, and what they may.", reading.me, shapes.Me),
    _call("GET", "/trainings", "Dates of trainings.", reading.trainings, shapes.Trainings, asked.Search),
    _call("GET", "/trainings/{uid}", "One training.", reading.training, shapes.Training),
    _call("GET", "/concepts", "Training concepts, step by step.", reading.concepts, list[shapes.Concept]),
    _call("GET", "/concepts/{key}", "One training concept.", reading.concept, shapes.Concept),
    _call("GET", "/mine", "What comes next for oneself.", reading.mine, shapes.Mine, asked.Paged),
    _call("POST", "/mine/calendars/{key}", "Get a lost calendar back.", acting.bring_back, shapes.Returned),
    _call("GET", "/exchange-groups", "Exchange groups.", reading.groups, list[shapes.Group]),
    _call("GET", "/exchange-groups/{key}", "One exchange group.", reading.group, shapes.Group),
    _call("POST", "/exchange-groups/{key}/membership", "Join an open group.", acting.join, shapes.Membership),
    _call("DELETE", "/exchange-groups/{key}/membership", "Leave a group.", acting.leave, shapes.Membership),
    _call("GET", "/projects", "Projects.", reading.projects, list[shapes.Project]),
    _call("GET", "/subscriptions", "One's own calendar feeds.", reading.subscriptions, list[shapes.Subscription]),
    _call("GET", "/subscriptions/offers", "What one may subscribe to.", reading.offers, list[shapes.Offer]),
    _call(
        "POST",
        "/subscriptions",
        "Subscribe to a calendar feed.",
        acting.subscribe,
        shapes.NewSubscription,
        asked.NewSubscription,
    ),
    _call(
        "POST", "/subscriptions/{id}/renewal", "A new address; the old one ends.", acting.renew, shapes.NewSubscription
    ),
    _call("DELETE", "/subscriptions/{id}", "End a calendar feed.", acting.unsubscribe, None),
    _call("GET", "/happenings", "What may be cancelled.", reading.planned_for, list[shapes.Happening], asked.Days),
    _call(
        "POST", "/cancellations", "One date is cancelled, or not.", acting.cancel, shapes.Cancelled, asked.Cancellation
    ),
    _call("GET", "/state", "How things stand.", overseeing.state, shapes.State),
    _call("GET", "/preview", "The plan that was computed last.", overseeing.preview, shapes.Preview),
    _call("POST", "/preview", "Have a plan computed.", acting.compute, shapes.Errand),
    _call("POST", "/approvals", "Have exactly this plan carried out.", acting.approve, shapes.Errand, asked.Approval),
    _call("GET", "/taking-back", "What would take the last run back.", overseeing.taking_back, shapes.TakingBack),
    _call("POST", "/taking-back", "Have it taken back.", acting.take_back, shapes.Errand, asked.TakingBack),
    _call("POST", "/taking-back/releases", "Let a resting calendar go on.", acting.go_on, None, asked.GoingOn),
    _call("GET", "/figures", "The numbers behind the pictures.", overseeing.figures, shapes.Figures),
    _call("GET", "/errands/{number}", "What became of it.", overseeing.errand, shapes.Errand),
    _call("GET", "/questions", "Open questions of sources.", overseeing.questions, list[shapes.Question]),
    _call("POST", "/answers", "Answer one.", acting.answer, None, asked.NewAnswer),
    _call("GET", "/runs", "Runs, newest first.", overseeing.runs, list[shapes.Run], asked.Paged),
    _call("POST", "/runs", "Have a run started.", acting.run_now, shapes.Errand, asked.NewRun),
    _call("GET", "/runs/{number}", "One run.", overseeing.run, shapes.RunDetails, asked.Paged),
    _call("GET", "/changes", "Single changes, newest first.", overseeing.changes, list[shapes.Change], asked.History),
    _call("GET", "/settings", "The configuration, without secrets.", overseeing.settings, list[shapes.Setting]),
    _call("GET", "/log", "The last lines of the log.", overseeing.log, list[str]),
    _call("GET", "/support-bundle", "The support bundle (zip).", overseeing.bundle, bytes),
)
