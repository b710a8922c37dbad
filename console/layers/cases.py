"""Cases: severity by shape, digit and colour; the open one stands out by outline."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console import words
from console.layers.layer import Label, Layer, LegendLine, MapView, Mark
from console.layers.points import Points
from console.layers.sizes import OPEN_RING, OPEN_SIZE, SIZE
from console.shapes import BadgeLook, paint_severity
from console.theme import MIN, ROW, Theme
from dispatch.cases import Case
from dispatch.commands import Moment

if TYPE_CHECKING:
    from dispatch.board import Moved

NAMED_FROM = 0.05  # pixels a metre


@dataclass(slots=True)
class _Heap:
    """Cases too close to each other to be drawn apart."""

    at: QPointF
    cases: list[Case]

    @property
    def worst(self) -> Case:
        return min(self.cases, key=lambda each: (each.severity, each.case_id))


class CasesLayer(Layer):
    """What is open, where."""

    name = "cases"
    kind = "case"

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Cases")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a case or an alarm changed."""
        return moved.everything or bool(moved.cases) or bool(moved.alarms)

    def renew(self) -> None:
        """Read the open cases of the board again."""
        frame = self.scene.frame
        self.scene.cases = self._points = Points(
            {
                case_id: frame.to_map(case.point)
                for case_id, case in self.scene.desk.board.cases.items()
                if case.state.is_open
            }
        )

    def paint_top(self, painter: QPainter, view: MapView) -> None:
        """Draw the routine ones first, so that the worst lie on top."""
        theme = self.scene.theme
        heaps = sorted(
            self._heaps(view),
            key=lambda heap: (self._is_open(heap), -heap.worst.severity),
        )
        boxes = [self._box(heap) for heap in heaps]
        for heap, around in zip(heaps, boxes, strict=True):
            case, box = heap.worst, QRectF(around)
            is_open, half = self._is_open(heap), box.height() / 2
            if case.severity <= 1:  # the triangle's own middle lies lower
                box.translate(0, -half * 0.2)
            if is_open:
                painter.setPen(QPen(theme.text, theme.px(3)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = OPEN_RING * theme.scale
                painter.drawEllipse(heap.at, ring, ring)
            paint_severity(
                painter,
                box,
                case.severity,
                theme,
                look=self._look(case),
                doubt=bool(case.doubt),
            )
        for heap, box in zip(heaps, boxes, strict=True):
            if len(heap.cases) > 1:
                others = [each for each in boxes if each is not box]
                _paint_count(painter, box, len(heap.cases), theme, view, others)

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return where and what; the open case always, on a plate."""
        detail = view.px_per_m / self.scene.theme.scale
        for heap in self._heaps(view):
            case = heap.worst
            is_open = self._is_open(heap)
            if not is_open and detail < NAMED_FROM:
                continue
            place = self.scene.place(case)
            if not place:
                continue
            yield Label(
                text=place,
                at=heap.at,
                gap=OPEN_RING + 6 if is_open else SIZE / 2 + 6,
                rank=0 if is_open else case.severity,
                colour="text",
                plate=True,
                bold=is_open,
                must=is_open,
                size=ROW if is_open else MIN,
            )

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return the open cases in view, one for each heap."""
        for heap in self._heaps(view):
            x, y = view.map_of(heap.at)
            yield Mark(
                kind=self.kind,
                key=heap.worst.case_id,
                x=x,
                y=y,
                radius=OPEN_RING if self._is_open(heap) else SIZE / 2 + 2,
            )

    def card(self, mark: Mark) -> Sequence[str]:
        """Return place, number and state."""
        case = self.scene.desk.board.cases.get(int(mark.key))
        if case is None:
            return ()
        age = words.span(self.scene.now() - case.opened_at)
        lines = [
            case.place_name,
            f"{words.case_number(case)} · {words.state(case.state)} · {age}",
        ]
        if case.case_id != self.scene.desk.open_case_id:
            lines.append(QCoreApplication.translate("Map", "Enter: open"))
        return lines

    def legend(self) -> Sequence[LegendLine]:
        """Return one line a severity."""
        return tuple(
            LegendLine(words.severity(severity), _Sample(severity))
            for severity in (1, 2, 3, 4)
        )

    def _look(self, case: Case) -> BadgeLook:
        acknowledged = Moment.ACKNOWLEDGED in case.clocks or case.channel != "device"
        # Nothing blinks on the map: a flood would make it a fairground.
        return BadgeLook.FILLED if acknowledged else BadgeLook.DOUBLE

    def _box(self, heap: _Heap) -> QRectF:
        half = (OPEN_SIZE if self._is_open(heap) else SIZE) * self.scene.theme.scale / 2
        return QRectF(heap.at.x() - half, heap.at.y() - half, 2 * half, 2 * half)

    def _is_open(self, heap: _Heap) -> bool:
        return any(case.case_id == self.scene.desk.open_case_id for case in heap.cases)

    def _seen(self, view: MapView) -> Iterator[tuple[int | str, QPointF]]:
        """Yield the cases in view, and where their marks stand in pixels."""
        return self._points.seen(view, SIZE)

    def _heaps(self, view: MapView) -> Iterator[_Heap]:
        """Yield cases in view, those that would cover each other as one."""
        cases = self.scene.desk.board.cases
        reach = SIZE * self.scene.theme.scale * 0.75
        heaps: dict[tuple[int, int], _Heap] = {}
        for key, at in self._seen(view):
            case = cases.get(int(key))
            if case is None:
                continue
            if case.case_id == self.scene.desk.open_case_id:
                heaps[(-1, -1)] = _Heap(at, [case])
                continue
            cell = (int(at.x() // reach), int(at.y() // reach))
            if cell in heaps:
                heaps[cell].cases.append(case)
            else:
                heaps[cell] = _Heap(at, [case])
        yield from heaps.values()


def _paint_count(
    painter: QPainter,
    box: QRectF,
    count: int,
    theme: Theme,
    view: MapView,
    others: Sequence[QRectF],
) -> None:
    """Paint how many stand there, at the corner where that covers no other mark."""
    text = f"×{count}"
    metrics = theme.metrics(MIN, 600)
    wide, high = metrics.horizontalAdvance(text) + theme.px(8), metrics.height()
    low, near = box.bottom() - high * 0.7, theme.px(4)
    left, right = box.left() + near - wide, box.right() - near
    corners = [
        QRectF(x, y, wide, high)
        for y in (low, box.top() - high * 0.3)
        for x in (right, left)
    ]
    inside = [each for each in corners if view.holds(each)] or corners[:1]
    plate = min(inside, key=lambda each: sum(map(each.intersects, others)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.bg)
    painter.drawRoundedRect(plate, theme.px(3), theme.px(3))
    painter.setPen(theme.text)
    painter.setFont(theme.font(MIN, 600))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


class _Sample:
    def __init__(self, severity: int) -> None:
        self._severity = severity

    def __call__(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        paint_severity(painter, rect, self._severity, theme)
