"""gas_detector: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import gas_detector
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"alarm","text":"20 % LEL"}',
            RaiseAlarm,
            {"category": "B002", "text": "20 % LEL"},
        ),
        (
            '{"type":"reading","values":{"lel_pct":3.5}}',
            RecordReading,
            {"values": {"lel_pct": 3.5}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B002"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = gas_detector.translate(heard("gas_detector", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert gas_detector in DEVICE_KINDS
