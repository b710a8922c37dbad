"""The demonstration's field: its devices and its people, in a process of their own.

Every one of them is a real client with a key and an outbox (`dispatch.field`); the
service cannot tell them from devices on a wall.

The process talks in JSON lines. Standard input, first line: {"address": …,
"server_key": …} with, if wanted, "town" (folder), "speed_up", "first_alarm_s" (null:
never by itself); later lines: {"fire": ID}, {"press": ID}, {"restore": ID},
{"walk_speed": 60}, {"reaction_s": 2}, {"stats": true}. Standard output: ready, what
each does, stats. It ends when standard input closes.
"""

import json
import logging
import math
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

import resources
from dispatch import wire
from dispatch.field import FieldClient
from dispatch.importing import BadTown, TownFiles, read_town
from dispatch.keys import KeyPair, load_or_make_keys
from dispatch.virtual_devices import REACTION_S, Pace, VirtualSensor, VirtualWorker
from resources.home import Home

SAMPLE_TOWN = Path(resources.__file__).parent / "samples" / "yaozhuang-small"
FIRST_ALARM_S = 30.0
STATS_S = 5.0
FLUSH_S = 2.0
_LONGEST_PAUSE_S = 0.5
# One terminal is out of reach, so that the desk has an old position to be honest
# about; it wakes up when its unit is sent.
_SILENT = {"W05": timedelta(minutes=9)}

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
        self._sensors: dict[str, VirtualSensor] = {}
        self._workers: dict[str, VirtualWorker] = {}
        self._first_alarm = math.inf
        self._clients: dict[str, FieldClient] = {}
        self._places = {d.device_id: d.place_name for d in town.devices}
        photo = _photo(plan.town)
        keys = field_keys(home, [d.device_id for d in town.devices])
        folder = home.data / "field"
        folder.mkdir(mode=0o700, exist_ok=True)
        for seed, device in enumerate(town.devices):
            client = FieldClient(
                plan.address,
                server_key=plan.server_key,
                keys=keys[device.device_id],
                outbox=folder / f"{device.device_id}.db",
                device_id=device.device_id,
                clock=clock,
            )
            self._clients[device.device_id] = client
            if device.unit_id:
                worker = VirtualWorker(
                    device.unit_id,
                    town.posts.get(device.unit_id, device.point),
                    send=partial(_send, client),
                    tell=say,
                    pace=self._pace,
                    photo=photo,
                    seed=seed,
                    clock=clock,
                    finished=self._calm,
                    silent_for=_SILENT.get(device.unit_id),
                )
                self._workers[device.device_id] = worker
                client.on_task(partial(self._hear, worker))
            else:
                self._sensors[device.device_id] = VirtualSensor(
                    device_id=device.device_id,
                    kind=device.kind,
                    send=partial(_send, client),
                    tell=say,
                )

    def run(self) -> None:
        """Live until `end`."""
        now = time.monotonic()
        if self._plan.first_alarm_s is not None:
            self._first_alarm = now + self._plan.first_alarm_s
        next_stats = now
        due: dict[str, float] = dict.fromkeys((*self._sensors, *self._workers), now)
        actors: dict[str, VirtualSensor | VirtualWorker] = {
            **self._sensors,
            **self._workers,
        }
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
        deadline = time.monotonic() + FLUSH_S
        for client in self._clients.values():
            client.flush(max(0.0, deadline - time.monotonic()))
        last = self.stats()
        for client in self._clients.values():
            client.close()
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
            if sensor.kind == kind:
                sensor.trip(time.monotonic())
                return

    def _calm(self, task: wire.Task) -> None:
        """What was handled no longer smokes."""
        for sensor in self._sensors.values():
            if self._places[sensor.device_id] == task.place_name:
                sensor.restore(time.monotonic())


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
    )


def _is_amount(value: object) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and 0 < value < 1e6  # type: ignore[operator]


def _photo(town: Path) -> bytes:
    try:
        return (town / "photo.jpg").read_bytes()
    except OSError:
        return b""


def _send(client: FieldClient, body: wire.Body, at: datetime | None) -> None:
    client.send(body, at=at)


if __name__ == "__main__":
    sys.exit(run(Home(Path(sys.argv[1]))))
