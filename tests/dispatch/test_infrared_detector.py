"""infrared_detector: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import infrared_detector
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        ('{"type":"alarm"}', RaiseAlarm, {"category": "B005"}),
        (
            '{"type":"reading","values":{"motions":12}}',
            RecordReading,
            {"values": {"motions": 12.0}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B005"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = infrared_detector.translate(heard("infrared_detector", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert infrared_detector in DEVICE_KINDS
