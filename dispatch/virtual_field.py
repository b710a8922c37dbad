"""The demonstration's devices and terminals: real clients over the real line.

A process of its own that behaves as the field does: detectors that say they live
and fire when told, workers who walk their grid, take a task, go there, handle it
and report with a photo. It talks in JSON lines.

Standard input, first line: {"intake_address", "server_key", "devices": [{"id",
"kind", "lon", "lat"}], "photo": PATH, "walk_speed": FACTOR, "first_alarm_s":
SECONDS or null}. Later: {"alarm": ID}, {"restore": ID}, {"quiet": true} (nothing
of its own accord any more), {"stats": true}. Standard output: ready, alarm, task,
done, stats. It ends when standard input closes.
"""

import json
import logging
import queue
import random
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dispatch import wire
from dispatch.field import FieldClient
from dispatch.geo import Point, bearing_deg, distance_m, moved
from dispatch.keys import load_or_make_keys
from resources.home import Home

_log = logging.getLogger(__name__)

WALK_MPS = 1.4
FIX_EVERY_S = 2.0  # while walking to a task
ROUND_FIX_EVERY_S = (10.0, 15.0)  # while on the round
ROUND_STEP_M = (5.0, 18.0)
ROUND_RADIUS_M = 90.0
HEARTBEAT_S = 30.0
ACCURACY_M = (3.0, 8.0)
SIGN_S = 4.0  # to look at the terminal and sign, of the worker's own time …
LEAVE_S = 20.0  # … to set out …
HANDLE_S = 150.0  # … and to see to it, all divided by the walking factor
LEAST_S = 0.4
TICK_S = 0.1


def utc_now() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Worker:
    """A terminal and the person who carries it.

    Thread: the process's main thread, but for `offer`, which a client's thread calls.

    Attributes:
        client: The terminal's line.
        home: Middle of the round.
        at: Where the person stands.
        speed: How much faster than life walking and handling go.
        photo: The picture that goes with a report.
        chance: Own source of chance.
    """

    client: FieldClient
    device_id: str
    home: Point
    at: Point
    speed: float
    photo: bytes
    chance: random.Random
    heading: float = 0.0
    task: wire.Task | None = None
    stage: str = "round"
    due: float = 0.0
    last_fix: float = 0.0
    offers: "queue.SimpleQueue[wire.Task | wire.Recalled]" = field(
        default_factory=queue.SimpleQueue
    )

    def offer(self, body: wire.Task | wire.Recalled) -> None:
        """Hear of a task. Thread: the client's."""
        self.offers.put(body)

    def tick(self, now: float, *, quiet: bool) -> list[dict[str, object]]:
        """Live for a moment; return what is worth telling."""
        told: list[dict[str, object]] = []
        while not self.offers.empty():
            told += self._hear(self.offers.get_nowait(), now)
        if self.task is None:
            if not quiet and now >= self.due:
                self._go_round(now)
        else:
            told += self._pursue(self.task, now)
        return told

    def _hear(
        self, body: wire.Task | wire.Recalled, now: float
    ) -> list[dict[str, object]]:
        if isinstance(body, wire.Recalled):
            if self.task is not None and self.task.task == body.task:
                self.task, self.stage, self.due = None, "round", now
                return [{"recalled": {"device": self.device_id, "task": body.task}}]
            return []
        if self.task is None:
            self.task = body
            self._enter("sign", now, SIGN_S)
            return [{"task": {"device": self.device_id, "task": body.task}}]
        return []

    def _pursue(self, task: wire.Task, now: float) -> list[dict[str, object]]:
        if self.stage == "walk":
            return self._walk(task, now)
        if now < self.due:
            return []
        if self.stage == "sign":
            if not task.signed:
                self.client.send(wire.Sign(task=task.task, where=self._where()))
            self._enter("leave", now, LEAVE_S)
        elif self.stage == "leave":
            self.client.send(wire.Depart(task=task.task, where=self._where()))
            self.stage, self.last_fix = "walk", now
        elif self.stage == "handle":
            self.client.send(
                wire.Finish(
                    task=task.task,
                    text="现场已查看：灶上汤锅烧干，无明火。已关阀、开窗通风，老人平安。",
                    photo=wire.Photo(
                        media_type="image/jpeg",
                        data=self.photo,
                        name="现场.jpg",
                        taken_at=utc_now(),
                    ),
                    where=self._where(),
                )
            )
            self.task, self.stage = None, "round"
            self.home, self.due = self.at, now + ROUND_FIX_EVERY_S[0]
            return [{"done": {"device": self.device_id, "task": task.task}}]
        return []

    def _walk(self, task: wire.Task, now: float) -> list[dict[str, object]]:
        goal = Point(task.where.lon, task.where.lat)
        rest = distance_m(self.at, goal)
        step = WALK_MPS * self.speed * (now - self.last_fix)
        if rest > step:
            if now - self.last_fix >= FIX_EVERY_S / max(1.0, self.speed / 10):
                self.heading = bearing_deg(self.at, goal)
                self.at = moved(self.at, self.heading, step)
                self.last_fix = now
                self._send_fix(WALK_MPS)
            return []
        self.at = moved(goal, self.chance.uniform(0, 360), 3.0)
        self._send_fix(0.0)
        self.client.send(wire.Arrive(task=task.task, where=self._where()))
        self._enter("handle", now, HANDLE_S)
        return [{"arrived": {"device": self.device_id, "task": task.task}}]

    def _go_round(self, now: float) -> None:
        if distance_m(self.at, self.home) > ROUND_RADIUS_M:
            self.heading = bearing_deg(self.at, self.home)
        else:
            self.heading = (self.heading + self.chance.uniform(-60, 60)) % 360
        self.at = moved(self.at, self.heading, self.chance.uniform(*ROUND_STEP_M))
        self._send_fix(WALK_MPS)
        self.due = now + self.chance.uniform(*ROUND_FIX_EVERY_S)

    def _enter(self, stage: str, now: float, seconds: float) -> None:
        self.stage = stage
        self.due = now + max(LEAST_S, seconds / self.speed)

    def _send_fix(self, speed_mps: float) -> None:
        self.client.send(
            wire.Position(
                where=self._where(), speed_mps=speed_mps, heading_deg=self.heading
            )
        )

    def _where(self) -> wire.Where:
        return wire.Where(
            lon=round(self.at.lon, 7),
            lat=round(self.at.lat, 7),
            accuracy_m=round(self.chance.uniform(*ACCURACY_M), 1),
        )


class VirtualField:
    """Every device of the demonstration.

    Thread: the process's main thread.
    """

    def __init__(self, home: Home, order: Mapping[str, Any]) -> None:
        folder = home.data / "field"
        folder.mkdir(exist_ok=True)
        self._clients: dict[str, FieldClient] = {}
        self._workers: dict[str, Worker] = {}
        self._beats: dict[str, float] = {}
        self._batteries: dict[str, float] = {}
        self._quiet = False
        self._speed = float(order.get("walk_speed", 1.0))
        photo = Path(order["photo"]).read_bytes()
        now = time.monotonic()
        for entry in order["devices"]:
            device_id = str(entry["id"])
            client = FieldClient(
                str(order["intake_address"]),
                server_key=str(order["server_key"]),
                keys=load_or_make_keys(field_key(home, device_id)),
                outbox=folder / f"{device_id}.db",
                device_id=device_id,
                clock=utc_now,
            )
            self._clients[device_id] = client
            chance = random.Random(device_id)
            self._beats[device_id] = now + chance.uniform(0.5, HEARTBEAT_S / 4)
            self._batteries[device_id] = round(chance.uniform(61, 98), 0)
            if entry["kind"] == "worker_terminal":
                spot = Point(float(entry["lon"]), float(entry["lat"]))
                worker = Worker(
                    client=client,
                    device_id=device_id,
                    home=spot,
                    at=spot,
                    speed=self._speed,
                    photo=photo,
                    chance=chance,
                    heading=chance.uniform(0, 360),
                    due=now + chance.uniform(0.0, 2.0),
                )
                client.on_task(worker.offer)
                self._workers[device_id] = worker
        first = order.get("first_alarm_s")
        detectors = [e["id"] for e in order["devices"] if e["kind"] == "smoke_detector"]
        self._first_alarm = (
            (now + float(first), str(detectors[0]))
            if first is not None and detectors
            else None
        )

    def tick(self) -> list[dict[str, object]]:
        """Let a moment pass; return what is worth telling."""
        now = time.monotonic()
        told: list[dict[str, object]] = []
        if self._first_alarm is not None and now >= self._first_alarm[0]:
            device_id = self._first_alarm[1]
            self._first_alarm = None
            told += self.order({"alarm": device_id})
        for worker in self._workers.values():
            told += worker.tick(now, quiet=self._quiet)
        if not self._quiet:
            for device_id, due in self._beats.items():
                if now >= due:
                    self._beats[device_id] = now + HEARTBEAT_S
                    battery = self._batteries[device_id]
                    self._clients[device_id].send(wire.Heartbeat(battery=battery))
        return told

    def order(self, order: Mapping[str, Any]) -> list[dict[str, object]]:
        """Do what a line of standard input asks; return the answer."""
        if (device_id := order.get("alarm")) in self._clients:
            at = utc_now()
            self._clients[str(device_id)].send(wire.Alarm(), at=at)
            return [{"alarm": {"device": device_id, "at": at.isoformat()}}]
        if (device_id := order.get("restore")) in self._clients:
            self._clients[str(device_id)].send(wire.Restore())
            return [{"restore": {"device": device_id}}]
        if order.get("quiet"):
            self._quiet = True
            return [{"quiet": True}]
        if order.get("stats"):
            return [{"stats": self._stats()}]
        return [{"error": "not an order of the virtual field"}]

    def close(self) -> None:
        """End every client; what waits stays in the outboxes."""
        for client in self._clients.values():
            client.close()

    def _stats(self) -> dict[str, object]:
        stats = {each: client.stats() for each, client in self._clients.items()}
        return {
            device_id: {
                "acknowledged": each.acknowledged,
                "rejected": each.rejected,
                "waiting": each.waiting,
            }
            for device_id, each in stats.items()
        }


def field_key(home: Home, device_id: str) -> Path:
    """Return the key file of a demonstration device."""
    folder = home.keys / "field"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{device_id}.json"


def run(home: Home) -> int:
    """Be the field until standard input closes; return the exit status."""
    orders: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            try:
                order = json.loads(line)
            except ValueError:
                order = {}
            orders.put(order if isinstance(order, dict) else {})
        orders.put(None)

    threading.Thread(target=listen, name="field orders", daemon=True).start()
    first = orders.get()
    if first is None:
        return 0
    town = VirtualField(home, first)
    try:
        _tell([{"ready": True}])
        while True:
            try:
                order = orders.get(timeout=TICK_S)
            except queue.Empty:
                _tell(town.tick())
                continue
            if order is None:
                return 0
            _tell(town.order(order))
    except BrokenPipeError:
        return 0  # nobody listens any more
    finally:
        town.close()


def _tell(messages: list[dict[str, object]]) -> None:
    for message in messages:
        sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    if messages:
        sys.stdout.flush()
