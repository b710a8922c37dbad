"""A few at a time may be opening, and nobody is forgotten who waits."""

import threading
import time
from collections.abc import Callable
from functools import partial

from tests.limits_kit import PATIENCE_S
from video.openings import Openings


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class Comer(threading.Thread):
    """One that wants a place, and keeps it until it is told to go."""

    def __init__(self, openings: Openings) -> None:
        super().__init__(daemon=True)
        self.openings = openings
        self.without = False
        self.inside = threading.Event()
        self.go = threading.Event()
        self.start()

    def run(self) -> None:
        with self.openings.place(lambda: self.without):
            self.inside.set()
            self.go.wait(PATIENCE_S)


def any_inside(comers: list[Comer]) -> bool:
    return any(each.inside.is_set() for each in comers)


def end(*comers: Comer) -> None:
    for each in comers:
        each.go.set()
    for each in comers:
        each.join(PATIENCE_S)
        assert not each.is_alive()


def test_places_go_round():
    openings = Openings(2)
    comers = [Comer(openings) for _ in range(5)]
    until(lambda: sum(each.inside.is_set() for each in comers) == 2)
    for _ in range(3):
        waiting = [each for each in comers if not each.inside.is_set()]
        end(next(each for each in comers if each.inside.is_set() and each.is_alive()))
        until(partial(any_inside, waiting))
    end(*comers)


def test_one_that_is_shown_meanwhile_waits_no_longer_and_takes_nothing():
    openings = Openings(1)
    holds = Comer(openings)
    assert holds.inside.wait(PATIENCE_S)
    called_up, waits = Comer(openings), Comer(openings)
    called_up.without = True
    openings.look_again()
    assert called_up.inside.wait(PATIENCE_S)
    assert not waits.inside.is_set()
    end(called_up)
    assert not waits.inside.is_set()
    end(holds)
    assert waits.inside.wait(PATIENCE_S)
    end(waits)
