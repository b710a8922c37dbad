"""Devices at a real service: let in by key, acknowledged after commit, refused well."""

import dataclasses
import json
import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from line_parts import LI, PATIENCE_S, Desk, device, enrol, field_client, until
from raw_line import Raw, message

from dispatch import handlers, wire
from dispatch.cases import CaseState
from dispatch.commands import (
    EnrolDevice,
    RaiseAlarm,
    RecordReading,
)
from dispatch.field import FieldClient
from dispatch.keys import make_keys
from dispatch.questions import QuarantineList, QuarantineReport
from dispatch.service import Service
from resources.home import Home


def quarantine(desk: Desk) -> QuarantineReport:
    report = desk.client.ask(QuarantineList()).result(10)
    assert isinstance(report, QuarantineReport)
    return report


def test_an_alarm_becomes_a_case_at_every_desk(
    home: Home, service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "SD-1")
    second = Desk(home, service.ready, name="second")
    sensor = field_client(service.ready, tmp_path, "SD-1", keys)
    try:
        assert sensor.send(wire.Alarm(text="smoke")) == 1
        until(lambda: desk.board.cases and second.board.cases, "a case everywhere")
        (case,) = desk.board.cases.values()
        assert (case.category, case.severity, case.state) == ("B001", 1, CaseState.NEW)
        assert second.board.cases == desk.board.cases
        assert sensor.flush(10)
        assert sensor.stats().acknowledged == 1
    finally:
        sensor.close()
        second.client.close()


@pytest.mark.expected_log("dispatch.writer", "RaiseAlarm failed")
def test_an_alarm_that_meets_a_fault_of_ours_is_not_forgotten(
    service: Service, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = enrol(desk, "SD-1")
    real = handlers.HANDLERS[RaiseAlarm]
    tries: list[int] = []

    def fails_once(work: Any, command: Any, means: Any) -> object:
        tries.append(command.sequence)
        if len(tries) == 1:
            raise ZeroDivisionError
        return real(work, command, means)

    monkeypatch.setitem(handlers.HANDLERS, RaiseAlarm, fails_once)
    sensor = field_client(service.ready, tmp_path, "SD-1", keys)
    try:
        sensor.send(wire.Alarm())
        until(lambda: tries, "the first try")
        # Whoever goes on talking must not keep the alarm from being sent again.
        n = 0
        end = time.monotonic() + PATIENCE_S
        while len(tries) < 2:
            assert time.monotonic() < end, "never sent again"
            n += 1
            sensor.send(wire.Reading(values={"n": n}))
            assert_acknowledged(sensor, n)
        assert sensor.flush(20)
        assert tries[:2] == [1, 1]
        assert sensor.stats().rejected == 0
        until(lambda: desk.board.cases, "the case")
    finally:
        sensor.close()


def assert_acknowledged(sensor: FieldClient, count: int) -> None:
    until(lambda: sensor.stats().acknowledged >= count, "a reading is taken")


@pytest.mark.expected_log("dispatch.writer", "RecordReading failed")
def test_what_was_not_stored_is_not_said_to_be(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = enrol(desk, "SD-1")
    real = handlers.HANDLERS[RecordReading]
    go = threading.Event()

    def handler(work: Any, command: Any, means: Any) -> object:
        assert go.wait(10)
        if command.values["n"] < 0:
            raise ZeroDivisionError
        return real(work, command, means)

    monkeypatch.setitem(handlers.HANDLERS, RecordReading, handler)
    with Raw(service, keys) as raw:
        assert raw.say(message({"type": "hello"}, seq=0))["stored_seq"] == 0
        for seq, value in ((1, 1.0), (2, -1.0)):
            reading = {"type": "reading", "values": {"n": value}}
            raw.socket.send(message(reading, seq=seq))
        raw.socket.send(message({"type": "hello"}, seq=0))
        go.set()
        # The greeting comes after what was said before it.
        assert json.loads(raw.socket.recv())["body"] == {"type": "ack", "seq": 1}
        welcome = json.loads(raw.socket.recv())["body"]
        assert (welcome["type"], welcome["stored_seq"]) == ("welcome", 1)


def test_a_repeated_message_is_acknowledged_and_not_stored_again(
    service: Service, desk: Desk
) -> None:
    keys = enrol(desk, "SD-1")
    with Raw(service, keys) as raw:
        for _ in range(3):
            answer = raw.say(message({"type": "alarm"}, seq=7))
            assert answer == {"type": "ack", "seq": 7}
        welcome = raw.say(message({"type": "hello"}, seq=0))
        assert welcome["stored_seq"] == 7
        assert welcome["max_message_bytes"] == wire.MAX_MESSAGE_BYTES
    until(lambda: desk.board.alarms, "the alarm")
    (alarm,) = desk.board.alarms.values()
    assert alarm.count == 1


@pytest.mark.parametrize(
    ("data", "reason", "seq"),
    [
        (b"\x00\xffgarbage", "garbage", None),
        (message({"type": "alarm"}, device="SD-2"), "wrong_device", 1),
        (message({"type": "alarm", "test": "no"}), "schema", 1),
        (message({"type": "heartbeat", "battery": True}), "schema", 1),
        (message({"type": "sign", "task": "1.1"}), "not_for_kind", 1),
        (b'{"v":9,"device":"SD-1","seq":4}', "version", 4),
        (b"x" * (wire.MAX_MESSAGE_BYTES + 1), "oversize", None),
    ],
    ids=["garbage", "other device", "type", "number", "kind", "version", "oversize"],
)
def test_what_is_not_understood_is_refused_counted_and_kept(
    service: Service, desk: Desk, data: bytes, reason: str, seq: int | None
) -> None:
    keys = enrol(desk, "SD-1")
    with Raw(service, keys) as raw:
        if data[:1] == b"\x00" or data[:1] == b"x":
            raw.socket.send(data)
            answer = wire.parse_down(raw.socket.recv())
            assert isinstance(answer, wire.Reject)
            assert (answer.reason, answer.seq) == (reason, seq)
            assert answer.text
        else:
            told = raw.say(data)
            assert (told["type"], told["reason"], told["seq"]) == (
                "reject",
                reason,
                seq,
            )
        # The line is not harmed: the next good message is taken.
        good = raw.say(message({"type": "heartbeat"}, seq=2))
        assert good == {"type": "ack", "seq": 2}
    until(lambda: quarantine(desk).counts.get(reason) == 1, "set aside")
    (kept,) = quarantine(desk).frames
    assert kept.peer_key == keys.public
    assert kept.size == len(data)
    assert service.intake.stats().refused == {reason: 1}
    assert not desk.board.cases


@pytest.mark.expected_log("dispatch.intake", "unknown key")
@pytest.mark.expected_log("dispatch.field", "not let in")
def test_an_unknown_key_is_kept_out_until_it_is_enrolled(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = make_keys()
    sensor = field_client(service.ready, tmp_path, "SD-9", keys)
    try:
        sensor.send(wire.Alarm())
        until(lambda: service.intake.stats().knocks > 0, "a knock")
        until(lambda: "unknown_key" in quarantine(desk).counts, "set aside")
        kept = quarantine(desk).frames[0]
        assert kept.peer_key == keys.public
        assert sensor.stats().acknowledged == 0
        desk.do(EnrolDevice(actor=LI, device=device("SD-9", "smoke_detector", keys)))
        assert sensor.flush(15)
        until(lambda: desk.board.cases, "the alarm it had kept")
    finally:
        sensor.close()


def test_a_key_that_is_revoked_is_not_heard_any_more(
    service: Service, desk: Desk
) -> None:
    keys = enrol(desk, "SD-1")
    with Raw(service, keys) as raw:
        assert raw.say(message({"type": "heartbeat"}))["type"] == "ack"
        gone = dataclasses.replace(device("SD-1", "smoke_detector", keys), revoked=True)
        desk.do(EnrolDevice(actor=LI, device=gone))
        answer = raw.say(message({"type": "alarm"}, seq=2))
        assert (answer["type"], answer["reason"]) == ("reject", "unknown_key")


def test_more_than_the_backstop_cuts_the_line_and_is_counted(
    service: Service, desk: Desk
) -> None:
    keys = enrol(desk, "SD-1")
    with Raw(service, keys) as raw:
        assert raw.say(message({"type": "heartbeat"}))["type"] == "ack"
        before = service.intake.stats().disconnects
        raw.socket.send(b"{" + b" " * (4 * wire.MAX_MESSAGE_BYTES))
        until(lambda: service.intake.stats().disconnects > before, "the cut")


def test_silent_connections_are_closed_and_disturb_nobody(
    service: Service, desk: Desk
) -> None:
    keys = enrol(desk, "SD-1")
    host, port = service.ready.intake_address.removeprefix("tcp://").split(":")
    silent = [socket.create_connection((host, int(port)), 10) for _ in range(50)]
    try:
        with Raw(service, keys) as raw:
            assert raw.say(message({"type": "alarm"}))["type"] == "ack"
        for connection in silent:
            connection.settimeout(10)
            while connection.recv(1024):
                pass  # ZeroMQ's greeting, then the end
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.parametrize(
    ("at", "where"),
    [
        ("1970-01-01T00:00:00Z", None),
        ("2031-01-01T00:00:00+08:00", None),
        ("0001-01-01T00:00:00+08:00", None),
        ("9999-12-31T23:59:59-08:00", None),
        (None, {"lon": -70.0, "lat": -33.0}),
        (None, {"lon": 1e9, "lat": -1e9}),
    ],
)
def test_a_suspicious_alarm_is_still_an_alarm(
    service: Service, desk: Desk, at: str | None, where: dict[str, float] | None
) -> None:
    keys = enrol(desk, "SD-1")
    body: dict[str, Any] = {"type": "alarm"}
    if where is not None:
        body["where"] = where
    with Raw(service, keys) as raw:
        at = at or datetime.now(UTC).isoformat()
        assert raw.say(message(body, at=at)) == {"type": "ack", "seq": 1}
    until(lambda: desk.board.cases, "a case")
    (case,) = desk.board.cases.values()
    assert case.doubt


def test_a_device_without_a_clock_is_heard(service: Service, desk: Desk) -> None:
    keys = enrol(desk, "SD-1")
    with Raw(service, keys) as raw:
        assert raw.say(message({"type": "alarm"}))["type"] == "ack"
    until(lambda: desk.board.cases, "a case")
    (case,) = desk.board.cases.values()
    assert case.doubt == ""
