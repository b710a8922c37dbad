"""All that is wrong with a row is told at once, and nothing that only follows."""

import pytest
from importing_parts import faults


@pytest.mark.parametrize(
    ("kind", "row", "words"),
    [
        (
            "staff",
            "unit_id,name,role,grid_code,phone\n,,x,999,none,more",
            "columns missing missing no_phone",
        ),
        (
            "staff",
            "unit_id,name,role,grid_code,phone\nW2,,x,999,none",
            "missing no_phone unknown_grid",
        ),
        (
            "devices",
            "device_id,kind,name,place_name,lon,lat,unit_id,grid_code,public_key\n"
            "D 1,tree,,b,x,120,W9,999,short",
            "key device_number missing no_number range unknown_grid kind unknown_unit",
        ),
        (
            "cameras",
            "camera_id,name,lon,lat,main_url,bearing_deg,verified,transport,sealed\n"
            "1,,120,30,http://c/,400,soon,pigeon,perhaps",
            "no_stream missing range no_date transport yes_or_no",
        ),
        (
            "grids",
            "code,name,level,parent,outline\n33,,grid,9,ROUND",
            "code missing wkt unknown_parent",
        ),
    ],
)
def test_every_fault_of_a_row_is_told_at_once(planned, kind, row, words) -> None:
    plan = planned(kind, f"{row}\n")
    assert faults(plan) == [(2, word) for word in words.split()]
    assert plan.faulty_rows == 1
    assert plan.writes() == ()
    for fault in plan.faults:
        named = str(fault.details.get("column", "columns"))
        assert named in fault.text


def test_what_follows_from_a_fault_is_none_of_its_own(planned) -> None:
    text = "unit_id,name,role,grid_code\nW2,a,x,3.30421E+14\nW2,,x,\n"
    assert faults(planned("staff", text)) == [
        (2, "shortened"),
        (3, "missing"),
        (3, "twice"),
    ]
