"""electricity_meter: captured frames, and the command expected of each."""

import pytest
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import electricity_meter
from dispatch.devices.kinds import DEVICE_KINDS


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        ('{"type":"alarm"}', RaiseAlarm, {"category": "B004"}),
        (
            '{"type":"reading","values":{"energy_kwh":5120.4}}',
            RecordReading,
            {"values": {"energy_kwh": 5120.4}},
        ),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B004"}),
        ('{"type":"heartbeat","battery":71}', RecordHeartbeat, {"battery": 71.0}),
        ('{"type":"sign","task":"1.1"}', None, {}),
        ('{"type":"position","where":{"lon":120.9,"lat":30.9}}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = electricity_meter.translate(heard("electricity_meter", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_it_is_known():
    assert electricity_meter in DEVICE_KINDS
