"""Devices that somebody else wrote, from the document, against the real service."""

import ast
import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dispatch.board import Board
from dispatch.cases import CaseState
from dispatch.client import DeskClient
from dispatch.commands import Command, EnrolDevice, ImportTown, SendUnit, TakeCase
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.keys import KeyPair, make_keys
from dispatch.people import Actor, Role
from dispatch.service import Service, desk_keys, utc_now
from dispatch.units import Unit
from resources.home import Home

PROGRAM = Path(__file__).with_name("foreign_device.py")
LI = Actor("李文", "1号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM, Role.HANDLER})


class Line:
    def __init__(self, home: Home, folder: Path) -> None:
        self.service = Service(home)
        self.folder = folder
        self.board = Board()
        self.client = DeskClient(
            self.service.ready.desk_address,
            server_key=self.service.ready.server_key,
            desk_keys=desk_keys(home),
            outbox=home.data / "desk.db",
            clock=utc_now,
        )
        self.client.follow(self.board.load, self.board.apply, lambda link: None)

    def do(self, command: Command) -> None:
        self.client.submit(command).result(20)

    def enrol(self, device_id: str, kind: str, *, unit_id: str = "") -> KeyPair:
        keys = make_keys()
        entry = Device(
            device_id=device_id,
            kind=kind,
            name=device_id,
            public_key=keys.public,
            place_name="桃源新邨12幢",
            point=Point(120.95, 30.91),
            unit_id=unit_id,
        )
        self.do(EnrolDevice(actor=LI, device=entry))
        return keys

    def start(
        self, device_id: str, keys: KeyPair, bodies: list[Any]
    ) -> "subprocess.Popen[str]":
        config = self.folder / f"{device_id}.json"
        messages = self.folder / f"{device_id}-messages.json"
        config.write_text(
            json.dumps(
                {
                    "address": self.service.ready.intake_address,
                    "server_key": self.service.ready.server_key,
                    "public_key": keys.public,
                    "secret_key": keys.secret,
                    "device": device_id,
                }
            )
        )
        messages.write_text(json.dumps(bodies))
        return subprocess.Popen(
            [sys.executable, str(PROGRAM), str(config), str(messages)],
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, device_id: str, keys: KeyPair, bodies: list[Any]) -> list[Any]:
        process = self.start(device_id, keys, bodies)
        said, _ = process.communicate(timeout=90)
        assert process.returncode == 0
        return [json.loads(line) for line in said.splitlines()]


@pytest.fixture
def line(home: Home, tmp_path: Path) -> Iterator[Line]:
    made = Line(home, tmp_path)
    yield made
    made.client.close()
    made.service.close()


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_it_knows_nothing_of_lookout() -> None:
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported == {"json", "sys", "time", "zmq"}
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]


def test_a_foreign_detector_raises_a_case(line: Line) -> None:
    keys = line.enrol("SD-0001", "smoke_detector")
    answers = line.run(
        "SD-0001",
        keys,
        [
            {"type": "heartbeat", "battery": 87},
            {"type": "alarm", "text": "smoke 12 %/m"},
            {"type": "heartbeat", "battery": "full"},
            {"type": "restore"},
        ],
    )
    assert [answer["type"] for answer in answers] == [
        "welcome",
        "ack",
        "ack",
        "reject",
        "ack",
    ]
    assert [answer.get("seq") for answer in answers[1:]] == [1, 2, 3, 4]
    until(lambda: line.board.cases)
    (case,) = line.board.cases.values()
    assert (case.category, case.details, case.doubt) == ("B001", "smoke 12 %/m", "")

    # It has no memory: the second start takes its numbers from the service.
    again = line.run("SD-0001", keys, [{"type": "alarm"}])
    assert again[0]["stored_seq"] == 4
    assert again[1] == {"type": "ack", "seq": 5}
    until(lambda: line.board.cases[case.case_id].alarm_count == 2)


def test_a_foreign_terminal_does_a_task(line: Line) -> None:
    line.do(
        ImportTown(actor=LI, units=(Unit(unit_id="W07", name="张伟", role="网格员"),))
    )
    button = line.enrol("PB-0002", "panic_button")
    keys = line.enrol("T-0007", "worker_terminal", unit_id="W07")
    line.run("PB-0002", button, [{"type": "alarm"}])
    until(lambda: line.board.cases)
    (case_id,) = line.board.cases
    photo = base64.b64encode(b"\xff\xd8" + b"\0" * 200_000).decode()
    terminal = line.start(
        "T-0007",
        keys,
        [
            {"type": "position", "where": {"lon": 120.951, "lat": 30.911}},
            "wait for a task",
            {"type": "sign", "task": "$TASK"},
            {"type": "depart", "task": "$TASK"},
            {"type": "arrive", "task": "$TASK"},
            {
                "type": "finish",
                "task": "$TASK",
                "text": "已处置",
                "photo": {"media_type": "image/jpeg", "data": photo},
            },
        ],
    )
    line.do(TakeCase(actor=LI, case_id=case_id))
    line.do(SendUnit(actor=LI, case_id=case_id, unit_id="W07"))
    said, _ = terminal.communicate(timeout=90)
    answers = [json.loads(text) for text in said.splitlines()]
    assert terminal.returncode == 0
    assert [a["seq"] for a in answers if a["type"] == "ack"] == [1, 2, 3, 4, 5]
    assert not [a for a in answers if a["type"] == "reject"]
    (offer,) = {json.dumps(a) for a in answers if a["type"] == "task"}
    assert json.loads(offer)["category"] == "B003"
    until(lambda: line.board.cases[case_id].state is CaseState.FEEDBACK)
