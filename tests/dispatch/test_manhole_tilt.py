"""manhole_tilt: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import manhole_tilt
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"alarm","text":"cover open"}',
            RaiseAlarm,
            {"category": "B007", "text": "cover open"},
        ),
        (
            '{"type":"reading","values":{"tilt_deg":31.5}}',
            RecordReading,
            {"values": {"tilt_deg": 31.5}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B007"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = manhole_tilt.translate(heard("manhole_tilt", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert manhole_tilt in DEVICE_KINDS
