"""Words on the map: placed where they cover nothing, drawn from ready images."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from console.layers.layer import Coordinates, Label, MapView
from console.layers.palette import palette
from console.layers.slices import Work
from console.theme import Theme

KEPT_IMAGES = 600
MOST_LABELS = 160
NEW_FOR_MS = 5.0  # of one painting for images of words never shown before
PAD = 4.0
OWN_PX = 2.0
CLEAR_PX = 5.0  # between a word and a mark that is not its own
LEADER_FROM = 1.3  # of the gap: a word further off is tied to its mark by a line
FIRST_RANK = 10  # of words that stand there also where they might be another's

Indices = NDArray[np.intp]
Placed = list[tuple[Label, QRectF]]


class LabelBook:
    """Places words so that none covers a mark or another word, and draws them.

    Thread: UI only.

    Attributes:
        behind: Words were left out of the last drawing; the next one has them.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._images: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self.behind = False

    def place(
        self,
        labels: Iterable[Label],
        view: MapView,
        marks: Sequence[QRectF],
        walls: Sequence[QRectF] = (),
    ) -> Work[Placed]:
        """Return the labels that found room, with their boxes, one at a step.

        Args:
            labels: In any order; the lowest rank is placed first.
            view: What is looked at.
            marks: Boxes of marks; words stand beside them.
            walls: Boxes that no word may touch: buttons, the scale bar.
        """
        taken = _Taken([*walls, *marks])
        middles = np.array(
            [(mark.center().x(), mark.center().y()) for mark in marks], float
        ).reshape(-1, 2)
        placed: Placed = []
        for label in sorted(labels, key=lambda each: each.rank):
            if len(placed) >= MOST_LABELS:
                break
            yield
            own = _own_marks(label, middles) + len(walls)
            boxes = _candidates(label, self._size(label), self._theme.scale, view)
            beside = not label.centred and len(marks) > 1
            clear = CLEAR_PX * self._theme.scale if beside else 0.0
            chosen = taken.first_free(boxes, own, view, clear=clear)
            if chosen is None and clear and label.rank < FIRST_RANK:
                chosen = taken.first_free(boxes, own, view)
            if chosen is None:
                inside = [box for box in boxes if view.holds(box)]
                if not label.must or not inside:
                    continue  # half a word helps nobody
                chosen = min(inside, key=lambda box: taken.touched(box, own))
            taken.add(chosen)
            placed.append((label, chosen))
        return placed

    def draw(self, painter: QPainter, placed: Placed, ratio: float) -> Work[None]:
        """Draw placed labels, the most important last, one at a step.

        Images of new words take time; what has no room in this painting's share
        comes with the next one, the most important words first.
        """
        yield from self._make_images(placed, ratio)
        yield from self._draw_leaders(painter, placed)
        for label, box in reversed(placed):
            image = self._images.get(self._key(label, ratio))
            if image is None:
                continue
            yield
            self._draw_one(painter, label, box, image, ratio)

    def _draw_leaders(self, painter: QPainter, placed: Placed) -> Work[None]:
        """Tie each word that stands off to its mark."""
        theme = self._theme
        lines = [
            line
            for label, box in placed
            if not label.centred and label.gap
            for line in [leader(label, box, theme.scale)]
            if line is not None
        ]
        if not lines:
            return
        yield
        for colour, width in ((palette(theme).land, 4.0), (theme.text2, 1.5)):
            painter.setPen(QPen(colour, width * theme.scale))
            painter.drawLines(lines)

    def _draw_one(
        self,
        painter: QPainter,
        label: Label,
        box: QRectF,
        image: QPixmap,
        ratio: float,
    ) -> None:
        if label.angle:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(box.center())
            painter.rotate(label.angle)
            painter.drawPixmap(
                QPointF(-image.width() / ratio / 2, -image.height() / ratio / 2),
                image,
            )
            painter.restore()
            return
        # On whole device pixels, or the words would blur.
        at = QPointF(
            round(box.left() * ratio) / ratio, round(box.top() * ratio) / ratio
        )
        painter.drawPixmap(at, image)

    def _key(self, label: Label, ratio: float) -> tuple[object, ...]:
        looks = (label.colour, label.plate, label.bold, label.size)
        return (label.text, *looks, ratio, self._theme.tokens.name)

    def _weight(self, label: Label) -> int:
        return 600 if label.bold else 400

    def _size(self, label: Label) -> QSizeF:
        metrics = self._theme.metrics(label.size, self._weight(label))
        pad = PAD * self._theme.scale
        return QSizeF(
            math.ceil(metrics.horizontalAdvance(label.text) + 2 * pad),
            math.ceil(metrics.height() + (pad if label.plate else 0)),
        )

    def _make_images(self, placed: Placed, ratio: float) -> Work[None]:
        behind, spent = False, 0.0
        for label, _ in placed:
            key = self._key(label, ratio)
            if key in self._images:
                self._images.move_to_end(key)
                continue
            if spent >= NEW_FOR_MS / 1000:
                behind = True
                break
            yield  # what the window does meanwhile is not counted
            began = time.perf_counter()
            self._images[key] = self._drawn(label, ratio)
            if len(self._images) > KEPT_IMAGES:
                self._images.popitem(last=False)
            spent += time.perf_counter() - began
        self.behind = behind

    def _drawn(self, label: Label, ratio: float) -> QPixmap:
        theme = self._theme
        size = self._size(label)
        image = QPixmap(
            math.ceil(size.width() * ratio), math.ceil(size.height() * ratio)
        )
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(0, 0, 0, 0))
        colour: QColor = getattr(theme, label.colour)
        font = theme.font(label.size, self._weight(label))
        box = QRectF(QPointF(0, 0), size)
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            if label.plate:
                painter.setPen(QPen(theme.line, theme.scale))
                painter.setBrush(theme.bg)
                painter.drawRoundedRect(
                    box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(3), theme.px(3)
                )
            else:
                metrics = theme.metrics(label.size, self._weight(label))
                path = QPainterPath()
                path.addText(
                    PAD * theme.scale,
                    (size.height() - metrics.height()) / 2 + metrics.ascent(),
                    font,
                    label.text,
                )
                halo = QPen(palette(theme).land, 4.0 * theme.scale)
                halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.strokePath(path, halo)
            painter.setPen(colour)
            painter.drawText(
                box.adjusted(PAD * theme.scale, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                label.text,
            )
        finally:
            painter.end()
        return image.copy()  # what is painted keeps its paint engine: 70 KB each


class _Taken:
    """Boxes that words may not touch, compared all at once."""

    def __init__(self, boxes: Sequence[QRectF]) -> None:
        self._marks = self._count = len(boxes)
        self._edges = np.empty((4, self._count + MOST_LABELS))
        for index, box in enumerate(boxes):
            self._edges[:, index] = _edges(box)

    def add(self, box: QRectF) -> None:
        self._edges[:, self._count] = _edges(box)
        self._count += 1

    def touched(self, box: QRectF, own: Indices) -> int:
        """Return how many others a box covers a part of."""
        left, top, right, bottom = self._edges[:, : self._count]
        wanted = _edges(box)
        over = (left < wanted[2]) & (right > wanted[0])
        over &= (top < wanted[3]) & (bottom > wanted[1])
        over[own] = False
        return int(over.sum())

    def first_free(
        self,
        boxes: Sequence[QRectF],
        own: Indices,
        view: MapView,
        *,
        clear: float = 0.0,
    ) -> QRectF | None:
        """Return the first box inside the view that touches nothing but `own`.

        Args:
            boxes: Where it might stand, best first.
            own: Its own marks.
            view: What is looked at.
            clear: How far it keeps off other marks, so that it is not taken for theirs.
        """
        around = np.where(np.arange(self._count) < self._marks, clear, 0.0)
        left, top, right, bottom = self._edges[:, : self._count]
        left, top, right, bottom = (
            left - around,
            top - around,
            right + around,
            bottom + around,
        )
        wanted = np.array([_edges(box) for box in boxes])[:, :, None]
        touched = (
            (left < wanted[:, 2])
            & (right > wanted[:, 0])
            & (top < wanted[:, 3])
            & (bottom > wanted[:, 1])
        )
        touched[:, own] = False
        free = ~touched.any(axis=1)
        for box, is_free in zip(boxes, free, strict=True):
            if is_free and view.holds(box):
                return box
        return None


def _edges(box: QRectF) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom."""
    return box.left(), box.top(), box.right(), box.bottom()


def _own_marks(label: Label, middles: Coordinates) -> Indices:
    """Return the places of the marks that a label stands beside."""
    if label.centred or not len(middles):
        return np.empty(0, np.intp)
    away = np.abs(middles - (label.at.x(), label.at.y())).sum(axis=1)
    return np.flatnonzero(away < OWN_PX)


def leader(label: Label, box: QRectF, scale: float) -> QLineF | None:
    """Return the line from a mark's edge to its words, or None where they adjoin."""
    pad = PAD * scale
    near = QPointF(
        min(max(label.at.x(), box.left() + pad), box.right() - pad),
        min(max(label.at.y(), box.top() + pad), box.bottom() - pad),
    )
    line = QLineF(label.at, near)
    if line.length() < label.gap * scale * LEADER_FROM + pad:
        return None
    return QLineF(line.pointAt((label.gap - 2.0) * scale / line.length()), near)


def _candidates(
    label: Label, size: QSizeF, scale: float, view: MapView
) -> list[QRectF]:
    """Return where a label may stand, best first."""
    width, height = size.width(), size.height()
    x, y = label.at.x(), label.at.y()
    if label.centred:
        if not label.angle:
            return [
                QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
                for at in (label.at, *label.spots)
            ]
        turn = math.radians(label.angle)
        across = abs(width * math.cos(turn)) + abs(height * math.sin(turn))
        down = abs(width * math.sin(turn)) + abs(height * math.cos(turn))
        return [QRectF(x - across / 2, y - down / 2, across, down)]
    gap = label.gap * scale
    found = []
    for reach in (gap, gap * 2, gap * 3.2):
        found += [
            QRectF(x + reach, y - height / 2, width, height),
            QRectF(x - reach - width, y - height / 2, width, height),
            QRectF(x - width / 2, y - reach - height, width, height),
            QRectF(x - width / 2, y + reach, width, height),
            QRectF(x + reach * 0.7, y - reach * 0.7 - height, width, height),
            QRectF(x + reach * 0.7, y + reach * 0.7, width, height),
        ]
    if label.plate and 0 <= x <= view.width:  # at the edge: along it
        left = min(max(x - width / 2, 0.0), view.width - width)
        found += [QRectF(left, y - gap - height, width, height)]
        found += [QRectF(left, y + gap, width, height)]
    return found
