"""water_level: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import water_level
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"alarm","text":"0.62 m above the line"}',
            RaiseAlarm,
            {"category": "B007", "text": "0.62 m above the line"},
        ),
        (
            '{"type":"reading","values":{"over_line_m":0.62,"water_level_m":3.72}}',
            RecordReading,
            {"values": {"over_line_m": 0.62, "water_level_m": 3.72}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B007"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = water_level.translate(heard("water_level", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert water_level in DEVICE_KINDS
