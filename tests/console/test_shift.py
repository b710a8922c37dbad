"""What the shift page says at rest: what ended, what is silent, which keys do now."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, START, DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console import shift
from console.panels.home import HomePage
from console.shift import (
    cameras_out,
    ended,
    never_heard,
    silent_devices,
    to_call_back,
    wrong_views,
)
from console.unit_kinds import UnitKind
from dispatch.case_commands import NoteCallBack
from dispatch.changes import DeviceReading
from dispatch.commands import Moment, ReportCase, VoidCase
from dispatch.devices import Device
from dispatch.wrong_views import FlagWrongView, TakeBackWrongView
from video.contract import GONE_REASONS, StreamState, StreamStatus


@pytest.fixture
def home(qtbot, kit: DeskKit):
    made = HomePage(kit.desk)
    qtbot.addWidget(made)
    made.resize(560, 930)
    made.show()
    return made


def device(name: str, *, kind: str = "smoke_detector", **more: object) -> Device:
    made = Device(
        device_id=name,
        kind=kind,
        name=name,
        public_key="k" * 40,
        place_name="桃源新邨",
        point=CENTRE,
    )
    return replace(made, **more)


def put(kit: DeskKit, made: Device, *, heard: timedelta | None = None) -> None:
    """Put a device on the board, last heard so long ago."""
    kit.board.devices[made.device_id] = made
    if heard is not None:
        kit.board.readings[made.device_id] = DeviceReading(
            device_id=made.device_id,
            last_seen=kit.clock() - heard,
            battery=None,
            values={},
        )


def close_one(qtbot, kit: DeskKit) -> int:
    """End the case of a false alarm; return it."""
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    (case_id,) = kit.board.cases
    kit.client.do(VoidCase(actor=DESK, case_id=case_id, reason="false_alarm"))
    qtbot.waitUntil(lambda: not kit.board.cases[case_id].state.is_open)
    return case_id


def test_a_device_is_silent_once_it_says_less_than_its_kind_must(kit: DeskKit, home):
    kit.board.devices.clear()
    kit.board.readings.clear()
    put(kit, device("fresh"), heard=timedelta(hours=24))
    put(kit, device("old"), heard=timedelta(hours=26))
    put(kit, device("older"), heard=timedelta(hours=50))
    put(kit, device("meter", kind="water_meter"), heard=timedelta(hours=4))
    put(kit, device("carried", kind="worker_terminal"), heard=timedelta(days=9))
    put(kit, device("gone", revoked=True), heard=timedelta(days=9))
    put(kit, device("new"))
    put(kit, device("new-but-gone", revoked=True))
    put(kit, device("without-key", public_key=""))
    put(kit, device("lost-its-key", public_key=""), heard=timedelta(days=9))
    silent = [each.device.device_id for each in silent_devices(kit.desk)]
    assert silent == ["older", "old", "meter"]
    (never,) = never_heard(kit.desk)
    ((_, lines),) = home._silent_lines()
    assert never.name in lines[-1][0], "which one, not only how many"


def test_while_the_service_is_away_ages_stand_and_carry_their_time(
    qtbot, kit: DeskKit, home
):
    """Nobody was silent for the hours in which nobody listened."""
    kit.board.devices.clear()
    kit.board.readings.clear()
    put(kit, device("fresh"), heard=timedelta(hours=24))
    put(kit, device("old"), heard=timedelta(hours=26))
    kit.client.lose()
    qtbot.waitUntil(lambda: kit.desk.as_of is not None)
    (before,) = home._silent_lines()
    kit.clock.go(hours=9)
    assert [each.device.device_id for each in silent_devices(kit.desk)] == ["old"]
    (after,) = home._silent_lines()
    assert after[1] == before[1]
    assert after[0].startswith("As of ")


def test_what_ended_within_a_shift_is_shown_and_opens(qtbot, kit: DeskKit, home):
    case_id = close_one(qtbot, kit)
    assert [case.case_id for _, case in ended(kit.desk)] == [case_id]
    kit.desk.open_case(None)
    home.grab()
    box, shown = home._boxes[-1]
    assert shown == case_id
    QTest.mouseClick(home, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert kit.desk.open_case_id == case_id
    kit.clock.go(seconds=shift.ENDED_WITHIN.total_seconds() + 60)
    assert ended(kit.desk) == []


def test_only_keys_that_do_something_now_are_taught(qtbot, kit: DeskKit, home):
    assert [cap for cap, _ in home.live_keys()] == ["F2", "F1"]
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    assert [cap for cap, _ in home.live_keys()] == ["⏎", "F2", "↑ ↓", "F1"]
    says = kit.desk.actions.action("open_worst").text(kit.desk)
    assert home.live_keys()[0][1] == says, "the words of the bottom bar"


def test_free_people_are_counted_by_kind(kit: DeskKit, home):
    assert dict(home.free()) == {UnitKind.STAFF: 5, UnitKind.FIRE: 1}


@dataclass
class Pictures:
    """Says of each camera what it is told to; no worker has to run for that."""

    reasons: dict[str, str]

    def status(self, camera_id: str) -> StreamStatus:
        return StreamStatus(
            state=StreamState.CONNECTING,
            since=START,
            reason=self.reasons.get(camera_id, ""),
        )


def test_cameras_without_a_picture_are_those_that_were_asked(kit: DeskKit, monkeypatch):
    first, second, third = sorted(kit.board.cameras)[:3]
    assert "timeout" in GONE_REASONS
    told = Pictures({second: "timeout", third: "login_missing"})
    monkeypatch.setattr(kit.desk, "engine", told)
    assert cameras_out(kit.desk) == [second]
    monkeypatch.setattr(kit.desk, "engine", None)
    assert cameras_out(kit.desk) == []
    assert first not in (second, third)


def test_cameras_flagged_as_wrong_stand_there_until_it_is_taken_back(
    qtbot, kit: DeskKit, home
):
    for number in ("1211", "1203"):
        kit.client.do(
            FlagWrongView(actor=DESK, camera_id=number, at=kit.clock.go(seconds=1))
        )
    qtbot.waitUntil(lambda: len(wrong_views(kit.desk)) == 2)
    assert [each.camera_id for each in wrong_views(kit.desk)] == ["1211", "1203"]
    title, lines = home._lines()[-1]
    assert title == "Wrong view  2"
    assert lines[0][0] == "1211 桃源路口  李敏 10:42"
    for number in ("1211", "1203"):
        kit.client.do(TakeBackWrongView(actor=DESK, camera_id=number, at=kit.clock()))
    qtbot.waitUntil(lambda: not wrong_views(kit.desk))
    assert "Wrong view" not in str(home._lines())


def test_ended_cases_that_owe_calls_stand_there_until_they_were_made(
    qtbot, kit: DeskKit, home
):
    def reported(joins: int | None = None) -> int:
        report = ReportCase(
            actor=DESK,
            category="1002",
            place_name="桃源",
            point=CENTRE,
            channel="hotline",
            reporter_phone="13800000999",
            joins=joins,
        )
        return int(str(kit.client.do(report).value))

    case_id = reported()
    other = reported(joins=case_id)
    kit.client.do(VoidCase(actor=DESK, case_id=case_id, reason="duplicate"))
    qtbot.waitUntil(lambda: bool(to_call_back(kit.desk)))
    assert Moment.OWED in kit.board.cases[other].clocks, "whom to call stands there"
    (title, lines) = home._call_lines()[0]
    assert title.endswith("2"), "once each"
    assert [words_[:8] for words_, _ in lines] == ["#0001 桃源", "#0002 桃源"]
    assert {shown for _, shown in lines} == {case_id}
    for each in (case_id, other):
        kit.client.do(NoteCallBack(actor=DESK, case_id=each, text="不需要回访"))
    qtbot.waitUntil(lambda: not home._call_lines())
