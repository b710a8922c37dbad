"""Makes a planned day happen to the demonstration's devices, people and telephone."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dispatch.day_texts import DayTexts
from dispatch.geo import distance_m
from dispatch.importing import TownFiles
from dispatch.living_day import (
    DAY_S,
    HOUR_S,
    NIGHT_BEGINS,
    NIGHT_ENDS,
    Call,
    Finding,
    Happening,
    Silence,
    Trip,
    Weaken,
    plan_day,
)
from dispatch.virtual_devices import VirtualSensor
from dispatch.virtual_worker import Errand, Pace, VirtualWorker

LEAST_S = 25.0  # real seconds that a condition or a silence lasts, however fast the day

_log = logging.getLogger(__name__)


class Actor(Protocol):
    """Somebody or something that is called when it is time."""

    def tick(self, now: float) -> float:
        """Do what is due; return when to come back."""


class Tripped(Actor, Protocol):
    """Something that goes off and comes back: a detector, a button, a meter."""

    device_id: str
    active: bool

    def trip(self, now: float) -> None:
        """Let it happen."""

    def restore(self, now: float) -> None:
        """Let it be over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOrder:
    """How the living day is played.

    Attributes:
        seed: The same seed gives the same day.
        speed: Hours of the day in a real hour; devices' clocks stay real.
        begins_s: Seconds since midnight at the start.
        attend: A desk of the demonstration does the operators' work.
    """

    seed: int = 1
    speed: float = 1.0
    begins_s: float = 9 * HOUR_S
    attend: bool = False


class DayPlayer:
    """Plays one day after the other.

    Thread: the field's.
    """

    def __init__(
        self,
        order: DayOrder,
        *,
        town: TownFiles,
        texts: DayTexts,
        sensors: dict[str, Tripped],
        workers: list[VirtualWorker],
        pace: Pace,
        call: Callable[[Call], None],
        now: float,
    ) -> None:
        self._order, self._town, self._texts = order, town, texts
        self._sensors, self._workers, self._pace = sensors, workers, pace
        self._call = call
        self._began = now
        self._day = -1
        self._plan: list[Happening] = []
        self._ends: dict[str, float] = {}
        self._begin_day(order.begins_s)

    def at(self, now: float) -> float:
        """Return the seconds since the first day's midnight."""
        return self._order.begins_s + (now - self._began) * self._order.speed

    def tick(self, now: float) -> float:
        """Do what is due; return when to come back."""
        at_s = self.at(now) - self._day * DAY_S
        self._pace.at_rest = not (NIGHT_ENDS <= at_s / HOUR_S % 24 < NIGHT_BEGINS)
        while self._plan and self._plan[-1].at_s <= at_s:
            self._do(self._plan.pop(), now)
        for device_id in [each for each, end in self._ends.items() if end <= now]:
            del self._ends[device_id]
            self._sensors[device_id].restore(now)
        if at_s >= DAY_S:
            self._begin_day(at_s - DAY_S)
            return now
        soonest = self._plan[-1].at_s if self._plan else DAY_S
        over = min(self._ends.values(), default=math.inf)
        return min(now + (soonest - at_s) / self._order.speed, over)

    def _begin_day(self, begins_s: float) -> None:
        self._day += 1
        plan = plan_day(self._town, self._texts, seed=self._order.seed, day=self._day)
        self._plan = [each for each in reversed(plan) if each.at_s >= begins_s]
        _log.info("day %d: %d things to come", self._day, len(self._plan))

    def _do(self, happening: Happening, now: float) -> None:
        match happening.what:
            case Trip(device_id, for_s):
                self._sensors[device_id].trip(now)
                # Whatever held before: this one ends when it ends.
                self._ends.pop(device_id, None)
                if for_s is not None:
                    self._ends[device_id] = now + self._lasts(for_s)
            case Weaken(device_id):
                sensor = self._sensors[device_id]
                if isinstance(sensor, VirtualSensor):
                    sensor.weaken(now)
            case Silence(device_id, for_s):
                sensor = self._sensors[device_id]
                if isinstance(sensor, VirtualSensor):
                    sensor.fall_silent(now, self._lasts(for_s))
            case Finding() as finding:
                self._send_someone(finding, now)
            case Call() as call:
                self._call(call)

    def _lasts(self, for_s: float) -> float:
        return max(LEAST_S, for_s / self._order.speed)

    def _send_someone(self, finding: Finding, now: float) -> None:
        """Whoever is near and has nothing else to do finds it."""
        place = finding.place
        free = [worker for worker in self._workers if worker.is_free]
        if not free:
            return
        finder = min(free, key=lambda worker: distance_m(worker.at, place.point))
        errand = Errand(
            category=finding.category,
            text=finding.text,
            place_name=place.name,
            point=place.point,
        )
        finder.look_at(errand, now)
