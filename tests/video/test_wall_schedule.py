from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from video.wall_schedule import (
    HOLIDAY,
    Calendar,
    Held,
    Row,
    Turn,
    faults,
    last_turn,
    next_turn,
    standing,
)

TOWN = ZoneInfo("Asia/Shanghai")
WEEK = frozenset(range(7))
WORK = frozenset(range(5))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOWN)


ROWS = (
    Row(days=WORK, at=time(8), scene=1),
    Row(days=WEEK, at=time(18), scene=2),
    Row(days=frozenset({5, 6}), at=time(9), scene=3),
)
# 2026-11-23 is a Monday.


def test_a_scene_stands_until_the_next_row_over_midnight_too() -> None:
    assert standing(ROWS, at("2026-11-23 08:00")) == 1
    assert standing(ROWS, at("2026-11-23 07:59")) == 2  # Sunday evening's
    assert standing(ROWS, at("2026-11-28 09:30")) == 3
    assert standing((), at("2026-11-23 08:00")) is None


def test_what_comes_next_is_known() -> None:
    assert next_turn(ROWS, at("2026-11-23 08:00")) == Turn(at("2026-11-23 18:00"), 2)
    assert next_turn(ROWS, at("2026-11-27 18:00")) == Turn(at("2026-11-28 09:00"), 3)
    assert next_turn((), at("2026-11-23 08:00")) is None


def test_a_call_by_hand_stands_until_somebody_goes_back() -> None:
    held = Held(9, at("2026-11-23 10:00"))
    assert standing(ROWS, at("2026-11-25 20:00"), held=held) == 9


def test_or_until_the_next_turn_where_that_was_chosen() -> None:
    held = Held(9, at("2026-11-23 10:00"), until_turn=True)
    assert standing(ROWS, at("2026-11-23 17:59"), held=held) == 9
    assert standing(ROWS, at("2026-11-23 18:00"), held=held) == 2


def test_a_holiday_is_a_sunday_or_has_rows_of_its_own() -> None:
    monday = Calendar(holidays=frozenset({date(2026, 11, 23)}))
    noon = at("2026-11-23 12:00")
    assert standing(ROWS, noon, calendar=monday) == 3
    own = (*ROWS, Row(days=frozenset({HOLIDAY}), at=time(0), scene=5))
    assert standing(own, noon, calendar=monday) == 5
    assert standing(own, noon) == 1


def test_a_weekend_day_worked_is_a_monday() -> None:
    saturday = Calendar(workdays=frozenset({date(2026, 11, 28)}))
    assert standing(ROWS, at("2026-11-28 10:00"), calendar=saturday) == 1


def test_what_is_wrong_is_said_by_row() -> None:
    assert faults(ROWS, {1, 2, 3}) == []
    rows = (
        ROWS[0],
        Row(days=frozenset(), at=time(8), scene=1),
        Row(days=frozenset({4}), at=time(8), scene=8),
    )
    assert faults(rows, {1}) == [(1, "days"), (2, "scene"), (2, "twice")]


def test_a_time_that_summer_time_leaves_out_is_one_after_it() -> None:
    zone = ZoneInfo("Europe/Berlin")
    rows = (Row(days=WEEK, at=time(2, 30), scene=1),)
    turn = last_turn(rows, datetime(2026, 3, 29, 12, tzinfo=zone))
    assert turn is not None
    assert turn.at == datetime(2026, 3, 29, 3, 30, tzinfo=zone)


def test_an_hour_that_summer_time_repeats_has_one_turn() -> None:
    zone = ZoneInfo("Europe/Berlin")
    rows = (
        Row(days=WEEK, at=time(1), scene=1),
        Row(days=WEEK, at=time(2, 30), scene=2),
    )
    first = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    for minutes in (0, 29, 45, 60, 90):
        now = (first.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
        assert last_turn(rows, now) == Turn(first, 2)
        assert next_turn(rows, now) == Turn(datetime(2026, 10, 26, 1, tzinfo=zone), 1)


def test_a_time_is_the_towns_and_has_no_zone_of_its_own() -> None:
    elsewhere = time(8, tzinfo=timezone(timedelta(hours=8)))
    for wrong in (elsewhere, time(8, tzinfo=UTC), time(8, 0, 1), time(8, 0, 0, 1)):
        rows = (Row(days=WORK, at=wrong, scene=1), ROWS[1])
        assert faults(rows, {1, 2}) == [(0, "at")]
    assert faults((Row(days=WORK, at=time(0), scene=1),), {1}) == []


NIGHT = (
    Row(days=frozenset({0}), at=time(0), scene=1),
    Row(days=frozenset({6}), at=time(23, 59), scene=2),
    Row(days=frozenset({5}), at=time(12), scene=3),
)


def test_a_row_at_midnight_begins_its_own_day() -> None:
    sunday = at("2026-11-22 23:59")
    assert standing(NIGHT, sunday - timedelta(seconds=1)) == 3
    assert standing(NIGHT, sunday) == 2
    assert standing(NIGHT, sunday + timedelta(seconds=59)) == 2
    assert next_turn(NIGHT, sunday) == Turn(at("2026-11-23 00:00"), 1)
    assert standing(NIGHT, at("2026-11-23 00:00")) == 1
    assert standing(NIGHT, at("2026-11-24 00:00")) == 1  # Monday's, not each day's


def test_a_day_begins_at_the_towns_midnight_wherever_the_clock_counts() -> None:
    midnight = datetime(2026, 11, 22, 16, tzinfo=UTC)
    just = midnight - timedelta(microseconds=1)
    assert standing(NIGHT, just.astimezone(TOWN)) == 2
    assert standing(NIGHT, midnight.astimezone(TOWN)) == 1
    holiday = Calendar(holidays=frozenset({date(2026, 11, 23)}))  # then a Sunday
    assert standing(NIGHT, midnight.astimezone(TOWN), calendar=holiday) == 2
    held = Held(9, just, until_turn=True)
    assert standing(NIGHT, just.astimezone(TOWN), held=held) == 9
    assert standing(NIGHT, midnight.astimezone(TOWN), held=held) == 1


rows_of = st.lists(
    st.builds(
        Row,
        days=st.frozensets(st.integers(0, 7), max_size=8),
        at=st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59])),
        scene=st.integers(1, 9),
    ),
    max_size=6,
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
    lambda each: each.replace(tzinfo=TOWN)
)
days = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)


@given(rows_of, moments, days)
@settings(max_examples=200, deadline=None)
def test_between_two_turns_nothing_changes(rows, now, holidays) -> None:
    calendar = Calendar(holidays=holidays)
    before = last_turn(rows, now, calendar)
    after = next_turn(rows, now, calendar)
    assert standing(rows, now, calendar=calendar) == (before and before.scene)
    if before is not None:
        assert before.at <= now
        assert last_turn(rows, before.at, calendar) == before
    if after is not None:
        assert after.at > now
        assert last_turn(rows, after.at, calendar) == after
        just = after.at - timedelta(seconds=1)
        if just >= now:
            assert last_turn(rows, just, calendar) == before


@given(rows_of, moments, moments, st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_call_is_over_only_by_a_turn_after_it(rows, called, now, until) -> None:
    called, now = min(called, now), max(called, now)
    stands = standing(rows, now, held=Held(77, called, until))
    turn = last_turn(rows, now)
    if until and turn is not None and turn.at > called:
        assert stands == turn.scene
    else:
        assert stands == 77
