"""Who is on shift: a week of wall-clock times, over midnight too."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.roster import WHOLE_DAY, on_shift, read_cell

MONDAY = datetime(2026, 11, 23)


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ((), ""),
        (("休",), ""),
        (("全天",), WHOLE_DAY),
        (("8:00-12:00", "14:00—18:00"), "08:00-12:00 14:00-18:00"),
        (("20:00 至 08:00",), "20:00-08:00"),
        (("08:00-08:00",), "08:00-08:00"),  # all round the clock
    ],
)
def test_what_stands_in_a_cell(parts, kept) -> None:
    assert read_cell(parts) == kept


@pytest.mark.parametrize(
    "part",
    ["早班", "08:00", "08:60-12:00", "08:00-25:00", "24:00-24:30"],
)
def test_what_is_no_time_is_refused(part) -> None:
    with pytest.raises(ValueError, match=part):
        read_cell([part])


@pytest.mark.parametrize(
    ("hours", "on"),
    [
        (7.99, False),
        (8, True),
        (11.99, True),
        (12, False),
        (22, True),  # Monday's night
        (24 + 5.99, True),  # goes on past midnight
        (24 + 6, False),
        (24 + 22, False),
        (-1, False),  # nobody was on shift on Sunday
        (1, False),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(hours, on) -> None:
    roster = ("08:00-12:00 22:00-06:00", "", "", "", "", "", "")
    assert on_shift(roster, MONDAY + timedelta(hours=hours)) is on


def test_whom_no_roster_names_is_neither() -> None:
    assert on_shift((), MONDAY) is None


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@given(st.integers(0, 1439), st.integers(1, 1440), st.integers(0, 7 * 1440 - 1))
def test_shifts_that_follow_each_other_leave_no_gap_and_no_overlap(
    begins, ends, minute
) -> None:
    if begins == ends:
        return
    one = (read_cell([f"{_clock(begins)}-{_clock(ends)}"]),) * 7
    now = MONDAY + timedelta(minutes=minute)
    if (begins, ends % 1440) == (0, 0):
        assert on_shift(one, now)
        return
    other = (read_cell([f"{_clock(ends % 1440)}-{_clock(begins or 1440)}"]),) * 7
    assert on_shift(one, now) is not on_shift(other, now)
