import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from console.canvas import LAYERS
from console.layers.badges import badge_spots
from console.layers.furniture import round_metres, scale_bar
from console.layers.geometry import (
    ShapeSet,
    all_coordinates_of,
    boxes_of,
    coordinates_of,
    degrees_of,
    ground_circle,
    ground_cone,
    simplified,
)
from console.layers.grids import middle_of
from console.layers.ground_image import GroundImage, GroundWish
from console.layers.labels import LabelBook
from console.layers.layer import Label, MapView
from console.layers.line_names import longest_piece
from console.layers.map_data import Area, Line, MapData, read_map_data
from console.layers.palette import Palette, palette
from console.layers.points import Points
from console.theme import DARK, LIGHT, Theme
from dispatch.geo import MapFrame, Point, bearing_deg, distance_m, moved

ORIGIN = Point(120.93, 30.93)
FRAME = MapFrame(ORIGIN)


def view(*, scale: float = 0.5, width: float = 800, height: float = 400) -> MapView:
    return MapView(-width / scale / 2, height / scale / 2, scale, width, height, FRAME)


# -- measured on the ground ----------------------------------------------------------


@given(
    st.floats(-4000, 4000), st.floats(-4000, 4000), st.sampled_from([100, 300, 1000])
)
def test_ring_is_ground_metres_and_not_map_units(east, north, metres):
    away = math.hypot(east, north)
    centre = moved(ORIGIN, math.degrees(math.atan2(east, north)) % 360, away)
    for corner in ground_circle(FRAME, centre, float(metres)):
        at = FRAME.to_point(corner.x(), corner.y())
        assert distance_m(centre, at) == pytest.approx(metres, rel=1e-6)


def test_map_units_are_longer_than_ground_metres_here():
    ring = ground_circle(FRAME, ORIGIN, 300.0).boundingRect()
    assert ring.width() == pytest.approx(600 / 0.858, rel=0.005)


def test_cone_looks_where_the_camera_looks():
    cone = list(ground_cone(FRAME, ORIGIN, 90.0, 60.0, 100.0))
    arc = [FRAME.to_point(corner.x(), corner.y()) for corner in cone[1:]]
    bearings = [bearing_deg(ORIGIN, at) for at in arc]
    assert bearings[0] == pytest.approx(60.0, abs=0.01)
    assert bearings[-1] == pytest.approx(120.0, abs=0.01)
    assert all(distance_m(ORIGIN, at) == pytest.approx(100.0) for at in arc)


@given(st.floats(1, 50_000))
def test_scale_bar_is_a_round_figure_that_fits(metres):
    rounded = round_metres(metres)
    assert rounded <= metres < rounded * 2.5 + 1e-6
    assert str(rounded).strip("0") in {"1", "2", "5"}


def test_scale_bar_measures_the_ground(qapp):
    seen = view(scale=0.7)
    metres, length = scale_bar(seen, Theme())
    west = FRAME.to_point(*seen.map_of(QPointF(400, 200)))
    east = FRAME.to_point(*seen.map_of(QPointF(400 + length, 200)))
    assert distance_m(west, east) == pytest.approx(metres, rel=1e-4)


# -- the view --------------------------------------------------------------------------


@given(st.floats(-2000, 2000), st.floats(-2000, 2000), st.floats(0.01, 12))
def test_pixels_and_map_positions_are_each_others_way_back(x, y, scale):
    seen = view(scale=scale)
    assert seen.map_of(seen.px(x, y)) == pytest.approx((x, y), abs=1e-6)
    assert seen.transform().map(QPointF(x, y)).x() == pytest.approx(
        seen.px(x, y).x(), abs=1e-6
    )


def test_north_is_up():
    seen = view()
    assert seen.px_of(moved(ORIGIN, 0, 100)).y() < seen.px_of(ORIGIN).y()
    assert seen.px_of(moved(ORIGIN, 90, 100)).x() > seen.px_of(ORIGIN).x()


# -- what a view takes of many shapes -------------------------------------------------


def test_shapes_outside_of_the_view_and_tiny_ones_are_left_out():
    square = np.array([[0, 0], [50, 0], [50, 50], [0, 50]], float)
    shapes = ShapeSet([square, square + 5000, square * 0.01])
    assert [index for index, _ in shapes.seen(view())] == [0]


def test_simplified_keeps_the_corners():
    line = np.array([[0, 0], [1, 0.01], [2, 0], [2, 5], [2.01, 6], [2, 10]], float)
    assert simplified(line, 0.1).tolist() == [[0, 0], [2, 0], [2, 10]]


@given(st.integers(3, 60), st.floats(0.5, 40))
def test_simplified_never_strays_further_than_it_may(count, tolerance):
    turn = np.linspace(0, 2 * math.pi, count)
    line = np.column_stack([np.cos(turn) * 100, np.sin(turn) * 60])
    kept = simplified(line, tolerance)
    for point in line:
        nearest = min(
            _to_piece(point, kept[i], kept[i + 1]) for i in range(len(kept) - 1)
        )
        assert nearest <= tolerance + 1e-6


def _to_piece(point, start, end):
    along = end - start
    length = float(along @ along)
    share = (
        0.0 if length == 0 else min(max(float((point - start) @ along) / length, 0), 1)
    )
    return float(np.hypot(*(point - start - share * along)))


def test_points_by_the_thousand_are_culled_and_thinned():
    spots = {
        number: (number % 100 * 0.5, number // 100 * 0.5) for number in range(9000)
    }
    points = Points(spots)
    all_seen = list(points.seen(view(scale=1.0), 0))
    thinned = list(points.seen(view(scale=1.0), 0, thinned=True))
    assert len(all_seen) == 9000
    assert len(thinned) < 400
    assert not list(points.seen(MapView(9e5, 9e5, 1.0, 100, 100, FRAME), 0))


def test_name_of_a_grid_stands_in_its_middle():
    outline = np.array([[0, 0], [400, 0], [400, 100], [0, 100]], float)
    assert middle_of(outline) == pytest.approx((200, 50))
    assert middle_of(outline[[0, 1, 0]]) == pytest.approx((400 / 3, 0))


def test_road_name_takes_the_longest_straight_piece_in_view():
    line = np.array([[-9000, 0], [0, 0], [100, 2], [100, -150]], float)
    start, end = longest_piece(line, view(scale=1.0))
    assert start.x() == pytest.approx(0)  # cut off at the view's edge
    assert end.x() > 300
    assert longest_piece(line + 50_000, view(scale=1.0)) is None


# -- words ------------------------------------------------------------------------------


def whole(work):
    """Return what a piece of work returns, without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@given(
    st.lists(
        st.tuples(
            st.floats(0, 800),
            st.floats(0, 400),
            st.sampled_from(["王建国", "1203 桃源北门", "桃源新邨第三网格"]),
            st.booleans(),
            st.integers(0, 80),
        ),
        max_size=25,
    )
)
def test_no_word_covers_another_or_a_button(qapp, wanted):
    book = LabelBook(Theme())
    wall = QRectF(500, 0, 300, 44)
    labels = [
        Label(text=text, at=QPointF(x, y), centred=centred, rank=rank, gap=10)
        for x, y, text, centred, rank in wanted
    ]
    placed = whole(book.place(labels, view(), [], [wall]))
    boxes = [box for _, box in placed]
    assert all(not box.intersects(wall) for box in boxes)
    assert all(
        not one.intersects(other)
        for index, one in enumerate(boxes)
        for other in boxes[:index]
    )


def test_open_case_keeps_its_name_where_there_is_no_room(qapp):
    book = LabelBook(Theme())
    label = Label(text="桃源新邨12幢301", at=QPointF(400, 200), rank=0, must=True)
    full = [QRectF(0, 0, 800, 400)]
    other = Label(text="1203", at=QPointF(9, 9))
    assert not whole(book.place([other], view(), full))
    assert [each for each, _ in whole(book.place([label], view(), full))] == [label]


def test_words_are_drawn_in_their_colour(qapp):
    book = LabelBook(Theme())
    label = Label(text="王建国", at=QPointF(400, 200), colour="doubt")
    placed = whole(book.place([label], view(), []))
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    whole(book.draw(painter, placed, 1.0))
    painter.end()
    box = placed[0][1].toRect()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    }
    assert Theme().doubt.name() in colours


# -- numbers of cameras in the tiles ------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.floats(250, 550), st.floats(100, 300)), min_size=1, max_size=4
    ),
    st.lists(st.tuples(st.floats(300, 500), st.floats(150, 250)), max_size=3),
)
def test_numbers_stand_apart_from_each_other_and_from_cases(cameras, cases):
    radius, case = 13.0, 16.0
    wanted = {str(index): QPointF(*at) for index, at in enumerate(cameras)}
    taken = [(QPointF(*at), case) for at in cases]
    spots = badge_spots(wanted, taken, [QRectF(500, 0, 300, 44)], view(), radius)
    assert list(spots) == list(wanted)
    places = [(spot.x(), spot.y()) for spot in spots.values()]
    assert all(
        math.dist(one, other) >= 2 * radius
        for index, one in enumerate(places)
        for other in places[:index]
    )
    assert all(math.dist(one, at) >= radius + case for one in places for at in cases)


def test_number_with_room_stands_at_its_camera():
    wanted = {"a": QPointF(100, 100), "b": QPointF(400, 300), "c": QPointF(-900, 5)}
    assert badge_spots(wanted, [(QPointF(200, 100), 16.0)], [], view(), 13.0) == wanted


# -- greys --------------------------------------------------------------------------------


def light(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_base_map_is_told_apart_and_only_water_leans_to_blue(qapp, tokens):
    theme = Theme(tokens)
    greys = palette(theme)
    assert contrast(greys.water, greys.land) >= 1.25
    assert greys.water.blue() - greys.water.red() >= 35
    assert contrast(greys.shore, greys.water) >= 1.5
    assert contrast(greys.building, greys.land) >= 1.15
    assert contrast(greys.grid, greys.land) >= 2.5
    assert contrast(greys.ribbon, greys.land) >= 1.15
    assert contrast(greys.water, theme.severity(4)) >= 1.5  # P4 is blue
    road, least = (greys.main, 3.0) if tokens is DARK else (greys.casing, 2.0)
    assert contrast(road, greys.land) >= least
    assert light(greys.main) > light(greys.land) > light(greys.water)
    assert light(greys.main) >= light(greys.street) >= light(greys.lane)
    for name in ("text", "text2", "text3", "doubt"):  # words stand on land
        assert contrast(getattr(theme, name), greys.land) >= 4.5
    watery = (greys.water, greys.shore)
    for each in (getattr(greys, name) for name in Palette.__slots__):
        parts = (each.red(), each.green(), each.blue())
        assert max(parts) - min(parts) <= (28 if each not in watery else 60)


# -- the base map -------------------------------------------------------------------------


def test_base_map_is_read_from_geojson(tmp_path):
    def write(file, geometry, **properties):
        feature = {"type": "Feature", "geometry": geometry, "properties": properties}
        (tmp_path / file).write_text(json.dumps({"features": [feature]}), "utf-8")

    square = [[120.9, 30.9], [120.91, 30.9], [120.91, 30.91], [120.9, 30.9]]
    write(
        "roads.geojson",
        {"type": "LineString", "coordinates": square},
        name="锦绣路",
        **{"class": "main", "width_m": 16},
    )
    write(
        "buildings.geojson",
        {"type": "MultiPolygon", "coordinates": [[square], [square]]},
    )
    data = read_map_data(tmp_path)
    assert data.waters == ()
    assert [each.kind for each in data.roads] == ["main"]
    assert data.roads[0].width_m == 16
    assert len(data.buildings) == 2
    assert len(data.buildings[0].outline) == 3  # not closed


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"features": [{}]}',
        '{"features": [{"geometry": {"type": "Point"}}]}',
    ],
)
def test_base_map_that_is_none_names_the_file(tmp_path, text):
    (tmp_path / "roads.geojson").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"roads\.geojson"):
        read_map_data(tmp_path)


def test_no_base_map_is_an_empty_one(tmp_path):
    assert read_map_data(tmp_path) == MapData()


def test_sample_town_has_a_base_map():
    from importlib.resources import as_file, files

    with as_file(files("resources") / "samples" / "yaozhuang-small") as folder:
        data = read_map_data(folder)
    assert {each.kind for each in data.roads} == {"main", "street", "lane"}
    assert any(isinstance(each, Area) for each in data.waters)
    assert any(isinstance(each, Line) for each in data.waters)
    assert len(data.buildings) > 100


# -- the ground image -----------------------------------------------------------------------


class _Squares:
    """A ground of many squares, which counts how far it came."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.painted = 0

    def paint(self, painter, seen):
        painter.setTransform(seen.transform(), combine=True)
        for number in range(self.count):
            painter.fillRect(QRectF(number % 50 * 10 - 250, 0, 8, 8), QColor("white"))
            self.painted += 1
            yield


def _wish(ground, seen, stamp=0):
    return GroundWish(seen, (ground,), QColor("black"), 1.0, stamp)


def test_ground_serves_until_the_view_leaves_it_or_the_scale_changes_by_half(qtbot):
    image, ground = GroundImage(), _Squares(200)
    seen = view(scale=1.0)
    with qtbot.waitSignal(image.painted, timeout=5000):
        image.want(_wish(ground, seen))
    assert ground.painted == 200

    def serves(other, *, resting=False, stamp=0):
        return image.serves(_wish(ground, other, stamp), resting=resting)

    def shifted(by):
        return MapView(seen.left + by, seen.top, 1.0, seen.width, seen.height, FRAME)

    assert serves(seen, resting=True)
    assert serves(shifted(150))
    assert not serves(shifted(300))
    assert serves(view(scale=1.4))
    assert not serves(view(scale=1.4), resting=True)
    assert not serves(view(scale=1.6))
    assert not serves(seen, stamp=1)


def test_newest_wish_wins_and_a_closed_ground_paints_no_more(qtbot):
    image, first, second = GroundImage(), _Squares(50_000), _Squares(10)
    image.want(_wish(first, view()))
    qtbot.waitUntil(lambda: first.painted > 0, timeout=5000)
    image.want(_wish(second, view()))
    assert image.busy
    image.close()
    done = first.painted
    assert not image.busy
    assert done < 50_000
    with qtbot.waitSignal(image.painted, timeout=5000):
        image.want(_wish(second, view()))
    assert first.painted == done


def test_layers_have_names_of_their_own():
    names = [layer.name for layer in LAYERS]
    assert len(set(names)) == len(names)
    kinds = [layer.kind for layer in LAYERS if layer.kind]
    assert len(set(kinds)) == len(kinds)


@given(st.lists(st.tuples(st.floats(118, 123), st.floats(28, 33)), max_size=9))
def test_coordinates_are_those_of_the_frame(pairs):
    points = [Point(lon, lat) for lon, lat in pairs]
    expected = np.array([FRAME.to_map(point) for point in points]).reshape(-1, 2)
    assert coordinates_of(FRAME, degrees_of(points)) == pytest.approx(
        expected, abs=1e-5
    )


def test_many_outlines_at_once_are_those_of_each():
    outlines = [
        degrees_of(
            [moved(ORIGIN, bearing, 30 * n) for bearing in range(0, 360, 360 // n)]
        )
        for n in (3, 4, 9)
    ]
    each = [coordinates_of(FRAME, outline) for outline in outlines]
    for one, other in zip(all_coordinates_of(FRAME, outlines), each, strict=True):
        assert one == pytest.approx(other)
    boxes = [[*one.min(axis=0), *one.max(axis=0)] for one in each]
    assert boxes_of(each) == pytest.approx(np.array(boxes))
    assert all_coordinates_of(FRAME, []) == []
    assert boxes_of([]).shape == (0, 4)


def test_coordinates_of_nothing_are_an_empty_array():
    assert coordinates_of(FRAME, degrees_of([])).shape == (0, 2)
