"""告警洪峰: the figures, what is folded with what, and that nothing is lost."""

from datetime import timedelta

import pytest
from bus_kit import CENTRE, START
from hypothesis import given
from hypothesis import strategies as st
from test_queueing import a_board, a_case

from dispatch import flood
from dispatch.alarms import Alarm
from dispatch.cases import Case, CaseState
from dispatch.queueing import LaneRow, due_lane, now_lane

METER, DOOR, SMOKE, PANIC = "B004", "B005", "B001", "B003"


def an_alarm(alarm_id: int, ago_s: float = 0, **changed: object) -> Alarm:
    at = START - timedelta(seconds=ago_s)
    values = {
        "alarm_id": alarm_id,
        "device_id": f"D{alarm_id}",
        "category": METER,
        "severity": 2,
        "place_name": "桃源新邨12幢301",
        "point": CENTRE,
        "first_at": at,
        "last_at": at,
        **changed,
    }
    return Alarm(**values)  # type: ignore[arg-type]


def alarmed(case_id: int, place: str, **changed: object) -> Case:
    values = {
        "severity": 2,
        "category": METER,
        "state": CaseState.NEW,
        "channel": "device",
        "place_name": place,
        "grid_code": "330421111002003",
        "opened_at": START + timedelta(seconds=case_id),
        **changed,
    }
    return a_case(case_id, **values)


def folded(*cases: Case, shown: frozenset[int] = frozenset()) -> list[LaneRow]:
    now = START + timedelta(minutes=5)
    return flood.folded(now_lane(a_board(*cases), now), shown=shown)


def told(rows: list[LaneRow]) -> list[str]:
    """Return each row as its number, or as what is alike and how many."""
    return [
        str(row.case_id)
        if row.heap is None
        else f"{row.heap.level} {row.heap.about} ×{row.count}"
        for row in rows
    ]


# -- the figures ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ages", "load", "is_flood"),
    [
        ([], 0, False),
        ([0] * 10, 10, False),
        ([0] * 11, 11, True),
        ([600] * 11, 11, True),
        ([600.1] * 11, 0, False),
        ([-1] * 11, 0, False),  # dated ahead: it has not begun
        ([*range(0, 1200, 60)], 11, True),
    ],
)
def test_a_flood_is_more_than_ten_in_ten_minutes(ages, load, is_flood):
    alarms = [an_alarm(number, age) for number, age in enumerate(ages)]
    assert flood.alarm_load(alarms, START) == load
    assert flood.is_flood(load) is is_flood
    assert flood.load_of(alarms, START).now == load


def test_the_load_of_a_day():
    day = [an_alarm(number, 3600) for number in range(12)]  # one flood, an hour ago
    day += [an_alarm(20, 30), an_alarm(21, 7200), an_alarm(22, 86400)]
    day += [an_alarm(23, 90_000, acknowledged_at=START)]  # stands since yesterday
    assert flood.load_of(day, START) == flood.Load(
        now=1, day=14, worst=12, floods=pytest.approx(100 / 144), standing=1
    )


@pytest.mark.parametrize(
    ("changed", "proposal"),
    [
        ({"count": 40}, "shelve"),
        ({"count": 40, "active": False}, "repair"),  # it comes and goes
        ({"count": 40, "severity": 1}, "repair"),  # never shelved
        ({"count": 40, "category": PANIC}, "repair"),
        ({"count": 1}, ""),
        ({"count": 2}, ""),  # two of a hundred
    ],
)
def test_what_is_proposed_of_a_device(changed, proposal):
    quiet = [an_alarm(number, count=14) for number in range(2, 9)]
    alarms = [an_alarm(1, device_id="X", **changed), *quiet]
    found = {each.device_id: each for each in flood.noisiest(alarms, START)}
    assert found["X"].proposal == proposal


def test_the_noisiest_come_first_and_are_ten():
    alarms = [an_alarm(number, count=number) for number in range(1, 21)]
    alarms += [an_alarm(30, 100, device_id="D20", count=5)]
    alarms += [an_alarm(31, 90_000, count=999)]  # not heard of since yesterday
    found = flood.noisiest(alarms, START)
    assert [each.device_id for each in found] == [f"D{n}" for n in range(20, 10, -1)]
    assert found[0].reports == 25
    assert found[0].since == START - timedelta(seconds=100)
    assert found[0].percent == pytest.approx(100 * 25 / 215)


# -- folding -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "building"),
    [
        ("桃源新邨12幢301", "桃源新邨12幢"),
        ("桃源路88号桃源新邨12幢1单元301", "桃源路88号桃源新邨12幢"),
        ("银杏苑3号楼502", "银杏苑3号楼"),
        ("锦绣路36号", "锦绣路36号"),
        ("锦绣路36号二楼", "锦绣路36号"),
        ("丁栅老街", "丁栅老街"),
        ("", ""),
    ],
)
def test_the_building_of_a_place(place, building):
    assert flood.building_of(place) == building


def test_a_building_then_a_cause_in_a_grid_then_a_cause():
    rows = folded(
        alarmed(1, "桃源新邨12幢301"),
        alarmed(2, "桃源新邨12幢302", category=DOOR),
        alarmed(3, "锦绣路1号"),
        alarmed(4, "锦绣路2号"),
        alarmed(5, "锦绣路3号", category=DOOR),
        alarmed(6, "丁栅老街1号", category=DOOR, grid_code="G2"),
        alarmed(7, "俞汇1号", category="A001", grid_code="G3"),
    )
    assert told(rows) == [
        "building 桃源新邨12幢 ×2",
        "grid 330421111002003 ×2",
        "cause  ×2",
        "7",
    ]
    assert rows[0].heap is not None
    assert rows[0].heap.causes == (METER, DOOR)
    assert rows[0].heap.newest == START + timedelta(seconds=2)
    assert rows[0].since == START + timedelta(seconds=1)


def test_too_many_buildings_are_grids_too_many_grids_are_causes():
    in_grids = [
        alarmed(10 * n + k, f"锦绣路{n}号", grid_code=f"G{n % 3}")
        for n in range(1, 10)
        for k in range(3)
    ]
    assert told(folded(*in_grids)) == ["grid G1 ×9", "grid G2 ×9", "grid G0 ×9"]
    over_town = [
        alarmed(10 * n + k, f"锦绣路{n}号", grid_code=f"G{n}")
        for n in range(1, 10)
        for k in range(3)
    ]
    assert told(folded(*over_town)) == ["cause  ×27"]


@pytest.mark.parametrize(
    "changed",
    [
        {"severity": 1},
        {"category": PANIC},
        {"category": PANIC, "severity": 2},
        {"state": CaseState.ACCEPTED},
        {"channel": "hotline"},
    ],
)
def test_what_is_never_folded(changed):
    rows = folded(*(alarmed(n, "桃源新邨12幢", **changed) for n in range(1, 20)))
    assert all(row.heap is None for row in rows)
    assert len(rows) == 19


def test_the_open_case_and_a_drill_stay_apart():
    cases = [alarmed(n, "桃源新邨12幢") for n in range(1, 5)]
    cases += [alarmed(n, "桃源新邨12幢", drill=True) for n in range(5, 7)]
    assert told(folded(*cases, shown=frozenset({2}))) == [
        "building 桃源新邨12幢 ×3",
        "2",
        "building 桃源新邨12幢 ×2",
    ]


def test_a_call_for_help_stands_above_what_detectors_say_as_gravely():
    rows = folded(
        alarmed(1, "桃源新邨12幢", severity=1, category=SMOKE),
        alarmed(2, "桃源新邨12幢", severity=1, category=SMOKE),
        alarmed(3, "桃源新邨8幢", severity=1, category=PANIC),
    )
    assert told(rows) == ["3", "1", "2"]


def test_what_is_shelved_stands_in_one_row_at_the_end_but_for_lives():
    cases = [alarmed(n, f"锦绣路{n}号") for n in range(1, 5)]
    cases += [alarmed(5, "锦绣路1号", severity=1, category=SMOKE)]
    rows = now_lane(a_board(*cases), START)
    behind = {1: {"A"}, 2: {"A"}, 3: {"A", "B"}, 5: {"A"}}
    kept = flood.shelved(rows, behind, {"A"})
    assert told(kept) == ["5", "3", "4", "shelved A ×2"]


NAMES = st.sampled_from(
    [f"桃源新邨{n}幢{k}0{k}" for n in range(1, 6) for k in range(1, 4)]
    + [f"锦绣路{n}号" for n in range(1, 12)]
)
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "place": NAMES,
            "category": st.sampled_from([METER, DOOR, SMOKE, PANIC]),
            "severity": st.integers(1, 4),
            "grid_code": st.sampled_from(["", "G1", "G2", "G3"]),
            "state": st.sampled_from(
                [CaseState.NEW, CaseState.NEW, CaseState.ON_SCENE]
            ),
            "channel": st.sampled_from(["device", "device", "hotline"]),
            "drill": st.booleans(),
        }
    ),
    max_size=60,
)


@given(CASES, st.sets(st.integers(0, 59)), st.sets(st.integers(0, 59)))
def test_nothing_is_lost_and_no_life_is_folded(drawn, shown, quiet):
    cases = [alarmed(n, **changed) for n, changed in enumerate(drawn, start=1)]
    board = a_board(*cases)
    for lane in (now_lane(board, START), due_lane(board, START, fold=False)):
        aside = flood.shelved(lane, {n: {"A"} for n in quiet}, {"A"})
        rows = flood.folded(aside, shown=shown)
        ids = [case_id for row in rows for case_id in row.case_ids]
        assert sorted(ids) == sorted(row.case_id for row in lane)
        assert len({row.key for row in rows}) == len(rows)
        alone = {row.case_id for row in rows if row.case is not None}
        for row in lane:
            assert row.case is not None
            if row.severity == 1 or row.case.category == PANIC:
                assert row.case_id in alone
        for row in rows:
            if row.case is None:
                inside = [board.cases[case_id] for case_id in row.case_ids]
                assert row.severity == min(case.severity for case in inside)
                assert row.since == min(case.opened_at for case in inside)
                assert len({case.drill for case in inside}) == 1


def test_a_shelf_silences_what_it_was_put_aside_for_and_nothing_else():
    shelf = flood.shelf([an_alarm(1, 60, severity=3)], START)
    assert shelf is not None
    assert shelf.until == START + flood.SHELVED_FOR
    assert shelf.covers(an_alarm(2, 0, severity=3))
    assert shelf.covers(an_alarm(2, 0, severity=4))
    assert not shelf.covers(an_alarm(2, 0, severity=2))
    assert not shelf.covers(an_alarm(2, 0, severity=3, category=DOOR))
    assert flood.shelf([an_alarm(1, 60), an_alarm(2, 0, category=PANIC)], START) is None


def test_a_test_is_no_load():
    tests = [an_alarm(number, 30, test=True) for number in range(11)]
    assert flood.alarm_load(tests, START) == 0
    assert flood.load_of(tests, START).day == 0
