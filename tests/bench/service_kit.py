"""A real service in a process of its own, with a town and devices, and desks to it."""

import json
import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.demo import sample_folder
from console.processes import own_command
from dispatch.client import DeskClient
from dispatch.commands import Command, EnrolDevice, ImportTown
from dispatch.desk_wire import DESK_ROLES
from dispatch.devices import Device
from dispatch.geo import Point, moved
from dispatch.importing import read_town
from dispatch.keys import KeyPair, make_keys
from dispatch.people import Actor
from dispatch.service import desk_keys, utc_now
from dispatch.units import Unit
from resources.home import Home
from tests.bench.kit import BenchError, end
from tests.limits_kit import KILLED_S, next_line

ANSWER_S = 60.0
OPERATOR = Actor(name="李敏", seat="2号席", roles=DESK_ROLES)


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """One device that may speak, with the key it speaks with."""

    device: Device
    keys: KeyPair


class BenchService:
    """`lookout service` over a home of its own, to be killed and started again.

    Attributes:
        home: Its home.
        desk_address: For desks; the same after each start.
        intake_address: For devices.
        server_key: Its public key.
    """

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        os.environ["LOOKOUT_SECRETS"] = "file"  # never a desktop's key store
        self._process = self._start()

    @property
    def pid(self) -> int:
        """Return the process id of the service that runs now."""
        return self._process.pid

    def _start(self) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            own_command("service", "--home", str(self.home.root)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        try:
            ready = json.loads(next_line(process) or "{}")
        except json.JSONDecodeError:
            ready = {}
        if not ready.get("ready"):
            end(process)
            raise BenchError("the service did not start")
        self.desk_address = str(ready["desk_address"])
        self.intake_address = str(ready["intake_address"])
        self.server_key = str(ready["server_key"])
        return process

    def kill(self) -> None:
        """Kill it as a power cut would, and start it again."""
        self._process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        self._process.wait(KILLED_S)
        end(self._process)
        self._process = self._start()

    def close(self) -> None:
        """End it properly."""
        end(self._process)

    def desk(self, name: str) -> DeskClient:
        """Return a desk's line to it."""
        return DeskClient(
            self.desk_address,
            server_key=self.server_key,
            desk_keys=desk_keys(self.home),
            outbox=self.home.run / f"{name}.db",
            clock=utc_now,
        )

    def furnish(self, desk: DeskClient, sockets: int) -> list[Enrolled]:
        """Give it the sample town and devices in clusters: a tenth are terminals."""
        town = read_town(sample_folder())
        terminals = max(1, sockets // 10)
        middles = [grid.outline[0] for grid in town.grids if grid.outline]
        middles = middles or [town.town.origin]
        units = [_unit(index, town.grids[-1].code) for index in range(terminals)]
        enrolled = [
            _device(index, middles, units[index] if index < terminals else None)
            for index in range(sockets)
        ]
        commands: list[Command] = [
            ImportTown(
                actor=OPERATOR,
                town=town.town,
                grids=town.grids,
                units=(*town.units, *units),
                places=town.places,
            ),
            *(EnrolDevice(actor=OPERATOR, device=each.device) for each in enrolled),
        ]
        submit_all(desk, commands)
        return enrolled


def submit_all(desk: DeskClient, commands: Sequence[Command]) -> None:
    """Have commands applied, in order."""
    for future in [desk.submit(command) for command in commands]:
        future.result(ANSWER_S)


def _unit(index: int, grid_code: str) -> Unit:
    return Unit(
        unit_id=f"BU{index:03d}",
        name=f"压测{index:03d}",
        role="专职网格员",
        department="",
        grid_code=grid_code,
        phone="",
    )


def _device(index: int, middles: Sequence[Point], unit: Unit | None) -> Enrolled:
    """Return a device near one of the grids, most of them near the first ones."""
    middle = middles[int(len(middles) * (index % 97 / 97) ** 2)]
    keys = make_keys()
    device = Device(
        device_id=f"BD{index:04d}",
        kind="smoke_detector" if unit is None else "worker_terminal",
        name=f"压测设备{index:04d}",
        public_key=keys.public,
        place_name=f"压测点{index:04d}",
        point=moved(middle, 37.0 * index % 360, 5.0 + index % 120),
        unit_id="" if unit is None else unit.unit_id,
    )
    return Enrolled(device=device, keys=keys)
