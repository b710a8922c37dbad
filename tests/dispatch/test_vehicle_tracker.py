"""vehicle_tracker: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RecordHeartbeat, RecordPosition, RecordReading
from dispatch.devices import vehicle_tracker
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"position","where":{"lon":120.9,"lat":30.9},"speed_mps":8.3,"heading_deg":271}',
            RecordPosition,
            {"speed_mps": 8.3, "heading_deg": 271.0},
        ),
        (
            '{"type":"reading","values":{"battery_v":12.6}}',
            RecordReading,
            {"values": {"battery_v": 12.6}},
        ),
        ('{"type":"heartbeat"}', RecordHeartbeat, {"battery": None}),
        ('{"type":"alarm"}', None, {}),
        ('{"type":"sign","task":"1.1"}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = vehicle_tracker.translate(heard("vehicle_tracker", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert vehicle_tracker in DEVICE_KINDS
