"""Puts the question, finds the answer: who is meant, what is meant, which ways there are, and what else decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from network.document import Branch
from network.settings import Settings
from network.state import StateStore
from network.text import NOTHING, Text
from plugin.decided import Decided
from plugin.entries import entry_of
from plugin.explaining.granting import audience, rights, some_of
from plugin.explaining.known import Known
from plugin.explaining.objects import explain_object
from plugin.explaining.subjects import Subject, Town, facts, subject_of
from plugin.explaining.things import Thing, all_things, notes, things_called, things_named
from plugin.explaining.ways import Ways
from plugin.findings import Answer, Explanation
from plugin.group_whitelist import whitelist_line

_MOST_NAMED = 8


def explain(
    what: str, about: str, settings: Settings, document: Branch, state: StateStore, *, today: date
) -> Explanation:
    """Person or town and object may be given in either order. `about` empty: everything about `what`."""
    known = Known.of(settings, state)
    settings, _ = Decided.of(state).applied(settings, known.people)
    ways = Ways(settings, document, known)
    subject, things = _meant(what, about, settings, known)
    if subject is None or not things:
        return _object(what, ways, state, today) if not about else _unknown(what, about)
    answered = tuple(_answer(subject, thing, ways, today) for thing in things)
    facts_known = tuple(facts(subject, settings, document, known))
    if about:
        return Explanation(what, facts=facts_known, answers=answered, is_about_one=True)
    plain = explain_object(what, settings, state) if isinstance(subject, Town) else Explanation(what)
    rules = (*plain.rules, *_whitelist(subject, settings))
    return replace(plain, rules=rules, facts=facts_known, answers=answered)


def _object(what: str, ways: Ways, state: StateStore, today: date) -> Explanation:
    """Anything of ours; of a calendar, an exchange group or a project first who gets what there."""
    things = things_named(what, ways.settings)
    if len(things) != 1:
        return explain_object(what, ways.settings, state)
    (thing,) = things
    plain = explain_object(what if what == thing.scope.key else str(thing.scope), ways.settings, state)
    rules = (*audience(thing, ways), *notes(thing, today), *_circumstances(thing, ways), *plain.rules)
    return replace(plain, what=what, rules=rules)


def _unknown(what: str, about: str) -> Explanation:
    text = Text(
        "Dazu kennen wir nichts. Gefragt werden kann nach einer Person (Konto, Name oder Mailadresse) oder Verwaltung, "
        "und dazu nach einem Kalender, einer Austauschgruppe oder einem Projekt.",
        "Nothing is known of that. Ask about a person (account, name or mail address) or an administration, together "
        "with a calendar, an exchange group or a project.",
    )
    return Explanation(f"{what} – {about}", rules=(text,))


def _meant(what: str, about: str, settings: Settings, known: Known) -> tuple[Subject | None, tuple[Thing, ...]]:
    subject = subject_of(what, settings, known)
    if not about:
        return subject, tuple(all_things(settings))
    if subject is not None and (things := things_called(about, settings)):
        return subject, things
    return subject_of(about, settings, known), things_called(what, settings)


def _answer(subject: Subject, thing: Thing, ways: Ways, today: date) -> Answer:
    found = rights(thing, subject, ways)
    said = (*notes(thing, today), *_circumstances(thing, ways))
    is_for_few = isinstance(subject, Town) and not any(right.holds for right in found)
    partly = _singles(subject, thing, ways) if is_for_few and isinstance(subject, Town) else NOTHING
    entry = entry_of(thing.scope, ways.settings)
    where = entry.source if entry is not None else ""
    return Answer(subject.title, thing.title, str(thing.scope), where, found, said, partly)


def _singles(town: Town, thing: Thing, ways: Ways) -> Text:
    some = some_of(town, thing, ways)
    named = ", ".join(some[:_MOST_NAMED]) + (" …" if len(some) > _MOST_NAMED else "")
    return (
        Text(f"nur einzelne aus {town.title.de}: {named}", f"only some of {town.title.en}: {named}")
        if some
        else NOTHING
    )


def _circumstances(thing: Thing, ways: Ways) -> Iterator[Text]:
    """What holds beside the rules: a pilot, a preview, what the last look had to say."""
    network = ways.settings.network
    if network.pilot:
        yield Text(
            f"Pilotbetrieb: sehen können es nur Mitglieder der Gruppe „{network.pilot}“",
            f"pilot: only members of the group “{network.pilot}” see anything",
        )
    if network.mode == "preview":
        yield Text(
            "mode: preview – in Nextcloud steht noch nichts davon", "mode: preview – nothing stands in Nextcloud"
        )
    state = ways.known.states.get(str(thing.scope))
    if state is None and not ways.known.states:
        yield Text("noch kein Lauf hat etwas davon ausgeführt", "no run has carried out anything of it yet")
    elif state is not None and state.unsafe:
        yield Text(f"Sicherheitsstopp: {state.unsafe}; niemand verliert etwas", f"stopped: {state.unsafe}")
    elif state is not None and state.pending:
        yield Text(
            f"{state.pending} Änderungen stehen noch aus (digitalnetzwerk status)",
            f"{state.pending} changes are pending (digitalnetzwerk status)",
        )
    for problem in ways.known.look.said.get(str(thing.scope), ()):
        yield Text(f"{problem.where}: {problem.message.de}", f"{problem.where}: {problem.message.en}")


def _whitelist(subject: Subject, settings: Settings) -> tuple[Text, ...]:
    line = whitelist_line(settings)
    is_external = isinstance(subject, Town) and subject.administration.external
    return (line,) if line is not None and is_external else ()
