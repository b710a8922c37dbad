"""`flood`: a thousand alarms a minute before one desk, and a call for help among them.

Five thousand terminals say where they are every ten seconds, from two processes over
CURVE; a fifth as many detectors, ten flats to a building, alarm in no order. The desk is the
whole window in a process of its own, whose frames are watched and whose top row is read
as it is painted. Panic buttons are pressed one after the other, each case then taken.
"""

import argparse
import contextlib
import json
import queue
import random
import sqlite3
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from console.demo import sample_folder
from dispatch import wire
from dispatch.commands import ImportTown, TakeCase
from dispatch.devices import Device
from dispatch.field import FieldClient
from dispatch.geo import Point, moved
from dispatch.importing import read_town
from dispatch.keys import make_keys
from dispatch.service import enrolled_desks, utc_now
from dispatch.units import Unit
from tests.bench.desk_window import child_module
from tests.bench.feed import raw_path_ms
from tests.bench.kit import (
    BenchError,
    Report,
    end,
    family,
    mean,
    pss_mb,
    say,
    scratch,
    screen,
)
from tests.bench.service_kit import OPERATOR, BenchService, Enrolled, submit_all

SEED: Final = 20261124
FLATS: Final = 10  # of a building
DETECTORS_IN: Final = 5  # one for so many terminals
# What is in ten flats; a smoke detector is of the first severity, never folded.
KINDS: Final = ("smoke_detector", *("water_meter",) * 3, *("door_contact",) * 6)
SMOKE_IN: Final = 5  # one building of so many has one at all
PROCESSES: Final = 2
AT_ONCE: Final = 500  # of a register's rows, in one commit
PANIC_EVERY_S: Final = 15.0
FIRST_PANIC_S: Final = 5.0
SETTLED_S: Final = 120.0
SAMPLE_S: Final = 5.0
LIMIT_S: Final = 120.0
READY_S: Final = 600.0  # five thousand handshakes, on whatever machine
LAST_S: Final = 300.0  # until what was said last is acknowledged


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--alarms-per-minute", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--devices", type=int, default=5000)


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with ExitStack() as stack:
        stack.enter_context(screen())
        folder = stack.enter_context(scratch())
        raw = [raw_path_ms(folder)]
        service = BenchService(folder)
        stack.callback(service.close)
        town = _furnish(service, options)
        say(
            f"{len(town.positions)} terminals, {len(town.detectors)} detectors enrolled"
        )
        desk = Child("flood_console", _desk_setup(service, folder))
        stack.callback(desk.close)
        loads = [
            Child("flood_load", _load_setup(service, town, part))
            for part in range(PROCESSES)
        ]
        for load in loads:
            stack.callback(load.close)
        for child in (desk, *loads):
            child.next_line("ready", READY_S)
        say("all are welcome, and the desk follows")
        for load in loads:
            load.tell(
                {
                    "seconds": options.seconds,
                    "alarms_per_minute": options.alarms_per_minute / PROCESSES,
                }
            )
        desk.tell({"watch": True})
        panics, memory = _pressed(service, town, desk, folder, options.seconds)
        said = [load.next_line("alarms", options.seconds + LAST_S) for load in loads]
        alarms = sum(each["alarms"] for each in said) + len(panics)
        desk.tell({"alarms": alarms})
        seen = desk.next_line("counted", LAST_S)
        raw.append(raw_path_ms(folder))
        service.close()
        stored = _stored(service)
    report.add(
        alarms=alarms,
        lost=alarms - min(stored, seen["counted"]),
        alarms_stored=stored,
        alarms_at_desk=seen["counted"],
        cases_open=seen["open"],
        cases_in_lanes=seen["in_lanes"],
        rows_now=seen["rows_now"],
        positions=sum(each["positions"] for each in said),
        devices=len(town.positions),
        rejected=sum(each["rejected"] for each in said),
        panics=len(panics),
        panic_to_top_ms_p50=sorted(panics)[len(panics) // 2],
        panic_to_top_ms_max=max(panics),
        ui_frame_ms_p50=seen["frame_ms_p50"],
        ui_frame_ms_p99=seen["frame_ms_p99"],
        ui_frame_ms_max=seen["frame_ms_max"],
        ui_work_ms_p99=seen["work_ms_p99"],
        ui_work_ms_max=seen["work_ms_max"],
        pss_mb_end=memory[-1][1],
        pss_growth_percent=_growth(memory, options.seconds),
        raw_path_ms_p50=mean(raw),
    )


@dataclass(frozen=True)
class FloodTown:
    """Who speaks: terminals, detectors, panic buttons."""

    positions: list[Enrolled]
    detectors: list[Enrolled]
    panics: list[Enrolled]


class Child:
    """A process of the bench that is told and says lines of JSON."""

    def __init__(self, module: str, setup: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            child_module(module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.tell(setup)
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int:
        """Return its process id."""
        return self._process.pid

    def tell(self, line: Mapping[str, Any]) -> None:
        """Tell it something."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()

    def next_line(self, key: str, limit_s: float) -> dict[str, Any]:
        """Return the next line that has a key.

        Raises:
            BenchError: None came, or an error.
        """
        deadline = time.monotonic() + limit_s
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise BenchError(f"nobody says {key} within {limit_s:g} s") from None
            if "error" in line:
                raise BenchError(str(line["error"]))
            if key in line:
                return line

    def close(self) -> None:
        """End it."""
        end(self._process)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))


def _furnish(service: BenchService, options: argparse.Namespace) -> FloodTown:
    """Give it the sample town, and who speaks in it."""
    sample = read_town(sample_folder())
    grids = [grid for grid in sample.grids if grid.level == "grid" and grid.outline]
    middles = [(grid.code, grid.outline[0]) for grid in grids]
    units = [
        Unit(
            unit_id=f"BU{index:04d}",
            name=f"压测{index:04d}",
            role="专职网格员",
            department="",
            grid_code=middles[index % len(middles)][0],
            phone="",
        )
        for index in range(options.devices)
    ]
    presses = int(options.seconds // PANIC_EVERY_S) + 1
    town = FloodTown(
        positions=[
            _device(f"BT{index:04d}", "worker_terminal", *middles[index % len(middles)])
            for index in range(options.devices)
        ],
        detectors=[
            _detector(index, middles)
            for index in range(options.devices // DETECTORS_IN)
        ],
        panics=[
            _device(f"BP{index:04d}", "panic_button", *middles[index % len(middles)])
            for index in range(presses)
        ],
    )
    carried = [
        Enrolled(device=_carried(each.device, unit), keys=each.keys)
        for each, unit in zip(town.positions, units, strict=True)
    ]
    client = service.desk("bench-town")
    try:
        submit_all(
            client,
            [
                ImportTown(
                    actor=OPERATOR,
                    town=sample.town,
                    grids=sample.grids,
                    units=tuple(units),
                    places=sample.places,
                ),
            ],
        )
        everybody = [*carried, *town.detectors, *town.panics]
        for first in range(0, len(everybody), AT_ONCE):
            part = everybody[first : first + AT_ONCE]
            devices = tuple(each.device for each in part)
            submit_all(client, [ImportTown(actor=OPERATOR, devices=devices)])
    finally:
        client.close()
    return FloodTown(carried, town.detectors, town.panics)


def _carried(device: Device, unit: Unit) -> Device:
    return Device(
        device_id=device.device_id,
        kind=device.kind,
        name=device.name,
        public_key=device.public_key,
        place_name=device.place_name,
        point=device.point,
        grid_code=device.grid_code,
        unit_id=unit.unit_id,
    )


def _detector(index: int, middles: Sequence[tuple[str, Point]]) -> Enrolled:
    """Return a detector in a flat; most buildings stand in the first grids."""
    building, flat = divmod(index, FLATS)
    grid_code, middle = middles[int(len(middles) * (building % 97 / 97) ** 2)]
    kind = KINDS[flat % len(KINDS)]
    if kind == "smoke_detector" and building % SMOKE_IN:
        kind = "infrared_detector"
    at = moved(middle, 41.0 * building % 360, 20.0 + 7 * (building % 40))
    place = f"压测新邨{building + 1}幢{flat + 101}"
    return _device(f"BD{index:04d}", kind, grid_code, at, place)


def _device(
    device_id: str, kind: str, grid_code: str, point: Point, place: str = ""
) -> Enrolled:
    keys = make_keys()
    device = Device(
        device_id=device_id,
        kind=kind,
        name=f"压测{device_id}",
        public_key=keys.public,
        place_name=place or f"压测点{device_id}",
        point=point,
        grid_code=grid_code,
    )
    return Enrolled(device=device, keys=keys)


def _desk_setup(service: BenchService, folder: Path) -> dict[str, Any]:
    own = folder / "console"
    own.mkdir()
    keys = make_keys()
    enrolled_desks(service.home).enrol(keys.public, own.name)
    return {
        "address": service.desk_address,
        "server_key": service.server_key,
        "public": keys.public,
        "secret": keys.secret,
        "folder": str(own),
    }


def _load_setup(service: BenchService, town: FloodTown, part: int) -> dict[str, Any]:
    spoken = (*town.positions[part::PROCESSES], *town.detectors[part::PROCESSES])
    return {
        "address": service.intake_address,
        "server_key": service.server_key,
        "seed": SEED + part,
        "devices": [
            {
                "device_id": each.device.device_id,
                "keys": [each.keys.public, each.keys.secret],
                "is_terminal": bool(each.device.unit_id),
                "lon": each.device.point.lon,
                "lat": each.device.point.lat,
            }
            for each in spoken
        ],
    }


def _pressed(
    service: BenchService, town: FloodTown, desk: Child, folder: Path, seconds: float
) -> tuple[list[float], list[tuple[float, float]]]:
    """Press one button after the other; return how long each took, and memory."""
    took: list[float] = []
    memory: list[tuple[float, float]] = []
    client = service.desk("bench-taker")
    pause = random.Random(SEED)
    began = sampled = time.monotonic()
    first = min(FIRST_PANIC_S, seconds / 4)
    due, buttons = began + first, iter(town.panics)
    try:
        while (now := time.monotonic()) - began < seconds:
            if now >= sampled:
                sampled = now + SAMPLE_S
                both = family(service.pid, desk.pid)
                memory.append((now - began, pss_mb(both)))
            if now >= due and now - began < seconds - first:
                due = now + PANIC_EVERY_S + pause.uniform(-2.0, 0.0)
                took.append(_press(service, next(buttons), desk, folder, client))
                say(f"{now - began:.0f} s: at the top after {took[-1]:.0f} ms")
            time.sleep(0.05)
    finally:
        client.close()
    memory.append((seconds, pss_mb(family(service.pid, desk.pid))))
    return took, memory


def _press(
    service: BenchService, button: Enrolled, desk: Child, folder: Path, client: Any
) -> float:
    """Press a button and take its case; return how long until it stood on top, ms."""
    field = FieldClient(
        service.intake_address,
        server_key=service.server_key,
        keys=button.keys,
        outbox=folder / f"{button.device.device_id}.db",
        device_id=button.device.device_id,
        clock=utc_now,
    )
    try:
        deadline = time.monotonic() + LIMIT_S
        while not field.stats().connected:
            if time.monotonic() > deadline:
                raise BenchError("a panic button is not welcomed")
            time.sleep(0.01)
        sent = time.monotonic()
        field.send(wire.Alarm(text="压测"))
        while True:
            line = desk.next_line("top", LIMIT_S)
            if line["device"] == button.device.device_id:
                break
    finally:
        field.close()
    client.submit(TakeCase(actor=OPERATOR, case_id=line["top"])).result(LIMIT_S)
    return 1000 * (float(line["at"]) - sent)


def _growth(memory: Sequence[tuple[float, float]], seconds: float) -> float | None:
    """Return how much larger the end is than minute two, per cent."""
    if seconds < SETTLED_S + 60.0:
        return None
    after = [mb for at, mb in memory if at >= SETTLED_S]
    first, last = mean(after[:3]), mean(after[-3:])
    return 100.0 * (last - first) / first


def _stored(service: BenchService) -> int:
    """Return how many alarms the store has counted."""
    path = service.home.data / "lookout.db"
    with contextlib.closing(sqlite3.connect(path)) as store:
        (count,) = store.execute("SELECT sum(count) FROM alarms").fetchone()
    return int(count or 0)
