"""A device's end: numbers that survive restarts and a lost outbox."""

import os
import stat
import sys
import threading
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from line_parts import Desk, enrol, field_client, until

from dispatch import wire
from dispatch.field import FieldLine
from dispatch.keys import make_keys
from dispatch.outbox import FieldOutbox
from dispatch.service import Service, ServiceReady
from resources.home import Home

NOWHERE = ServiceReady(
    desk_address="", intake_address="tcp://127.0.0.1:9", server_key=make_keys().public
)


def alarms(desk: Desk) -> int:
    return sum(alarm.count for alarm in desk.board.alarms.values())


def test_numbers_go_on_after_a_restart(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "SD-1")
    for expected in (1, 2, 3):
        with closing(field_client(service.ready, tmp_path, "SD-1", keys)) as sensor:
            assert sensor.send(wire.Alarm()) == expected
            assert sensor.flush(10)
    until(lambda: alarms(desk) == 3, "three")


def test_a_lost_outbox_loses_no_alarm(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "SD-1")
    with closing(field_client(service.ready, tmp_path, "SD-1", keys)) as sensor:
        for _ in range(3):
            sensor.send(wire.Alarm())
        assert sensor.flush(10)
    for path in tmp_path.glob("SD-1.db*"):
        path.unlink()
    # It fires before it could ask how far the service had come.
    with closing(field_client(service.ready, tmp_path, "SD-1", keys)) as sensor:
        for _ in range(5):
            sensor.send(wire.Alarm())
        assert sensor.flush(10)
        assert sensor.send(wire.Alarm()) == 9
        assert sensor.flush(10)
    until(lambda: alarms(desk) == 9, "none was taken for a repetition")


def test_a_terminal_that_lost_its_outbox_does_not_reuse_an_answer_s_number(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "T-7", "worker_terminal", unit_id="W07")
    with closing(field_client(service.ready, tmp_path, "T-7", keys)) as terminal:
        terminal.send(wire.Position(where=wire.Where(lon=120.95, lat=30.91)))
        assert terminal.flush(10)
    for path in tmp_path.glob("T-7.db*"):
        path.unlink()
    with closing(field_client(service.ready, tmp_path, "T-7", keys)) as terminal:
        terminal.send(wire.Alarm())
        assert terminal.flush(10)
    until(lambda: alarms(desk) == 1, "the SOS")


def test_what_was_said_without_a_service_waits(tmp_path: Path) -> None:
    nowhere = ServiceReady(
        desk_address="",
        intake_address="tcp://127.0.0.1:9",
        server_key=make_keys().public,
    )
    keys = make_keys()
    with closing(field_client(nowhere, tmp_path, "SD-1", keys)) as sensor:
        assert [sensor.send(wire.Alarm()) for _ in range(3)] == [1, 2, 3]
        assert sensor.stats().waiting == 3
        assert not sensor.flush(0.1)
    with closing(field_client(nowhere, tmp_path, "SD-1", keys)) as sensor:
        assert sensor.stats().waiting == 3


def test_what_the_service_would_refuse_is_not_sent(tmp_path: Path) -> None:
    nowhere = ServiceReady(
        desk_address="",
        intake_address="tcp://127.0.0.1:9",
        server_key=make_keys().public,
    )
    terminal = field_client(nowhere, tmp_path, "T-1", make_keys())
    try:
        with pytest.raises(wire.BadFrame):
            terminal.send(wire.Heartbeat(battery=300))
        photo = wire.Photo(media_type="image/png", data=b"x" * 300_000)
        with pytest.raises(wire.BadFrame):
            terminal.send(wire.Finish(task="1.1", text="x", photo=photo))
        assert terminal.stats().waiting == 0
    finally:
        terminal.close()


def test_tasks_that_came_before_anyone_listened_are_told_then(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "T-7", "worker_terminal", unit_id="W07")
    terminal = field_client(service.ready, tmp_path, "T-7", keys)
    told: list[wire.Task | wire.Recalled] = []
    try:
        until(lambda: terminal.stats().connected, "welcome")
        terminal._untold.append(wire.Recalled(task="1.1"))
        terminal.on_task(told.append)
        until(lambda: told == [wire.Recalled(task="1.1")], "told")
    finally:
        terminal.close()


@pytest.mark.parametrize(
    "last",
    [wire.Finish(task="1.1", text="已处置"), wire.Return(task="1.1", reason="远")],
)
def test_a_job_that_is_done_is_no_news_after_a_restart(
    tmp_path: Path, last: wire.Body
) -> None:
    """Its answer still waits: the service offers the task, and recalls it then."""
    nowhere = ServiceReady(
        desk_address="",
        intake_address="tcp://127.0.0.1:9",
        server_key=make_keys().public,
    )
    keys = make_keys()
    with closing(field_client(nowhere, tmp_path, "T-7", keys)) as terminal:
        terminal.send(last)
        for _ in range(2 * wire.WINDOW):
            terminal.send(wire.Heartbeat())
    told: list[wire.Task | wire.Recalled] = []
    terminal = field_client(nowhere, tmp_path, "T-7", keys, on_task=told.append)
    try:
        for number in ("1.1", "1.2"):
            terminal.hear_task(a_task(number))
        terminal.forget_tasks_but([])
        assert [each.task for each in told] == ["1.2", "1.2"]
    finally:
        terminal.close()


def a_task(number: str) -> wire.Task:
    return wire.Task(
        task=number,
        case_number="3304211112611230001",
        category="B001",
        category_zh="烟感报警",
        category_en="smoke",
        severity=1,
        place_name="12幢",
        where=wire.Where(lon=120.95, lat=30.91),
        details="",
        offered_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        signed=False,
    )


@pytest.mark.expected_log("dispatch.field", "taken anew")
def test_a_task_whose_callback_failed_is_told_again(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "T-7", "worker_terminal", unit_id="W07")
    told: list[wire.Task | wire.Recalled] = []

    def fails_once(task: wire.Task | wire.Recalled) -> None:
        told.append(task)
        if len(told) == 1:
            raise RuntimeError("the callback's own fault")

    terminal = field_client(service.ready, tmp_path, "T-7", keys, on_task=fails_once)
    try:
        terminal._untold.append(wire.Recalled(task="1.1"))
        until(lambda: told == 2 * [wire.Recalled(task="1.1")], "told again")
    finally:
        terminal.close()


@pytest.mark.expected_log("dispatch.field", "taken anew")
def test_a_callback_that_fails_does_not_silence_the_device(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = enrol(desk, "SD-1")
    calls: list[wire.Reject] = []

    def fail(reject: wire.Reject) -> None:
        calls.append(reject)
        raise RuntimeError("the callback's own fault")

    sensor = field_client(service.ready, tmp_path, "SD-1", keys, on_reject=fail)
    try:
        sensor.send(wire.Sign(task="1.1"))  # a detector signs nothing
        until(lambda: calls, "the refusal")
        sensor.send(wire.Alarm())
        until(lambda: alarms(desk) == 1, "the alarm after it")
        assert sensor.stats().rejected == 1
    finally:
        sensor.close()


@pytest.mark.skipif(sys.platform == "win32", reason="files there have access lists")
def test_many_devices_share_one_thread(
    home: Home, service: Service, desk: Desk, tmp_path: Path
) -> None:
    before = threading.active_count()
    with ExitStack() as ends:
        line = ends.enter_context(closing(FieldLine()))
        names = [f"SD-{number}" for number in range(12)]
        keys = {name: enrol(desk, name) for name in names}
        sensors = {
            name: field_client(service.ready, tmp_path, name, keys[name], line=line)
            for name in names
        }
        going = sensors.pop("SD-3")
        with closing(going):  # one goes, the others stay
            for sensor in sensors.values():
                ends.enter_context(closing(sensor))
            assert threading.active_count() == before + 1
            for sensor in (going, *sensors.values()):
                sensor.send(wire.Alarm())
            assert all(sensor.flush(20) for sensor in (going, *sensors.values()))
        service.close()
        for sensor in sensors.values():
            sensor.send(wire.Restore())
        ends.enter_context(closing(Service(home)))
        assert all(sensor.flush(30) for sensor in sensors.values())
        for sensor in sensors.values():
            stats = sensor.stats()
            assert (stats.connected, stats.acknowledged) == (True, 2)
    assert alarms(desk) == 12


@pytest.mark.expected_log("dispatch.field", "taken anew")
def test_a_device_that_fails_leaves_its_neighbours_alone(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    def fails(reject: wire.Reject) -> None:
        raise RuntimeError("a device's own fault")

    keys = enrol(desk, "SD-1"), enrol(desk, "SD-2")
    with (
        closing(FieldLine()) as line,
        closing(
            field_client(
                service.ready, tmp_path, "SD-1", keys[0], line=line, on_reject=fails
            )
        ) as bad,
        closing(
            field_client(service.ready, tmp_path, "SD-2", keys[1], line=line)
        ) as good,
    ):
        bad.send(wire.Sign(task="1.1"))  # not for this kind: refused
        for _ in range(3):
            good.send(wire.Alarm())
            assert good.flush(10)
        until(lambda: bad.stats().rejected, "the refusal was noted all the same")
        bad.send(wire.Alarm())
        assert bad.flush(20)


def test_a_device_whose_line_has_ended_can_be_closed_all_the_same(
    tmp_path: Path,
) -> None:
    line = FieldLine()
    sensor = field_client(NOWHERE, tmp_path, "SD-1", make_keys(), line=line)
    line.close()
    sensor.close()
    assert not line._thread.is_alive()


@pytest.mark.expected_log("dispatch.field", "taken anew")
def test_a_callback_that_closes_its_own_device_is_told_so(tmp_path: Path) -> None:
    said: list[str] = []

    def close(_task: wire.Task | wire.Recalled) -> None:
        try:
            terminal.close()
        except RuntimeError as error:
            said.append(str(error))
            raise

    terminal = field_client(NOWHERE, tmp_path, "T-7", make_keys())
    with closing(terminal):
        terminal._untold.append(wire.Recalled(task="1.1"))
        terminal.on_task(close)
        until(lambda: said, "the refusal")
    assert "its own callback" in said[0]


def test_a_callback_that_never_returns_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.field.GOODBYE_S", 0.2)
    under_way, go_on = threading.Event(), threading.Event()

    def hang(_task: wire.Task | wire.Recalled) -> None:
        under_way.set()
        go_on.wait(60)

    terminal = field_client(NOWHERE, tmp_path, "T-7", make_keys())
    try:
        terminal._untold.append(wire.Recalled(task="1.1"))
        terminal.on_task(hang)
        assert under_way.wait(60)
        with pytest.raises(TimeoutError, match="T-7"):
            terminal.close()
    finally:
        go_on.set()
        monkeypatch.undo()
        terminal.close()


def test_only_this_user_reads_the_outbox(tmp_path: Path) -> None:
    before = os.umask(0)
    os.umask(before)
    box = FieldOutbox(tmp_path / "box.db")
    box.add(b"x")
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    box.close()


@given(
    stored=st.integers(0, 60),
    before=st.integers(0, 20),
    answered=st.integers(0, 20),
    lost=st.booleans(),
    after=st.integers(0, 10),
)
def test_no_number_is_ever_used_for_two_messages(
    tmp_path_factory: pytest.TempPathFactory,
    stored: int,
    before: int,
    answered: int,
    lost: bool,
    after: int,
) -> None:
    """Whatever the service has, waiting messages of a lost outbox lie beyond it."""
    path = tmp_path_factory.mktemp("box") / "box.db"
    box = FieldOutbox(path)
    if not lost:
        box.welcome(0)
    for n in range(before):
        box.add(b"%d" % n)
    box.drop([seq for seq, _ in box.after(0, min(answered, before))])
    waiting = [frame for _, frame in box.after(0, 100)]
    highest = box.last
    moved = box.welcome(stored)
    numbers = [seq for seq, _ in box.after(0, 100)]
    assert [frame for _, frame in box.after(0, 100)] == waiting
    assert numbers == sorted(set(numbers))
    if lost or stored > highest:
        assert moved == (stored > 0)
        assert all(seq > stored for seq in numbers)
    else:
        assert not moved
    for n in range(after):
        assert box.add(b"new %d" % n) > max([stored, *numbers])
    last = box.last
    box.close()
    reopened = FieldOutbox(path)
    assert (reopened.last, reopened.confirmed) == (last, True)
    assert reopened.waiting() == len(numbers) + after
    reopened.close()
