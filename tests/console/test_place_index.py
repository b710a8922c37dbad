"""A long register is no longer to search than a short one."""

from dataclasses import replace

from desk_kit import CENTRE, DeskKit
from hypothesis import given, settings
from hypothesis import strategies as st

from console import place_index
from console.place_index import PlaceIndex
from dispatch.commands import ImportTown
from dispatch.geo import Point, distance_m, moved
from dispatch.people import SYSTEM
from dispatch.places import SAME_PLACE_M, Place

points = st.builds(
    lambda bearing, metres: moved(CENTRE, bearing, metres),
    st.floats(0, 360),
    st.floats(0, 60),
)
names = st.sampled_from(["东门", "西门", "南门", "北门"])


def place(place_id: str, name: str, point: Point) -> Place:
    return Place(place_id=place_id, name=name, kind="shop", point=point)


def searched(places: dict[str, Place], name: str, point: Point) -> Place | None:
    """Look at every place: what the index must find without it."""
    nearest, least = None, SAME_PLACE_M
    for each in places.values():
        if each.name == name:
            return each
        metres = distance_m(point, each.point)
        if metres < least:
            nearest, least = each, metres
    return nearest


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, points), max_size=30), names, points)
def test_it_finds_what_a_search_finds(register, name, point):
    places = {str(i): place(str(i), *each) for i, each in enumerate(register)}
    found, expected = (
        PlaceIndex().find(places, name, point),
        searched(places, name, point),
    )
    if found is None or expected is None or name in (found.name, expected.name):
        assert found == expected
    else:  # of two as near as each other either will do
        assert distance_m(point, found.point) == distance_m(point, expected.point)


def test_few_places_are_measured_in_a_long_register(monkeypatch):
    places = {
        str(i): place(str(i), f"{i}号", moved(CENTRE, i % 360, 5 + i / 3))
        for i in range(5000)
    }
    index = PlaceIndex()
    measured: list[Point] = []

    def measure(a: Point, b: Point) -> float:
        measured.append(b)
        return distance_m(a, b)

    monkeypatch.setattr(place_index, "distance_m", measure)
    assert index.find(places, "4999号", CENTRE) is places["4999"]
    assert measured == []
    index.find(places, "", moved(CENTRE, 10, 1500))
    assert len(measured) < 100


def test_altered_and_new_places_are_found_and_old_names_are_not(qtbot, tmp_path):
    kit = DeskKit(tmp_path)
    desk = kit.start(qtbot)
    far = moved(CENTRE, 10, 40_000)
    shop = desk.place_of("丁栅老街23号", far)
    assert shop is not None
    market = place("P9", "新市场", moved(CENTRE, 10, 3000))
    kit.client.do(
        ImportTown(actor=SYSTEM, places=(replace(shop, name="老街茶馆"), market))
    )
    qtbot.waitUntil(lambda: "P9" in kit.board.places)
    assert desk.place_of("丁栅老街23号", far) is None
    assert desk.place_of("老街茶馆", far) == kit.board.places["P2"]
    assert desk.place_of("", moved(market.point, 90, 5)) == kit.board.places["P9"]
    kit.close()
