"""What the drawn map keeps and what it must not: words, and a view long gone."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE
from map_kit import SECONDS, settle, shown_map
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from console.layers.furniture import paint_scale_bar, scale_bar_rect
from console.layers.geometry import degrees_of
from console.layers.labels import LabelBook
from console.layers.layer import Label
from console.layers.map_data import Line, MapData
from console.panels.map_panel import MapPanel
from console.theme import Theme
from dispatch.board import Moved
from dispatch.geo import moved


@pytest.fixture
def panel(qtbot, kit) -> MapPanel:
    made = shown_map(qtbot, kit)
    made.set_map_data(roads("锦绣路"))
    settle(made, qtbot)
    return made


def roads(name: str) -> MapData:
    south = moved(CENTRE, 180, 380)  # where nobody stands
    way = (moved(south, 270, 560), moved(south, 270, 240))
    road = Line(points=degrees_of(way), name=name, kind="main")
    return MapData(roads=(road,), waters=(), buildings=())


def road_words(panel: MapPanel) -> set[tuple[str, float, float]]:
    """Return the names of roads that stand on the map, and where."""
    still = next(each for each in panel.canvas.layers if each.name == "roads")
    wanted = {each.text for each in still.labels(panel.canvas.view())}
    return {
        (label.text, label.at.x(), label.at.y())
        for label, _ in panel.canvas._composition._placed
        if label.text in wanted
    }


def fresh_words(panel: MapPanel) -> set[tuple[str, float, float]]:
    still = next(each for each in panel.canvas.layers if each.name == "roads")
    return {
        (each.text, each.at.x(), each.at.y())
        for each in still.labels(panel.canvas.view())
    }


@pytest.mark.parametrize("move", ["pan", "zoom", "resize"])
def test_road_s_name_goes_along_with_the_view(panel, qtbot, move):
    before = road_words(panel)
    assert before
    if move == "pan":
        panel.canvas.pan(-0.05, -0.05)
    elif move == "zoom":
        panel.canvas.zoom(0.9)
    else:
        panel.resize(780, 408)
    settle(panel, qtbot)
    assert fresh_words(panel) != before
    assert road_words(panel)
    assert road_words(panel) <= fresh_words(panel)


def test_road_s_new_name_replaces_the_old_one_while_the_view_rests(panel, qtbot):
    view = panel.canvas.view()
    panel.set_map_data(roads("桃源路"))
    settle(panel, qtbot)
    assert panel.canvas.view() == view
    placed = {label.text for label, _ in panel.canvas._composition._placed}
    assert "桃源路" in placed
    assert "锦绣路" not in placed


def names_of_people(kit, panel: MapPanel) -> set[str]:
    people = {each.name for each in kit.board.units.values()}
    placed = panel.canvas._composition._placed
    return {word for label, _ in placed for word in label.text.split()} & people


def test_detectors_round_somebody_push_no_name_away_and_stop_no_key(kit, panel, qtbot):
    kit.place("W01", CENTRE)
    qtbot.waitUntil(lambda: kit.board.units["W01"].point == CENTRE)
    panel.canvas.zoom(2)
    settle(panel, qtbot)
    named = names_of_people(kit, panel)
    assert kit.board.units["W01"].name in named
    one = kit.board.devices["SD-12-301"]
    for n in range(120):
        device_id, at = f"SD-X-{n}", moved(CENTRE, 47 * n, 4 + n / 3)
        kit.board.devices[device_id] = replace(one, device_id=device_id, point=at)
    panel.canvas.apply(Moved(everything=True))
    settle(panel, qtbot)
    assert names_of_people(kit, panel) == named
    drawn = [mark for mark in panel.canvas.marks() if mark.kind == "device"]
    assert len(drawn) >= 120
    stops = set()
    while panel.canvas.select_next(1):
        stops.add(panel.canvas.selection.kind)
    assert "unit" in stops
    assert "device" not in stops, "there is nothing that Enter could do"


def test_view_moved_while_the_map_is_painted_is_painted_after(panel, qtbot):
    canvas, slices = panel.canvas, panel.canvas._composition.slices
    canvas.refresh()
    canvas._update()
    assert slices.busy
    slices._timer.stop()  # it takes as long as we like
    canvas.pan(0.02, 0.02)
    qtbot.waitUntil(lambda: not canvas._update_timer.isActive(), timeout=5 * SECONDS)
    slices._timer.start()
    qtbot.waitUntil(lambda: not slices.busy, timeout=5 * SECONDS)
    settle(panel, qtbot)  # the tick sees that it does not show what it should
    assert road_words(panel) <= fresh_words(panel)


def test_words_are_placed_and_drawn_one_at_a_step(panel):
    panel_view = panel.canvas.view()
    book = LabelBook(Theme())
    labels = [
        Label(text=f"{n:04}", at=QPointF(40 + 80 * (n % 8), 40 + 40 * (n // 8)))
        for n in range(40)
    ]
    placing = book.place(labels, panel_view, [])
    assert sum(1 for _ in placing) == len(labels)
    placed: list = []

    def keep():
        placed.extend((yield from book.place(labels, panel_view, [])))

    for _ in keep():
        pass
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for _ in range(len(labels)):  # whatever the share of new words is
        for _ in book.draw(painter, placed, 1.0):
            pass
    assert not book.behind
    assert sum(1 for _ in book.draw(painter, placed, 1.0)) == len(placed) == 40
    painter.end()


def test_neither_a_case_nor_the_scale_is_covered(panel):
    theme, seen = panel.desk.theme, panel.canvas.view()
    usual = scale_bar_rect(seen, theme)
    assert (usual.left(), usual.bottom()) == (0, seen.height)
    marks = [(usual.center(), 12.0)]
    beside = scale_bar_rect(seen, theme, marks)
    assert not beside.intersects(usual)
    assert beside.right() == pytest.approx(seen.width)
    marks.append((beside.center(), 12.0))
    above = scale_bar_rect(seen, theme, marks)
    assert not any(above.contains(at) for at, _ in marks)
    image = QImage(800, 418, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    painter = QPainter(image)
    paint_scale_bar(painter, seen, theme, marks)
    painter.end()
    magenta = QColor(Qt.GlobalColor.magenta)
    for at, _ in marks:
        assert image.pixelColor(at.toPoint()) == magenta, "the case is to be seen"
    assert image.pixelColor(above.center().toPoint()) != magenta
