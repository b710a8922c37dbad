from dataclasses import replace
from itertools import combinations

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK
from map_kit import SECONDS, settle
from map_kit import panel as panel
from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from console.canvas import MapCanvas
from console.layers.cameras import TILE_RADIUS
from console.layers.geometry import degrees_of
from console.layers.layer import MapView
from console.layers.map_data import Area, Line, MapData
from console.layers.palette import palette
from console.layers.sizes import SIZE
from console.panels.map_panel import MapPanel
from dispatch.commands import SendUnit
from dispatch.geo import distance_m, moved
from dispatch.units import UnitStatus


def alarm(kit, qtbot, device="SD-12-301", category="B001") -> int:
    known = set(kit.board.cases)
    kit.alarm(device, category)
    qtbot.waitUntil(lambda: set(kit.board.cases) > known, timeout=5 * SECONDS)
    return next(iter(set(kit.board.cases) - known))


def pixel(canvas: MapCanvas, kind: str, key: int | str) -> QPoint:
    view = canvas.view()
    mark = next(m for m in canvas.marks() if (m.kind, m.key) == (kind, key))
    return view.px(mark.x, mark.y).toPoint()


def click(qtbot, canvas: MapCanvas, at: QPoint) -> None:
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def centre(canvas: MapCanvas) -> QPointF:
    view = canvas.view()
    return QPointF(view.width / 2, view.height / 2)


def picture(panel: MapPanel, qtbot) -> QImage:
    settle(panel, qtbot)
    return panel.canvas.grab().toImage()


def has_colour(image: QImage, colour, box: QRectF) -> bool:
    return any(
        image.pixelColor(x, y) == colour
        for x in range(int(box.left()), int(box.right()))
        for y in range(int(box.top()), int(box.bottom()))
    )


# -- what is shown ---------------------------------------------------------------------


def test_town_is_shown_whole_and_home_returns_to_it(kit, panel, qtbot):
    view = panel.canvas.view()
    for grid in kit.board.grids.values():
        assert all(view.sees(view.px_of(point)) for point in grid.outline)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    assert panel.canvas.view() != view
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Home)
    assert panel.canvas.view().centre == pytest.approx(view.centre)
    assert panel.canvas.view().scale == pytest.approx(view.scale)


def test_case_is_centred_once_and_then_the_view_obeys_the_hand(kit, panel, qtbot):
    case_id = alarm(kit, qtbot)
    kit.desk.open_case(case_id)
    canvas = panel.canvas
    case = kit.board.cases[case_id]
    away = canvas.view().px_of(case.point) - centre(canvas)
    assert away.manhattanLength() < 1.5
    ring_top = canvas.view().px_of(moved(case.point, 0, 300))
    assert 0 < ring_top.y() < 60  # 300 m fill the view's height
    canvas.pan(0.3, 0.1)
    seen = canvas.view()
    kit.place("W01", moved(CENTRE, 10, 50))
    kit.alarm()  # counted on the same case
    qtbot.waitUntil(
        lambda: kit.board.cases[case_id].alarm_count > 1, timeout=5 * SECONDS
    )
    assert canvas.view() == seen
    qtbot.keyClick(canvas, Qt.Key.Key_G)
    away = canvas.view().px_of(case.point) - centre(canvas)
    assert away.manhattanLength() < 1.5


def test_new_case_stands_on_the_map_in_its_colour(kit, panel, qtbot):
    case_id = alarm(kit, qtbot)
    at = pixel(panel.canvas, "case", case_id)
    box = QRectF(at.x() - 16, at.y() - 16, 32, 32)
    colour = kit.desk.theme.severity(kit.board.cases[case_id].severity)
    assert has_colour(picture(panel, qtbot), colour, box)


def test_a_place_is_named_by_the_case_that_bears_its_name(kit, panel, qtbot):
    case_id = alarm(kit, qtbot)
    place = next(each for each in kit.board.places.values() if each.kind == "key_place")
    frame = panel.canvas.scene_data.frame
    x, y = frame.to_map(place.point)
    near = MapView(x - 400, y + 200, 1.0, 800, 400, frame)
    layer = next(each for each in panel.canvas.layers if each.name == "places")
    assert place.name in [each.text for each in layer.labels(near)]
    case = kit.board.cases[case_id]
    kit.board.cases[case_id] = replace(case, place_name=place.name, point=place.point)
    assert place.name not in [each.text for each in layer.labels(near)]


def test_unit_moves_with_its_position(kit, panel, qtbot):
    at = pixel(panel.canvas, "unit", "W01")
    where = moved(CENTRE, 200, 300)
    kit.place("W01", where)
    qtbot.waitUntil(
        lambda: pixel(panel.canvas, "unit", "W01") != at, timeout=5 * SECONDS
    )
    at = panel.canvas.view().px_of(where).toPoint()
    assert (pixel(panel.canvas, "unit", "W01") - at).manhattanLength() <= 2


def test_old_position_is_in_doubt_and_says_its_age(kit, panel, qtbot):
    layer = next(each for each in panel.canvas.layers if each.name == "units")
    kit.desk.highlight_unit("W03")
    labels = {label.text: label for label in layer.labels(panel.canvas.view())}
    old = next(label for text, label in labels.items() if text.startswith("周亮"))
    assert old.colour == "doubt"
    assert "9" in old.text
    at = pixel(panel.canvas, "unit", "W03")
    box = QRectF(at.x() - 16, at.y() - 16, 32, 32)
    assert has_colour(picture(panel, qtbot), kit.desk.theme.doubt, box)


def test_cameras_of_the_tiles_carry_their_numbers_beside_the_case(kit, panel, qtbot):
    kit.desk.open_case(alarm(kit, qtbot))
    panel.show_tiles(["1203", "1207", None, "1215"])
    layer = next(each for each in panel.canvas.layers if each.name == "cameras")
    spots = layer._badges(panel.canvas.view())
    assert set(spots) == {"1203", "1207", "1215"}
    case = panel.canvas.view().px_of(kit.desk.case.point)
    for camera_id, at in spots.items():
        others = [spot for other, spot in spots.items() if other != camera_id]
        assert all((at - other).manhattanLength() > 20 for other in others)
        assert (at - case).manhattanLength() > 30


def test_numbers_and_cases_are_told_apart_in_the_whole_town(kit, panel, qtbot):
    case_id = alarm(kit, qtbot)
    panel.show_tiles(["1203", "1207", "1211", "1190"])
    panel.canvas.zoom(0.3)
    scale = kit.desk.theme.scale
    view = panel.canvas.view()
    layer = next(each for each in panel.canvas.layers if each.name == "cameras")
    spots = [*layer._badges(view).values()]
    case = view.px_of(kit.board.cases[case_id].point)
    away = [QLineF(one, other).length() for one, other in combinations(spots, 2)]
    assert min(away) >= 2 * TILE_RADIUS * scale
    least = (TILE_RADIUS + SIZE / 2) * scale
    assert min(QLineF(spot, case).length() for spot in spots) >= least


# -- how often it is painted -----------------------------------------------------------


@pytest.fixture
def composed(panel, qtbot):
    """Return how often the map was painted anew, once it has come to rest."""
    composition = panel.canvas._composition
    settle(panel, qtbot)

    def rests() -> bool:
        paints = panel.canvas.paints
        QApplication.processEvents()  # what was wished for is painted here
        return panel.canvas.paints == paints and panel.canvas.settled

    def count() -> int:
        qtbot.waitUntil(rests, timeout=5 * SECONDS)
        return composition.composed

    count()
    return count


def test_map_at_rest_is_not_painted(kit, panel, composed):
    before, paints = composed(), panel.canvas.paints
    for _ in range(5):
        kit.clock.go(seconds=1)
        kit.desk.second.emit()
    assert composed() == before
    assert panel.canvas.paints == paints


def test_position_that_comes_into_doubt_is_painted_without_a_message(
    kit, panel, composed
):
    before = composed()
    kit.clock.go(seconds=70)  # the youngest are 89 s old
    kit.desk.second.emit()
    after = composed()
    assert after > before
    kit.clock.go(seconds=0.1)
    kit.desk.second.emit()
    assert composed() == after


def test_many_wishes_are_one_painting(kit, panel, composed):
    before, paints = composed(), panel.canvas.paints
    for step in (1, -1, 1, -1):
        panel.canvas.set_ring(step)
        kit.desk.highlighted_changed.emit()
    assert composed() == before + 1
    assert panel.canvas.paints == paints + 1


def test_choice_and_card_are_painted_over_the_map_as_it_is(kit, panel, composed):
    before, paints = composed(), panel.canvas.paints
    panel.canvas.select_next(1)
    composed()
    panel.canvas.select(None)
    assert composed() == before
    assert panel.canvas.paints >= paints + 2


def test_ground_is_painted_and_moved_without_being_painted_again(panel, qtbot):
    south, north = moved(CENTRE, 180, 400), moved(CENTRE, 0, 400)
    road = Line(points=degrees_of((south, CENTRE, north)), name="锦绣路", kind="main")
    corners = tuple(moved(CENTRE, turn, 90) for turn in (45, 135, 225, 315))
    panel.set_map_data(
        MapData(
            roads=(road,),
            waters=(Area(outline=degrees_of(corners), name="北祥湖"), road),
            buildings=(Area(outline=degrees_of(corners), name="1幢"),),
        )
    )
    settle(panel, qtbot)
    painted = []
    panel.canvas._ground.painted.connect(lambda: painted.append(1))
    panel.canvas.pan(0.05, 0.05)
    settle(panel, qtbot)
    assert not painted
    panel.canvas.pan(0.6, 0.0)
    settle(panel, qtbot)
    assert painted
    panel.canvas.zoom(5)
    settle(panel, qtbot)
    theme = panel.desk.theme
    panel.canvas.show_town()
    settle(panel, qtbot)
    at = panel.canvas.view().px_of(moved(CENTRE, 0, 150))
    image = picture(panel, qtbot)
    box = QRectF(at.x() - 4, at.y() - 4, 8, 8)
    assert has_colour(image, palette(theme).main, box)


# -- hands -----------------------------------------------------------------------------


def test_click_on_a_case_opens_it(kit, panel, qtbot):
    case_id = alarm(kit, qtbot)
    click(qtbot, panel.canvas, pixel(panel.canvas, "case", case_id))
    assert kit.desk.open_case_id == case_id


def test_click_on_a_unit_makes_it_the_one_to_send(kit, panel, qtbot):
    kit.desk.open_case(alarm(kit, qtbot))
    click(qtbot, panel.canvas, pixel(panel.canvas, "unit", "W02"))
    assert kit.desk.highlighted_unit_id == "W02"


@pytest.mark.parametrize("reason", ["unit_busy", "unit_off_duty"])
def test_click_on_a_unit_that_may_not_be_sent_says_why(kit, panel, qtbot, reason):
    if reason == "unit_busy":
        other = alarm(kit, qtbot, "PB-YH-01", "B002")
        case = kit.board.cases[other]
        kit.client.do(
            SendUnit(actor=DESK, case_id=other, unit_id="W02", seen=case.version)
        )
    else:
        off = replace(kit.board.units["W02"], status=UnitStatus.OFF_DUTY)
        kit.board.units["W02"] = off
    case_id = alarm(kit, qtbot)
    kit.desk.open_case(case_id)
    chosen = kit.desk.highlighted_unit_id
    assert chosen != "W02"
    said = []
    kit.desk.refused.connect(lambda *what: said.append(what))
    click(qtbot, panel.canvas, pixel(panel.canvas, "unit", "W02"))
    assert kit.desk.highlighted_unit_id == chosen
    assert [(case, refused.reason) for case, refused in said] == [(case_id, reason)]
    assert kit.desk.actions.standing_refusal(case_id).refused.reason == reason
    assert panel.canvas.selection.key == "W02"  # its card says what it is doing


def test_going_back_takes_one_step_at_a_time(kit, panel, qtbot):
    assert not panel.go_back()
    panel.pick_place()
    panel.canvas.select_next(1)
    panel.toggle_legend()
    assert panel.go_back()
    assert panel.legend is None
    assert panel.canvas.selection is not None
    assert panel.go_back()
    assert panel.canvas.selection is None
    assert panel.canvas.picking
    assert panel.go_back()
    assert not panel.canvas.picking
    assert not panel.go_back()


def test_click_on_a_camera_calls_it(panel, qtbot):
    with qtbot.waitSignal(panel.camera_called, timeout=SECONDS) as called:
        click(qtbot, panel.canvas, pixel(panel.canvas, "camera", "1220"))
    assert called.args == ["1220"]


def test_tab_goes_outward_from_the_middle_and_enter_acts(kit, panel, qtbot):
    kit.desk.open_case(alarm(kit, qtbot))
    canvas = panel.canvas
    canvas.setFocus()
    view = canvas.view()
    distances = []
    while canvas.select_next(1):
        mark = canvas.selection
        at = view.px(mark.x, mark.y) - centre(canvas)
        distances.append((at.x() ** 2 + at.y() ** 2) ** 0.5)
    assert len(distances) > 5
    assert distances == sorted(distances)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    while (canvas.selection.kind, canvas.selection.key) != ("unit", "W02"):
        qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert kit.desk.highlighted_unit_id == "W02"
    assert panel.go_back()
    assert canvas.selection is None


def test_waiting_form_gets_the_place_that_was_clicked(kit, panel, qtbot):
    panel.pick_place()
    wanted = moved(CENTRE, 250, 120)
    with qtbot.waitSignal(panel.place_picked, timeout=SECONDS) as picked:
        click(qtbot, panel.canvas, panel.canvas.view().px_of(wanted).toPoint())
    assert distance_m(picked.args[0], wanted) < 3
    assert kit.desk.open_case_id is None
    panel.pick_place()
    with qtbot.waitSignal(panel.place_picked, timeout=SECONDS) as picked:
        qtbot.keyClick(panel.canvas, Qt.Key.Key_P)
    x, y = panel.canvas.view().centre
    assert distance_m(picked.args[0], kit.desk.frame.to_point(x, y)) < 0.1


def test_brackets_change_the_ring(kit, panel, qtbot):
    assert panel.canvas.scene_data.ring_m == 300
    qtbot.keyClick(panel.canvas, Qt.Key.Key_BracketRight)
    assert panel.canvas.scene_data.ring_m == 500
    for _ in range(9):
        qtbot.keyClick(panel.canvas, Qt.Key.Key_BracketLeft)
    assert panel.canvas.scene_data.ring_m == 100


def test_layers_are_switched_in_the_legend_and_remembered(kit, panel, qtbot):
    qtbot.keyClick(panel.canvas, Qt.Key.Key_L)
    assert panel.legend is not None
    assert any(mark.kind == "unit" for mark in panel.canvas.marks())
    panel.show_layer("units", False)
    assert not any(mark.kind == "unit" for mark in panel.canvas.marks())
    again = MapPanel(kit.desk)
    qtbot.addWidget(again)
    shown = {layer.name: layer.shown for layer in again.canvas.layers}
    assert shown["units"] is False
    assert shown["cases"] is True
    qtbot.keyClick(panel.canvas, Qt.Key.Key_L)
    assert panel.legend is None


def test_every_layer_says_what_its_marks_are(kit, panel, qtbot):
    alarm(kit, qtbot)
    panel.canvas.zoom(3)
    for layer in panel.canvas.layers:
        assert layer.title()
        assert layer.legend()
    for mark in panel.canvas.marks():
        layer = next(each for each in panel.canvas.layers if each.kind == mark.kind)
        lines = layer.card(mark)
        assert lines
        assert all(lines)
        assert not any("138" in line or "张桂英" in line for line in lines)


def test_keys_of_the_keypad_stay_with_the_alarms(panel, qtbot):
    seen = panel.canvas.view()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Enter):
        qtbot.keyClick(panel.canvas, key, Qt.KeyboardModifier.KeypadModifier)
    assert panel.canvas.view() == seen
