"""A run as text for a terminal: what changes where, what is held back, what is not touched, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from network.plan import Change, Kind, ScopePlan
from network.report import Outcome, Result
from network.text import NOTHING, Language
from plugin.render.run import Run
from plugin.render.sentences import NOT_LOOKED, RESULTS, SOURCE_STATES, deed, summary, untouched

MOST_LINES = 12
BESIDE = frozenset({Kind.DOCUMENT, Kind.MEMBER, Kind.SHARE})


def text(run: Run, language: Language, *, details: bool = False) -> str:
    """The whole run. Without `details` at most a dozen changes of a scope are listed one by one."""
    return "\n".join((*_scopes(run, language, details), *_rest(run, language)))


def brief(run: Run, language: Language) -> str:
    """The run without its single changes."""
    return "\n".join(_rest(run, language)).lstrip("\n")


def _scopes(run: Run, language: Language, details: bool) -> Iterator[str]:
    outcomes = {outcome.change: outcome for outcome in run.report.outcomes} if run.report else {}
    for scope in run.plan.scopes:
        if scope.changes or scope.held or scope.unsafe:
            yield from _scope(scope, outcomes, language, details)


def _rest(run: Run, language: Language) -> Iterator[str]:
    yield from _sources(run, language)
    yield from _problems(run, language)
    yield from _commands(run, language)
    yield ""
    yield _result(run, language)
    yield untouched(run.foreign, language) + (NOT_LOOKED.language(language) if _skipped_workspaces(run) else "")
    yield f"Mails: {run.mails}"
    yield ("Prüfnummer: " if language == "de" else "Fingerprint: ") + run.plan.fingerprint
    if run.is_preview:
        yield (
            "Vorschau (mode: preview): nirgends wurde etwas geändert."
            if language == "de"
            else "Preview (mode: preview): nothing was changed anywhere."
        )


def _skipped_workspaces(run: Run) -> bool:
    """Teams, folders and rooms are read only when their wish changed, or from time to time."""
    return run.command in ("plan", "apply") and not run.foreign.keys() & {"teams", "folders", "rooms"}


def _result(run: Run, language: Language) -> str:
    is_piloted = run.visible_to != NOTHING and bool(run.plan.changes)
    sentence = _piloted(run, language) if is_piloted else summary(run.plan.changes, language)
    sentence = sentence.rstrip(".") + "."
    if run.report is None:
        return sentence
    counts = ", ".join(
        f"{run.report.count(result)} {words[language]}" for result, words in RESULTS.items() if run.report.count(result)
    )
    return f"{sentence} {counts}".rstrip()


def _piloted(run: Run, language: Language) -> str:
    """What comes into being and who sees it; then what goes with it."""
    changes = run.plan.changes
    beside = [change for change in changes if change.kind in BESIDE]
    seen = [change for change in changes if change.kind not in BESIDE] or beside
    sentence = summary(seen, language) + (", sichtbar nur für " if language == "de" else ", visible only to ")
    sentence += run.visible_to.language(language)
    if len(seen) == len(changes):
        return sentence
    return sentence + (". Dazu: " if language == "de" else ". With it: ") + summary(beside, language)


def _scope(scope: ScopePlan, outcomes: Mapping[Change, Outcome], language: Language, details: bool) -> Iterator[str]:
    yield f"{scope.scope}  [{scope.fingerprint}]" + (f"  ({scope.where})" if scope.where else "")
    shown = scope.changes if details else scope.changes[:MOST_LINES]
    for change in shown:
        yield "  " + _change(change, outcomes.get(change), language)
    if len(scope.changes) > len(shown):
        rest = scope.changes[len(shown) :]
        yield f"  … {'und' if language == 'de' else 'and'} {summary(rest, language)}"
    if scope.unsafe is not None:
        yield from _stopped(scope, language)


def _stopped(scope: ScopePlan, language: Language) -> Iterator[str]:
    assert scope.unsafe is not None  # noqa: S101  # the caller asked
    start = "SICHERHEITSSTOPP: " if language == "de" else "STOPPED BY THE GUARD: "
    yield f"  {start}{scope.unsafe.language(language)}"
    for change in scope.held[:MOST_LINES]:
        yield f"    {_change(change, None, language)}"
    if not scope.held:
        return
    command = f"digitalnetzwerk apply --scope {scope.scope} --fingerprint {scope.fingerprint} --release-unsafe"
    yield f"    {'Freigeben' if language == 'de' else 'Release'}: {command}"


def _change(change: Change, outcome: Outcome | None, language: Language) -> str:
    words = f"{deed(change.kind, change.action, language)}: {change.title} – {change.reason.language(language)}"
    if outcome is None or outcome.result is Result.DONE:
        return words
    why = f": {outcome.problem.message.language(language)}" if outcome.problem else ""
    return f"{words} [{RESULTS[outcome.result][language]}{why}]"


def _sources(run: Run, language: Language) -> Iterator[str]:
    if run.sources:
        yield ""
    for source in run.sources:
        state = SOURCE_STATES[source.state].language(language) if source.state in SOURCE_STATES else source.state
        items = f"{source.items} {'Datensätze' if language == 'de' else 'items'}"
        held = f", {source.quarantined} {'zurückgestellt' if language == 'de' else 'quarantined'}"
        yield f"{'Quelle' if language == 'de' else 'Source'} {source.connector}: {state}, {items}" + (
            held if source.quarantined else ""
        )


def _problems(run: Run, language: Language) -> Iterator[str]:
    if run.problems:
        yield ""
        yield "Hinweise:" if language == "de" else "Notes:"
    for problem in run.problems:
        yield f"  {problem.line(language)}  [{problem.code}]"


def _commands(run: Run, language: Language) -> Iterator[str]:
    outcomes = run.report.outcomes if run.report else ()
    commands = list(dict.fromkeys(command for outcome in outcomes for command in outcome.commands))
    if commands:
        yield ""
        yield "Diese Befehle führt Ihr Rechenzentrum aus:" if language == "de" else "Commands for your data centre:"
    yield from (f"  {command}" for command in commands)
