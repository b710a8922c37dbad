"""The demonstration's field: its devices and its people, in a process of their own.

Every one of them is a real client with a key and an outbox (`dispatch.field`); the
service cannot tell them from devices on a wall.

The process talks in JSON lines. Standard input, first line: {"address": …,
"server_key": …} with, if wanted, "town" (folder), "speed_up", "first_alarm_s" (null:
never by itself), "day" (the living day: {"desk_address": …, "seed", "speed",
"begins_s", "attend"}; without it nothing happens by chance); later lines: {"fire": ID},
{"press": ID}, {"restore": ID}, {"walk_speed": 60}, {"reaction_s": 2}, {"stats": true}.
Standard output: ready, what each does, stats. It ends when standard input closes.
"""

import json
import logging
import math
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

import resources
from dispatch import wire
from dispatch.day_player import DayOrder, DayPlayer
from dispatch.day_texts import load_texts
from dispatch.importing import BadTown, TownFiles, read_town
from dispatch.keys import KeyPair, desk_keys, load_or_make_keys
from dispatch.living_day import DAY_S, HOUR_S
from dispatch.virtual_cast import Cast, Line
from dispatch.virtual_desk import VirtualDesk
from dispatch.virtual_devices import VirtualSensor
from dispatch.virtual_worker import REACTION_S, Pace, VirtualWorker
from resources.home import Home

SAMPLE_TOWN = Path(resources.__file__).parent / "samples" / "yaozhuang-small"
FIRST_ALARM_S = 30.0
STATS_S = 5.0
FLUSH_S = 2.0
FILES_EACH = 8  # a connection, what watches it, an outbox with its journal
_LONGEST_PAUSE_S = 0.5
_log = logging.getLogger(__name__)
_Order = Callable[[], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldPlan:
    """What the first line asked for."""

    address: str
    server_key: str
    town: Path
    speed_up: float
    reaction_s: float
    first_alarm_s: float | None
    day: DayOrder | None = None
    desk_address: str = ""


def field_keys(home: Home, device_ids: Sequence[str]) -> dict[str, KeyPair]:
    """Return the demonstration devices' keys, made at the first call.

    Whoever enrols the devices and the process that plays them both come here.
    """
    folder = home.keys / "field"
    folder.mkdir(mode=0o700, exist_ok=True)
    return {i: load_or_make_keys(folder / f"{i}.json") for i in device_ids}


class VirtualField:
    """All devices of a town, played.

    Thread: `run` owns everything; `order` may be called from any other.
    """

    def __init__(
        self,
        home: Home,
        town: TownFiles,
        plan: FieldPlan,
        *,
        say: Callable[[dict[str, object]], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._plan, self._say, self._clock = plan, say, clock
        self._orders: SimpleQueue[_Order] = SimpleQueue()
        self._ended = threading.Event()
        self._pace = Pace(speed_up=plan.speed_up, reaction_s=plan.reaction_s)
        self._texts = load_texts()
        self._first_alarm = math.inf
        self._town = town
        self._places = {d.device_id: d.place_name for d in town.devices}
        folder = home.data / "field"
        folder.mkdir(mode=0o700, exist_ok=True)
        self._cast = Cast(
            town,
            Line(
                address=plan.address,
                server_key=plan.server_key,
                keys=field_keys(home, [d.device_id for d in town.devices]),
                folder=folder,
            ),
            texts=self._texts,
            photo=_photo(plan.town),
            pace=self._pace,
            lively=plan.day is not None,
            tell=say,
            clock=clock,
            heard=self._hear,
            calm=self._calm,
        )
        self._sensors, self._workers = self._cast.sensors, self._cast.workers
        self._clients = self._cast.clients
        self._desk = self._sit_down(home, folder) if plan.day is not None else None
        self._day = self._begin_day() if plan.day is not None else None

    def _sit_down(self, home: Home, folder: Path) -> VirtualDesk:
        day = self._plan.day
        assert day is not None
        return VirtualDesk(
            self._plan.desk_address,
            server_key=self._plan.server_key,
            keys=desk_keys(home),
            outbox=folder / "demonstration-desk.db",
            clock=self._clock,
            texts=self._texts,
            tell=self._say,
            seed=day.seed,
            speed=day.speed,
            attend=day.attend,
        )

    def _begin_day(self) -> DayPlayer:
        assert self._plan.day is not None
        assert self._desk is not None
        grids = {u.unit_id for u in self._town.units if u.grid_code}
        walkers = [w for w in self._workers.values() if w.unit_id in grids]
        return DayPlayer(
            self._plan.day,
            town=self._town,
            texts=self._texts,
            sensors=self._sensors,
            workers=walkers or list(self._workers.values()),
            pace=self._pace,
            call=self._desk.call,
            now=time.monotonic(),
        )

    def run(self) -> None:
        """Live until `end`."""
        now = time.monotonic()
        if self._plan.first_alarm_s is not None:
            self._first_alarm = now + self._plan.first_alarm_s
        next_stats = now
        actors = self._cast.actors()
        if self._day is not None:
            actors[""] = self._day
        due = dict.fromkeys(actors, now)
        self._say({"ready": True, "devices": len(self._clients)})
        while not self._ended.is_set():
            now = time.monotonic()
            if now >= self._first_alarm:
                self._first_alarm = math.inf
                self._trip("smoke_detector")
            for name, actor in actors.items():
                if now >= due[name]:
                    due[name] = actor.tick(now)
            if now >= next_stats:
                self._say({"stats": self.stats()})
                next_stats = now + STATS_S
            wake = min(next_stats, self._first_alarm, *due.values())
            if self._obey(min(_LONGEST_PAUSE_S, max(0.0, wake - time.monotonic()))):
                due = dict.fromkeys(due, 0.0)

    def end(self) -> None:
        """Let `run` return soon."""
        self._ended.set()
        self._orders.put(lambda: None)

    def close(self) -> None:
        """Send what waits, as far as it can be sent, and end every client."""
        if self._desk is not None:
            self._desk.close()
        deadline = time.monotonic() + FLUSH_S
        for client in self._clients.values():
            client.flush(max(0.0, deadline - time.monotonic()))
        last = self.stats()
        self._cast.close()
        self._say({"stats": last})

    def stats(self) -> dict[str, object]:
        """Return what all clients have done together, and each was told is kept."""
        by_device = {name: client.stats() for name, client in self._clients.items()}
        all_stats = list(by_device.values())
        return {
            "acknowledged_by_device": {
                name: stats.acknowledged for name, stats in by_device.items()
            },
            "connected": sum(s.connected for s in all_stats),
            "acknowledged": sum(s.acknowledged for s in all_stats),
            "rejected": sum(s.rejected for s in all_stats),
            "waiting": sum(s.waiting for s in all_stats),
            "resent": sum(s.resent for s in all_stats),
        }

    def order(self, message: dict[str, object]) -> None:
        """Take one order; unknown ones are answered, never obeyed."""
        self._orders.put(partial(self._carry_out, message))

    def _carry_out(self, message: dict[str, object]) -> None:
        now = time.monotonic()
        for word, value in message.items():
            sensor = self._sensors.get(value) if isinstance(value, str) else None
            if word in ("fire", "press") and sensor is not None:
                sensor.trip(now)
            elif word == "restore" and sensor is not None:
                sensor.restore(now)
            elif word == "walk_speed" and _is_amount(value):
                self._pace.speed_up = float(value)  # type: ignore[arg-type]
            elif word == "reaction_s" and _is_amount(value):
                self._pace.reaction_s = float(value)  # type: ignore[arg-type]
            elif word == "stats":
                self._say({"stats": self.stats()})
            else:
                self._say({"unknown": word})

    def _obey(self, timeout_s: float) -> bool:
        try:
            order = self._orders.get(timeout=timeout_s)
        except Empty:
            return False
        order()
        return True

    def _hear(self, worker: VirtualWorker, body: wire.Task | wire.Recalled) -> None:
        # On a client's thread: handed over to the field's own.
        if isinstance(body, wire.Task):
            self._orders.put(lambda: worker.offer(body, time.monotonic()))
        else:
            self._orders.put(lambda: worker.recall(body.task, time.monotonic()))

    def _trip(self, kind: str) -> None:
        for sensor in self._sensors.values():
            if isinstance(sensor, VirtualSensor) and sensor.kind == kind:
                sensor.trip(time.monotonic())
                return

    def _calm(self, task: wire.Task) -> bool:
        """What was handled no longer smokes; return whether it still did."""
        there = [
            sensor
            for sensor in self._sensors.values()
            if self._places[sensor.device_id] == task.place_name and sensor.active
        ]
        for sensor in there:
            sensor.restore(time.monotonic())
        return bool(there)


def run(
    home: Home,
    *,
    orders: IO[str] | None = None,
    out: IO[str] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> int:
    """Be the field process: read the first line, live, end with the input.

    Args:
        home: Where keys and outboxes are.
        orders: Where orders come from; standard input if None.
        out: Where status lines go; standard output if None.
        clock: The devices' clock.

    Returns:
        The process's exit status.
    """
    source = orders if orders is not None else sys.stdin
    sink = out if out is not None else sys.stdout
    lock = threading.Lock()
    alone = threading.Event()

    def say(message: dict[str, object]) -> None:
        if alone.is_set():
            return
        with lock:
            try:
                sink.write(json.dumps(message, ensure_ascii=False) + "\n")
                sink.flush()
            except OSError:
                alone.set()  # nobody listens any more; the end will come by the input

    try:
        plan = _plan(json.loads(source.readline() or "null"))
        town = read_town(plan.town)
    except BadTown as error:
        say({"error": str(error)})
        return 2
    except (ValueError, KeyError, TypeError, AttributeError):
        say({"error": "the first line must be {address, server_key, …} as JSON"})
        return 2
    _allow_files(FILES_EACH * len(town.devices))
    field = VirtualField(home, town, plan, say=say, clock=clock)

    def read_orders() -> None:
        for line in source:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict):
                field.order(message)
        field.end()

    threading.Thread(target=read_orders, name="field-orders", daemon=True).start()
    try:
        field.run()
    finally:
        field.close()
    return 0


def _plan(first: dict[str, object]) -> FieldPlan:
    alarm = first.get("first_alarm_s", FIRST_ALARM_S)
    speed, reaction = first.get("speed_up", 1.0), first.get("reaction_s", REACTION_S)
    if not (_is_amount(speed) and _is_amount(reaction)):
        raise ValueError("speed_up and reaction_s must be above zero")
    if alarm is not None and not _is_amount(alarm):
        raise ValueError("first_alarm_s must be above zero or null")
    return FieldPlan(
        address=str(first["address"]),
        server_key=str(first["server_key"]),
        town=Path(str(first.get("town", SAMPLE_TOWN))),
        speed_up=float(speed),  # type: ignore[arg-type]
        reaction_s=float(reaction),  # type: ignore[arg-type]
        first_alarm_s=None if alarm is None else float(alarm),  # type: ignore[arg-type]
        day=_day(first["day"]) if "day" in first else None,
        desk_address=_desk_address(first.get("day")),
    )


def _day(asked: object) -> DayOrder:
    if not isinstance(asked, dict):
        raise TypeError("day must be an object")
    speed, begins = asked.get("speed", 1.0), asked.get("begins_s", 9 * HOUR_S)
    if not _is_amount(speed) or not (begins == 0 or _is_amount(begins)):
        raise ValueError("speed must be above zero, begins_s not below")
    return DayOrder(
        seed=int(asked.get("seed", 1)),
        speed=float(speed),
        begins_s=float(begins) % DAY_S,
        attend=asked.get("attend", False) is True,
    )


def _desk_address(asked: object) -> str:
    return str(asked["desk_address"]) if isinstance(asked, dict) else ""


def _is_amount(value: object) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and 0 < value < 1e6  # type: ignore[operator]


def _allow_files(wanted: int) -> None:
    """Raise this process's limit of open files, which is often 1,024, if it is low."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted += 200
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _photo(town: Path) -> bytes:
    try:
        return (town / "photo.jpg").read_bytes()
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(run(Home(Path(sys.argv[1]))))
