"""The demonstration's cast: every device of a town with its client and its actor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from dispatch import wire
from dispatch.day_player import Actor, Tripped
from dispatch.day_texts import DayTexts
from dispatch.devices import METERS, Device
from dispatch.field import FieldClient, FieldLine
from dispatch.importing import TownFiles
from dispatch.keys import KeyPair
from dispatch.virtual_devices import (
    DRIVING_MPS,
    VirtualMeter,
    VirtualSensor,
    VirtualVehicle,
)
from dispatch.virtual_worker import WALK_MPS, Habits, Pace, VirtualWorker
from dispatch.walking import RoadNet, Walker

VEHICLE = "vehicle_tracker"

# One terminal is out of reach, so that the desk has an old position to be honest
# about; it wakes up when its unit is sent.
_SILENT = {"W05": timedelta(minutes=9)}

# How people go about a living day; without one they keep near their posts.
_REACH_M = 350.0
_DRIVES_FURTHER = 4.0
_RESTS_S = (60.0, 300.0)
_FIX_S = (30.0, 60.0)
_DECLINES = 0.06


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Where the devices speak to, with which keys, and where their outboxes lie."""

    address: str
    server_key: str
    keys: dict[str, KeyPair]
    folder: Path


class Cast:
    """Who plays what in a town.

    Thread: the field's; `heard` is called on the line's.

    Attributes:
        clients: By device.
        sensors: Detectors, buttons, contacts and meters, by device.
        workers: People, by their terminal.
        vehicles: By tracker.
    """

    def __init__(
        self,
        town: TownFiles,
        line: Line,
        *,
        texts: DayTexts,
        photo: bytes,
        pace: Pace,
        lively: bool,
        tell: Callable[[dict[str, object]], None],
        clock: Callable[[], datetime],
        heard: Callable[[VirtualWorker, wire.Task | wire.Recalled], None],
        calm: Callable[[wire.Task], bool],
    ) -> None:
        self.clients: dict[str, FieldClient] = {}
        self.sensors: dict[str, Tripped] = {}
        self.workers: dict[str, VirtualWorker] = {}
        self.vehicles: dict[str, VirtualVehicle] = {}
        self._line = FieldLine()
        self._town, self._texts, self._photo, self._pace = town, texts, photo, pace
        self._lively, self._say, self._clock = lively, tell, clock
        self._hear, self._calm = heard, calm
        self._roads = RoadNet(town.roads) if lively else None
        self._driven = {d.unit_id for d in town.devices if d.kind == VEHICLE}
        for seed, device in enumerate(town.devices):
            self.clients[device.device_id] = FieldClient(
                line.address,
                server_key=line.server_key,
                keys=line.keys[device.device_id],
                outbox=line.folder / f"{device.device_id}.db",
                device_id=device.device_id,
                clock=clock,
                line=self._line,
            )
            if device.kind != VEHICLE:
                self._play(device, seed)
        for seed, device in enumerate(town.devices):
            if device.kind == VEHICLE:
                self._drive(device, seed)

    def actors(self) -> dict[str, Actor]:
        """Return everybody, by device."""
        return {**self.sensors, **self.workers, **self.vehicles}

    def close(self) -> None:
        """End every client, and the line they share."""
        for client in self.clients.values():
            client.close()
        self._line.close()

    # -- inside ---------------------------------------------------------------

    def _play(self, device: Device, seed: int) -> None:
        """Give a device its actor."""
        client = self.clients[device.device_id]
        if device.unit_id:
            worker = VirtualWorker(
                device.unit_id,
                self._town.posts.get(device.unit_id, device.point),
                send=partial(_send, client),
                tell=self._say,
                pace=self._pace,
                habits=self._habits(device),
                photo=self._photo,
                seed=seed,
                clock=self._clock,
                calm=self._calm,
                silent_for=_SILENT.get(device.unit_id),
            )
            self.workers[device.device_id] = worker
            client.on_task(partial(self._hear, worker))
        elif device.kind in METERS:
            self.sensors[device.device_id] = VirtualMeter(
                device_id=device.device_id,
                kind=device.kind,
                send=partial(_send, client),
                tell=self._say,
                random=Random(seed),
                clock=self._clock,
                lively=self._lively,
            )
        else:
            self.sensors[device.device_id] = VirtualSensor(
                device_id=device.device_id,
                kind=device.kind,
                send=partial(_send, client),
                tell=self._say,
                texts=self._texts,
                random=Random(seed),
                lively=self._lively,
                photo=self._photo,
            )

    def _habits(self, device: Device) -> Habits:
        if not self._lively:
            return Habits(texts=self._texts)
        drives = device.unit_id in self._driven
        return Habits(
            texts=self._texts,
            roads=self._roads,
            reach_m=_REACH_M * (_DRIVES_FURTHER if drives else 1.0),
            rests_s=_RESTS_S,
            fix_s=_FIX_S,
            declines=_DECLINES,
            mps=DRIVING_MPS if drives else WALK_MPS,
        )

    def _drive(self, device: Device, seed: int) -> None:
        """Give a vehicle its crew, or let it tour by itself."""
        crew = next(
            (w for w in self.workers.values() if w.unit_id == device.unit_id), None
        )
        post = self._town.posts.get(device.unit_id, device.point)
        self.vehicles[device.device_id] = VirtualVehicle(
            device.device_id,
            Walker(post) if crew is None else crew.walker,
            send=partial(_send, self.clients[device.device_id]),
            random=Random(seed),
            roads=self._roads,
            crew=crew,
        )


def _send(client: FieldClient, body: wire.Body, at: datetime | None) -> None:
    client.send(body, at=at)
