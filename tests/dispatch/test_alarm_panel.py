"""alarm_panel: captured reports in Contact ID, and the command expected of each."""

import pytest
from bus_kit import Kit
from test_device_kinds import heard

from dispatch.commands import RaiseAlarm, RecordHeartbeat, RecordReading, RestoreAlarm
from dispatch.devices import alarm_panel
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.profiles import load_taxonomy


def cid(event: str, qualifier: int = 1, zone: int = 5, **more: str) -> str:
    said = "".join(f',"{name}":{value}' for name, value in more.items())
    return (
        f'{{"type":"contact_id","event":"{event}","qualifier":{qualifier},'
        f'"partition":1,"zone":{zone}{said}}}'
    )


@pytest.mark.parametrize(
    ("body", "command", "expected"),
    [
        (
            cid("130"),
            RaiseAlarm,
            {"category": "B008", "text": "130 盗警 01-005", "source": "cid-130-01-005"},
        ),
        (cid("130", 6), RaiseAlarm, {"category": "B008", "source": "cid-130-01-005"}),
        (cid("130", 3), RestoreAlarm, {"category": "B008", "source": "cid-130-01-005"}),
        (cid("111", test="true"), RaiseAlarm, {"category": "B001", "test": True}),
        (
            cid("151", text='"锅炉房"'),
            RaiseAlarm,
            {"category": "B002", "text": "151 燃气泄漏 01-005 锅炉房"},
        ),
        (cid("120"), RaiseAlarm, {"category": "B003"}),
        (cid("101"), RaiseAlarm, {"category": "B003"}),
        (cid("641"), RaiseAlarm, {"category": "B005"}),
        (cid("154"), RaiseAlarm, {"category": "B007"}),
        (cid("301", zone=0), RaiseAlarm, {"category": "B010"}),
        (cid("384"), RaiseAlarm, {"category": "B010"}),
        (cid("199"), RaiseAlarm, {"category": "B008", "text": "199 01-005"}),
        (cid("399"), RaiseAlarm, {"category": "B010", "text": "399 01-005"}),
        (
            cid("401", 3, 7),
            RecordReading,
            {
                "values": {
                    "contact_id": 401.0,
                    "qualifier": 3.0,
                    "partition": 1.0,
                    "zone": 7.0,
                }
            },
        ),
        (cid("406"), RecordReading, {}),
        (cid("570"), RecordReading, {}),
        (cid("602"), RecordReading, {}),
        ('{"type":"alarm"}', RaiseAlarm, {"category": "B008", "source": ""}),
        ('{"type":"restore"}', RestoreAlarm, {"category": "B008", "source": ""}),
        ('{"type":"heartbeat"}', RecordHeartbeat, {"battery": None}),
        ('{"type":"sign","task":"1.1"}', None, {}),
    ],
)
def test_captured_frames(body, command, expected):
    made = alarm_panel.translate(heard("alarm_panel", body))
    assert made is None if command is None else type(made) is command
    assert {field: getattr(made, field) for field in expected} == expected


def test_each_code_is_of_a_category_that_there_is():
    codes = [code for codes in alarm_panel.CODES.values() for code in codes]
    assert len(codes) == len(set(codes))
    taxonomy = load_taxonomy()
    assert all(taxonomy.find(category) for category in alarm_panel.CODES)


def test_the_end_of_one_zone_ends_no_other(tmp_path):
    kit = Kit(tmp_path)
    try:
        kit.enrol("P1", "alarm_panel")
        for zone in ("5", "6"):
            kit.bus.handle(kit.alarm("P1", category="B008", source=zone))
        kit.bus.handle(kit.restore("P1", category="B008", source="5"))
        board = kit.board()
        assert {a.source: a.active for a in board.alarms.values()} == {
            "5": False,
            "6": True,
        }
        assert len(board.cases) == 1
    finally:
        kit.close()


def test_it_is_known():
    assert alarm_panel in DEVICE_KINDS
