"""Each kind with captured frames and the command expected of each."""

from datetime import UTC, datetime

import pytest

from dispatch import wire
from dispatch.commands import (
    ArriveCase,
    Command,
    DepartCase,
    FinishCase,
    RaiseAlarm,
    RecordHeartbeat,
    RecordPosition,
    RecordReading,
    ReportFinding,
    RestoreAlarm,
    ReturnCase,
    SignCase,
)
from dispatch.devices import Device, panic_button, smoke_detector, worker_terminal
from dispatch.devices.common import Heard
from dispatch.geo import Point
from dispatch.people import Role
from dispatch.utc_time import utc

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HERE = Point(120.95, 30.91)
KINDS = {
    kind.NAME: kind.translate
    for kind in (smoke_detector, panic_button, worker_terminal)
}


def heard(kind: str, body: str, *, at: str = "2026-11-21T12:00:00+08:00") -> Heard:
    raw = f'{{"v":1,"device":"D-1","seq":9,"at":"{at}","body":{body}}}'.encode()
    message, _ = wire.parse([raw])
    assert message.at is not None
    assert not isinstance(message.body, wire.Hello)
    device = Device(
        device_id="D-1",
        kind=kind,
        name="样机",
        public_key="k" * 40,
        place_name="桃源新邨",
        point=HERE,
        unit_id="W07" if kind == "worker_terminal" else "",
    )
    return Heard(
        device=device,
        body=message.body,
        seq=message.seq,
        at=utc(message.at),
        received_at=NOW,
    )


CAPTURED: list[tuple[str, str, type[Command], dict[str, object]]] = [
    (
        "smoke_detector",
        '{"type":"alarm","text":"smoke"}',
        RaiseAlarm,
        {"category": "B001", "text": "smoke", "point": None, "at": NOW, "sequence": 9},
    ),
    (
        "smoke_detector",
        '{"type":"alarm","where":{"lon":999,"lat":-999},"test":true}',
        RaiseAlarm,
        {"point": Point(180.0, -90.0), "test": True, "drill": False},
    ),
    ("smoke_detector", '{"type":"restore"}', RestoreAlarm, {"category": "B001"}),
    (
        "smoke_detector",
        '{"type":"heartbeat","battery":88}',
        RecordHeartbeat,
        {"battery": 88.0},
    ),
    (
        "smoke_detector",
        '{"type":"reading","values":{"temperature_c":21.5}}',
        RecordReading,
        {"values": {"temperature_c": 21.5}},
    ),
    ("panic_button", '{"type":"alarm"}', RaiseAlarm, {"category": "B003"}),
    ("panic_button", '{"type":"restore"}', RestoreAlarm, {"category": "B003"}),
    (
        "worker_terminal",
        '{"type":"position","where":{"lon":120.9,"lat":30.9,"accuracy_m":8},'
        '"speed_mps":1.2,"heading_deg":90}',
        RecordPosition,
        {
            "point": Point(120.9, 30.9),
            "accuracy_m": 8.0,
            "speed_mps": 1.2,
            "heading_deg": 90.0,
        },
    ),
    (
        "worker_terminal",
        '{"type":"sign","task":"17.1"}',
        SignCase,
        {"case_id": 17, "unit_id": "W07", "at": NOW, "seen": None},
    ),
    ("worker_terminal", '{"type":"depart","task":"17.1"}', DepartCase, {"case_id": 17}),
    (
        "worker_terminal",
        '{"type":"arrive","task":"17.1","where":{"lon":120.9,"lat":30.9}}',
        ArriveCase,
        {"point": Point(120.9, 30.9)},
    ),
    (
        "worker_terminal",
        '{"type":"return","task":"17.1","reason":"正在处理另一件"}',
        ReturnCase,
        {"case_id": 17, "unit_id": "W07", "reason": "正在处理另一件"},
    ),
    (
        "worker_terminal",
        '{"type":"report","category":"6003","text":"摊贩占道","place":"桃源路口"}',
        ReportFinding,
        {
            "category": "6003",
            "text": "摊贩占道",
            "place_name": "桃源路口",
            "point": None,
            "home": HERE,
            "photos": (),
        },
    ),
    (
        "worker_terminal",
        '{"type":"alarm","where":{"lon":120.9,"lat":30.9}}',
        RaiseAlarm,
        {"category": "B003", "point": Point(120.9, 30.9)},
    ),
]


@pytest.mark.parametrize(("kind", "body", "command", "expected"), CAPTURED)
def test_captured_frames(
    kind: str, body: str, command: type[Command], expected: dict[str, object]
) -> None:
    made = KINDS[kind](heard(kind, body))
    assert type(made) is command
    assert made.command_id == "D-1:kkkkkkkk:9"
    assert {name: getattr(made, name) for name in expected} == expected
    assert made.actor.roles & made.needs


def test_a_photo_arrives_whole() -> None:
    made = worker_terminal.translate(
        heard(
            "worker_terminal",
            '{"type":"finish","task":"17.2","text":"火已灭",'
            '"photo":{"media_type":"image/jpeg","data":"/9j/4A=="}}',
        )
    )
    assert isinstance(made, FinishCase)
    assert (made.case_id, made.text) == (17, "火已灭")
    (photo,) = made.photos
    assert (photo.data, photo.taken_at) == (b"\xff\xd8\xff\xe0", NOW)
    assert made.needs == {Role.HANDLER}


def test_nan_places_are_left_out() -> None:
    body = wire.Alarm(where=wire.ClaimedWhere(lon=float("nan"), lat=30.0))
    message = heard("panic_button", '{"type":"alarm"}')
    made = panic_button.translate(
        Heard(device=message.device, body=body, seq=1, at=NOW, received_at=NOW)
    )
    assert isinstance(made, RaiseAlarm)
    assert made.point is None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("smoke_detector", '{"type":"sign","task":"1.1"}'),
        ("panic_button", '{"type":"position","where":{"lon":1,"lat":1}}'),
    ],
)
def test_what_a_kind_cannot_say_means_nothing(kind: str, body: str) -> None:
    assert KINDS[kind](heard(kind, body)) is None


@pytest.mark.parametrize(
    "body",
    [
        '{"type":"sign","task":"1.1"}',
        '{"type":"report","category":"5001","text":"垃圾"}',
    ],
)
def test_a_terminal_that_no_unit_carries_answers_no_task(body: str) -> None:
    message = heard("worker_terminal", body)
    nobody = Device(
        device_id="D-1",
        kind="worker_terminal",
        name="备用机",
        public_key="k" * 40,
        place_name="",
        point=HERE,
    )
    made = worker_terminal.translate(
        Heard(device=nobody, body=message.body, seq=1, at=NOW, received_at=NOW)
    )
    assert made is None
