"""Devices: where a detector or a button hangs, and whether it was heard of."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from console import words
from console.layers.layer import Layer, LegendLine, MapScene, MapView, Mark
from console.layers.points import Points
from console.shapes import paint_cross
from console.theme import Theme
from dispatch.devices import Device, hangs
from dispatch.importing_columns import chinese_value
from dispatch.silence import silent_among

if TYPE_CHECKING:
    from dispatch.board import Moved

RADIUS = 5.0
SHOWN_FROM = 0.5  # pixels a metre: the surroundings of an open case
FEW = 12  # of a town that begins; so many are seen from afar too


class DevicesLayer(Layer):
    """Small diamonds: full where the device is heard of, empty where it never was.

    One that is silent for too long is crossed, as a camera without a picture is. What
    people carry is not drawn: the person is.
    """

    name = "devices"
    kind = "device"

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._known: dict[str, Device] = {}
        self._unheard: set[str] = set()

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Devices")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a device was altered, or heard of for the first time.

        Signs of life come by the hundred and alter nothing that is drawn.
        """
        devices = self.scene.desk.board.devices
        return moved.everything or any(
            device_id in self._unheard
            or devices.get(device_id) is not self._known.get(device_id)
            for device_id in moved.devices
        )

    def renew(self) -> None:
        """Read the devices of the board again."""
        board, frame = self.scene.desk.board, self.scene.frame
        self._known = dict(board.devices)
        drawn = {
            device_id: device
            for device_id, device in board.devices.items()
            if hangs(device)
        }
        self._unheard = drawn.keys() - board.readings.keys()
        self._points = Points(
            {key: frame.to_map(device.point) for key, device in drawn.items()}
        )

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw a diamond for each."""
        theme = self.scene.theme
        silent = self.time_look(view)
        for key, at in self._seen(view):
            _paint(painter, at, theme, heard=key not in self._unheard)
            if key in silent:
                paint_cross(painter, at, RADIUS * theme.scale, theme)

    def time_look(self, view: MapView) -> frozenset[str]:
        """Return which of those in view are silent for too long."""
        seen = [self._known[key] for key, _ in self._seen(view)]
        silent = silent_among(seen, self.scene.desk.board.readings, self.scene.now())
        return frozenset(each.device.device_id for each in silent)

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return the devices in view."""
        for key, _ in self._seen(view):
            x, y = self._points.where(key)
            yield Mark(kind=self.kind, key=key, x=x, y=y, radius=RADIUS, quiet=True)

    def card(self, mark: Mark) -> Sequence[str]:
        """Return its name, kind and number, where it hangs, and when it was heard."""
        board = self.scene.desk.board
        device = board.devices.get(str(mark.key))
        if device is None:
            return ()
        kind = device.kind.replace("_", " ")
        if words.is_chinese():
            kind = chinese_value("devices", "kind", device.kind)
        lines = [device.name, f"{kind} · {device.device_id}", device.place_name]
        reading = board.readings.get(device.device_id)
        if reading is None:
            text = QCoreApplication.translate("Map", "Never heard from yet")
            return [*lines, text]
        now = self.scene.now()
        text = QCoreApplication.translate("Map", "Heard from {age}")
        if silent_among([device], board.readings, now):
            text = QCoreApplication.translate("Map", "Silent, last heard from {age}")
        return [*lines, text.format(age=words.ago(now - reading.last_seen))]

    def legend(self) -> Sequence[LegendLine]:
        """Return its lines in the legend: heard of, silent, never heard from."""
        return (
            LegendLine(self.title(), _heard_sample),
            LegendLine(
                QCoreApplication.translate("Map", "Silent device"), _silent_sample
            ),
            LegendLine(
                QCoreApplication.translate("Map", "Never heard from yet"),
                _unheard_sample,
            ),
        )

    def _seen(self, view: MapView) -> Iterable[tuple[str, QPointF]]:
        near = view.px_per_m / self.scene.theme.scale >= SHOWN_FROM
        if near or len(self._points) <= FEW:
            for key, at in self._points.seen(view, RADIUS):
                yield str(key), at


def _paint(painter: QPainter, at: QPointF, theme: Theme, *, heard: bool) -> None:
    reach = RADIUS * theme.scale
    painter.setPen(QPen(theme.text3, theme.px(2)))
    painter.setBrush(theme.text3 if heard else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(at.x(), at.y() - reach),
                QPointF(at.x() + reach, at.y()),
                QPointF(at.x(), at.y() + reach),
                QPointF(at.x() - reach, at.y()),
            ]
        )
    )


def _heard_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    _paint(painter, rect.center(), theme, heard=True)


def _silent_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    _heard_sample(painter, rect, theme)
    paint_cross(painter, rect.center(), RADIUS * theme.scale, theme)


def _unheard_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    _paint(painter, rect.center(), theme, heard=False)
