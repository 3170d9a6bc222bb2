"""What calls take: parts of the address behind its "?", and bodies. Everything has a bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass as checked

STRICT = ConfigDict(extra="forbid")

WITHOUT_NUL = r"^[^\x00]*$"
Words = Annotated[str, Field(max_length=300, pattern=WITHOUT_NUL)]
Key = Annotated[str, Field(min_length=1, max_length=300, pattern=WITHOUT_NUL)]
Fingerprint = Annotated[str, Field(pattern=r"^\s*[0-9A-Za-z]{1,32}\s*$")]
Page = Annotated[int, Field(ge=1, le=1000)]


@checked(frozen=True, slots=True, config=STRICT)
class Search:
    """`open` leaves out what is full or cancelled; without `first` only what is not over yet."""

    words: Words = ""
    topic: Words = ""
    town: Words = ""
    calendar: Words = ""
    first: date | None = None
    last: date | None = None
    online: bool | None = None
    open: bool = False
    page: Page = 1


@checked(frozen=True, slots=True, config=STRICT)
class Days:
    """`days` from `first` on; today when it is not said."""

    first: date | None = None
    days: Annotated[int, Field(ge=1, le=31)] = 1


@checked(frozen=True, slots=True, config=STRICT)
class Paged:
    page: Page = 1


@checked(frozen=True, slots=True, config=STRICT)
class History:
    scope: Words = ""
    words: Words = ""
    page: Page = 1


@checked(frozen=True, slots=True, config=STRICT)
class NewSubscription:
    """`subject`: key of a calendar or an administration, or a topic; empty for `person`."""

    kind: Literal["person", "administration", "calendar", "topic"]
    subject: Words = ""


@checked(frozen=True, slots=True, config=STRICT)
class Cancellation:
    """`key` and `day` name what GET /happenings showed. `back`: it takes place after all."""

    key: Key
    day: date
    reason: Words = ""
    back: bool = False


@checked(frozen=True, slots=True, config=STRICT)
class NewRun:
    """One connector, or all."""

    connector: Words = ""


@checked(frozen=True, slots=True, config=STRICT)
class TakingBack:
    """Exactly the plan of this fingerprint."""

    fingerprint: Fingerprint


@checked(frozen=True, slots=True, config=STRICT)
class GoingOn:
    """`scope` as GET /taking-back names it; `sure` that its sources are right again."""

    scope: Key
    sure: Literal[True]


@checked(frozen=True, slots=True, config=STRICT)
class Approval:
    """Exactly the plan of this fingerprint. `release` lets go of the guard of `scope`."""

    fingerprint: Fingerprint
    scope: Words = ""
    release: bool = False


@checked(frozen=True, slots=True, config=STRICT)
class NewAnswer:
    connector: Key
    key: Key
    words: Literal["accept", "keep", "cancel"]


@dataclass(frozen=True, slots=True)
class Nothing:
    """A call that takes nothing."""
