"""Where what a file brings stands, and who carries it."""

import json
from dataclasses import replace

from bus_kit import square
from importing_parts import AT, GRID, STANDS, faults

from dispatch.board import NO_TOWN
from dispatch.datums import to_gcj
from dispatch.geo import moved


def test_a_place_in_another_datum_or_town_is_noted(planned) -> None:
    plan = planned(
        "places",
        "place_id,name,kind,lon,lat\nP,a,shop,100.93,30.93\n",
        replace(STANDS, town=replace(NO_TOWN, name="姚庄镇")),
    )
    assert [(note.line, note.word) for note in plan.notes] == [(2, "outside")]
    assert plan.new
    drawn = replace(GRID, outline=square(AT, 800))
    shown = to_gcj(moved(AT, 90, 700))
    lost = moved(AT, 270, 1_500)
    plan = planned(
        "places",
        "place_id,name,kind,lon,lat\n"
        f"P,a,shop,{shown.lon},{shown.lat}\nQ,a,shop,{lost.lon},{lost.lat}\n",
        replace(STANDS, grids=(drawn,)),
    )
    said = [(note.line, note.word) for note in plan.notes]
    assert said == [(2, "looks_like_gcj"), (3, "no_grid_here")]


def test_a_camera_names_who_carries_it_and_nobody_else_may(planned) -> None:
    head = "camera_id,name,lon,lat,main_url,unit_id\n"
    row = "{},执法车,120.93,30.93,rtsp://10.0.0.1/1,{}\n"
    plan = planned("cameras", head + row.format("1301", "W01"))
    (new,) = plan.new
    assert new.record.unit_id == "W01"
    assert plan.unkept == ()
    stands = replace(STANDS, cameras=(new.record,))
    (changed,) = planned("cameras", head + row.format("1301", ""), stands).changed
    assert (changed.record.unit_id, changed.fields) == ("", ("unit_id",))
    without = head.replace(",unit_id", "") + row.format("1301", "")[:-2] + "\n"
    assert planned("cameras", without, stands).unchanged == 1
    unknown = planned("cameras", head + row.format("1301", "V99"))
    assert faults(unknown) == [(2, "unknown_unit")]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [120.93, 30.93]},
        "properties": {
            "编号": "1301",
            "名称": "执法车",
            "主码流": "rtsp://10.0.0.1/1",
            "车辆编号": "W01",
        },
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert planned("cameras", text, end="geojson").new[0].record.unit_id == "W01"
