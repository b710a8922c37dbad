from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.calendar import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
# Of the Spring Festival 2027, as a table would give it.
CALENDAR = WorkCalendar(
    zone=ZONE,
    holidays=frozenset(date(2027, 2, day) for day in range(5, 13)),
    workdays=frozenset({date(2027, 2, 13)}),
)


def town(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "code", "value", "end"),
    [
        # Day and night, weekends and holidays included.
        ("2026-11-27 23:30", "urgent_hour", 2, "2026-11-28 01:30"),
        ("2026-11-27 10:00", "urgent_hour", 0.1667, "2026-11-27 10:10"),
        ("2026-11-27 10:00", "natural_day", 2, "2026-11-29 10:00"),
        # Office hours 8-12 and 14-18.
        ("2026-11-23 10:00", "work_hour", 2, "2026-11-23 12:00"),
        ("2026-11-23 10:00", "work_hour", 4, "2026-11-23 16:00"),
        ("2026-11-23 13:00", "work_hour", 1, "2026-11-23 15:00"),
        ("2026-11-23 17:00", "work_hour", 4, "2026-11-24 11:00"),
        ("2026-11-27 17:00", "work_hour", 4, "2026-11-30 11:00"),
        ("2026-11-28 09:00", "work_hour", 1, "2026-11-30 09:00"),
        ("2026-11-23 06:00", "work_hour", 0.5, "2026-11-23 08:30"),
        # Working days keep the time of day.
        ("2026-11-23 10:00", "work_day", 1, "2026-11-24 10:00"),
        ("2026-11-27 10:00", "work_day", 1, "2026-11-30 10:00"),
        ("2026-11-23 20:00", "work_day", 1, "2026-11-25 08:00"),
        ("2026-11-29 10:00", "work_day", 5, "2026-12-07 08:00"),
        ("2026-11-23 10:00", "work_day", 0.5, "2026-11-23 16:00"),
        # Across a holiday, with a Saturday worked instead.
        ("2027-02-04 16:00", "work_day", 1, "2027-02-13 16:00"),
        ("2027-02-04 17:00", "work_hour", 2, "2027-02-13 09:00"),
    ],
)
def test_limits_end_when_the_trade_says(
    start: str, code: str, value: float, end: str
) -> None:
    assert CALENDAR.deadline(town(start), code, value) == town(end)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),
    code=st.sampled_from(["work_hour", "work_day"]),
    value=st.integers(1, 80).map(lambda n: n / 4),
    more=st.integers(1, 40).map(lambda n: n / 4),
)
def test_a_deadline_lies_in_office_hours_and_grows_with_the_limit(
    start: datetime, code: str, value: float, more: float
) -> None:
    begun = start.replace(tzinfo=UTC)
    end = CALENDAR.deadline(begun, code, value)
    assert end > begun
    local = end.astimezone(ZONE)
    assert CALENDAR.is_workday(local.date())
    assert any(opens <= local.time() <= closes for opens, closes in CALENDAR.hours)
    assert CALENDAR.deadline(begun, code, value + more) > end


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="time unit"):
        CALENDAR.deadline(town("2026-11-23 10:00"), "fortnight", 1)
    start = date(2026, 1, 1)
    idle = frozenset(start + timedelta(days=n) for n in range(1000))
    with pytest.raises(ValueError, match="no working day"):
        WorkCalendar(zone=ZONE, holidays=idle).deadline(
            town("2026-11-23 10:00"), "work_day", 1
        )
