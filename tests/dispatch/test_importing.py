"""The sample town reads whole; a faulty one is refused by file and line."""

import json
import shutil
from pathlib import Path

import pytest

from dispatch.geo import bearing_deg, distance_m
from dispatch.importing import BadTown, read_town
from resources.home import Home

SAMPLE = (
    Path(__file__).parent.parent.parent / "resources" / "samples" / "yaozhuang-small"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "town"))


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BadTown) as caught:
        read_town(folder)
    return caught.value.faults


def test_the_sample_town_reads_whole() -> None:
    found = read_town(SAMPLE)
    assert (found.town.code, found.town.is_demo) == ("330421111", True)
    areas = [g for g in found.grids if g.level == "grid"]
    assert len(areas) == 7
    assert all(len(g.code) == 15 and g.outline for g in areas)
    assert 12 <= len(found.units) <= 16
    assert set(found.posts) == {u.unit_id for u in found.units}
    assert len(found.cameras) == len(found.scenes) == 6
    assert {d.kind for d in found.devices} == {
        "smoke_detector",
        "panic_button",
        "worker_terminal",
    }
    home = next(p for p in found.places if p.name == "桃源新邨12幢301")
    assert {"独居老人", "液化气"} <= set(home.hazards)
    assert home.contact
    assert found.roads
    assert found.waters
    assert found.buildings


def test_parents_stand_before_their_children() -> None:
    seen: set[str] = set()
    for grid in read_town(SAMPLE).grids:
        assert not grid.parent or grid.parent in seen
        seen.add(grid.code)


def test_the_grids_have_no_seam() -> None:
    # Every inner edge belongs to two grids: point by point the same.
    edges: dict[frozenset[object], int] = {}
    for grid in read_town(SAMPLE).grids:
        ring = grid.outline
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            key: frozenset[object] = frozenset((a, b))
            edges[key] = edges.get(key, 0) + 1
    assert set(edges.values()) == {1, 2}
    assert sum(count == 2 for count in edges.values()) > 80


def test_four_cameras_see_building_12() -> None:
    found = read_town(SAMPLE)
    home = next(p for p in found.places if p.place_id == "H1201").point

    def sees(camera: object) -> bool:
        c = camera
        turn = bearing_deg(c.point, home) - (c.bearing_deg or 0)  # type: ignore[attr-defined]
        off = abs((turn + 180) % 360 - 180)
        return off <= c.fov_deg / 2 and distance_m(c.point, home) <= c.range_m  # type: ignore[attr-defined]

    assert sum(sees(c) for c in found.cameras) >= 4


def test_no_phone_can_ring_and_no_log_in_ships() -> None:
    found = read_town(SAMPLE)
    phones = [u.phone for u in found.units] + [p.phone for p in found.places]
    assert all(p == "" or p.startswith("1000000") for p in phones)
    assert all("@" not in c.main_url + c.sub_url for c in found.cameras)
    assert all(d.public_key == "" for d in found.devices)


def test_every_fault_is_named_with_file_and_line(folder: Path) -> None:
    places = (folder / "places.csv").read_text("utf-8").splitlines()
    places[3] = places[3].replace("120.93", "220.93")
    places.append("X1,no position,home,,,,,,,")
    (folder / "places.csv").write_text("\n".join(places), "utf-8")
    cameras = (folder / "cameras.csv").read_text("utf-8")
    (folder / "cameras.csv").write_text(
        cameras.replace("rtsp://127", "rtsp://admin:secret@127", 1), "utf-8"
    )
    found = faults(folder)
    assert any(f.startswith("places.csv, line 4: lon must be") for f in found)
    last = len(places)
    assert any(f.startswith(f"places.csv, line {last}: lon is missing") for f in found)
    assert any(f.startswith("cameras.csv, line 2: main_url carries a") for f in found)
    assert "secret" not in "".join(found)


def test_a_log_in_in_the_path_is_found_too(folder: Path) -> None:
    cameras = (folder / "cameras.csv").read_text("utf-8")
    lines = cameras.splitlines()
    at = lines[1].index("rtsp://127.0.0.1")
    lines[1] = f"{lines[1][:at]}rtsp://127.0.0.1/user=admin&password=secret&channel=1"
    (folder / "cameras.csv").write_text("\n".join(lines), "utf-8")
    found = faults(folder)
    assert any("carries a log-in" in fault for fault in found)
    assert "secret" not in "".join(found)


def test_a_row_twice_and_a_stranger_are_refused(folder: Path) -> None:
    units = (folder / "units.csv").read_text("utf-8").splitlines()
    units.append(units[1])
    units[2] = units[2].replace("330421111002003", "330421111009009")
    (folder / "units.csv").write_text("\n".join(units), "utf-8")
    found = faults(folder)
    assert f"units.csv, line {len(units)}: W01 stands twice" in found
    assert "units.csv: W02: no grid 330421111009009" in found


def test_a_grid_that_is_not_closed_is_refused_at_its_line(folder: Path) -> None:
    path = folder / "grids.geojson"
    document = json.loads(path.read_text("utf-8"))
    ring = document["features"][5]["geometry"]["coordinates"][0]
    del ring[-1]
    rows = ",\n".join(json.dumps(f, ensure_ascii=False) for f in document["features"])
    path.write_text(
        '{"type":"FeatureCollection","features":[\n' + rows + "\n]}", "utf-8"
    )
    assert "grids.geojson, line 7: the ring is not closed" in faults(folder)


@pytest.mark.parametrize("name", ["town.json", "grids.geojson", "units.csv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}: is missing" in faults(folder)


@pytest.mark.parametrize("name", ["town.json", "roads.geojson"])
@pytest.mark.parametrize("text", ["", "[1]", "{", '{"features": 3}', "\x00"])
def test_nonsense_is_refused_not_raised(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    assert faults(folder)[0].startswith(name)


def test_text_in_no_known_encoding_is_refused(folder: Path) -> None:
    (folder / "units.csv").write_bytes(b"unit_id,name\nW1,\xff\xff")
    assert any(f.startswith("units.csv, line 2: not UTF-8") for f in faults(folder))


def test_a_town_saved_by_a_spreadsheet_reads_the_same(folder: Path) -> None:
    for name in ("units.csv", "places.csv", "devices.csv", "cameras.csv"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    assert read_town(folder) == read_town(SAMPLE)


def test_map_files_may_be_missing(folder: Path, home: Home) -> None:
    for name in ("roads.geojson", "waters.geojson", "buildings.geojson"):
        (folder / name).unlink()
    assert read_town(folder).roads == ()
