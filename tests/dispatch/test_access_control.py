"""access_control: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import access_control
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            '{"type":"alarm","text":"door forced"}',
            RaiseAlarm,
            {"category": "B008", "text": "door forced"},
        ),
        (
            '{"type":"reading","values":{"granted":1,"denied":0}}',
            RecordReading,
            {"values": {"granted": 1.0, "denied": 0.0}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B008"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = access_control.translate(heard("access_control", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert access_control in DEVICE_KINDS
