"""Cameras: grey cones of what they can see; the ones in the tiles carry 1 to 4."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console import words
from console.layers.cases import OPEN_RING
from console.layers.geometry import ground_circle, ground_cone
from console.layers.layer import Label, Layer, LegendLine, MapView, Mark
from console.layers.points import Points
from console.theme import MIN, Theme
from dispatch.cameras import Camera
from dispatch.geo import distance_m

if TYPE_CHECKING:
    from dispatch.board import Moved

RADIUS = 5.0
TILE_RADIUS = 13.0
CONES_FROM_PX = 14.0  # a cone shorter than this is only a dot
NUMBERS_FROM = 0.5  # pixels a metre
STREET_FROM = 0.9
# How far a number may go round the case's mark to find room, nearest first.
TURNS = tuple(
    math.radians(sign * step) for step in range(0, 181, 15) for sign in (1, -1)
)


class CamerasLayer(Layer):
    """Where cameras stand and what they look at."""

    name = "cameras"
    kind = "camera"

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Cameras")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a camera was altered."""
        return moved.everything or bool(moved.cameras)

    def renew(self) -> None:
        """Read the cameras of the board again."""
        frame = self.scene.frame
        self._points = Points(
            {
                camera_id: frame.to_map(camera.point)
                for camera_id, camera in self.scene.desk.board.cameras.items()
            }
        )
        self._reach = max(
            (each.range_m for each in self.scene.desk.board.cameras.values()),
            default=0.0,
        )

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw cones first, then the cameras, those in the tiles on top."""
        theme = self.scene.theme
        seen = list(self._seen(view))
        if self._reach * view.px_per_m >= CONES_FROM_PX * theme.scale:
            self._paint_cones(painter, view, [camera for camera, _ in seen])
        for camera, at in seen:
            if self._tile(camera.camera_id) is None:
                self._paint_camera(painter, camera, at)
        badges = self._badges(view)
        for camera, at in seen:
            tile = self._tile(camera.camera_id)
            if tile is not None:
                badge = badges.get(camera.camera_id, at)
                if badge != at:
                    painter.setPen(QPen(theme.text, theme.px(2)))
                    painter.drawLine(at, badge)
                self._paint_tile_camera(painter, camera, badge, tile)

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return camera numbers, with names at street scale."""
        theme = self.scene.theme
        detail = view.px_per_m / theme.scale
        if detail < NUMBERS_FROM:
            return
        badges = self._badges(view)
        for camera, at in self._seen(view):
            tile = self._tile(camera.camera_id)
            text = camera.camera_id
            if detail >= STREET_FROM:
                text = f"{camera.camera_id} {camera.name}"
            yield Label(
                text=text,
                at=badges.get(camera.camera_id, at),
                gap=(TILE_RADIUS if tile is not None else RADIUS + 2) + 4,
                rank=30 if tile is not None else 55,
                colour="text" if tile is not None else "text3",
                size=MIN,
            )

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return the cameras in view."""
        badges = self._badges(view)
        for camera, at in self._seen(view):
            x, y = view.map_of(badges.get(camera.camera_id, at))
            tile = self._tile(camera.camera_id)
            yield Mark(
                kind=self.kind,
                key=camera.camera_id,
                x=x,
                y=y,
                radius=TILE_RADIUS if tile is not None else RADIUS + 2,
            )

    def card(self, mark: Mark) -> Sequence[str]:
        """Return number, name, how it is, and how far from the open case."""
        camera = self.scene.desk.board.cameras.get(str(mark.key))
        if camera is None:
            return ()
        lines = [f"{camera.camera_id} {camera.name}"]
        case = self.scene.desk.case
        if case is not None:
            lines.append(words.distance(distance_m(case.point, camera.point)))
        if self._offline(camera.camera_id):
            lines.append(QCoreApplication.translate("Map", "No signal"))
        lines.append(QCoreApplication.translate("Map", "Enter: show in the tile"))
        return lines

    def legend(self) -> Sequence[LegendLine]:
        """Return its lines in the legend."""
        return (
            LegendLine(self.title(), _sample),
            LegendLine(
                QCoreApplication.translate("Map", "Camera in tile 1 to 4"),
                _tile_sample,
            ),
            LegendLine(
                QCoreApplication.translate("Map", "Camera without signal"),
                _offline_sample,
            ),
        )

    def _seen(self, view: MapView) -> Iterable[tuple[Camera, QPointF]]:
        cameras = self.scene.desk.board.cameras
        margin = max(RADIUS, self._reach * view.px_per_m)
        for key, at in self._points.seen(view, margin, thinned=True):
            camera = cameras.get(str(key))
            if camera is not None:
                yield camera, at

    def _tile(self, camera_id: str) -> int | None:
        """Return the number of the tile that shows a camera."""
        tiles = self.scene.tiles
        return tiles.index(camera_id) + 1 if camera_id in tiles else None

    def _badges(self, view: MapView) -> dict[str, QPointF]:
        """Return where the numbers stand: beside the case's mark, never under it."""
        badges: dict[str, QPointF] = {}
        case = self.scene.desk.case
        centre = view.px_of(case.point) if case is not None else None
        size = TILE_RADIUS * self.scene.theme.scale
        least = OPEN_RING * self.scene.theme.scale + size + 2.0
        for camera_id in self.scene.tiles:
            camera = self.scene.desk.board.cameras.get(camera_id or "")
            if camera is None:
                continue
            at = view.px_of(camera.point)
            if centre is None:
                badges[camera.camera_id] = at
                continue
            away = at - centre
            distance = math.hypot(away.x(), away.y())
            if distance >= least and not _crowded(at, badges, size):
                badges[camera.camera_id] = at
                continue
            angle = math.atan2(away.y(), away.x()) if distance > 0 else 0.0
            for turn in TURNS:
                reach = max(distance, least)
                at = centre + QPointF(
                    reach * math.cos(angle + turn), reach * math.sin(angle + turn)
                )
                if not _crowded(at, badges, size):
                    break
            badges[camera.camera_id] = at
        return badges

    def _offline(self, camera_id: str) -> bool:
        engine = self.scene.desk.engine
        if engine is None:
            return False
        # A reason stands only where someone asked and got no picture.
        return engine.status(camera_id).reason not in ("", "login_missing")

    def _paint_cones(
        self, painter: QPainter, view: MapView, cameras: Sequence[Camera]
    ) -> None:
        theme = self.scene.theme
        plain, tiled = QColor(theme.text3), QColor(theme.text2)
        plain.setAlpha(36)
        tiled.setAlpha(56)
        edge = QColor(theme.text3)
        edge.setAlpha(110)
        painter.save()
        painter.setTransform(view.transform(), combine=True)
        for camera in sorted(
            cameras, key=lambda each: self._tile(each.camera_id) is not None
        ):
            in_tile = self._tile(camera.camera_id) is not None
            pen = QPen(theme.text if in_tile else edge, theme.px(2 if in_tile else 1))
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if self._offline(camera.camera_id):
                pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(tiled if in_tile else plain)
            if camera.bearing_deg is None:
                outline = ground_circle(view.frame, camera.point, camera.range_m)
            else:
                outline = ground_cone(
                    view.frame,
                    camera.point,
                    camera.bearing_deg,
                    camera.fov_deg,
                    camera.range_m,
                )
            painter.drawPolygon(outline)
        painter.restore()

    def _paint_camera(self, painter: QPainter, camera: Camera, at: QPointF) -> None:
        theme = self.scene.theme
        radius = RADIUS * theme.scale
        painter.setPen(QPen(theme.bg, theme.px(1.5)))
        painter.setBrush(theme.text3)
        painter.drawEllipse(at, radius, radius)
        if self._offline(camera.camera_id):
            _cross(painter, at, radius * 1.7, theme)

    def _paint_tile_camera(
        self, painter: QPainter, camera: Camera, at: QPointF, tile: int
    ) -> None:
        theme = self.scene.theme
        radius = TILE_RADIUS * theme.scale
        painter.setPen(QPen(theme.text, theme.px(2)))
        painter.setBrush(theme.bg)
        painter.drawEllipse(at, radius, radius)
        painter.setFont(theme.font(MIN, 600))
        painter.drawText(
            QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius),
            Qt.AlignmentFlag.AlignCenter,
            str(tile),
        )
        if self._offline(camera.camera_id):
            # Beside the number, which must stay readable.
            corner = at + QPointF(radius * 0.8, -radius * 0.8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.bg)
            painter.drawEllipse(corner, radius * 0.6, radius * 0.6)
            _cross(painter, corner, radius * 0.42, theme)


def _crowded(at: QPointF, badges: Mapping[str, QPointF], size: float) -> bool:
    return any(
        math.hypot(at.x() - other.x(), at.y() - other.y()) < 2 * size + 2.0
        for other in badges.values()
    )


def _cross(painter: QPainter, at: QPointF, half: float, theme: Theme) -> None:
    painter.setPen(QPen(theme.text2, theme.px(2)))
    painter.drawLine(at + QPointF(-half, -half), at + QPointF(half, half))
    painter.drawLine(at + QPointF(-half, half), at + QPointF(half, -half))


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    colour = QColor(theme.text3)
    colour.setAlpha(60)
    painter.setPen(QPen(theme.text3, 1.0))
    painter.setBrush(colour)
    square = QRectF(rect.left(), rect.top(), rect.width() * 1.6, rect.height() * 1.6)
    painter.drawPie(square.translated(-rect.width() * 0.6, 0), 20 * 16, 60 * 16)
    painter.setBrush(theme.text3)
    middle = square.translated(-rect.width() * 0.6, 0).center()
    painter.drawEllipse(middle, 3.5, 3.5)


def _tile_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(theme.text, 2.0))
    painter.setBrush(theme.bg)
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    painter.setFont(theme.font(MIN, 600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "1")


def _offline_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.text3)
    painter.drawEllipse(rect.center(), rect.width() / 5, rect.width() / 5)
    _cross(painter, rect.center(), rect.width() / 2.8, theme)
