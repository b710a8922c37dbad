"""The demonstration's whole town: what it must hold, and that imports take all of it."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.board import NO_TOWN
from dispatch.changes import Snapshot
from dispatch.geo import distance_m
from dispatch.grids import GridIndex
from dispatch.importing import TownFiles, read_town
from dispatch.importing_plan import plan_import
from dispatch.importing_tables import read_table

SAMPLES = Path(__file__).parent.parent.parent / "resources" / "samples"
TOWN = "330421111"
# As the published list has them; not all of these kinds need have a translation yet.
DEVICES = {
    "smoke_detector": 20,
    "gas_detector": 6,
    "panic_button": 8,
    "door_contact": 12,
    "infrared_detector": 12,
    "water_meter": 6,
    "electricity_meter": 6,
    "vehicle_tracker": 2,
    "worker_terminal": 90,
}
VILLAGES = {
    "200": "展丰村",
    "201": "南鹿村",
    "202": "姚庄村",
    "203": "展幸村",
    "204": "横港村",
    "205": "北鹤村",
    "206": "武长村",
    "207": "清凉村",
    "208": "中联村",
    "209": "界泾港村",
    "210": "金星村",
    "211": "俞汇村",
    "212": "银水庙村",
    "213": "沉香村",
    "214": "渔民村",
    "215": "俞北村",
    "216": "北港村",
    "217": "丁栅村",
}
COMMUNITIES = {
    "姚庄社区",
    "丁栅社区",
    "俞汇社区",
    "桃源新邨社区",
    "锦绣社区",
    "学苑社区",
    "新景社区",
}


@pytest.fixture(scope="module")
def town() -> TownFiles:
    return read_town(SAMPLES / "yaozhuang")


def test_communities_and_villages_have_their_names(town: TownFiles) -> None:
    nodes = {g.code.removeprefix(TOWN): g.name for g in town.grids if len(g.code) == 12}
    assert {c: n for c, n in nodes.items() if "200" <= c < "300"} == VILLAGES
    assert {n for c, n in nodes.items() if c < "200"} == COMMUNITIES
    assert (town.town.name, town.town.is_demo) == ("姚庄镇", True)


def test_the_grids_are_those_of_the_reform(town: TownFiles) -> None:
    grids = [grid for grid in town.grids if grid.level == "grid"]
    assert Counter(grid.kind for grid in grids) == {"base": 44, "dedicated": 22}
    parents = Counter(g.parent[9:] for g in grids if g.kind == "dedicated")
    assert parents == {
        "001": 4,  # 姚庄社区
        "002": 5,  # 桃源新邨
        "003": 2,  # 丁栅社区
        "004": 1,  # 俞汇社区
        "005": 3,  # 工业园区
        "007": 3,
        "006": 4,  # 沿街商铺
    }
    rows = read_table(SAMPLES / "yaozhuang" / "grids.geojson", "grids").rows
    classes = Counter(row.text("class", needed=False) for row in rows)
    assert (classes["1"], classes["2"], classes["3"]) == (2, 4, 38)


def test_every_grid_has_its_people(town: TownFiles) -> None:
    roles = {unit.unit_id: unit.role for unit in town.units}
    for grid in town.grids:
        if grid.level != "grid":
            continue
        assert roles[grid.leader_unit_id] == "网格长", grid.name
        found = {roles[unit_id] for unit_id in grid.worker_unit_ids}
        assert "专职网格员" in found, grid.name
        if grid.kind == "dedicated":
            assert {"指挥长", "网格指导员"} <= found, grid.name
    assert 85 <= len(town.units) <= 100
    assert {"民警", "综合执法队", "微型消防站", "社工", "志愿者", "执法车"} <= {
        *roles.values()
    }


def test_no_two_grids_share_ground_and_none_leaves_a_seam(town: TownFiles) -> None:
    edges: Counter[tuple[object, object]] = Counter()
    for grid in town.grids:
        if grid.level == "grid":
            ring = grid.outline
            edges.update(zip(ring, ring[1:] + ring[:1], strict=True))
    directed = {(a, b) for a, b in edges}
    assert set(edges.values()) == {1}
    inner = sum((b, a) in directed for a, b in directed)
    # What is no inner edge is the town's outer border, one closed line.
    outer = {a: b for a, b in directed if (b, a) not in directed}
    start = at = next(iter(outer))
    steps = 0
    while True:
        at, steps = outer[at], steps + 1
        if at == start:
            break
    assert steps == len(outer)
    assert inner > 1000


def test_everything_lies_in_a_grid(town: TownFiles) -> None:
    index = GridIndex(town.grids, origin=town.town.origin)
    for place in town.places:
        if place.place_id != "K05":  # a bridge of the small town, on the border
            assert place.grid_code == index.grid_of(place.point), place.name
    assert all(index.grid_of(camera.point) for camera in town.cameras)


def test_the_small_town_is_in_it_as_it_was(town: TownFiles) -> None:
    small = read_town(SAMPLES / "yaozhuang-small")
    for key, mine, others in (
        ("camera_id", town.cameras, small.cameras),
        ("device_id", town.devices, small.devices),
        ("place_id", town.places, small.places),
    ):
        here = {getattr(each, key): each for each in mine}
        for other in others:
            assert here[getattr(other, key)].point == other.point
    areas = {grid.code: grid.outline for grid in town.grids if grid.level == "grid"}
    for grid in small.grids:
        if grid.level == "grid":
            assert set(areas[grid.code]) == set(grid.outline)
    assert {u.unit_id: u.name for u in small.units}.items() <= {
        u.unit_id: u.name for u in town.units
    }.items()
    assert {c: town.scenes[c] for c in small.scenes} == small.scenes


def test_cameras_and_devices_are_as_many_as_they_should_be(town: TownFiles) -> None:
    assert len(town.cameras) == 24
    assert Counter(device.kind for device in town.devices) == DEVICES
    terminals = {d.unit_id for d in town.devices if d.kind == "worker_terminal"}
    trackers = {d.unit_id for d in town.devices if d.kind == "vehicle_tracker"}
    assert terminals | trackers == {unit.unit_id for unit in town.units}
    riding = {camera.camera_id: camera.unit_id for camera in town.cameras}
    assert {key: unit_id for key, unit_id in riding.items() if unit_id} == {
        "1301": "V01"
    }
    assert "V01" in trackers
    homes = {p.name for p in town.places if "独居老人" in p.hazards}
    six_piece = {"door_contact", "infrared_detector", "water_meter"}
    assert {d.place_name for d in town.devices if d.kind in six_piece} <= homes


def test_nobody_can_be_rung_and_no_secret_ships(town: TownFiles) -> None:
    phones = [u.phone for u in town.units] + [p.phone for p in town.places]
    assert all(p == "" or (p.startswith("1000000") and len(p) == 11) for p in phones)
    given = [p for p in phones if p]
    assert len(set(given)) == len(given)
    assert not any(device.public_key for device in town.devices)
    names = [unit.name for unit in town.units]
    assert len(set(names)) == len(names)


def test_people_and_things_stand_within_the_town(town: TownFiles) -> None:
    points = [*town.posts.values(), *(d.point for d in town.devices)]
    assert all(distance_m(town.town.origin, point) < 7_500 for point in points)


def test_every_file_is_imported_without_a_fault(town: TownFiles) -> None:
    stands = Snapshot(number=1, town=NO_TOWN)
    filled = {
        "grids": "grids",
        "staff": "units",
        "cameras": "cameras",
        "places": "places",
        "devices": "devices",
    }
    rostered = {unit for unit in town.units if unit.roster}
    assert len(rostered) > 10
    town = replace(town, units=tuple(replace(u, roster=()) for u in town.units))
    for kind, register in filled.items():
        name = "grids.geojson" if kind == "grids" else f"{register}.csv"
        table = read_table(SAMPLES / "yaozhuang" / name, kind)
        plan = plan_import(kind, table, stands, device_kinds=DEVICES)
        assert plan.faults == (), kind
        assert plan.unknown == (), kind
        records = tuple(row.record for row in plan.writes())
        assert set(records) == set(getattr(town, register))
        stands = replace(stands, **{register: records})
        again = plan_import(kind, table, stands, device_kinds=DEVICES)
        assert again.unchanged == len(records)
        assert not again.writes()
    table = read_table(SAMPLES / "yaozhuang" / "roster.csv", "roster")
    plan = plan_import("roster", table, stands, device_kinds=DEVICES)
    assert plan.faults == ()
    assert {row.record for row in plan.changed} == rostered
