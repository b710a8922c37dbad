"""Units: who is where, what they are doing, and how old that knowledge is."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console import words
from console.layers.beside import cases_at
from console.layers.layer import Label, Layer, LegendLine, MapScene, MapView, Mark
from console.layers.points import Points
from console.layers.sizes import UNIT_RADIUS as RADIUS
from console.shapes import paint_doubt, paint_unit
from console.theme import MIN, Theme
from console.unit_kinds import UnitKind, kind_of, name_and_members, title_of
from dispatch.geo import Point, distance_m
from dispatch.units import FRESH, Unit, UnitStatus

if TYPE_CHECKING:
    from dispatch.board import Moved

NAMED_FROM = 0.42  # pixels a metre
CROWDED_TO = 0.4  # below this people are drawn smaller
SMALL = 0.65
TOWN_TO = 0.08  # below this a town's ninety people are dots between its names
DOT = 0.48


class UnitsLayer(Layer):
    """Staff and vehicles with name and age of position."""

    name = "units"
    kind = "unit"

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._frame = scene.frame
        self._placed: dict[int | str, tuple[Point, tuple[float, float]]] = {}

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "People")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a unit moved or changed, or a case that would hide it."""
        return moved.everything or bool(moved.units) or bool(moved.cases)

    def only_drifts(self, moved: "Moved") -> bool:
        """Return whether people only walked on."""
        return not (moved.everything or moved.cases)

    def renew(self) -> None:
        """Read the units of the board again; who stood still is not reckoned anew."""
        frame, known = self.scene.frame, self._placed
        if self._frame != frame:
            self._frame, known = frame, {}
        placed: dict[int | str, tuple[Point, tuple[float, float]]] = {}
        for unit_id, unit in self.scene.desk.board.units.items():
            if unit.point is not None:
                stood = known.get(unit_id)
                if stood is None or stood[0] is not unit.point:
                    stood = unit.point, frame.to_map(unit.point)
                placed[unit_id] = stood
        self._placed = placed
        where = {unit_id: at for unit_id, (_, at) in placed.items()}
        self.scene.people = self._points = Points(where)

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw each unit by kind and status, dashed where its position is in doubt."""
        theme = self.scene.theme
        self._tie(painter, view)
        for unit, at in self._seen(view):
            chosen = self._chosen(unit)
            share = self._share(unit, view)
            small = share < 1.0
            radius = RADIUS * theme.scale * share
            box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.bg)
            grown = theme.px(2 if small else 3)
            painter.drawEllipse(box.adjusted(-grown, -grown, grown, grown))
            paint_unit(painter, box, unit.status, theme, kind=kind_of(unit))
            if self._doubtful(unit):
                paint_doubt(painter, at, radius + theme.px(4), theme)
            if chosen:
                gap = radius + theme.px(8 if self._doubtful(unit) else 4)
                painter.setPen(QPen(theme.focus, theme.px(3)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, gap, gap)

    def _tie(self, painter: QPainter, view: MapView) -> None:
        """Tie those who stand beside a case's mark to where they are, under it."""
        theme = self.scene.theme
        lines = [
            QLineF(view.px(*self._points.where(key)), spot)
            for key, spot in self._beside(view).items()
        ]
        for colour, width in ((theme.bg, 4), (theme.text2, 1.5)) if lines else ():
            painter.setPen(QPen(colour, theme.px(width)))
            painter.drawLines(lines)

    def _share(self, unit: Unit, view: MapView) -> float:
        """Return how large someone is drawn: in crowds small, unless it matters."""
        detail = view.px_per_m / self.scene.theme.scale
        if detail >= CROWDED_TO or self._chosen(unit) or self._on_it(unit):
            return 1.0
        return SMALL if detail >= TOWN_TO else DOT

    def time_look(self, view: MapView) -> Hashable:
        """Return whose position is in doubt, and the ages that stand with it."""
        return tuple(
            (unit.unit_id, words.ago(age) if age is not None else "")
            for unit, _ in self._seen(view)
            if self._doubtful(unit)
            for age in [self._age(unit)]
        )

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return names; with them the age where it is older than its promise."""
        detail = view.px_per_m / self.scene.theme.scale
        for unit, at in self._seen(view):
            chosen = self._chosen(unit)
            on_it = self._on_it(unit)
            if not (chosen or on_it) and (
                detail < NAMED_FROM or unit.status is UnitStatus.OFF_DUTY
            ):
                continue
            doubtful = self._doubtful(unit)
            text, _members = name_and_members(unit)  # they stand on its card
            age = self._age(unit)
            if doubtful and age is not None:
                text = f"{text} {words.ago(age)}"
            yield Label(
                text=text,
                at=at,
                gap=RADIUS + (8 if doubtful or chosen else 4),
                rank=5 if chosen or on_it else 35,
                colour="doubt" if doubtful else "text" if chosen else "text2",
                plate=chosen or on_it,
                bold=chosen,
                must=on_it,  # who is sent has a name, whoever stands about
                size=MIN,
            )

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return the units in view."""
        for unit, at in self._seen(view):
            x, y = view.map_of(at)
            radius = RADIUS * self._share(unit, view) + 3
            yield Mark(kind=self.kind, key=unit.unit_id, x=x, y=y, radius=radius)

    def card(self, mark: Mark) -> Sequence[str]:
        """Return name, role, status, age of position and distance to the case."""
        unit = self.scene.desk.board.units.get(str(mark.key))
        if unit is None:
            return ()
        lines = [f"{unit.name} {unit.role}", words.unit_status(unit.status)]
        age = self._age(unit)
        if age is not None:
            lines.append(
                QCoreApplication.translate("Map", "Position {age}").format(
                    age=words.ago(age)
                )
            )
        case = self.scene.desk.case
        if case is not None and unit.point is not None:
            lines[-1] += " · " + words.distance(distance_m(case.point, unit.point))
        if case is not None and unit.status is UnitStatus.FREE:
            lines.append(QCoreApplication.translate("Map", "Enter: choose to send"))
        return lines

    def legend(self) -> Sequence[LegendLine]:
        """Return one line a kind, one a status, and one for doubt."""
        return (
            *(
                LegendLine(title_of(kind), _Sample(UnitStatus.FREE, kind))
                for kind in UnitKind
            ),
            *(
                LegendLine(words.unit_status(status), _Sample(status, UnitKind.STAFF))
                for status in (
                    UnitStatus.FREE,
                    UnitStatus.EN_ROUTE,
                    UnitStatus.ON_SCENE,
                    UnitStatus.OFF_DUTY,
                )
            ),
            LegendLine(
                QCoreApplication.translate("Map", "Old or in doubt"), _doubt_sample
            ),
        )

    def _seen(self, view: MapView) -> Iterable[tuple[Unit, QPointF]]:
        """Yield who is in view and where they are drawn."""
        units, beside = self.scene.desk.board.units, self._beside(view)
        in_place = (
            (key, at)
            for key, at in self._points.seen(view, RADIUS * 2, thinned=True)
            if key not in beside
        )
        for key, at in (*in_place, *beside.items()):
            unit = units.get(str(key))
            if unit is not None:
                yield unit, at

    def _beside(self, view: MapView) -> dict[int | str, QPointF]:
        """Return who would be hidden by a case's mark, and where they are drawn."""
        scene = self.scene
        cases = cases_at(scene, view)
        return scene.beside.spots(self._points, cases, view, scene.theme.scale)

    def _chosen(self, unit: Unit) -> bool:
        return unit.unit_id == self.scene.desk.highlighted_unit_id

    def _on_it(self, unit: Unit) -> bool:
        case = self.scene.desk.case
        return case is not None and unit.case_id == case.case_id

    def _age(self, unit: Unit) -> timedelta | None:
        return None if unit.point_at is None else self.scene.now() - unit.point_at

    def _doubtful(self, unit: Unit) -> bool:
        age = self._age(unit)
        return bool(unit.doubt) or age is None or age > FRESH


class _Sample:
    def __init__(self, status: UnitStatus, kind: UnitKind) -> None:
        self._status = status
        self._kind = kind

    def __call__(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        inset = rect.width() * 0.15
        box = rect.adjusted(inset, inset, -inset, -inset)
        paint_unit(painter, box, self._status, theme, kind=self._kind)


def _doubt_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    paint_doubt(painter, rect.center(), rect.width() / 2 - 2, theme)
