"""How the demonstration's devices and people behave: pure plans, no socket, no clock.

Each actor is told what happens and what time it is, and answers with what it says
and when it wants to be called again.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dispatch import wire
from dispatch.geo import Point, bearing_deg, distance_m, moved

WALK_MPS = 1.35
HEARTBEAT_S = 60.0
REPEAT_ALARM_S = 25.0  # a detector that still sees smoke says so again
REACTION_S = 2.0  # until a worker looks at the terminal and signs
DEPART_S = 1.0
HANDLING_S = 240.0
FAR_M = 0.5

Send = Callable[[wire.Body, datetime | None], None]
Tell = Callable[[dict[str, object]], None]


@dataclass(slots=True)
class Pace:
    """How fast the demonstration lives; walking and handling only.

    Attributes:
        speed_up: 60: an hour's walk in a minute.
        reaction_s: Until a task is signed; never sped up.
    """

    speed_up: float = 1.0
    reaction_s: float = REACTION_S

    @property
    def walk_mps(self) -> float:
        """Return the speed of a walker."""
        return WALK_MPS * self.speed_up

    @property
    def handling_s(self) -> float:
        """Return how long handling takes."""
        return HANDLING_S / self.speed_up


@dataclass(slots=True)
class VirtualSensor:
    """A smoke detector or a panic button on a wall.

    Attributes:
        device_id: Its name.
        kind: Its kind.
        send: Puts a message into its outbox.
        tell: Reports to whoever started the field.
    """

    device_id: str
    kind: str
    send: Send
    tell: Tell
    battery: float = 97.0
    active: bool = False
    _next_beat: float = field(default=0.0)
    _next_alarm: float = field(default=math.inf)
    _told: int = 0

    def trip(self, now: float) -> None:
        """Let it see smoke, or be pressed."""
        if not self.active:
            self.active, self._told, self._next_alarm = True, 0, now
        self.tick(now)

    def restore(self, now: float) -> None:
        """Let the condition go away."""
        if self.active:
            self.active, self._next_alarm = False, math.inf
            self.send(wire.Restore(), None)
            self.tell({"restored": self.device_id})

    def tick(self, now: float) -> float:
        """Do what is due; return when to come back."""
        if now >= self._next_alarm:
            self._told += 1
            text = (
                "烟雾浓度超过报警阈值" if self.kind == "smoke_detector" else "按下按钮"
            )
            self.send(wire.Alarm(text=text), None)
            self.tell({"fired": self.device_id, "count": self._told})
            again = self.kind == "smoke_detector" and self._told < 3
            self._next_alarm = now + REPEAT_ALARM_S if again else math.inf
        if now >= self._next_beat:
            self.send(wire.Heartbeat(battery=round(self.battery, 1)), None)
            self.battery = max(20.0, self.battery - 0.01)
            self._next_beat = now + HEARTBEAT_S
        return min(self._next_beat, self._next_alarm)


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
        photo: bytes,
        seed: int,
        clock: Callable[[], datetime],
        finished: Callable[[wire.Task], None],
        silent_for: timedelta | None = None,
    ) -> None:
        self.unit_id = unit_id
        self.at = post
        self.task: wire.Task | None = None
        self.stage = "round"
        self._post = post
        self._send, self._tell, self._pace = send, tell, pace
        self._photo, self._clock, self._finished = photo, clock, finished
        self._random = random.Random(seed)
        self._way: list[Point] = []
        self._moved_at: float | None = None
        self._next_fix = 0.0
        self._due = math.inf  # of the stage
        self._silent_for = silent_for

    def offer(self, task: wire.Task, now: float) -> None:
        """Hear of a task."""
        self.task = task
        self._silent_for = None
        self._next_fix = min(self._next_fix, now)
        self._move(now)
        self.stage = "signed" if task.signed else "offered"
        self._due = now + (DEPART_S if task.signed else self._pace.reaction_s)
        self._tell({"task": task.task, "unit": self.unit_id, "place": task.place_name})

    def recall(self, task: str, now: float) -> None:
        """Hear that a task no longer stands."""
        if self.task is not None and self.task.task == task:
            self._tell({"recalled": task, "unit": self.unit_id})
            self._go_home(now)

    def tick(self, now: float) -> float:
        """Walk on, speak when it is time; return when to come back."""
        self._move(now)
        task = self.task
        if task is not None:
            self._work(task, now)
        if self._silent_for is not None:
            self._say_old_fix()
            self._next_fix = math.inf
        elif now >= self._next_fix:
            self._say_fix()
            fast = self.stage == "walking" and self._pace.speed_up > 5
            self._next_fix = now + (1.0 if fast else self._random.uniform(10, 15))
        if self.stage == "round" and not self._way and self._silent_for is None:
            self._way = [self._round_corner()]
        step = now + 0.25 if self.stage == "walking" else math.inf
        return min(self._next_fix, self._due, step)

    def _work(self, task: wire.Task, now: float) -> None:
        if self.stage == "offered" and now >= self._due:
            self._answer(wire.Sign(task=task.task, where=self._where()), "signed")
            self.stage, self._due = "signed", now + DEPART_S
        elif self.stage == "signed" and now >= self._due:
            self._answer(wire.Depart(task=task.task, where=self._where()), "departed")
            self._way = self._path_to(Point(task.where.lon, task.where.lat))
            self.stage, self._due, self._moved_at = "walking", math.inf, now
        elif self.stage == "walking" and not self._way:
            self._answer(wire.Arrive(task=task.task, where=self._where()), "arrived")
            self._say_fix()
            self.stage, self._due = "handling", now + self._pace.handling_s
        elif self.stage == "handling" and now >= self._due:
            photo = wire.Photo(
                media_type="image/jpeg",
                data=self._photo,
                name="现场.jpg",
                taken_at=self._clock(),
            )
            report = wire.Finish(
                task=task.task,
                text=_report(task.category),
                photo=photo if self._photo else None,
                where=self._where(),
            )
            self._answer(report, "finished")
            self._finished(task)
            self._go_home(now)

    def _answer(self, body: wire.Answer, word: str) -> None:
        self._send(body, None)
        self._tell({word: body.task, "unit": self.unit_id})

    def _go_home(self, now: float) -> None:
        self._move(now)
        self.task, self.stage, self._due = None, "round", math.inf
        self._way = self._path_to(self._post)

    def _move(self, now: float) -> None:
        last, self._moved_at = self._moved_at, now
        if last is None or not self._way:
            return
        # Only the way to a task is sped up; a round stays a round.
        pace = self._pace.walk_mps if self.stage == "walking" else WALK_MPS
        left = (now - last) * pace
        if self.stage in ("offered", "signed", "handling"):
            return
        while self._way and left > 0:
            ahead = distance_m(self.at, self._way[0])
            if ahead <= left + FAR_M:
                self.at = self._way.pop(0)
                left -= ahead
            else:
                self.at = moved(self.at, bearing_deg(self.at, self._way[0]), left)
                return

    def _path_to(self, end: Point) -> list[Point]:
        """Walk round the corner, as lanes run, not through the houses."""
        if distance_m(self.at, end) < 25:
            return [end]
        return [Point(end.lon, self.at.lat), end]

    def _round_corner(self) -> Point:
        bearing = self._random.uniform(0, 360)
        return moved(self._post, bearing, self._random.uniform(15, 70))

    def _where(self) -> wire.Where:
        return wire.Where(lon=self.at.lon, lat=self.at.lat, accuracy_m=6.0)

    def _say_fix(self) -> None:
        accuracy = self._random.uniform(4, 12)
        seen = moved(
            self.at, self._random.uniform(0, 360), self._random.uniform(0, accuracy / 3)
        )
        where = wire.Where(
            lon=round(seen.lon, 6),
            lat=round(seen.lat, 6),
            accuracy_m=round(accuracy, 1),
        )
        moving = bool(self._way) and self.stage in ("round", "walking")
        self._send(wire.Position(where=where, speed_mps=WALK_MPS * moving), None)

    def _say_old_fix(self) -> None:
        # A terminal out of reach: one fix, as old as it says.
        if self._silent_for is not None and self._next_fix != math.inf:
            where = wire.Where(lon=self.at.lon, lat=self.at.lat, accuracy_m=25.0)
            at = self._clock() - self._silent_for
            self._send(wire.Position(where=where, speed_mps=0.0), at)


def _report(category: str) -> str:
    return {
        "B001": "厨房油锅起火已扑灭，无人受伤，关闭液化气阀门，开窗通风，已提醒老人。",
        "B003": "到场查看，老人误触按钮，身体无恙，已通知家属。",
    }.get(category, "已到场处置完毕，现场恢复正常。")
