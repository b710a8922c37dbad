"""Who is on duty today, in groups, found by part of a name or its initials."""

from datetime import datetime

import pytest

from dispatch.duty import DEPARTMENT, EVERYBODY, GRID, ROLE, has_roster, listed
from dispatch.grids import Grid
from dispatch.units import Unit, UnitStatus

MONDAY = datetime(2026, 11, 23, 10)
DAY, NIGHT, OFF = "08:00-18:00", "20:00-08:00", ""
GRIDS = {"01": Grid(code="01", name="桃源第一网格", level="grid")}


def unit(unit_id: str, name: str, role: str, *week: str, **more: object) -> Unit:
    roster = tuple(week) + ("",) * (7 - len(week)) if week else ()
    return Unit(unit_id=unit_id, name=name, role=role, roster=roster, **more)  # type: ignore[arg-type]


UNITS = (
    unit("W1", "王建国", "专职网格员", DAY, grid_code="01", department="综治办"),
    unit("W2", "陈芳", "专职网格员", NIGHT, department="综治办"),
    unit("W3", "周亮", "微型消防站", OFF, department="应急站"),
    unit("W4", "李伟", "微型消防站", "", "", "", "", "", "", NIGHT),
    unit("W5", "陆小明", "志愿者"),
    unit("W6", "马丽", "志愿者", status=UnitStatus.OFF_DUTY),
)


def names(by: str = ROLE, text: str = "", at: datetime = MONDAY) -> dict[str, str]:
    groups = listed(UNITS, GRIDS, at, by=by, text=text)
    return {g.name: " ".join(each.unit.unit_id for each in g.people) for g in groups}


def test_today_are_those_with_a_shift_and_those_whom_no_roster_names() -> None:
    assert names() == {"专职网格员": "W1 W2", "志愿者": "W5"}
    first, second = listed(UNITS, GRIDS, MONDAY)[0].people
    assert (first.is_on, first.hours, first.grid) == (True, DAY, "桃源第一网格")
    assert (second.is_on, second.hours) == (False, NIGHT), "in the evening"


def test_a_night_that_began_yesterday_is_today_s_until_it_ends() -> None:
    early = MONDAY.replace(hour=6)
    assert names(at=early)["微型消防站"] == "W4"
    assert "微型消防站" not in names(at=MONDAY.replace(hour=8))


def test_the_same_people_by_department_and_grid_and_all_there_are() -> None:
    assert names(DEPARTMENT) == {"综治办": "W1 W2", "": "W5"}, "nobody's come last"
    assert names(GRID) == {"桃源第一网格": "W1", "": "W5 W2"}
    assert names(EVERYBODY)["微型消防站"] == "W3 W4"
    assert names(EVERYBODY)["志愿者"] == "W5 W6"


@pytest.mark.parametrize(
    ("text", "found"),
    [("wjg", "W1"), ("陈", "W2"), ("第一网格", "W1"), ("志愿", "W5"), ("zz", "")],
)
def test_found_by_what_is_typed(text: str, found: str) -> None:
    assert " ".join(names(text=text).values()) == found


def test_whether_there_is_a_roster_at_all() -> None:
    assert has_roster(UNITS)
    assert not has_roster(UNITS[4:])
