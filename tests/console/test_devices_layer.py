"""Devices on the map: who has enrolled one sees it, and whether it was heard of."""

from dataclasses import replace
from datetime import timedelta

from desk_fixtures import kit as kit
from desk_kit import CENTRE, DeskKit
from PySide6.QtGui import QImage, QPainter

from console.canvas import LAYERS
from console.layers.devices import DevicesLayer
from console.layers.layer import MapScene, MapView
from console.layers.viewport import town_points
from dispatch.board import Moved
from dispatch.changes import DeviceReading
from dispatch.devices import hangs


def painted(layer: DevicesLayer, view: MapView) -> QImage:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layer.paint(painter, view)
    painter.end()
    return image


def test_a_device_is_seen_from_its_enrolment_on_and_says_when_it_was_heard(
    kit: DeskKit,
):
    board = kit.desk.board
    layer = DevicesLayer(MapScene(kit.desk))
    layer.renew()
    x, y = kit.desk.frame.to_map(CENTRE)
    view = MapView(x - 200, y + 200, 1.0, 400, 400, kit.desk.frame)
    marks = {mark.key: mark for mark in layer.marks(view)}
    smoke = marks["SD-12-301"]
    afar = MapView(x - 20_000, y + 20_000, 0.01, 400, 400, kit.desk.frame)
    assert "SD-12-301" in {mark.key for mark in layer.marks(afar)}, "they are few"
    assert not any(key.startswith("TW") for key in marks), "a person carries those"
    name, about, _place, heard = layer.card(smoke)
    assert (name, about) == ("12幢301烟感", "smoke detector · SD-12-301")
    assert heard == "Never heard from yet"

    spoke = Moved(devices=frozenset({"SD-12-301"}))
    assert layer.concerns(spoke), "its first sign of life fills its mark"
    board.readings["SD-12-301"] = DeviceReading(
        device_id="SD-12-301",
        last_seen=kit.clock() - timedelta(minutes=2),
        battery=None,
        values={},
    )
    layer.renew()
    assert not layer.concerns(spoke), "its next ones alter nothing that is drawn"
    assert layer.card(smoke)[-1] == "Heard from 2 min ago"
    lively = painted(layer, view)
    assert "SD-12-301" not in layer.time_look(view)
    kit.clock.go(days=2)
    assert layer.card(smoke)[-1].startswith("Silent")
    assert "SD-12-301" in layer.time_look(view), "the second paints it anew"
    assert painted(layer, view) != lively

    device = board.devices["SD-12-301"]
    board.devices["SD-12-301"] = replace(device, revoked=True)
    assert layer.concerns(spoke)
    layer.renew()
    assert "SD-12-301" not in {mark.key for mark in layer.marks(view)}


def test_a_town_with_nothing_else_yet_is_where_its_devices_hang(kit: DeskKit):
    board = kit.desk.board
    for register in (board.grids, board.cameras, board.places):
        register.clear()
    points = town_points(board)
    assert board.devices["SD-12-301"].point in points
    assert len(points) == sum(hangs(each) for each in board.devices.values())


def test_it_has_its_place():
    assert DevicesLayer in LAYERS
