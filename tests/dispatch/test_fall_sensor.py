"""fall_sensor: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import fall_sensor
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"alarm","text":"fall"}',
            RaiseAlarm,
            {"category": "B003", "text": "fall"},
        ),
        (
            '{"type":"reading","values":{"in_bed":0,"breaths_per_min":16}}',
            RecordReading,
            {"values": {"in_bed": 0.0, "breaths_per_min": 16.0}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B003"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = fall_sensor.translate(heard("fall_sensor", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert fall_sensor in DEVICE_KINDS
