"""Cameras: grey cones of what they can see; the ones in the tiles carry 1 to 4."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console import words
from console.layers.badges import badge_spots
from console.layers.beside import cases_at
from console.layers.geometry import ground_circle, ground_cone
from console.layers.layer import (
    Label,
    Layer,
    LegendLine,
    MapScene,
    MapView,
    Mark,
)
from console.layers.points import Points
from console.layers.sizes import UNIT_RADIUS
from console.shapes import paint_cross, paint_doubt
from console.theme import MIN, Theme
from console.view_words import why
from dispatch.cameras import Camera
from dispatch.carrying import Standing
from dispatch.geo import distance_m

if TYPE_CHECKING:
    from dispatch.board import Moved

RADIUS = 5.0
TILE_RADIUS = 13.0
CONES_FROM_PX = 14.0  # a cone shorter than this is only a dot
LEAST_CONE_PX = 36.0  # of the case's and the tiles' cameras: past their numbers
NUMBERS_FROM = 0.5  # pixels a metre
STREET_FROM = 0.9
CROWDED_TO = 0.4  # below this a camera is only a dot


class CamerasLayer(Layer):
    """Where cameras stand and what they look at."""

    name = "cameras"
    kind = "camera"

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._renewed = 0
        self._stands: dict[str, Standing] = {}

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Cameras")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a camera is altered or elsewhere, or a case it gives way to."""
        return moved.everything or bool(moved.cameras | moved.carried or moved.cases)

    def only_drifts(self, moved: "Moved") -> bool:
        """Return whether vehicles only drove on with their cameras."""
        return not (moved.everything or moved.cameras or moved.cases)

    def renew(self) -> None:
        """Read the cameras of the board again."""
        frame, board = self.scene.frame, self.scene.desk.board
        self._stands = {
            key: board.standing(each) for key, each in board.cameras.items()
        }
        self._points = Points(
            {key: frame.to_map(each.point) for key, each in self._stands.items()}
        )
        self._spots: tuple[Hashable, dict[str, QPointF]] | None = None
        self._renewed += 1
        self._reach = max(
            (each.range_m for each in self.scene.desk.board.cameras.values()),
            default=0.0,
        )

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw cones first, then the cameras."""
        theme = self.scene.theme
        seen = list(self._seen(view))
        # What a vehicle saw from where it was says nothing of what it sees.
        sure = [each for each, _ in seen if not self._unsure(each.camera_id)]
        if self._reach * view.px_per_m < CONES_FROM_PX * theme.scale:
            sure = [each for each in sure if self._matters(each.camera_id)]
        self._paint_cones(painter, view, sure)
        radius = self._radius(view)
        for camera, at in seen:
            if self._tile(camera.camera_id) is None:
                self._paint_camera(painter, camera, at, radius)

    def paint_top(self, painter: QPainter, view: MapView) -> None:
        """Draw the cameras in the tiles, over people and all that is not a case."""
        theme = self.scene.theme
        badges = self._badges(view)
        cameras = self.scene.desk.board.cameras
        foot = RADIUS * 0.8 * theme.scale
        for camera_id, badge in badges.items():
            at = view.px_of(self._stands[camera_id].point)
            if badge == self._beside(camera_id, at):
                continue
            for colour, width in ((theme.bg, 5), (theme.text, 2)):
                painter.setPen(QPen(colour, theme.px(width)))
                painter.drawLine(at, badge)
            if self._stands[camera_id].carried:
                continue  # its foot is the vehicle's mark
            painter.setPen(QPen(theme.bg, theme.px(1.5)))
            painter.setBrush(theme.text)
            painter.drawEllipse(at, foot, foot)
        for camera_id, badge in badges.items():
            tile = self._tile(camera_id)
            if tile is not None and view.sees(badge, TILE_RADIUS * theme.scale):
                self._paint_tile_camera(painter, cameras[camera_id], badge, tile)

    def time_look(self, view: MapView) -> Hashable:
        """Return which cameras in view have no signal, and of which nobody is sure."""
        return tuple(
            (camera.camera_id, offline, unsure)
            for camera, _ in self._seen(view)
            for offline in [self._offline(camera.camera_id)]
            for unsure in [self._unsure(camera.camera_id)]
            if offline or unsure
        )

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
            if camera.sealed:
                text += f" {QCoreApplication.translate('Picture', 'Sealed')}"
            if detail >= STREET_FROM:
                text += f" {camera.name}"
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
        stands = self._stands.get(str(mark.key))
        if camera is None or stands is None:
            return ()
        lines = [f"{camera.camera_id} {camera.name}"]
        if stands.carried:
            lines.extend(self._where_from(camera, stands))
        case = self.scene.desk.case
        if case is not None and (stands.at is not None or not stands.carried):
            lines.append(words.distance(distance_m(case.point, stands.point)))
        if self._offline(camera.camera_id):
            lines.append(QCoreApplication.translate("Map", "No signal"))
        wrong = self.scene.desk.wrong_views.said(camera)
        lines.extend([wrong] if wrong else [])
        lines.extend(
            why(view)
            for view in self.scene.desk.views
            if view.camera_id == camera.camera_id
        )
        lines.append(QCoreApplication.translate("Map", "Enter: show in the tile"))
        return lines

    def legend(self) -> Sequence[LegendLine]:
        """Return its lines in the legend."""
        return (
            LegendLine(self.title(), _sample),
            LegendLine(
                QCoreApplication.translate(
                    "Map", "Camera in a tile, by the tile's number"
                ),
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
                yield camera, self._beside(camera.camera_id, at)

    def _beside(self, camera_id: str, at: QPointF) -> QPointF:
        """Return where a camera is drawn: a carried one beside its vehicle's mark."""
        if not self._stands[camera_id].carried:
            return at
        tiled = self._tile(camera_id) is not None
        away = (UNIT_RADIUS + (TILE_RADIUS if tiled else RADIUS)) * 0.75
        away *= self.scene.theme.scale
        return at + QPointF(away, -away)

    def _unsure(self, camera_id: str) -> bool:
        """Return whether a camera's position is in doubt, or where it looks."""
        camera = self.scene.desk.board.cameras.get(camera_id)
        if camera is not None and camera.wrong_since is not None:
            return True
        return not self._stands[camera_id].is_sure(self.scene.now())

    def _where_from(self, camera: Camera, stands: Standing) -> Iterable[str]:
        """Yield which vehicle carries a camera, and how old that position is."""
        unit = self.scene.desk.board.units.get(camera.unit_id)
        name = camera.unit_id if unit is None else unit.name
        yield QCoreApplication.translate("Map", "On {unit}").format(unit=name)
        if stands.at is None:
            yield QCoreApplication.translate("Map", "Position unknown")
        else:
            age = words.ago(stands.age(self.scene.now()))
            yield QCoreApplication.translate("Map", "Position {age}").format(age=age)

    def _tile(self, camera_id: str) -> int | None:
        """Return the number of the tile that shows a camera."""
        tiles = self.scene.tiles
        return tiles.index(camera_id) + 1 if camera_id in tiles else None

    def _matters(self, camera_id: str) -> bool:
        """Return whether a camera stands in a tile, or is for the open case."""
        views = self.scene.desk.views if self.scene.desk.case is not None else ()
        return self._tile(camera_id) is not None or any(
            each.camera_id == camera_id for each in views
        )

    def _badges(self, view: MapView) -> dict[str, QPointF]:
        """Return where the numbers stand: never on a case or on each other."""
        cameras = self.scene.desk.board.cameras
        wanted = {
            camera_id: self._beside(
                camera_id, view.px_of(self._stands[camera_id].point)
            )
            for camera_id in self.scene.tiles
            if camera_id in cameras and camera_id in self._stands
        }
        scale = self.scene.theme.scale
        taken = cases_at(self.scene, view)
        people = self.scene.beside.spots(self.scene.people, taken, view, scale)
        taken += [(at, UNIT_RADIUS * scale) for at in people.values()]
        key = (
            view,
            tuple(wanted),
            tuple(map(_box, self.scene.walls)),
            self._renewed,
            tuple((at.x(), at.y(), size) for at, size in taken),
        )
        if self._spots is None or self._spots[0] != key:
            radius = TILE_RADIUS * scale
            spots = badge_spots(wanted, taken, self.scene.walls, view, radius)
            self._spots = (key, spots)
        return self._spots[1]

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
        plain.setAlpha(48)
        tiled.setAlpha(72)
        edge, chosen = QColor(theme.text3), QColor(theme.text)
        # Where the whole town is in view a true cone has no size: which way counts.
        least_m = LEAST_CONE_PX * theme.scale / view.px_per_m
        edge.setAlpha(170)
        chosen.setAlpha(190)
        painter.save()
        painter.setTransform(view.transform(), combine=True)
        for camera in sorted(
            cameras, key=lambda each: self._tile(each.camera_id) is not None
        ):
            in_tile = self._tile(camera.camera_id) is not None
            pen = QPen(chosen if in_tile else edge, theme.px(1.5 if in_tile else 1))
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if self._offline(camera.camera_id):
                pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(tiled if in_tile else plain)
            stands = self._stands[camera.camera_id]
            if stands.bearing_deg is None:
                outline = ground_circle(view.frame, stands.point, camera.range_m)
            else:
                outline = ground_cone(
                    view.frame,
                    stands.point,
                    stands.bearing_deg,
                    camera.fov_deg,
                    max(camera.range_m, least_m * self._matters(camera.camera_id)),
                )
            painter.drawPolygon(outline)
        painter.restore()

    def _radius(self, view: MapView) -> float:
        """Return how large a camera is drawn: where there are crowds, a dot."""
        scale = self.scene.theme.scale
        return RADIUS * scale * (1.0 if view.px_per_m / scale >= CROWDED_TO else 0.6)

    def _paint_camera(
        self, painter: QPainter, camera: Camera, at: QPointF, radius: float
    ) -> None:
        theme = self.scene.theme
        painter.setPen(QPen(theme.bg, theme.px(1.5)))
        painter.setBrush(theme.text3)
        painter.drawEllipse(at, radius, radius)
        if self._unsure(camera.camera_id):
            paint_doubt(painter, at, radius + theme.px(3), theme)
        if self._offline(camera.camera_id):
            paint_cross(painter, at, max(radius * 1.7, theme.px(6)), theme)

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
            paint_cross(painter, corner, radius * 0.42, theme)


def _box(wall: QRectF) -> tuple[float, ...]:
    return wall.left(), wall.top(), wall.right(), wall.bottom()


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
    paint_cross(painter, rect.center(), rect.width() / 2.8, theme)
