"""door_contact: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import door_contact
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        ('{"type":"alarm","text":"24 h"}', RaiseAlarm, {"category": "B005"}),
        (
            '{"type":"reading","values":{"open":1}}',
            RecordReading,
            {"values": {"open": 1.0}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B005"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = door_contact.translate(heard("door_contact", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert door_contact in DEVICE_KINDS
