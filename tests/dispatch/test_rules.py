"""A home's meter below its line: once after 12 hours, and again only after use."""

from datetime import timedelta
from pathlib import Path

import pytest
from bus_kit import START, Kit
from hypothesis import given
from hypothesis import strategies as st

from dispatch.alarms import Alarm
from dispatch.devices import electricity_meter, water_meter
from dispatch.rules import LastUse, Verdict, weigh
from dispatch.work import UnitOfWork

RULE = water_meter.LOW_USE


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    made.enrol("M1", "water_meter")
    yield made
    made.close()


def read(kit: Kit, total: float, **changed: object) -> None:
    kit.bus.handle(
        kit.reading("M1", values={"volume_m3": total}, low_use=RULE, **changed)
    )


def alarms(kit: Kit) -> list[Alarm]:
    return list(kit.board().alarms.values())


def test_twelve_hours_without_use_raise_one_alarm(kit: Kit) -> None:
    for _hour in range(12):
        read(kit, 300.0)
        kit.clock.go(hours=1)
    assert not alarms(kit)
    for _hour in range(5):
        read(kit, 300.004)
        kit.clock.go(hours=1)
    (alarm,) = alarms(kit)
    assert (alarm.category, alarm.count, alarm.active) == ("B004", 1, True)
    case = kit.case(alarm.case_id or 0)
    assert (case.severity, case.details) == (2, "0.00 m³ / 12 h")


def test_use_restores_it_and_the_next_silence_raises_another(kit: Kit) -> None:
    read(kit, 300.0)
    kit.clock.go(hours=13)
    read(kit, 300.0)
    kit.clock.go(hours=1)
    read(kit, 300.2)
    (alarm,) = alarms(kit)
    assert not alarm.active
    kit.clock.go(hours=11)
    read(kit, 300.2)
    assert not alarms(kit)[0].active
    kit.clock.go(hours=2)
    read(kit, 300.2)
    (alarm,) = alarms(kit)
    assert (alarm.active, alarm.count) == (True, 2)


def test_a_meter_that_sleeps_says_it_all_at_once(kit: Kit) -> None:
    kit.clock.go(hours=20)
    now = kit.clock()
    totals = [300.0, 300.1, 300.2, *[300.25] * 13]
    batch = [
        kit.reading(
            "M1",
            values={"volume_m3": total},
            low_use=RULE,
            at=now - timedelta(hours=15 - hour),
        )
        for hour, total in enumerate(totals)
    ]
    kit.bus.handle_batch(batch)
    (alarm,) = alarms(kit)
    assert (alarm.first_at, alarm.doubt) == (now, "")


def test_what_was_known_outlives_the_service(kit: Kit) -> None:
    read(kit, 300.0)
    kit.clock.go(hours=6)
    read(kit, 300.0)
    kit.bus = kit.new_bus()
    kit.clock.go(hours=6)
    read(kit, 300.0)
    assert len(alarms(kit)) == 1
    kit.bus = kit.new_bus()
    kit.clock.go(hours=1)
    read(kit, 300.0)
    assert alarms(kit)[0].count == 1


def test_a_wrong_clock_is_not_weighed(kit: Kit) -> None:
    read(kit, 300.0)
    read(kit, 300.0, at=START + timedelta(days=30))
    assert not alarms(kit)


def test_a_failed_commit_leaves_no_trace_of_its_use(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(kit, 300.0)
    kit.clock.go(hours=1)

    def fails(self: UnitOfWork) -> int:
        raise OSError("no disk")

    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "commit", fails)
        with pytest.raises(OSError, match="no disk"):
            read(kit, 301.0)
    kit.clock.go(hours=11)
    read(kit, 300.0)
    assert len(alarms(kit)) == 1


def test_a_new_meter_begins_anew(kit: Kit) -> None:
    last, verdict = weigh(RULE, LastUse(300.0, START), 0.1, START + timedelta(days=1))
    assert (last.total, verdict) == (0.1, Verdict.WAITING)


def test_what_comes_late_says_nothing() -> None:
    known = LastUse(300.0, START)
    assert weigh(RULE, known, 299.0, START - timedelta(hours=3)) == (
        known,
        Verdict.WAITING,
    )


def test_either_meter_has_its_line() -> None:
    assert electricity_meter.LOW_USE.category == RULE.category == "B004"


@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.integers(1, 36_000)), min_size=1, max_size=40
    )
)
def test_idle_means_that_less_than_the_line_was_used(
    steps: list[tuple[float, int]],
) -> None:
    last: LastUse | None = None
    total, at = 100.0, START
    seen = []
    for used, seconds in steps:
        total += used
        at += timedelta(seconds=seconds)
        seen.append((at, total))
        last, verdict = weigh(RULE, last, total, at)
        if verdict is Verdict.IDLE:
            before = [t for when, t in seen if when <= at - RULE.within]
            assert before
            assert total - before[-1] < RULE.line
