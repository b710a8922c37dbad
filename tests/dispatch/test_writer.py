"""The one writer: operators first, small commits, one bad command harms no other."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from bus_kit import Kit
from line_parts import HERE, LI, Desk, device, enrol, field_client, until

from dispatch import handlers, wire
from dispatch.bus import Bus
from dispatch.commands import EnrolDevice, RecordReading, Refused, ReportCase
from dispatch.course import Limit, Stage
from dispatch.keys import make_keys
from dispatch.people import Actor, Role
from dispatch.receipts import Receipt
from dispatch.rules_known import RuleKey
from dispatch.service import Service, utc_now
from dispatch.store import SetAside, Store
from dispatch.writer import Writer
from resources.home import Home

SENSOR = Actor("SD-1", "", frozenset({Role.DEVICE}))


@pytest.fixture
def store(store_address: str | sa.URL) -> Iterator[Store]:
    made = Store(store_address)
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    made = Writer(Bus(store, clock=utc_now), store, clock=utc_now)
    entry = device("SD-1", "smoke_detector", make_keys())
    made.submit(EnrolDevice(actor=LI, device=entry)).result(10)
    yield made
    made.close()


def reading(sequence: int, value: float = 1.0) -> RecordReading:
    return RecordReading(
        actor=SENSOR,
        device_id="SD-1",
        sequence=sequence,
        at=utc_now(),
        received_at=utc_now(),
        values={"n": value},
    )


def report() -> ReportCase:
    return ReportCase(actor=LI, category="B003", place_name="桃源", point=HERE)


def fail_on(
    monkeypatch: pytest.MonkeyPatch, kind: type, value: float, what: Any
) -> None:
    """Make the handler do something else for one value."""
    real = handlers.HANDLERS[kind]

    def handler(work: Any, command: Any, means: Any) -> object:
        if command.values["n"] == value:
            what()
        return real(work, command, means)

    monkeypatch.setitem(handlers.HANDLERS, kind, handler)


def test_operators_come_before_waiting_batches(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    began = threading.Event()

    def hold() -> None:
        began.set()
        assert go.wait(10)

    fail_on(monkeypatch, RecordReading, -1.0, hold)
    order: list[str] = []
    futures: list[Any] = []
    for n, value in enumerate((-1.0, 1.0, 1.0), start=1):
        batch = writer.submit_batch([reading(n, value)])
        batch.add_done_callback(lambda _f, n=n: order.append(f"batch {n}"))
        futures.append(batch)
    assert began.wait(10)
    command = writer.submit(report())
    command.add_done_callback(lambda _f: order.append("operator"))
    go.set()
    for future in [*futures, command]:
        future.result(10)
    assert order == ["batch 1", "operator", "batch 2", "batch 3"]


@pytest.mark.expected_log("dispatch.writer", "RecordReading failed")
def test_one_bad_command_does_not_hold_up_its_batch(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug() -> None:
        raise ZeroDivisionError

    fail_on(monkeypatch, RecordReading, -1.0, bug)
    outcomes = writer.submit_batch([reading(1), reading(2, -1.0), reading(3)]).result(
        10
    )
    assert isinstance(outcomes[0], Receipt)
    assert isinstance(outcomes[1], ZeroDivisionError)
    assert isinstance(outcomes[2], Receipt)


@pytest.mark.expected_log("dispatch.writer", "RecordReading failed")
def test_what_fails_again_and_again_is_refused_in_the_end(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug() -> None:
        raise ZeroDivisionError

    fail_on(monkeypatch, RecordReading, -1.0, bug)
    poison = reading(1, -1.0)
    outcomes = [
        writer.submit_batch([poison, reading(n)]).result(10)[0] for n in (2, 3, 4)
    ]
    assert [type(outcome) for outcome in outcomes[:2]] == [ZeroDivisionError] * 2
    refused = outcomes[2]
    assert isinstance(refused, Refused)
    assert refused.reason == "fault"


def someone_else_writes(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE counters SET change_number = change_number + 1"
        )


@pytest.mark.expected_log("dispatch.writer", "read anew")
def test_a_store_that_has_moved_is_read_anew_and_nothing_is_lost(
    store: Store, writer: Writer
) -> None:
    someone_else_writes(store)
    (outcome,) = writer.submit_batch([reading(1)]).result(10)
    assert isinstance(outcome, Receipt)
    someone_else_writes(store)
    assert writer.submit(report()).result(10).value == 1
    # Positions and readings are told each second, when nobody asks.
    writer.submit_batch([reading(2)]).result(10)
    someone_else_writes(store)
    until(lambda: number_of(store) > 5, "told", patience_s=10)
    assert writer.alive


def number_of(store: Store) -> int:
    with store.reading() as connection:
        return int(
            connection.exec_driver_sql("SELECT change_number FROM counters").scalar()
            or 0
        )


@pytest.mark.expected_log("dispatch.writer", "telling the newest")
def test_the_writer_lives_through_a_fault_nobody_waits_for(
    store: Store, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()

    def bug(*_: object) -> None:
        failed.set()
        raise ZeroDivisionError

    monkeypatch.setattr(Bus, "flush_coalesced", bug)
    assert failed.wait(10)
    assert writer.submit(report()).result(10).value == 1
    assert writer.alive


@pytest.mark.expected_log("dispatch.writer", "keeping the time of case")
def test_a_case_that_fails_by_the_clock_stops_no_other(
    store_address: str | sa.URL, caplog: pytest.LogCaptureFixture
) -> None:
    kit = Kit(store_address)
    for unit_id in ("W01", "W02"):
        kit.send(kit.report("1002"), unit_id)
    cases = kit.bus._at_hand()[0].things["case"]
    bad, good = sorted(cases)
    case = cases[bad]
    clock = case.course.clock(Stage.HANDLE)
    assert clock is not None
    moon = replace(clock, limit=Limit(code="moon", value=1))
    cases[bad] = replace(case, course=replace(case.course, clocks=(moon,)))
    kit.clock.go(days=3)
    writer = Writer(kit.bus, kit.store, clock=kit.clock)
    try:
        until(lambda: "remind" in kit.actions(good), "the other one is told of")
        until(lambda: "moon" in caplog.text, "the faulty one is said")
        kit.clock.go(days=3)
        until(lambda: kit.actions(good).count("remind") > 2, "and goes on")
    finally:
        writer.close()
        kit.close()
    assert caplog.text.count("failed") == 1


def test_a_case_has_the_clock_before_the_subjects_of_rules(store: Store) -> None:
    said: list[object] = []

    class Clocked(Bus):
        def due_cases(self) -> list[int]:
            return [1]

        def due_rules(self) -> list[RuleKey]:
            return [("r", "a"), ("r", "b")]

        def keep_time(self, due: int | RuleKey) -> None:
            said.append(due)

    writer = Writer(Clocked(store, clock=utc_now), store, clock=utc_now)
    try:
        until(lambda: len(said) >= 6, "two turns of the clock")
    finally:
        writer.close()
    assert said[:6] == [1, ("r", "a"), ("r", "b")] * 2


def test_a_service_without_its_writer_says_so(
    home: Home,
) -> None:
    service = Service(home)
    try:
        assert service.alive
        service._writer.close()
        assert not service.alive
    finally:
        service.close()


@pytest.mark.expected_log("dispatch.writer", "the store does not take anything")
def test_frames_that_cannot_be_set_aside_are_kept_for_later(
    store: Store, writer: Writer
) -> None:
    def rename(old: str, new: str) -> None:
        with store.writing() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")

    rename("quarantine", "away")
    for n in range(3):
        writer.set_aside(
            SetAside(reason="garbage", peer_key="k", frame=b"%d" % n, at=utc_now())
        )
        until(lambda: writer._store_lost, "it was tried")
    rename("away", "quarantine")
    until(lambda: store.quarantine_counts() == {"garbage": 3}, "set aside later")


def test_a_refusal_is_an_outcome(writer: Writer) -> None:
    stranger = RecordReading(
        actor=SENSOR,
        device_id="SD-404",
        sequence=1,
        at=utc_now(),
        received_at=utc_now(),
        values={"n": 1.0},
    )
    good, bad = writer.submit_batch([reading(1), stranger]).result(10)
    assert isinstance(good, Receipt)
    assert isinstance(bad, Refused)
    with pytest.raises(Refused):
        writer.submit(
            EnrolDevice(actor=SENSOR, device=device("x", "y", make_keys()))
        ).result(10)


def test_what_was_accepted_is_finished_at_the_end(store: Store) -> None:
    writer = Writer(Bus(store, clock=utc_now), store, clock=utc_now)
    futures = [writer.submit(report()) for _ in range(20)]
    writer.close()
    assert all(isinstance(future.result(0), Receipt) for future in futures)
    with pytest.raises(Refused):
        writer.submit(report()).result(0)
    assert writer.submit_batch([reading(1)]).cancelled()


def test_the_batch_follows_the_machine(writer: Writer) -> None:
    sequence = 0
    for _ in range(6):
        batch = []
        for _ in range(writer.batch_limit):
            sequence += 1
            batch.append(reading(sequence))
        writer.submit_batch(batch).result(10)
    assert 8 <= writer.batch_limit <= 600


@pytest.mark.expected_log("dispatch.writer", "the store does not take anything")
def test_nothing_is_acknowledged_while_the_store_is_away(
    home: Home, tmp_path: Path
) -> None:
    service = Service(home)
    desk = Desk(home, service.ready)
    keys = enrol(desk, "SD-1")
    sensor = field_client(service.ready, tmp_path, "SD-1", keys)
    database = sqlite3.connect(home.data / "lookout.db", isolation_level=None)
    try:
        sensor.send(wire.Reading(values={"n": 1}))
        assert sensor.flush(10)
        database.execute("ALTER TABLE readings RENAME TO away")
        sensor.send(wire.Reading(values={"n": 2}))
        until(lambda: sensor.stats().resent > 0, "it sends again")
        stats = sensor.stats()
        assert (stats.acknowledged, stats.rejected, stats.waiting) == (1, 0, 1)
        database.execute("ALTER TABLE away RENAME TO readings")
        assert sensor.flush(20)
        assert sensor.stats().acknowledged == 2
    finally:
        database.close()
        sensor.close()
        desk.client.close()
        service.close()


@pytest.mark.expected_log("dispatch.writer", "the store does not take anything")
def test_desks_hear_that_nothing_can_be_stored(home: Home) -> None:
    service = Service(home)
    desk = Desk(home, service.ready)
    database = sqlite3.connect(home.data / "lookout.db", isolation_level=None)
    try:
        assert desk.client.link.not_storing_since is None
        database.execute("ALTER TABLE counters RENAME TO away")
        waits = desk.client.submit(report())
        until(lambda: desk.client.link.not_storing_since is not None, "it is said")
        assert desk.client.link.connected
        database.execute("ALTER TABLE away RENAME TO counters")
        until(lambda: desk.client.link.not_storing_since is None, "it is back")
        assert isinstance(waits.result(20), Receipt)
    finally:
        database.close()
        desk.client.close()
        service.close()
