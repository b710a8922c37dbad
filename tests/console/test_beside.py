"""People at a case are seen beside its mark, and keep still while one zooms."""

import math

import pytest
from desk_kit import DESK, DeskKit
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from console.layers.beside import GAP, SAME_SPOT_M, beside_cases
from console.layers.cases import CasesLayer
from console.layers.layer import MapScene, MapView
from console.layers.points import Points
from console.layers.sizes import SIZE, UNIT_RADIUS
from console.layers.units import UnitsLayer
from console.panels.map_panel import MapPanel
from dispatch.commands import VoidCase
from dispatch.geo import MapFrame, Point, moved

FRAME = MapFrame(Point(120.93, 30.93))
CASE = SIZE / 2
REACH = CASE + UNIT_RADIUS + GAP
COVERING = st.floats(-REACH, REACH)


def view(scale: float = 0.5, *, middle: tuple[float, float] = (0.0, 0.0)) -> MapView:
    left, top = middle[0] - 400 / scale, middle[1] + 200 / scale
    return MapView(left, top, scale, 800, 400, FRAME)


def away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


@given(st.lists(st.tuples(COVERING, COVERING), min_size=1, max_size=4))
def test_nobody_is_under_a_case_or_under_another(offsets):
    seen, middle = view(), QPointF(400, 200)
    own = {
        f"W{index}": middle + QPointF(*offset) for index, offset in enumerate(offsets)
    }
    people = Points({key: seen.map_of(at) for key, at in own.items()})
    spots = beside_cases(people, [(middle, CASE)], seen, 1.0)
    assert set(spots) == {key for key, at in own.items() if away(at, middle) < REACH}
    places = list(spots.values())
    assert all(away(place, middle) == pytest.approx(REACH) for place in places)
    assert all(
        away(one, other) >= 2 * UNIT_RADIUS
        for index, one in enumerate(places)
        for other in places[:index]
    )


def test_a_mark_keeps_still_while_one_zooms_and_slides_to_its_place():
    # Fifteen map units east of the case, at the middle of the view.
    people, middle = Points({"W01": (15.0, 0.0)}), QPointF(400, 200)
    found = [
        beside_cases(people, [(middle, CASE)], view(scale), 1.0).get("W01")
        for scale in (0.1, 0.5, 1.0, 1.8, 1.9, 4.0)
    ]
    assert found[:4] == [middle + QPointF(REACH, 0)] * 4
    assert found[4:] == [None, None]


def test_who_gives_way_does_not_hide_who_stands_there_already():
    seen, middle = view(), QPointF(400, 200)
    there = middle + QPointF(REACH + 2, 0)
    own = {"W01": middle + QPointF(12, 0), "W02": there}
    people = Points({key: seen.map_of(at) for key, at in own.items()})
    spots = beside_cases(people, [(middle, CASE)], seen, 1.0)
    assert list(spots) == ["W01"]
    assert away(spots["W01"], there) >= 2 * UNIT_RADIUS


def test_one_on_the_very_spot_stands_on_the_left():
    near = SAME_SPOT_M / 2
    people, middle = Points({"W01": (near, near)}), QPointF(400, 200)
    spot = beside_cases(people, [(middle, CASE)], view(), 1.0)["W01"]
    assert (spot.x(), spot.y()) == pytest.approx((400 - REACH, 200))


@pytest.mark.parametrize("metres", [2.0, 5.0])
def test_who_is_a_few_steps_to_the_east_stands_on_the_east(metres):
    people, middle = (
        Points({"W01": (metres / FRAME.ground_m_per_unit, 0.0)}),
        QPointF(400, 200),
    )
    spot = beside_cases(people, [(middle, CASE)], view(), 1.0)["W01"]
    assert (spot.x(), spot.y()) == pytest.approx((400 + REACH, 200))


def test_of_two_cases_neither_hides_who_gave_way_to_the_other():
    one, other = QPointF(400, 200), QPointF(440, 200)
    seen = view()
    people = Points({"W01": seen.map_of(QPointF(412, 200))})
    cases = [(one, CASE), (other, CASE)]
    spot = beside_cases(people, cases, seen, 1.0)["W01"]
    assert all(away(spot, case) >= CASE + UNIT_RADIUS for case, _ in cases)


def test_whom_a_case_would_hide_is_pointed_at_where_they_are_drawn(qtbot, tmp_path):
    kit = DeskKit(tmp_path)
    kit.start(qtbot)
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    (case,) = kit.board.cases.values()
    near = moved(case.point, 90, 15)
    kit.place("W01", near)
    qtbot.waitUntil(lambda: kit.board.units["W01"].point == near)
    scene = MapScene(kit.desk)
    layer = UnitsLayer(scene)
    for each in (layer, CasesLayer(scene)):
        each.renew()
    middle = kit.desk.frame.to_map(case.point)
    around = MapView(middle[0] - 800, middle[1] + 400, 0.5, 800, 400, kit.desk.frame)
    at = {mark.key: around.px(mark.x, mark.y) for mark in layer.marks(around)}["W01"]
    assert away(at, QPointF(400, 200)) == pytest.approx(REACH)
    label = next(each for each in layer.labels(around) if "王建国" in each.text)
    assert label.at == at
    kit.close()


def test_nothing_stays_of_a_case_that_has_ended(qtbot, tmp_path):
    kit = DeskKit(tmp_path)
    kit.start(qtbot)
    panel = MapPanel(kit.desk)
    qtbot.addWidget(panel)
    panel.resize(800, 418)
    with qtbot.waitExposed(panel):
        panel.show()

    def painted() -> QImage:
        def settled() -> bool:
            kit.desk.tick.emit()
            return panel.canvas.settled

        qtbot.waitUntil(settled, timeout=10_000)
        return panel.canvas.grab().toImage()

    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    (case_id,) = kit.board.cases
    near = moved(kit.board.cases[case_id].point, 90, 5)
    kit.place("W01", near)
    qtbot.waitUntil(lambda: kit.board.units["W01"].point == near)
    kit.desk.open_case(case_id)
    during = painted()
    kit.client.do(VoidCase(actor=DESK, case_id=case_id, reason="false_alarm"))
    qtbot.waitUntil(lambda: not kit.board.cases[case_id].state.is_open)
    after = painted()
    assert during != after
    # As a map that never knew of it would be painted.
    panel.canvas.renew_all()
    assert painted() == after
    layer = next(each for each in panel.canvas.layers if each.name == "units")
    assert layer._beside(panel.canvas.view()) == {}
    kit.close()
