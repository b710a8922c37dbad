"""The demonstration's field against a real service: an alarm, a worker, a report."""

import dataclasses
import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from line_parts import LI, PATIENCE_S, Desk, until

from dispatch.carrying import Standing
from dispatch.cases import CaseState
from dispatch.commands import (
    EnrolDevice,
    ImportTown,
    RecallUnit,
    SendUnit,
    TakeCase,
)
from dispatch.geo import distance_m
from dispatch.importing import TownFiles, read_town
from dispatch.service import Service, utc_now
from dispatch.units import UnitStatus
from dispatch.virtual_field import SAMPLE_TOWN, field_keys, run
from resources.home import Home
from tests.limits_kit import KILLED_S


class FieldProcess:
    """The field as the demonstration starts it."""

    def __init__(self, home: Home, service: Service, **first: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dispatch.virtual_field", str(home.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.said: list[dict[str, object]] = []
        self.say(
            address=service.ready.intake_address,
            server_key=service.ready.server_key,
            **first,
        )
        self._thread = threading.Thread(target=self._listen, name="field output")
        self._thread.start()

    def say(self, **message: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def heard(self, word: str) -> list[dict[str, object]]:
        return [m for m in tuple(self.said) if word in m]

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(json.loads(line))

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            return self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            self.process.wait(KILLED_S)
            self._thread.join(PATIENCE_S)
            self.process.stdout.close()


@pytest.fixture(scope="module")
def town() -> TownFiles:
    return read_town(SAMPLE_TOWN)


@pytest.fixture
def desk(home: Home, service: Service, town: TownFiles) -> Iterator[Desk]:
    made = Desk(home, service.ready)
    made.do(
        ImportTown(actor=LI, grids=town.grids, units=town.units, places=town.places)
    )
    keys = field_keys(home, [d.device_id for d in town.devices])
    for device in town.devices:
        enrolled = dataclasses.replace(device, public_key=keys[device.device_id].public)
        made.do(EnrolDevice(actor=LI, device=enrolled))
    yield made
    made.client.close()


@pytest.fixture
def field(home: Home, service: Service, desk: Desk) -> Iterator[FieldProcess]:
    playing = FieldProcess(
        home, service, first_alarm_s=None, speed_up=400, reaction_s=0.2
    )
    yield playing
    if playing.process.poll() is None:
        playing.close()


def test_an_alarm_is_handled_by_who_is_sent(
    desk: Desk, field: FieldProcess, town: TownFiles
) -> None:
    field.say(fire="smoke-01")
    until(lambda: desk.board.cases, "the alarm opened a case")
    case_id = next(iter(desk.board.cases))

    def state() -> CaseState:
        return desk.board.cases[case_id].state

    def seen() -> int:
        return desk.board.cases[case_id].version

    assert desk.board.cases[case_id].place_name == "桃源新邨12幢301"
    desk.do(TakeCase(actor=LI, case_id=case_id, seen=seen()))
    desk.do(SendUnit(actor=LI, case_id=case_id, seen=seen(), unit_id="W07"))
    until(lambda: state() == CaseState.FEEDBACK, "the worker reported")
    entries = desk.board.entries(case_id)
    last = next(e for e in entries if e.action == "finish")
    assert last.photos[0].media_type == "image/jpeg"
    assert "扑灭" in last.text
    until(lambda: not any(a.active for a in desk.board.alarms.values()), "restored")
    words = [next(iter(m)) for m in field.said if "unit" in m]
    order = ("task", "signed", "departed", "arrived", "finished")
    assert [w for w in words if w in order] == list(order)
    assert field.close() == 0
    assert field.said[-1]["stats"]["waiting"] == 0  # type: ignore[index]
    assert field.said[-1]["stats"]["rejected"] == 0  # type: ignore[index]


def test_everyone_is_seen_and_one_is_honestly_old(
    desk: Desk, field: FieldProcess, town: TownFiles
) -> None:
    def placed() -> int:
        return sum(u.point is not None for u in desk.board.units.values())

    until(lambda: placed() == len(town.units), "every unit has a position")
    old = desk.board.units["W05"]
    assert old.point_at is not None
    assert utc_now() - old.point_at > timedelta(minutes=8)


def test_a_recalled_worker_is_free_again(desk: Desk, field: FieldProcess) -> None:
    field.say(reaction_s=600)
    field.say(press="panic-01")
    until(lambda: desk.board.cases, "the button opened a case")
    case_id = next(iter(desk.board.cases))
    case = desk.board.cases[case_id]
    desk.do(TakeCase(actor=LI, case_id=case_id, seen=case.version))
    seen = desk.board.cases[case_id].version
    desk.do(SendUnit(actor=LI, case_id=case_id, seen=seen, unit_id="W08"))
    until(lambda: field.heard("task"), "the terminal has the task")
    seen = desk.board.cases[case_id].version
    desk.do(RecallUnit(actor=LI, case_id=case_id, seen=seen, reason="另派"))
    until(lambda: field.heard("recalled"), "the terminal heard the recall")
    assert desk.board.units["W08"].status is UnitStatus.FREE
    assert not field.heard("signed")


def test_the_detector_fires_by_itself(home: Home, service: Service, desk: Desk) -> None:
    playing = FieldProcess(home, service, first_alarm_s=0.2)
    try:
        until(lambda: desk.board.cases, "an alarm came by itself")
    finally:
        status = playing.close()
    assert status == 0


def test_a_living_day_fills_the_desk_and_its_own_desk_empties_it(
    home: Home, service: Service, desk: Desk
) -> None:
    day = {
        "seed": 1,
        "speed": 400,
        "begins_s": 17 * 3600,
        "attend": True,
        "desk_address": service.ready.desk_address,
    }
    playing = FieldProcess(home, service, first_alarm_s=None, speed_up=100, day=day)

    def closed(channel: str) -> bool:
        return any(
            case.channel == channel and case.state is CaseState.CLOSED
            for case in tuple(desk.board.cases.values())
        )

    try:
        for channel in ("hotline", "patrol", "device"):
            until(lambda: closed(channel), f"a case by {channel} was closed")  # noqa: B023
    finally:
        status = playing.close()
    owners = {c.owner for c in desk.board.cases.values() if c.owner}
    assert owners == {"演示值班"}
    calls = [e for c in desk.board.cases for e in desk.board.entries(c)]
    assert {e.actor for e in calls if e.action == "report"} >= {"演示来电席"}
    assert status == 0
    assert playing.said[-1]["stats"]["rejected"] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    "day", [[], {"speed": 0}, {"desk_address": "x", "begins_s": -1}, {"speed": 2}]
)
def test_a_bad_day_is_refused(home: Home, day: object) -> None:
    first = {"address": "x", "server_key": "k", "day": day}
    assert run(home, orders=io.StringIO(json.dumps(first)), out=io.StringIO()) == 2


@pytest.mark.parametrize("first", ["", "[]", '{"address": "x"}', "not json"])
def test_a_bad_first_line_is_refused(home: Home, first: str) -> None:
    out = io.StringIO()
    assert run(home, orders=io.StringIO(first + "\n"), out=out) == 2
    assert "error" in json.loads(out.getvalue())


def test_keys_are_made_once(home: Home) -> None:
    first = field_keys(home, ["smoke-01"])
    assert field_keys(home, ["smoke-01"]) == first
    assert (
        Path(home.keys / "field").stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    )


def test_the_camera_on_the_enforcement_vehicle_drives_with_it(
    home: Home, service: Service
) -> None:
    folder = SAMPLE_TOWN.parent / "yaozhuang"
    town = read_town(folder)
    desk = Desk(home, service.ready)
    keys = field_keys(home, [d.device_id for d in town.devices])
    desk.do(
        ImportTown(
            actor=LI,
            grids=town.grids,
            units=town.units,
            places=town.places,
            cameras=tuple(
                dataclasses.replace(c, main_url="rtsp://127.0.0.1:9/", sub_url="")
                for c in town.cameras
            ),
            devices=tuple(
                dataclasses.replace(d, public_key=keys[d.device_id].public)
                for d in town.devices
            ),
        )
    )
    day = {"begins_s": 3 * 3600, "desk_address": service.ready.desk_address}
    playing = FieldProcess(
        home, service, town=str(folder), first_alarm_s=None, speed_up=10, day=day
    )
    board = desk.board

    def stands() -> Standing:
        return board.standing(board.cameras["1301"])

    until(lambda: stands().aimed, "the vehicle said where it drives")
    seen = stands()
    assert seen.is_sure(utc_now())
    until(lambda: distance_m(seen.point, stands().point) > 30, "its camera moved on")
    assert stands().point == board.units["V01"].point
    assert stands().bearing_deg == board.units["V01"].heading_deg
    assert board.cameras["1301"].point == town.cameras[-1].point
    assert playing.close() == 0
    desk.client.close()
