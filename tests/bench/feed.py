"""`feed`: from a device's alarm to its row, painted at every console."""

import argparse
import json
import queue
import random
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dispatch import wire
from dispatch.client import DeskClient
from dispatch.commands import TakeCase
from dispatch.field import FieldClient
from dispatch.keys import KeyPair, make_keys
from dispatch.service import enrolled_desks, utc_now
from tests.bench.desk_window import child_module
from tests.bench.kit import (
    BenchError,
    Report,
    end,
    mean,
    say,
    scratch,
    screen,
    share,
)
from tests.bench.service_kit import OPERATOR, BenchService, Enrolled

SEED = 20261123
LIMIT_S = 20.0
PAUSE_S = (0.05, 0.35)  # between alarms, so that no timer is in step with them
RAW_TURNS = 100


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--consoles", type=int, default=3)
    parser.add_argument("--alarms", type=int, default=40)


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with ExitStack() as stack:
        stack.enter_context(screen())
        folder = stack.enter_context(scratch())
        raw = [raw_path_ms(folder)]
        service = BenchService(folder)
        stack.callback(service.close)
        desk = service.desk("bench")
        stack.callback(desk.close)
        # A detector is a socket; a tenth of what is enrolled are terminals.
        enrolled = service.furnish(desk, max(2, options.alarms * 10 // 9 + 2))
        devices = [each for each in enrolled if not each.device.unit_id]
        consoles = []
        for index in range(options.consoles):
            consoles.append(Console(service, folder / f"console{index}"))
            stack.callback(consoles[-1].close)
        for console in consoles:
            console.next_line("ready")
        say(f"{len(consoles)} consoles follow")
        took = _alarms(service, desk, devices[: options.alarms], consoles, folder)
        raw.append(raw_path_ms(folder))
    report.add(
        consoles=options.consoles,
        alarms=options.alarms,
        rows=len(took),
        device_to_row_ms_p50=share(took, 50),
        device_to_row_ms_p95=share(took, 95),
        raw_path_ms_p50=mean(raw),
        ratio=share(took, 50) / mean(raw),
    )


class Console:
    """One console's process, and the lines it says."""

    def __init__(self, service: BenchService, folder: Path) -> None:
        folder.mkdir()
        keys: KeyPair = make_keys()
        enrolled_desks(service.home).enrol(keys.public, folder.name)
        self._process = subprocess.Popen(
            child_module("feed_console"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        assert self._process.stdin is not None
        setup = {
            "address": service.desk_address,
            "server_key": service.server_key,
            "public": keys.public,
            "secret": keys.secret,
            "folder": str(folder),
        }
        self._process.stdin.write(json.dumps(setup) + "\n")
        self._process.stdin.flush()
        threading.Thread(target=self._listen, daemon=True).start()

    def next_line(self, key: str) -> dict[str, Any]:
        """Return the next line that has a key."""
        deadline = time.monotonic() + LIMIT_S
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise BenchError(f"a console does not say {key}") from None
            if key in line:
                return line

    def close(self) -> None:
        """End it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        end(self._process)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))


def _alarms(
    service: BenchService,
    desk: DeskClient,
    devices: list[Enrolled],
    consoles: list[Console],
    folder: Path,
) -> list[float]:
    """Have each device alarm once; return how long each console took, ms."""
    took: list[float] = []
    pause = random.Random(SEED)
    for enrolled in devices:
        field = FieldClient(
            service.intake_address,
            server_key=service.server_key,
            keys=enrolled.keys,
            outbox=folder / f"{enrolled.device.device_id}.db",
            device_id=enrolled.device.device_id,
            clock=utc_now,
        )
        try:
            deadline = time.monotonic() + LIMIT_S
            while not field.stats().connected:
                if time.monotonic() > deadline:
                    raise BenchError("a device is not welcomed")
                time.sleep(0.01)
            time.sleep(pause.uniform(*PAUSE_S))
            sent = time.monotonic()
            field.send(wire.Alarm(text="压测"))
            case_id = 0
            for console in consoles:
                line = console.next_line("case")
                if line["device"] != enrolled.device.device_id:
                    raise BenchError("a row of another alarm was painted")
                took.append(1000 * (line["at"] - sent))
                case_id = line["case"]
        finally:
            field.close()
        # Taken cases stand below new ones: each row is painted at the top.
        desk.submit(TakeCase(actor=OPERATOR, case_id=case_id)).result(LIMIT_S)
    return took


def raw_path_ms(folder: Path) -> float:
    """Return what the way costs at least: a commit, and a socket there and back."""
    path = folder / "raw-path.db"
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = FULL")
    store.execute("CREATE TABLE IF NOT EXISTS alarms (at REAL, text TEXT)")
    here, there = socket.socketpair()
    took = []
    try:
        for _ in range(RAW_TURNS):
            began = time.perf_counter()
            here.sendall(b"alarm")
            there.recv(64)
            store.execute("INSERT INTO alarms VALUES (?, ?)", (began, "alarm"))
            there.sendall(b"row")
            here.recv(64)
            took.append(1000 * (time.perf_counter() - began))
    finally:
        store.close()
        here.close()
        there.close()
    return share(took, 50)
