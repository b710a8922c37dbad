"""A rule over the real line: three devices of a door, one service, one desk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from line_parts import Desk, enrol, field_client, until

from dispatch import wire
from dispatch.alarms import Alarm
from dispatch.service import Service
from resources.home import Home


def test_a_door_forced_and_access_heard_late(home: Home, tmp_path: Path) -> None:
    service = Service(home)
    desk, lines = None, {}
    try:
        desk = Desk(home, service.ready)
        board = desk.board
        for name, kind in (
            ("DC-1", "door_contact"),
            ("PIR-1", "infrared_detector"),
            ("AC-1", "access_control"),
        ):
            keys = enrol(desk, name, kind=kind)
            lines[name] = field_client(service.ready, tmp_path, name, keys)

        def told() -> list[Alarm]:
            return [a for a in board.alarms.values() if a.source == "door-forced"]

        begun = datetime.now(UTC)
        lines["DC-1"].send(wire.Reading(values={"open": 1.0}), at=begun)
        assert lines["DC-1"].flush(10)
        lines["PIR-1"].send(wire.Reading(values={"motions": 1.0}))
        until(told, "the alarm of the rule")
        (alarm,) = told()
        assert (alarm.device_id, alarm.category, alarm.active) == ("DC-1", "B008", True)
        assert alarm.case_id in board.cases
        granted = wire.Reading(values={"granted": 1.0})
        lines["AC-1"].send(granted, at=begun - timedelta(seconds=5))
        until(lambda: not told()[0].active, "its end, once access is heard of")
        assert told()[0].count == 1
    finally:
        for line in lines.values():
            line.close()
        if desk is not None:
            desk.client.close()
        service.close()
