"""How the demonstration's people behave: a round, a task, a finding. Pure plans.

Each is told what happens and what time it is, and answers with what it says and when
it wants to be called again.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from dispatch import wire
from dispatch.day_texts import DayTexts
from dispatch.geo import Point, moved
from dispatch.walking import RoadNet, Walker

WALK_MPS = 1.35
REACTION_S = 2.0  # until a worker looks at the terminal and signs
DEPART_S = 1.0
HANDLING_S = 240.0
HASTE = 5.0  # sped up beyond this, a fix a second or two keeps a way a way
PHOTO_NAME = "现场.jpg"

Send = Callable[[wire.Body, datetime | None], None]
Tell = Callable[[dict[str, object]], None]


@dataclass(slots=True)
class Pace:
    """How fast the demonstration lives; the ways to tasks and handling only.

    Attributes:
        speed_up: 60: an hour's walk in a minute.
        reaction_s: Until a task is signed; never sped up.
        at_rest: It is night: nobody begins another round.
    """

    speed_up: float = 1.0
    reaction_s: float = REACTION_S
    at_rest: bool = False

    @property
    def handling_s(self) -> float:
        """Return how long handling takes."""
        return HANDLING_S / self.speed_up


@dataclass(frozen=True, kw_only=True, slots=True)
class Habits:
    """How somebody goes about the day.

    Attributes:
        texts: What they write.
        roads: Where they walk; None: straight on, near their post.
        reach_m: How far from their post a round leads.
        rests_s: Between two ways of a round.
        fix_s: Between two positions.
        declines: How likely a task is handed back.
        mps: How fast they go: on foot, or in their vehicle.
    """

    texts: DayTexts
    roads: RoadNet | None = None
    reach_m: float = 70.0
    rests_s: tuple[float, float] = (0.0, 0.0)
    fix_s: tuple[float, float] = (10.0, 15.0)
    declines: float = 0.0
    mps: float = WALK_MPS


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """Something that somebody goes to see and reports.

    Attributes:
        category: Taxonomy code.
        text: What is found.
        place_name: Where, in words.
        point: Where.
    """

    category: str
    text: str
    place_name: str
    point: Point


class VirtualWorker:
    """Someone with a terminal: walks a round, takes a task, does it, reports.

    Thread: the field's.
    """

    def __init__(
        self,
        unit_id: str,
        post: Point,
        *,
        send: Send,
        tell: Tell,
        pace: Pace,
        habits: Habits,
        photo: bytes,
        seed: int,
        clock: Callable[[], datetime],
        calm: Callable[[wire.Task], bool],
        silent_for: timedelta | None = None,
    ) -> None:
        self.unit_id = unit_id
        self.walker = Walker(post)
        self.task: wire.Task | None = None
        self.stage = "round"
        self._post = post
        self._send, self._tell, self._pace = send, tell, pace
        self._habits, self._photo, self._clock = habits, photo, clock
        self._calm = calm
        self._random = Random(seed)
        self._errand: Errand | None = None
        self._moved_at: float | None = None
        self._next_fix = 0.0
        self._rests_until = 0.0
        self._due = math.inf  # of the stage
        self._silent_for = silent_for

    @property
    def at(self) -> Point:
        """Return where they are."""
        return self.walker.at

    @property
    def is_free(self) -> bool:
        """Return whether they are on their round, and heard of."""
        return self.stage == "round" and self._silent_for is None

    def offer(self, task: wire.Task, now: float) -> None:
        """Hear of a task; what they were going to look at has to wait for others."""
        self._move(now)
        self.task, self._errand = task, None
        self._silent_for = None
        self._next_fix = min(self._next_fix, now)
        self.stage = "signed" if task.signed else "offered"
        self._due = now + (DEPART_S if task.signed else self._pace.reaction_s)
        self._tell({"task": task.task, "unit": self.unit_id, "place": task.place_name})

    def recall(self, task: str, now: float) -> None:
        """Hear that a task no longer stands."""
        if self.task is not None and self.task.task == task:
            self._tell({"recalled": task, "unit": self.unit_id})
            self._go_home(now)

    def look_at(self, errand: Errand, now: float) -> None:
        """Go and see something, and report it."""
        self._move(now)
        self._errand, self.stage, self._moved_at = errand, "errand", now
        self.walker.seek(errand.point, self._habits.roads)

    def tick(self, now: float) -> float:
        """Walk on, speak when it is time; return when to come back."""
        self._move(now)
        task = self.task
        if task is not None:
            self._work(task, now)
        elif self._errand is not None and not self.walker.way:
            self._report(self._errand)
        if self._silent_for is not None:
            self._say_old_fix()
            self._next_fix = math.inf
        elif now >= self._next_fix:
            self._say_fix()
            self._next_fix = now + self._fix_s()
        if self.stage == "round" and not self.walker.way and self._silent_for is None:
            self._begin_round(now)
        step = now + 0.25 if self.stage in ("walking", "errand") else math.inf
        return min(self._next_fix, self._due, step)

    # -- inside ---------------------------------------------------------------

    def _work(self, task: wire.Task, now: float) -> None:
        if self.stage == "offered" and now >= self._due:
            if self._random.random() < self._habits.declines:
                self._decline(task, now)
                return
            self._answer(wire.Sign(task=task.task, where=self._where()), "signed")
            self.stage, self._due = "signed", now + DEPART_S
        elif self.stage == "signed" and now >= self._due:
            self._answer(wire.Depart(task=task.task, where=self._where()), "departed")
            self.walker.seek(Point(task.where.lon, task.where.lat), self._habits.roads)
            self.stage, self._due, self._moved_at = "walking", math.inf, now
        elif self.stage == "walking" and not self.walker.way:
            self._answer(wire.Arrive(task=task.task, where=self._where()), "arrived")
            self._say_fix()
            self.stage, self._due = "handling", now + self._pace.handling_s
        elif self.stage == "handling" and now >= self._due:
            was_real = self._calm(task)
            report = wire.Finish(
                task=task.task,
                text=self._habits.texts.report(
                    task.category, self._random, was_real=was_real
                ),
                photo=self._take_photo(),
                where=self._where(),
            )
            self._answer(report, "finished")
            self._go_home(now)

    def _decline(self, task: wire.Task, now: float) -> None:
        reason = self._random.choice(self._habits.texts.declined)
        said = wire.Return(task=task.task, reason=reason, where=self._where())
        self._answer(said, "returned")
        self._go_home(now)

    def _report(self, errand: Errand) -> None:
        said = wire.Report(
            category=errand.category,
            text=errand.text,
            place=errand.place_name,
            photo=self._take_photo(),
            where=self._where(),
        )
        self._send(said, None)
        self._tell({"reported": errand.category, "unit": self.unit_id})
        self._errand, self.stage = None, "round"

    def _answer(self, body: wire.Answer, word: str) -> None:
        self._send(body, None)
        self._tell({word: body.task, "unit": self.unit_id})

    def _go_home(self, now: float) -> None:
        self._move(now)
        self.task, self.stage, self._due = None, "round", math.inf
        self.walker.seek(self._post, self._habits.roads)

    def _move(self, now: float) -> None:
        last, self._moved_at = self._moved_at, now
        if last is None or self.stage in ("offered", "signed", "handling"):
            return
        # Only the way to something is sped up; a round stays a round.
        speed = self._pace.speed_up if self.stage in ("walking", "errand") else 1.0
        self.walker.go((now - last) * self._habits.mps * speed)

    def _begin_round(self, now: float) -> None:
        if now < self._rests_until or self._pace.at_rest:
            return
        self._rests_until = now + self._random.uniform(*self._habits.rests_s)
        roads, reach_m = self._habits.roads, self._habits.reach_m
        if roads is not None:
            corner = roads.somewhere(self._post, reach_m, self._random)
            if corner is not None:
                self.walker.seek(corner, roads)
                return
        bearing = self._random.uniform(0, 360)
        metres = self._random.uniform(15, min(reach_m, 70.0))
        self.walker.way = [moved(self._post, bearing, metres)]

    def _fix_s(self) -> float:
        hurries = self.stage in ("walking", "errand") and self._pace.speed_up > HASTE
        return 1.0 if hurries else self._random.uniform(*self._habits.fix_s)

    def _where(self) -> wire.Where:
        return wire.Where(lon=self.at.lon, lat=self.at.lat, accuracy_m=6.0)

    def _take_photo(self) -> wire.Photo | None:
        if not self._photo:
            return None
        return wire.Photo(
            media_type="image/jpeg",
            data=self._photo,
            name=PHOTO_NAME,
            taken_at=self._clock(),
        )

    def _say_fix(self) -> None:
        accuracy = self._random.uniform(4, 12)
        seen = moved(
            self.at, self._random.uniform(0, 360), self._random.uniform(0, accuracy / 3)
        )
        goes = self.stage in ("round", "walking", "errand") and bool(self.walker.way)
        heading = self.walker.heading if goes else None
        said = wire.Position(
            where=where(seen, accuracy_m=round(accuracy, 1)),
            speed_mps=self._habits.mps * goes,
            heading_deg=None if heading is None else round(heading % 360.0, 1),
        )
        self._send(said, None)

    def _say_old_fix(self) -> None:
        # A terminal out of reach: one fix, as old as it says.
        if self._silent_for is not None and self._next_fix != math.inf:
            at = self._clock() - self._silent_for
            fix = wire.Position(where=where(self.at, accuracy_m=25.0), speed_mps=0.0)
            self._send(fix, at)


def where(at: Point, *, accuracy_m: float) -> wire.Where:
    """Return a point as a receiver writes it."""
    return wire.Where(lon=round(at.lon, 6), lat=round(at.lat, 6), accuracy_m=accuracy_m)
