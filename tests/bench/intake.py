"""`intake`: how many messages a second are on the disk, and none lost or doubled."""

import argparse
import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dispatch.client import DeskClient
from dispatch.commands import AddNote, ReportCase
from tests.bench.kit import BenchError, Report, end, mean, say, scratch, share
from tests.bench.raw_store import raw_commit_per_s, rows_of
from tests.bench.service_kit import OPERATOR, BenchService, Enrolled
from tests.limits_kit import next_line

WARM_EVENTS = 4_000
KILL_EVENTS = 20_000
SINGLE_EVENTS = 200
COMMAND_EVERY_S = 0.1
ANSWER_S = 30.0
SILENCE_S = 300.0  # of the devices, which say how far they are


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--window", type=int, default=4, help="in flight a socket")
    parser.add_argument("--kill", type=int, default=0, help="times kill -9")


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with scratch() as folder:
        service = BenchService(folder)
        try:
            _run(options, report, service, folder)
        finally:
            service.close()


def _run(
    options: argparse.Namespace, report: Report, service: BenchService, folder: Path
) -> None:
    desk = service.desk("bench")
    try:
        enrolled = service.furnish(desk, options.sockets)
        say(f"{len(enrolled)} devices are enrolled")
        devices = Devices(service, enrolled)
        try:
            _measure(options, report, service, desk, devices, folder)
        finally:
            devices.close()
    finally:
        desk.close()


def _measure(
    options: argparse.Namespace,
    report: Report,
    service: BenchService,
    desk: DeskClient,
    devices: "Devices",
    folder: Path,
) -> None:
    database = service.home.data / "lookout.db"
    sockets, window = options.sockets, options.window
    warm = devices.phase(
        events=min(WARM_EVENTS, options.events), sockets=sockets, window=window
    )
    single = devices.phase(
        events=min(SINGLE_EVENTS, options.events), sockets=1, window=1
    )
    say("the reference, before")
    raw = [raw_commit_per_s(rows_of(database, since=0), folder)]
    before = warm["events"] + single["events"]
    operator = Operator(desk)
    found = devices.phase(events=options.events, sockets=sockets, window=window)
    commands = operator.stop()
    say("the reference, after")
    rows = rows_of(database, since=before)
    raw.append(raw_commit_per_s(rows, folder))
    per_s = found["events"] / found["took_s"]
    events = before + found["events"]
    lost = duplicates = 0
    if options.kill:
        killed = _kill_phase(options, service, devices)
        events += killed["events"]
        report.add(events_kill=killed["events"], resent=killed["resent"])
    lost, duplicates = count_rows(
        database, events, sent=devices.sent, said=devices.said
    )
    report.add(
        sockets=sockets,
        events=found["events"],
        events_per_s=per_s,
        raw_commit_per_s=mean(raw),
        ratio=per_s / mean(raw),
        events_per_commit=rows.events / rows.commits,
        ack_ms_p50=share(found["ack_ms"], 50),
        ack_ms_p99=share(found["ack_ms"], 99),
        single_ack_ms_p50=share(single["ack_ms"], 50),
        window=window,
        command_commit_ms_p95_under_load=share(commands, 95),
        commands=len(commands),
        rejected=sum(each["rejected"] for each in (warm, single, found)),
        lost=lost,
        duplicates=duplicates,
    )


def _kill_phase(
    options: argparse.Namespace, service: BenchService, devices: "Devices"
) -> dict[str, Any]:
    events = min(KILL_EVENTS, options.events)
    marks = [events * (kill + 1) // (options.kill + 1) for kill in range(options.kill)]

    def at(left: int) -> None:
        if marks and events - left >= marks[0]:
            marks.pop(0)
            say(f"kill -9 with {left} messages to go")
            service.kill()

    found = devices.phase(
        events=events, sockets=options.sockets, window=options.window, at=at
    )
    if marks:
        raise BenchError(f"{len(marks)} kills came too late")
    return found


class Devices:
    """The process of the devices, phase by phase.

    Attributes:
        sent: The highest number each device has used.
        said: How many messages there were of each kind.
    """

    def __init__(self, service: BenchService, enrolled: Sequence[Enrolled]) -> None:
        self.sent: dict[str, int] = {}
        self.said: dict[str, int] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        setup = {
            "address": service.intake_address,
            "server_key": service.server_key,
            "devices": [
                {
                    "device_id": each.device.device_id,
                    "keys": list(each.keys),
                    "is_terminal": bool(each.device.unit_id),
                    "lon": each.device.point.lon,
                    "lat": each.device.point.lat,
                }
                for each in enrolled
            ],
        }
        self._write(setup)
        self._read()

    def phase(
        self,
        *,
        events: int,
        sockets: int,
        window: int,
        at: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:
        """Have so many messages sent; `at` hears how many are left."""
        self._write({"events": events, "sockets": sockets, "window": window})
        while True:
            line = self._read()
            if line.get("done"):
                self.sent, self.said = line["sent"], line["said"]
                say(f"{line['events']} messages in {line['took_s']:.1f} s")
                return line
            if at is not None:
                at(line["left"])

    def close(self) -> None:
        """End the process."""
        end(self._process)

    def _write(self, line: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(
            next_line(self._process, SILENCE_S)
            or '{"error": "the devices have failed"}'
        )
        if "error" in line:
            raise BenchError(str(line["error"]))
        return line


class Operator:
    """Someone at a desk who goes on working while the devices talk.

    Thread: one of its own submits; `stop` is called by the owner.
    """

    def __init__(self, desk: DeskClient) -> None:
        self._desk = desk
        self._took: list[float] = []
        self._stopping = threading.Event()
        grid = ReportCase(
            actor=OPERATOR,
            category="B001",
            place_name="压测",
            point=_town_point(),
        )
        value = desk.submit(grid).result(ANSWER_S).value
        if not isinstance(value, int):
            raise BenchError("a reported case has no number")
        self._case_id = value
        self._thread = threading.Thread(target=self._work, name="operator")
        self._thread.start()

    def stop(self) -> list[float]:
        """Return how long each command took until it was known to be committed, ms."""
        self._stopping.set()
        self._thread.join(2 * ANSWER_S)
        return self._took

    def _work(self) -> None:
        while True:
            note = AddNote(actor=OPERATOR, case_id=self._case_id, text="压测中")
            began = time.perf_counter()
            self._desk.submit(note).result(ANSWER_S)
            self._took.append(1000 * (time.perf_counter() - began))
            if self._stopping.wait(COMMAND_EVERY_S):
                return


def _town_point() -> Any:
    from console.demo import sample_folder
    from dispatch.importing import read_town

    return read_town(sample_folder()).town.origin


def count_rows(
    database: Path, events: int, *, sent: dict[str, int], said: dict[str, int]
) -> tuple[int, int]:
    """Return how many acknowledged messages left no row, and how many left two.

    Every message was acknowledged, or the phase would not have ended: each must
    have its number, each reading and position its row, and each alarm its count in one.
    """
    with sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True) as store:
        numbers = Counter(
            store.execute("SELECT device_id, sequence FROM messages").fetchall()
        )
        wanted = {
            (device, seq) for device, last in sent.items() for seq in range(1, last + 1)
        }
        if len(wanted) != events:
            raise BenchError(f"{len(wanted)} numbers for {events} messages")
        readings = Counter(
            store.execute(
                "SELECT device_id, json_extract(\"values\", '$.number') FROM readings"
            ).fetchall()
        )
        positions = Counter(
            store.execute("SELECT device_id, at, lon, lat FROM positions").fetchall()
        )
        (alarms,) = store.execute(
            "SELECT COALESCE(SUM(count), 0) FROM alarms"
        ).fetchone()
    store.close()
    lost = len(wanted - numbers.keys())
    lost += max(0, said.get("reading", 0) - len(readings))
    lost += max(0, said.get("position", 0) - len(positions))
    lost += max(0, said.get("alarm", 0) - alarms)
    duplicates = max(0, alarms - said.get("alarm", 0))
    for counter in (numbers, readings, positions):
        duplicates += sum(counter.values()) - len(counter)
    return lost, duplicates
