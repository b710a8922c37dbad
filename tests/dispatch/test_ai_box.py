"""ai_box: captured frames, the command expected of each, and the picture in the log."""

import pytest
from bus_kit import START, Kit
from test_device_kinds import heard

from dispatch.commands import (
    Photo,
    RaiseAlarm,
    RecordHeartbeat,
    RecordReading,
    RestoreAlarm,
)
from dispatch.devices import ai_box
from dispatch.devices.kinds import DEVICE_KINDS

SNAPSHOT = '"photo":{"media_type":"image/jpeg","data":"/9j/4A=="}'


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"detection","label":"line_crossing","camera":"1203",'
            '"confidence":0.87}',
            RaiseAlarm,
            {
                "category": "B008",
                "text": "绊线 1203 87%",
                "source": "line_crossing@1203",
                "photos": (),
            },
        ),
        (
            '{"type":"detection","label":"bin_overflow"}',
            RaiseAlarm,
            {"category": "B009", "text": "垃圾箱满溢", "source": "bin_overflow@"},
        ),
        (
            '{"type":"detection","label":"smoking","text":"吸烟"}',
            RaiseAlarm,
            {"category": "B009", "text": "smoking 吸烟"},
        ),
        (
            '{"type":"detection","label":"bin_overflow","ended":true}',
            RestoreAlarm,
            {"category": "B009", "source": "bin_overflow@"},
        ),
        (
            '{"type":"reading","values":{"channels":8}}',
            RecordReading,
            {"values": {"channels": 8.0}},
        ),
        ('{"type":"heartbeat"}', RecordHeartbeat, {"battery": None}),
        ('{"type":"alarm"}', None, {}),
        ('{"type":"sign","task":"1.1"}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = ai_box.translate(heard("ai_box", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_a_picture_comes_with_it():
    made = ai_box.translate(
        heard("ai_box", '{"type":"detection","label":"intrusion",' + SNAPSHOT + "}")
    )
    assert isinstance(made, RaiseAlarm)
    (photo,) = made.photos
    assert photo.data == b"\xff\xd8\xff\xe0"


def test_the_picture_stands_in_the_case_s_log(tmp_path):
    kit = Kit(tmp_path)
    try:
        kit.enrol("A1", "ai_box")
        for data in (b"\xff\xd81", b"\xff\xd82"):
            photo = Photo(
                name="a.jpg", media_type="image/jpeg", data=data, taken_at=START
            )
            kit.bus.handle(kit.alarm("A1", category="B008", photos=(photo,)))
        (case_id,) = kit.board().cases
        lines = kit.board().entries(case_id)
        assert [len(line.photos) for line in lines] == [1, 1]
    finally:
        kit.close()


def test_each_camera_and_label_has_its_own_case_where_that_camera_hangs(tmp_path):
    kit = Kit(tmp_path)
    try:
        kit.enrol("A1", "ai_box")
        camera = next(iter(kit.board().cameras.values()))
        for label, seen_by in (
            ("bin_overflow", camera.camera_id),
            ("bin_overflow", "unknown"),
            ("laundry", camera.camera_id),
            ("bin_overflow", camera.camera_id),
        ):
            body = f'{{"type":"detection","label":"{label}","camera":"{seen_by}"}}'
            made = ai_box.translate(heard("ai_box", body))
            assert isinstance(made, RaiseAlarm)
            said = {"source": made.source, "camera_id": made.camera_id}
            kit.bus.handle(kit.alarm("A1", category="B009", **said))
        cases = kit.board().cases.values()
        assert [(case.place_name, case.alarm_count) for case in cases] == [
            (camera.name, 2),
            ("桃源新邨12幢301", 1),
            (camera.name, 1),
        ]
    finally:
        kit.close()


def test_it_is_known():
    assert ai_box in DEVICE_KINDS
