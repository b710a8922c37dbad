"""What the tests of the line share: a running service, its desk, its devices."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dispatch.board import Board
from dispatch.changes import Change, Snapshot
from dispatch.client import DeskClient, Link
from dispatch.commands import Command, EnrolDevice, ImportTown
from dispatch.devices import Device
from dispatch.field import FieldClient
from dispatch.geo import Point
from dispatch.keys import KeyPair, make_keys
from dispatch.people import Actor, Role
from dispatch.receipts import Receipt
from dispatch.service import ServiceReady, desk_keys, utc_now
from dispatch.units import Unit
from resources.home import Home
from tests.limits_kit import next_line

HERE = Point(120.95, 30.91)
LI = Actor(
    "李文",
    "1号席",
    frozenset(
        {Role.ACCEPTOR, Role.DISPATCHER, Role.SHIFT_LEADER, Role.TECHNICIAN},
    ),
)
PATIENCE_S = 45.0  # for machines that have other things to do


def until(
    true: Callable[[], object], what: str = "", *, patience_s: float = PATIENCE_S
) -> None:
    """Wait for a condition, with an end."""
    end = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < end, f"never came true: {what}"
        time.sleep(0.01)


class Desk:
    """A desk without a screen: a client and its board."""

    def __init__(
        self, home: Home, ready: ServiceReady, *, name: str = "desk", **options: object
    ) -> None:
        self.board = Board()
        self.numbers: list[int] = []
        self.snapshots = 0
        self.links: list[Link] = []
        self.client = DeskClient(
            ready.desk_address,
            server_key=ready.server_key,
            desk_keys=desk_keys(home),
            outbox=home.data / f"{name}.db",
            clock=utc_now,
            **options,  # type: ignore[arg-type]
        )
        self.client.follow(self._load, self._apply, self.links.append)
        try:
            until(lambda: self.snapshots, "the first snapshot")
        except AssertionError:
            self.client.close()
            raise

    def _load(self, snapshot: Snapshot) -> None:
        self.snapshots += 1
        self.board.load(snapshot)

    def _apply(self, changes: list[Change]) -> None:
        self.numbers.extend(change.number for change in changes)
        self.board.apply(changes)

    def do(self, command: Command) -> Receipt:
        """Submit a command and wait until this desk's board shows its effect."""
        receipt = self.client.submit(command).result(PATIENCE_S)
        until(lambda: self.board.number >= receipt.number, "the change came back")
        return receipt

    @property
    def connected(self) -> bool:
        """Return whether the service answers."""
        return self.client.link.connected


def device(device_id: str, kind: str, keys: KeyPair, *, unit_id: str = "") -> Device:
    """Return a register entry."""
    return Device(
        device_id=device_id,
        kind=kind,
        name=device_id,
        public_key=keys.public,
        place_name="桃源新邨12幢",
        point=HERE,
        unit_id=unit_id,
    )


def enrol(
    desk: Desk, device_id: str, kind: str = "smoke_detector", *, unit_id: str = ""
) -> KeyPair:
    """Enrol a device and return its keys."""
    keys = make_keys()
    if unit_id:
        unit = Unit(unit_id=unit_id, name="张伟", role="专职网格员")
        desk.do(ImportTown(actor=LI, units=(unit,)))
    desk.do(
        EnrolDevice(actor=LI, device=device(device_id, kind, keys, unit_id=unit_id))
    )
    return keys


def field_client(
    ready: ServiceReady,
    folder: Path,
    device_id: str,
    keys: KeyPair,
    **options: object,
) -> FieldClient:
    """Return a device on the line."""
    return FieldClient(
        ready.intake_address,
        server_key=ready.server_key,
        keys=keys,
        outbox=folder / f"{device_id}.db",
        device_id=device_id,
        clock=utc_now,
        **options,  # type: ignore[arg-type]
    )


class ServiceProcess:
    """The service as a process of its own, to be killed and started again."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.process = self._start()
        self.ready = self._wait()

    def _start(self) -> "subprocess.Popen[str]":
        program = (
            "import sys; from pathlib import Path; from resources.home import Home;"
            "from dispatch.service import run_service;"
            "sys.exit(run_service(Home(Path(sys.argv[1]))))"
        )
        return subprocess.Popen(
            [sys.executable, "-c", program, str(self._home.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _wait(self) -> ServiceReady:
        said = json.loads(next_line(self.process))
        assert said.pop("ready") is True
        return ServiceReady(**said)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self._reap()

    def again(self) -> None:
        """Start the next one."""
        self.process = self._start()
        ready = self._wait()
        assert ready == self.ready, "devices find it where it was"

    def close(self) -> int:
        """Close its stdin, as a parent does that ends; return its exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self._reap()

    def _reap(self) -> int:
        try:
            status = self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        return status
