"""What a file would do to a register: encodings, headings, faults by line, changes."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing_parts import AT, GRID, STAFF, STANDS, WORKER, faults

from dispatch import importing_plan
from dispatch.board import NO_TOWN
from dispatch.cameras import Camera
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.importing_columns import COLUMNS, KEYS, chinese_of, columns_of, understand
from dispatch.importing_faults import FAULTS, WHOLE_FILE
from dispatch.importing_plan import KINDS, Plan, plan_import
from dispatch.importing_tables import read_table
from dispatch.places import Place
from dispatch.roster import AT_REST
from dispatch.units import Unit


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_a_spreadsheet_writes_is_read(planned, encoding, ends, mark) -> None:
    text = STAFF.replace("\n", ends).replace(",", mark)
    (row,) = planned("staff", text.encode(encoding)).new
    assert (row.line, row.key, row.record.name) == (2, "W02", "陈芳")


WEEK = "人员编号,姓名,周一,周二,周三,周四,周五,周六,周日\n"


def test_a_roster_is_a_week_of_somebody_who_is_known(planned) -> None:
    w02 = Unit(unit_id="W02", name="陈芳", role="专职网格员", phone="1")
    stands = replace(STANDS, units=(w02,))
    text = WEEK + "W02,,08:00-20:00,20:00-08:00,休,全天,,8:00-12:00、14:00-18:00,\n"
    (row,) = planned("roster", text, stands).changed
    assert row.record == replace(
        w02,
        roster=(
            *("08:00-20:00", "20:00-08:00", "", "00:00-24:00", ""),
            *("08:00-12:00 14:00-18:00", ""),
        ),
    )
    stands = replace(stands, units=(row.record,))
    assert planned("roster", text, stands).unchanged == 1
    assert planned(
        "staff", "unit_id,name,role\nW02,陈芳,专职网格员\n", stands
    ).unchanged
    strange = WEEK + "W09,,,,,,,,\nW02,,早班,,,,,,\n"
    assert faults(planned("roster", strange, stands)) == [
        (2, "unknown_unit"),
        (3, "no_shift"),
    ]
    lacking = planned("roster", "人员编号,周一\nW02,\n", stands)
    assert faults(lacking) == [(1, "columns_missing")]


def test_a_whole_roster_takes_off_whom_no_row_names(tmp_path: Path) -> None:
    week = ("08:00-20:00",) * 7
    w02, w03, w04, w05, w06 = (
        Unit(unit_id=each, name=each, role="专职网格员", roster=week)
        for each in ("W02", "W03", "W04", "W05", "W06")
    )
    rest = replace(w06, roster=AT_REST)  # was taken off by the last one
    stands = replace(STANDS, units=(w02, w03, replace(w04, roster=()), w05, rest))
    path = tmp_path / "roster.csv"

    def plan_of(rows: str, *, replaces: bool = True) -> Plan:
        path.write_text(WEEK + rows, "utf-8")
        table = read_table(path, "roster")
        return plan_import("roster", table, stands, device_kinds=(), replaces=replaces)

    rows = f"W02,{',08:00-20:00' * 7}\n W05 ,,早班,,,,,,\n"
    assert plan_of(rows, replaces=False).gone == ()
    whole = plan_of(rows)
    assert [(row.key, row.record) for row in whole.gone] == [("W03", None)]
    assert whole.writes() == whole.gone
    assert whole.faulty_rows == 1, "whose row is wrong, stays as they are"
    for strange in ("WO3,,,,,,,,\n", ",陈芳,,,,,,,\n"):
        plan = plan_of(rows + strange)
        assert plan.gone == (), "whose row is it?"
        assert [(each.line, each.word) for each in plan.notes] == [(4, "nobody_leaves")]
    assert plan_of("").gone == ()
    assert plan_of("").is_hopeless
    assert not plan_of("", replaces=False).faults


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "\ufeff", " \r\n\t\n"])
def test_a_file_with_nothing_in_it_is_said_to_be_empty(planned, kind, text) -> None:
    plan = planned(kind, text)
    assert faults(plan) == [(0, "file_empty")]
    assert plan.is_hopeless


def test_neither_encoding_is_a_fault_at_its_line(planned) -> None:
    assert faults(planned("staff", b"unit_id,name\nW\xff\xff\n")) == [(2, "encoding")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_one_meaning(kind) -> None:
    words = [w for column in columns_of(kind) for w in chinese_of(kind, column)]
    assert len(set(words)) == len(words)
    for column in columns_of(kind):
        for word in (column, column.upper(), *chinese_of(kind, column)):
            assert understand(kind, [f" {word} "]).names == (column,), word
    assert KEYS[kind] in COLUMNS[kind].split()


def test_chinese_headings_and_values_are_read_and_strangers_named(planned) -> None:
    plan = planned(
        "places",
        "编号,名称,类型,经度,纬度,备注\nK1,桃源茶馆,商铺,120.93,30.93,好茶\n",
    )
    (row,) = plan.new
    assert (row.record.kind, row.record.point) == ("shop", AT)
    assert plan.unknown == ("备注",)


def test_a_camera_is_sealed_by_a_column_and_kept_so_without_it(planned) -> None:
    head = "编号,名称,经度,纬度,主码流"
    row = "1,东,120.93,30.93,rtsp://10.0.0.1/x"
    (planned_row,) = planned("cameras", f"{head},密件\n{row},是\n").new
    assert planned_row.record.sealed
    stands = replace(STANDS, cameras=(planned_row.record,))
    assert planned("cameras", f"{head}\n{row}\n", stands).unchanged == 1
    (changed,) = planned("cameras", f"{head},sealed\n{row},\n", stands).changed
    assert (changed.fields, changed.record.sealed) == (("sealed",), False)
    assert faults(planned("cameras", f"{head},密件\n{row},也许\n")) == [
        (2, "yes_or_no")
    ]


def test_two_columns_of_one_meaning_are_a_fault(planned) -> None:
    plan = planned("staff", "unit_id,name,姓名,role\nW02,a,b,x\n")
    assert (1, "column_twice") in faults(plan)


def test_what_stands_already_is_told_from_what_differs(planned) -> None:
    same = "unit_id,name,role,phone\nW01,王建国,专职网格员,10000000101\n"
    assert (planned("staff", same).unchanged, planned("staff", same).writes()) == (
        1,
        (),
    )
    plan = planned("staff", same.replace("0101", "0102"))
    (row,) = plan.changed
    assert row.fields == ("phone",)
    # A column that is not there alters nothing; what they do is not a file's matter.
    assert row.record == replace(WORKER, phone="10000000102")


def test_a_role_a_kind_and_a_phone_that_nobody_knows_are_told(planned) -> None:
    head = "unit_id,name,role,phone\nW02,陈芳,兼职网格员,0573-1\n"
    plan = planned("staff", f"{head}W03,甲,超级员,1\nW04,乙,网格长,abc\n")
    assert faults(plan) == [(4, "no_phone")]
    assert [(each.line, each.word) for each in plan.notes] == [(3, "unknown_role")]
    head = "place_id,name,kind,lon,lat\nP1,a,商铺,120,30\n"
    plan = planned("places", f"{head}P2,b,茶馆,120,30\nP3,c,桥,30,120\n")
    assert faults(plan) == [(4, "swapped")]
    assert [(each.line, each.word) for each in plan.notes] == [(3, "unknown_kind")]


# What the service or the field says of a record, and its key.
NOT_IMPORTED = {
    "grids": {"code"},
    "staff": {
        *("unit_id", "status", "case_id", "point", "point_at", "accuracy_m"),
        *("heading_deg", "doubt", "roster"),
    },
    "cameras": {"camera_id", "secret_ref", "retired", "wrong_since", "wrong_by"},
    "places": {"place_id"},
    "devices": {"device_id", "revoked"},
}


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("grids", Grid),
        ("staff", Unit),
        ("cameras", Camera),
        ("places", Place),
        ("devices", Device),
    ],
)
def test_every_field_of_a_record_is_compared_or_never_imported(kind, record) -> None:
    names = {field.name for field in fields(record)}
    assert names - set(importing_plan._FIELDS[kind]) <= NOT_IMPORTED[kind]
    assert not NOT_IMPORTED[kind] & set(importing_plan._FIELDS[kind])


def test_an_empty_cell_empties_a_column_that_is_there(planned) -> None:
    (row,) = planned(
        "staff", "unit_id,name,role,phone\nW01,王建国,专职网格员,\n"
    ).changed
    assert (row.record.phone, row.record.device_id) == ("", "term-W01")


def test_what_the_service_fills_in_is_no_difference(planned) -> None:
    home = Place(place_id="H1", name="301", kind="home", point=AT, grid_code=GRID.code)
    plan = planned(
        "places",
        "place_id,name,kind,grid_code,lon,lat\nH1,301,home,,120.93,30.93\n",
        replace(STANDS, places=(home,)),
    )
    assert plan.unchanged == 1


@pytest.mark.parametrize(
    ("kind", "row", "word"),
    [
        ("staff", "unit_id,name,role\nW2,,x", "missing"),
        ("staff", "unit_id,name,role,grid_code\nW2,a,x,999", "unknown_grid"),
        ("staff", "unit_id,name,role,grid_code\nW2,a,x,3.30421E+14", "shortened"),
        ("staff", "unit_id,name,role\nW2,a,x,y", "columns"),
        ("places", "place_id,name,kind,lon,lat\nP,a,shop,x,30", "no_number"),
        ("places", "place_id,name,kind,lon,lat\nP,a,shop,30.9,120.9", "swapped"),
        ("places", "place_id,name,kind,lon,lat\nP,a,shop,nan,30", "range"),
        ("cameras", "camera_id,name,lon,lat,main_url\n1,a,120,30,rtsp://a:b@c/", "login"),
        ("cameras", "camera_id,name,lon,lat,main_url\n1,a,120,30,http://c/", "no_stream"),
        ("cameras", "camera_id,name,lon,lat,main_url\n东,a,120,30,rtsp://c/", "camera_number"),
        ("cameras", "camera_id,name,lon,lat,main_url,range_m\n1,a,120,30,rtsp://c/,-5", "range"),
        ("devices", "device_id,kind,name,place_name,lon,lat\nD,tree,a,b,120,30", "kind"),
        (
            "devices",
            "device_id,kind,name,place_name,lon,lat,unit_id\n"
            "D,worker_terminal,a,b,120,30,W9",
            "unknown_unit",
        ),
        (
            "devices",
            "device_id,kind,name,place_name,lon,lat,public_key\n"
            "D,smoke_detector,a,b,120,30,short",
            "key",
        ),
        ("grids", "code,name,level\n33,a,grid", "code"),
        ("grids", "code,name,level\n33,a,planet", "level"),
        ("grids", "code,name,level,parent\n330421111,a,town,9", "unknown_parent"),
        ("grids", "code,name,level,outline\n330421111,a,town,ROUND", "wkt"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_line(planned, kind, row, word) -> None:
    plan = planned(kind, row)
    assert faults(plan) == [(2, word)]
    assert plan.writes() == ()
    assert plan.faults[0].text
    assert "a:b" not in plan.faults[0].text


def test_a_camera_far_from_the_town_is_a_fault_where_there_is_a_town(planned) -> None:
    ring = (Point(120.9, 30.9), Point(121.0, 30.9), Point(121.0, 31.0))
    town = replace(NO_TOWN, code="330421111", name="姚庄镇")
    there = replace(STANDS, town=town, grids=(replace(GRID, outline=ring),))
    row = "camera_id,name,lon,lat,main_url\n1,a,12,30,rtsp://c/\n"
    assert faults(planned("cameras", row, there)) == [(2, "far_from_town")]
    assert faults(planned("cameras", row)) == []


@pytest.mark.parametrize(
    ("cell", "word"),
    [("W\u200b2", "unseen"), ("W\x1b[31m2", "unseen"), ("W" * 65, "long")],
)
def test_ids_that_are_a_trap_are_faults(planned, cell, word) -> None:
    plan = planned("staff", f"unit_id,name,role\n{cell},a,b\n")
    assert faults(plan) == [(2, word)]


def test_what_is_printed_of_a_file_can_be_printed(planned) -> None:
    plan = planned("staff", "unit_id,name,role,\x1b[31mred\nW2,a\u00a0 b\tc,d,\n")
    assert plan.unknown == ("[31mred",)
    assert plan.new[0].name == "a b c"


@pytest.mark.parametrize(
    ("text", "hopeless"),
    [
        ("unit_id,name,姓名,role\nW2,a,b,c\n", True),
        ("nothing,known\n1,2\n", True),
        (STAFF + "W3,,x\n", False),
        (STAFF, False),
    ],
)
def test_a_file_wrong_as_a_whole_is_never_taken_in_part(
    planned, text, hopeless
) -> None:
    assert planned("staff", text).is_hopeless is hopeless


def test_a_row_twice_is_a_fault_of_the_second(planned) -> None:
    plan = planned("staff", STAFF + "W02,另一人,x\n")
    assert faults(plan) == [(3, "twice")]
    assert [row.name for row in plan.new] == ["陈芳"]


def test_lines_are_right_after_a_cell_of_two_lines_and_an_empty_one(planned) -> None:
    text = 'unit_id,name,role\nW2,"两\n行",x\n\n,,\nW3,,x\n'
    assert faults(planned("staff", text)) == [(6, "missing")]


def test_grids_that_hang_on_nothing_are_refused_parents_come_first(planned) -> None:
    text = (
        "code,name,level,parent\n"
        "330421111002001,二一,grid,330421111002\n"
        "330421111002,二,community,330421111\n"
        "330421111,镇,town,\n"
        "1,甲,organisation,2\n"
        "2,乙,organisation,1\n"
        "3,丙,organisation,330421111002001\n"
    )
    plan = planned("grids", text, replace(STANDS, grids=()))
    assert faults(plan) == [(5, "unknown_parent"), (6, "unknown_parent")]
    assert [row.name for row in plan.writes()] == ["丙", "镇", "二", "二一"]


def test_an_outline_in_a_table_equals_one_in_geojson(planned) -> None:
    ring = [[120.9, 30.9], [120.95, 30.9], [120.95, 30.95], [120.9, 30.9]]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"code": "330421111", "name": "镇", "level": "town"},
    }
    drawn = planned(
        "grids",
        json.dumps({"type": "FeatureCollection", "features": [feature]}),
        end="geojson",
    )
    text = ", ".join(f"{lon} {lat}" for lon, lat in ring)
    written = planned(
        "grids", f'code,name,level,outline\n330421111,镇,town,"POLYGON(({text}))"\n'
    )
    assert drawn.new[0].record == written.new[0].record
    assert len(drawn.new[0].record.outline) == 3


def test_points_come_from_geojson_too(planned) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [120.93, 30.93]},
        "properties": {"place_id": "P1", "name": "井", "kind": "hydrant"},
    }
    plan = planned(
        "places",
        json.dumps({"type": "FeatureCollection", "features": [feature]}),
        end="geojson",
    )
    assert plan.new[0].record.point == AT


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(KINDS),
    end=st.sampled_from(["csv", "geojson", "txt"]),
    data=st.one_of(
        st.binary(max_size=80),
        st.text(max_size=80).map(lambda text: text.encode("utf-8", "ignore")),
        st.text(alphabet='编号名称{}[]":,\n0.eE+-"', max_size=80).map(
            lambda text: ("code,编号,name\n" + text).encode("utf-8")
        ),
    ),
)
def test_no_file_raises(planned, kind, end, data) -> None:
    plan = planned(kind, data, end=end)
    for fault in plan.faults:
        assert fault.text


def test_what_concerns_a_whole_file_is_a_fault() -> None:
    assert set(FAULTS) >= WHOLE_FILE
