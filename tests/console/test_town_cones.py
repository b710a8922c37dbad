"""With the whole town in view the cameras that matter still show which way they look."""

from desk_fixtures import kit as kit
from desk_kit import DeskKit
from PySide6.QtGui import QImage, QPainter, QPolygonF

from console.layers import cameras as layers
from console.layers.cameras import LEAST_CONE_PX, CamerasLayer
from console.panels.map_panel import MapPanel


def test_the_tiles_cameras_have_cones_of_a_least_size(qtbot, kit: DeskKit, monkeypatch):
    kit.start(qtbot)
    made = MapPanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(800, 418)
    canvas = made.canvas
    (layer,) = (each for each in canvas.layers if isinstance(each, CamerasLayer))
    layer.renew()
    ranges: dict[str, float] = {}
    plain = layers.ground_cone

    def cone(frame, point, bearing, width, range_m) -> QPolygonF:
        camera = next(key for key, each in layer._stands.items() if each.point == point)
        ranges[camera] = range_m
        return plain(frame, point, bearing, width, range_m)

    monkeypatch.setattr(layers, "ground_cone", cone)
    image = QImage(800, 418, QImage.Format.Format_RGB32)

    def paint(zoom: float) -> float:
        ranges.clear()
        view = canvas.view()
        far = type(view)(
            view.left, view.top, view.scale * zoom, view.width, view.height, view.frame
        )
        painter = QPainter(image)
        layer.paint(painter, far)
        painter.end()
        return far.px_per_m

    kit_range = kit.board.cameras["1203"].range_m
    canvas.set_tiles(["1203"])
    zoom = 1.0
    while canvas.view().px_per_m * zoom * kit_range > 5:
        zoom /= 2
    per_m = paint(zoom)
    assert set(ranges) == {"1203"}, "the others are dots"
    assert ranges["1203"] * per_m >= LEAST_CONE_PX * kit.desk.theme.scale - 1
    canvas.set_tiles([])
    paint(zoom)
    assert not ranges
