"""参观模式 over a whole wall: nothing that is read, said or named there tells of a person.

Every tile kind stands there at once, over a town whose registers, cases and cameras are
full of names, numbers and addresses.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from gallery import ordinary_day
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from window_kit import press, raise_alarm

from console import painting
from console.layers.layer import MapView
from console.main_window import MainWindow
from console.painting import PaintedText
from console.panels import wall_tile
from console.panels.top_bar import TopBar
from console.panels.wall_window import WallWindow
from console.visitors import PRIVATE_PLACES, Visitors
from dispatch.commands import RegisterCamera
from dispatch.people import SYSTEM
from video.layouts import parse
from video.tile_content import (
    LANE_DUE,
    LANE_NOW,
    OPEN_CASE,
    SHIFT_BOARD,
    TOUR,
    TOWN_MAP,
    TileRef,
    camera,
    notice,
)
from video.tours import Stop, Tour

HOME = "王建国家门口 13905731234"  # what an installer once typed
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wall(qtbot, kit: DeskKit, window: MainWindow) -> Iterator[WallWindow]:
    """A wall with every kind of tile, an open case, and a camera at somebody's home."""
    ordinary_day(kit)
    known = kit.board.cameras["1207"]
    named = replace(known, name=HOME)
    kit.client.do(RegisterCamera(actor=SYSTEM, camera=named))
    qtbot.waitUntil(lambda: kit.board.cameras["1207"].name == HOME)
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.desk.wall.save_tour(Tour(key="t1", name="张桂英家", stops=(Stop("1207"),)))
    walls = window.walls.walls
    made = walls.open(walls.best_monitor())
    made.resize(3840, 2160)
    made.look_from(3.0)  # the pages have room for whole rows
    made.choose_layout(parse("3x3"))
    made.wall.pin(
        [
            camera("1207"),
            camera("1203"),
            TileRef(TOUR, "t1"),
            TOWN_MAP,
            LANE_NOW,
            LANE_DUE,
            SHIFT_BOARD,
            OPEN_CASE,
            notice("张桂英 13800000301 来访，桃源新邨12幢301"),
        ]
    )
    made.renew()
    walls.visitors.know_roads(["锦绣路", "王建国路"])
    yield made
    walls.close_all()


def private(kit: DeskKit) -> set[str]:
    """Return everything that visitors may not read."""
    board = kit.board
    found = {unit.name for unit in board.units.values()}
    found |= {unit.phone for unit in board.units.values()}
    for place in board.places.values():
        found |= {place.contact, place.phone, place.address}
        if place.kind in PRIVATE_PLACES:
            found.add(place.name)
    found |= {case.place_name for case in board.cases.values()}
    return {each for each in found if each} | {HOME, "13905731234", "12幢", "36号"}


def read_on(kit: DeskKit, wall: WallWindow) -> list[str]:
    """Return every text that is painted on a wall, or that belongs to its widgets."""
    painted: list[PaintedText] = []
    wall_tile._caption.cache_clear()
    wall.pages.forget()
    painting.watchers.append(painted.append)
    try:
        for _ in range(12):  # a page or two at a tick
            wall.grab()
            kit.desk.tick.emit()
    finally:
        painting.watchers.clear()
    found = [each.text for each in painted]
    for widget in (wall, *wall.findChildren(QWidget)):
        found += [widget.windowTitle(), widget.toolTip(), widget.accessibleName()]
    for made in wall.pages._maps.values():
        for layer in made.picture._composition._layers:
            found += [each.text for each in layer.labels(town(kit))]
    return [each for each in found if each]


def town(kit: DeskKit) -> MapView:
    return MapView(-2000.0, 2000.0, 1.0, 4000, 4000, kit.desk.frame)


def told(kit: DeskKit, texts: list[str]) -> list[str]:
    return [text for text in texts if any(each in text for each in private(kit))]


def test_nothing_of_a_person_is_read_on_any_tile(kit, window, wall):
    before = read_on(kit, wall)
    assert told(kit, before), "what is looked for stands there without the mode"
    assert not any("王建国" in each for each in before), "no name stands on any wall"
    press(window, Qt.Key.Key_G, CTRL_SHIFT)
    texts = read_on(kit, wall)
    assert told(kit, texts) == []
    # The wall is not empty for it.
    assert any("锦绣路" in each for each in texts)
    assert "Held back" in texts
    assert "Visitor mode" in texts
    assert any(each.startswith("1203") for each in texts)


def test_the_loudspeaker_says_no_address_while_visitors_listen(kit, window, wall):
    visitors = window.walls.walls.visitors
    alarm = kit.board.alarms[max(kit.board.alarms)]
    assert visitors.spoken(alarm) == alarm.place_name
    visitors.turn()
    said = visitors.spoken(alarm)
    assert said
    assert not told(kit, [said])


def test_it_outlives_the_desk_and_stands_in_the_top_line(kit, window, wall):
    bar = window.findChild(TopBar)
    assert "Visitor mode" not in " ".join(line(bar))
    press(window, Qt.Key.Key_G, CTRL_SHIFT)
    assert any(each.startswith("Visitor mode") for each in line(bar))
    assert Visitors(kit.desk).on, "the next start is in it"
    # A click on it ends it, and that is remembered as well.
    at = bar._visitors_box.center()
    assert bar.clickable_at(QPointF(at)) == "visitors"
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert not window.walls.walls.visitors.on
    assert not Visitors(kit.desk).on
    assert "Visitor mode" not in " ".join(line(bar))


def test_what_the_desk_works_with_is_marked_beside_any_notice(qtbot, kit, window, wall):
    bar = window.findChild(TopBar)
    window.walls.walls.visitors.turn()
    kit.client.lose()
    qtbot.waitUntil(lambda: bool(bar.notice()))
    texts = line(bar)
    assert "Demo data" in texts
    assert "Visitor mode" in texts
    assert any("Working alone" in each for each in texts)


def line(bar: TopBar) -> list[str]:
    painted: list[PaintedText] = []
    painting.watchers.append(painted.append)
    try:
        bar.grab()
    finally:
        painting.watchers.clear()
    return [each.text for each in painted]
