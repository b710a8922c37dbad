"""Stage clocks against deadlines worked out by hand; what is told, and once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from bus_kit import Kit
from life_kit import ask

from dispatch import tables
from dispatch.calendar import WorkCalendar
from dispatch.case_states import CaseState
from dispatch.course import Limit, Pause, Stage, StageClock
from dispatch.desk_queries import read_query, write_query
from dispatch.forecast import forecast
from dispatch.history import SimilarTook, answer
from dispatch.holidays import town_holidays
from dispatch.moments import Moment
from dispatch.profiles import load_taxonomy
from dispatch.stages import Timing, light

ZONE = ZoneInfo("Asia/Shanghai")
# As announced: Spring Festival 15 to 23 February, worked on the 14th and 28th; National
# Day 1 to 7 October, worked on Saturday the 10th; of 2027 nobody has said anything.
TABLE = town_holidays(Path("no such file"))
TIMING = Timing(
    calendar=WorkCalendar(zone=ZONE, holidays=TABLE.holidays, workdays=TABLE.workdays),
    taxonomy=load_taxonomy(),
)


def town(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def a_clock(
    start: str, code: str, value: float, *pauses: tuple[str, str]
) -> StageClock:
    return StageClock(
        stage=Stage.HANDLE,
        begun_at=town(start),
        limit=Limit(code=code, value=value),
        pauses=tuple(
            Pause(begun_at=town(begun), ended_at=town(ended), reason="suspend")
            for begun, ended in pauses
        ),
    )


@pytest.mark.parametrize(
    ("start", "code", "value", "end"),
    [
        # Spring Festival, with the Saturdays before and after it worked.
        ("2026-02-14 23:00", "urgent_hour", 2, "2026-02-15 01:00"),
        ("2026-02-13 10:00", "natural_day", 7, "2026-02-20 10:00"),
        ("2026-02-14 17:00", "work_hour", 4, "2026-02-24 11:00"),
        ("2026-02-13 10:00", "work_day", 1, "2026-02-14 10:00"),
        ("2026-02-13 10:00", "work_day", 2, "2026-02-24 10:00"),
        ("2026-02-13 10:00", "work_day", 6, "2026-02-28 10:00"),
        ("2026-02-13 10:00", "work_day", 7, "2026-03-02 10:00"),
        # National Day, with Saturday the 10th worked.
        ("2026-09-30 22:00", "urgent_hour", 4, "2026-10-01 02:00"),
        ("2026-09-30 12:00", "natural_day", 3, "2026-10-03 12:00"),
        ("2026-09-30 17:30", "work_hour", 4, "2026-10-08 11:30"),
        ("2026-09-30 16:00", "work_day", 1, "2026-10-08 16:00"),
        ("2026-09-30 16:00", "work_day", 3, "2026-10-10 16:00"),
        ("2026-09-30 16:00", "work_day", 4, "2026-10-12 16:00"),
        # Midnight, and the edges of office hours.
        ("2026-10-08 00:00", "work_hour", 2, "2026-10-08 10:00"),
        ("2026-10-08 23:59", "work_day", 1, "2026-10-10 08:00"),
        ("2026-10-08 00:00", "urgent_hour", 24, "2026-10-09 00:00"),
        ("2026-10-08 08:00", "work_hour", 4, "2026-10-08 12:00"),
        ("2026-10-08 11:59", "work_hour", 1, "2026-10-08 14:59"),
        ("2026-10-08 12:00", "work_hour", 1, "2026-10-08 15:00"),
        ("2026-10-08 13:59", "work_hour", 1, "2026-10-08 15:00"),
        ("2026-10-09 18:00", "work_hour", 1, "2026-10-10 09:00"),
        # Into a year without a table: weekends alone.
        ("2026-12-30 10:00", "work_day", 3, "2027-01-04 10:00"),
        ("2026-12-31 17:00", "work_hour", 2, "2027-01-01 09:00"),
        ("2026-12-31 23:00", "urgent_hour", 2, "2027-01-01 01:00"),
        ("2026-12-30 10:00", "natural_day", 5, "2027-01-04 10:00"),
    ],
)
def test_deadlines_by_hand(start: str, code: str, value: float, end: str) -> None:
    clock = TIMING.recomputed(a_clock(start, code, value))
    assert clock.due_at == town(end)
    open_year = end.startswith("2027") and code.startswith("work")
    assert clock.doubt == ("holidays" if open_year else "")


@pytest.mark.parametrize(
    ("start", "code", "value", "pause", "end"),
    [
        # Two working days were left; Spring Festival lies in the pause.
        (
            *("2026-02-11 10:00", "work_day", 3),
            *(("2026-02-12 10:00", "2026-02-25 10:00"), "2026-02-27 10:00"),
        ),
        # Three working hours were left over National Day.
        (
            *("2026-09-30 15:00", "work_hour", 4),
            *(("2026-09-30 16:00", "2026-10-08 10:00"), "2026-10-08 15:00"),
        ),
        # Past midnight into a holiday: six hours stood, whatever day it is.
        (
            *("2026-09-30 22:00", "urgent_hour", 4),
            *(("2026-09-30 23:00", "2026-10-01 05:00"), "2026-10-01 08:00"),
        ),
        # From midnight to midnight in Spring Festival.
        (
            *("2026-02-14 12:00", "natural_day", 3),
            *(("2026-02-15 00:00", "2026-02-16 00:00"), "2026-02-18 12:00"),
        ),
        # Over noon: an hour and a half was left.
        (
            *("2026-10-08 11:00", "work_hour", 2),
            *(("2026-10-08 11:30", "2026-10-08 14:30"), "2026-10-08 16:00"),
        ),
        # Outside office hours nothing stood.
        (
            *("2026-10-08 11:00", "work_hour", 2),
            *(("2026-10-08 12:00", "2026-10-08 14:00"), "2026-10-08 15:00"),
        ),
        # Into a year without a table: one working day was left.
        (
            *("2026-12-30 10:00", "work_day", 2),
            *(("2026-12-31 10:00", "2027-01-04 10:00"), "2027-01-05 10:00"),
        ),
    ],
)
def test_a_pause_costs_nothing(
    start: str, code: str, value: float, pause: tuple[str, str], end: str
) -> None:
    clock = a_clock(start, code, value, pause)
    assert TIMING.moment_of(clock) == town(end)


def test_an_extension_is_the_limit_again_from_the_deadline() -> None:
    clock = replace(a_clock("2026-09-29 16:00", "work_day", 1), extensions=1)
    assert TIMING.moment_of(clock) == town("2026-10-08 16:00")


@pytest.mark.parametrize(
    ("code", "value", "at", "shown"),
    [
        ("work_day", 1, "2026-10-12 16:00", ""),
        ("work_day", 1, "2026-10-13 09:00", "yellow"),  # less than a fifth left
        ("work_day", 5, "2026-10-16 09:00", ""),
        ("work_day", 5, "2026-10-18 11:00", "yellow"),  # less than a day left
        ("work_day", 5, "2026-10-19 10:01", "overdue"),
    ],
)
def test_lights(code: str, value: float, at: str, shown: str) -> None:
    clock = TIMING.recomputed(a_clock("2026-10-12 10:00", code, value))
    assert light(clock, town(at), TIMING) == shown


def test_a_forecast_comes_from_what_similar_cases_took() -> None:
    clock = TIMING.recomputed(a_clock("2026-10-12 10:00", "natural_day", 2))
    took = [timedelta(hours=n) for n in (5, 20, 30, 40, 60, 70, 90)]
    soon = forecast(clock, took, town("2026-10-12 11:00"))
    assert soon is not None
    assert (soon.expected_at, soon.late) == (town("2026-10-14 02:00"), False)
    # Ten hours on, the quick one says nothing any more.
    later = forecast(clock, [*took, timedelta(hours=80)], town("2026-10-13 10:00"))
    assert later is not None
    assert (later.similar, later.late) == (6, True)
    assert forecast(clock, took[:3], town("2026-10-12 11:00")) is None


@pytest.mark.parametrize(
    ("start", "code", "value", "told"),
    [
        # Due on Monday: not on Sunday, nor when the office opens on Monday itself.
        ("2026-11-16 10:00", "natural_day", 7, "2026-11-20 10:00"),
        ("2026-11-16 05:00", "natural_day", 7, "2026-11-20 08:00"),
        # At noon, after hours, and before them.
        ("2026-11-16 12:30", "natural_day", 3, "2026-11-18 11:59"),
        ("2026-11-16 20:00", "natural_day", 3, "2026-11-18 17:59"),
        ("2026-11-16 06:00", "natural_day", 3, "2026-11-17 17:59"),
        ("2026-11-16 06:00", "urgent_hour", 72, "2026-11-18 06:00"),
        ("2026-02-13 10:00", "work_day", 3, "2026-02-24 10:00"),
    ],
)
def test_one_day_before_is_a_moment_of_work_before_the_deadline(
    start: str, code: str, value: float, told: str
) -> None:
    clock = TIMING.recomputed(a_clock(start, code, value))
    assert dict(TIMING.reminders(clock))["day_before"] == town(told)


def test_what_is_told_before_a_deadline_never_comes_after_it() -> None:
    # From seven in the evening to seven: half of it is put off to eight.
    clock = TIMING.recomputed(a_clock("2026-11-16 19:00", "natural_day", 0.5))
    assert clock.due_at == town("2026-11-17 07:00")
    told = dict(TIMING.reminders(clock))
    assert told.keys().isdisjoint({"half", "four_fifths", "day_before"})
    assert told["due"] == town("2026-11-17 08:00")


def test_a_first_target_is_of_the_stage_that_its_standard_names() -> None:
    kit = Kit("sqlite://")
    alarm = kit.raise_case()  # a call within a minute, somebody there as P1 has it
    kit.send(alarm)
    pollution = kit.report("8002")  # on site within two hours
    kit.send(pollution, "W02")
    limits = {
        (case_id, clock.stage): clock.limit
        for case_id in (alarm, pollution)
        for clock in kit.case(case_id).course.clocks
    }
    assert limits[alarm, Stage.CONTACT] == Limit(code="urgent_hour", value=1 / 60)
    assert limits[alarm, Stage.ARRIVE] == Limit(code="urgent_hour", value=0.25)
    assert limits[pollution, Stage.CONTACT] is None
    assert limits[pollution, Stage.ARRIVE] == Limit(code="urgent_hour", value=2)
    kit.close()


# -- told by the service -------------------------------------------------------


def a_dispute(kit: Kit) -> int:
    """Return a case of three working days, sent on Monday at ten."""
    case_id = kit.report("1002")
    kit.send(case_id, "W01" if case_id % 2 else "W02")
    return case_id


def told(kit: Kit) -> list[sa.Row]:
    reminders = tables.reminders
    with kit.store.reading() as connection:
        return connection.execute(
            sa.select(reminders).order_by(reminders.c.at, reminders.c.id)
        ).all()


def test_reminders_are_given_once_however_often_the_service_starts(kit: Kit) -> None:
    case_id = a_dispute(kit)
    assert kit.case(case_id).deadline == town("2026-11-26 10:00")
    for _ in range(9 * 24):
        kit.clock.go(hours=1)
        kit.bus = kit.new_bus()
        kit.keep_time()
        kit.keep_time()
    rows = told(kit)
    assert [row.kind for row in rows] == [
        *("half", "day_before", "four_fifths", "due", "yellow", "red")
    ]
    office = [row.at.astimezone(ZONE).strftime("%d %H:%M") for row in rows]
    assert office == [
        *("24 16:00", "25 10:00", "25 16:00", "26 10:00", "27 10:00", "30 10:00")
    ]
    assert {row.unit_id for row in rows} == {kit.case(case_id).unit_id}
    assert kit.case(case_id).course.supervision == 200
    assert kit.actions(case_id).count("remind") == 6
    assert kit.actions(case_id).count("supervise") == 2


def test_similar_cases_are_those_whose_stage_was_done(kit: Kit) -> None:
    for minutes, ending in ((30, "finish"), (50, "finish"), (5, "recall")):
        case_id = a_dispute(kit)
        kit.bus.handle(ask(kit, "sign", case_id))
        kit.clock.go(minutes=minutes)
        kit.bus.handle(ask(kit, ending, case_id))
    asked = SimilarTook(category="1002")
    assert answer(asked, kit.store) == (50 * 60, 30 * 60)
    assert answer(SimilarTook(category="1001"), kit.store) == ()
    name, data = write_query(asked)
    assert read_query(name, data) == asked


def test_what_went_by_while_the_service_was_away_is_told_in_one_digest(
    kit: Kit,
) -> None:
    first, second = kit.report("1002"), kit.report("1002")
    for case_id in (first, second):
        for action in ("accept", "file"):
            kit.bus.handle(ask(kit, action, case_id))
    kit.send(first)
    kit.bus.handle(ask(kit, "recall", first))
    kit.send(first)
    kit.send(second, "W02")
    kit.clock.go(days=3)
    kit.bus = kit.new_bus()
    kit.keep_time()
    rows = told(kit)
    assert [(row.case_id, row.kind) for row in rows] == [
        (first, "due"),
        (second, "due"),
    ]
    assert len({row.digest for row in rows}) == 2  # two people, each their own
    kit.keep_time()
    assert len(told(kit)) == 2


def test_at_night_only_what_runs_at_night_is_told(kit: Kit) -> None:
    kit.clock.at = town("2026-11-23 17:00")
    dispute = a_dispute(kit)
    urgent = kit.report("6002")  # two 紧急工作时
    kit.send(urgent, "W02" if dispute % 2 else "W01")
    kit.clock.go(hours=3)
    kit.keep_time()
    assert {row.case_id for row in told(kit)} == {urgent}


def test_a_suspended_case_goes_on_by_itself(kit: Kit) -> None:
    case_id = a_dispute(kit)
    kit.bus.handle(ask(kit, "sign", case_id))
    kit.bus.handle(ask(kit, "request_suspend", case_id))
    kit.bus.handle(ask(kit, "approve_suspend", case_id))
    case = kit.case(case_id)
    assert (case.state, case.deadline) == (CaseState.SUSPENDED, None)
    for _ in range(2):
        kit.clock.go(days=14, hours=23)
        kit.bus = kit.new_bus()
        kit.keep_time()
    case = kit.case(case_id)
    assert case.state is CaseState.HANDLING
    assert told(kit) == []
    # nothing had been used up when it stood still
    assert case.deadline == TIMING.calendar.deadline(kit.clock(), "work_day", 3)


def test_a_case_of_an_older_program_keeps_its_deadline(kit: Kit) -> None:
    case_id = a_dispute(kit)
    before = kit.case(case_id)
    with kit.store.writing() as connection:
        connection.execute(sa.update(tables.cases).values(course=sa.null()))
    kit.bus = kit.new_bus()
    assert kit.case(case_id).course.clocks == ()
    kit.clock.go(hours=5)
    kit.bus.handle(ask(kit, "sign", case_id))
    case = kit.case(case_id)
    assert case.deadline == before.deadline
    handle = case.course.clock(Stage.HANDLE)
    assert handle is not None
    assert handle.begun_at == before.clocks[Moment.DISPATCHED]


def test_a_deadline_is_worked_out_anew_once_its_year_is_known(kit: Kit) -> None:
    case_id = a_dispute(kit)
    kit.keep_time()
    case = kit.case(case_id)
    (clock,) = [c for c in case.course.clocks if c.stage is Stage.HANDLE]
    assert clock.doubt == "holidays"
    kit.bus = kit.new_bus(holidays={date(2026, 11, 25)})
    for _ in range(2):
        kit.keep_time()
    case = kit.case(case_id)
    assert case.deadline == town("2026-11-27 10:00")
    assert kit.actions(case_id).count("recompute") == 1
