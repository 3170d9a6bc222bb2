"""Killed at any write of cancelling, of taking it back, and of undo: the next run, or the same again, makes it whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from journeys_town import THREE, Town, row, town

from connectors.nextcloud.calendars import NextcloudCalendars
from network.state import StateStore
from plugin.assembly import open_service
from plugin.service import Service

__all__ = ["town"]

ALL = ["E-Akte", "IT-Sicherheit", "OZG Grundlagen"]
CANCELLED = ["Fällt aus: E-Akte", "IT-Sicherheit", "OZG Grundlagen"]


class Killed(BaseException):
    """Nothing of ours runs on after it."""


class Killing:
    """Counts what is written, in our books and in Nextcloud, and dies right before or right after one of them."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.number, self.after, self.count = number, after, 0

    def around(self, patch: pytest.MonkeyPatch, owner: type, name: str) -> None:
        write = getattr(owner, name)

        def watched(*told: object, **named: object) -> object:
            self.count += 1
            is_it = self.count == self.number
            if is_it and not self.after:
                raise Killed
            done = write(*told, **named)
            if is_it:
                raise Killed
            return done

        patch.setattr(owner, name, watched)


@contextmanager
def killing(number: int, *, after: bool) -> Iterator[Killing]:
    killed = Killing(number, after=after)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("remember_all", "forget"):
            killed.around(patch, StateStore, name)
        for name in ("put", "delete", "purge_object"):
            killed.around(patch, NextcloudCalendars, name)
        yield killed


def killed_at(town: Town, number: int, *, after: bool, work: Callable[[Service], object]) -> bool:
    """Whether there was a write of that number."""
    with (
        open_service(town.config, environment=town.environment, clock=town.now) as service,
        killing(number, after=after) as found,
    ):
        try:
            work(service)
        except Killed:
            assert found.count >= number
            return True
    return False


def cancel(service: Service) -> object:
    return service.cancel(service.happening("E-Akte"), "erkrankt")


def take_back(service: Service) -> object:
    return service.take_place(service.happening("E-Akte"))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_cancelling_converges_at_every_write(town: Town, after: bool) -> None:
    town.apply()
    number = 1
    while killed_at(town, number, after=after, work=cancel):
        was_said = number > 1 or after
        town.apply()
        assert town.titles() == (CANCELLED if was_said else ALL), number
        assert not town.apply().plan.changes
        if was_said:
            town._do(take_back)
        assert town.titles() == ALL
        number += 1
    assert number > 3


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_taking_it_back_converges_at_every_write(town: Town, after: bool) -> None:
    town.apply()
    number = 1
    town._do(cancel)
    while killed_at(town, number, after=after, work=take_back):
        was_said = number > 1 or after
        town.apply()
        assert town.titles() == (ALL if was_said else CANCELLED), number
        assert not town.apply().plan.changes
        if was_said:
            town._do(cancel)
        assert town.titles() == CANCELLED
        number += 1
    assert number > 3


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_undo_that_was_killed_is_finished_by_another_one(town: Town, after: bool) -> None:
    """Once the calendar is held, no run in between does what was taken back again."""
    wrong = [row(1, "Falsch"), *THREE[1:], row(4, "Zu viel")]
    town.apply()
    number = 1 if after else 2
    while True:
        town.wait(hours=1)
        town.save(wrong)
        town.apply()
        assert "Falsch" in town.titles()
        if not killed_at(town, number, after=after, work=undo):
            break
        town.apply()
        town._do(undo)
        assert town.titles() == ALL, number
        town._do(lambda service: service.release_taken_back("calendar:schulungen"))
        number += 3
    assert number > 5


def undo(service: Service) -> object:
    return service.undo(service.plan_undo().plan.fingerprint)
