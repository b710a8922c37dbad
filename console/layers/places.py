"""Places: key places, hydrants and homes worth knowing, at the scales they matter."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console.layers.layer import (
    Label,
    Layer,
    LegendLine,
    MapScene,
    MapView,
    Mark,
)
from console.layers.points import Points
from console.theme import MIN, Theme
from dispatch.cases import Case
from dispatch.geo import MapFrame, Point

if TYPE_CHECKING:
    from dispatch.board import Moved

RADIUS = 6.0
# kind: shown from so many pixels a metre; others as "key_place"
SHOWN_FROM = {"key_place": 0.15, "building": 9e9, "home": 1.2, "hydrant": 0.7}
NAMED_FROM = 0.45
CROWDED_TO = 0.4
SMALL = 0.75


class PlacesLayer(Layer):
    """Small grey marks of the register's places."""

    name = "places"
    kind = "place"

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Places")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a place was altered."""
        return moved.everything or bool(moved.places)

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._known: dict[str, tuple[Point, tuple[float, float]]] = {}
        self._frame: MapFrame | None = None

    def renew(self) -> None:
        """Read the places of the board again; who stood there already still does.

        An import brings thousands of them by batches, and each batch comes here.
        """
        frame = self.scene.frame
        known = self._known if frame == self._frame else {}
        self._frame, self._known = frame, {}
        for place_id, place in self.scene.desk.board.places.items():
            found = known.get(place_id)
            if found is None or found[0] is not place.point:
                found = place.point, frame.to_map(place.point)
            self._known[place_id] = found
        self._points = Points({key: at for key, (_, at) in self._known.items()})

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw a small square for a place, a ring with a bar for a hydrant."""
        theme = self.scene.theme
        half = RADIUS * theme.scale
        if view.px_per_m / theme.scale < CROWDED_TO:
            half *= SMALL
        places = self.scene.desk.board.places
        painter.setPen(QPen(theme.text3, theme.px(2)))
        painter.setBrush(theme.surface)
        for key, at in self._seen(view):
            box = QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)
            if places[key].kind == "hydrant":
                painter.drawEllipse(box)
                painter.drawLine(box.topLeft(), box.bottomRight())
            else:
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return the names."""
        if view.px_per_m / self.scene.theme.scale < NAMED_FROM:
            return
        places = self.scene.desk.board.places
        cases = {(each.place_name, each.point) for each in self._cases()}
        for key, at in self._seen(view):
            told = (places[key].name, places[key].point) in cases  # by its case
            if places[key].kind != "hydrant" and not told:
                yield Label(
                    text=places[key].name,
                    at=at,
                    gap=RADIUS + 4,
                    rank=68,
                    colour="text3",
                    size=MIN,
                )

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return the places in view."""
        for key, _ in self._seen(view):
            x, y = self._points.where(key)
            yield Mark(kind=self.kind, key=key, x=x, y=y, radius=RADIUS)

    def card(self, mark: Mark) -> Sequence[str]:
        """Return name, address and hazards; persons are not named on the map."""
        place = self.scene.desk.board.places.get(str(mark.key))
        if place is None:
            return ()
        lines = [place.name]
        if place.address and place.address != place.name:
            lines.append(place.address)
        if place.hazards:
            lines.append(
                QCoreApplication.translate("Map", "Hazards: {hazards}").format(
                    hazards="、".join(place.hazards)
                )
            )
        return lines

    def legend(self) -> Sequence[LegendLine]:
        """Return its line in the legend."""
        return (LegendLine(self.title(), _sample),)

    def _cases(self) -> Iterable[Case]:
        cases = self.scene.desk.board.cases.values()
        return (each for each in cases if each.state.is_open)

    def _seen(self, view: MapView) -> Iterable[tuple[str, QPointF]]:
        places = self.scene.desk.board.places
        detail = view.px_per_m / self.scene.theme.scale
        for key, at in self._points.seen(view, RADIUS):
            place = places.get(str(key))
            if place is None:
                continue
            if detail >= SHOWN_FROM.get(place.kind, SHOWN_FROM["key_place"]):
                yield str(key), at


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(theme.text3, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    third = rect.width() / 3.2
    painter.drawRect(rect.adjusted(third, third, -third, -third))
