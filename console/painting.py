"""Painted text: one line, shortened where a reader is not misled by it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPaintDevice,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from console.text_lines import ELLIPSIS, joins
from console.theme import ROW, Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
SHORTEST = 4  # characters; with fewer its beginning tells more than both ends


@dataclass(frozen=True, slots=True)
class PaintedText:
    """One line of text as it was painted, for whoever checks what can be read.

    Attributes:
        text: What should stand there.
        shown: What stands there.
        rect: The room it was given, in the device's own coordinates.
        ink: What of that it takes.
        device: What it was painted on: a widget, or an image.
    """

    text: str
    shown: str
    rect: QRectF
    ink: QRectF
    device: QPaintDevice


# Told of every painted line; empty but in a check of the layout.
watchers: list[Callable[[PaintedText], None]] = []


def tell(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    *,
    shown: str = "",
    size: int = ROW,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Tell whoever watches what was painted."""
    if not watchers:
        return
    shown = shown or text
    where = painter.worldTransform().mapRect(rect)
    metrics = theme.metrics(size, weight)
    width = metrics.horizontalAdvance(shown)
    height = metrics.tightBoundingRect(shown).height()
    left = where.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = where.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = where.center().x() - width / 2
    ink = QRectF(left, where.center().y() - height / 2, width, height)
    for watcher in watchers:
        watcher(PaintedText(text, shown, where, ink, painter.device()))


def fitting(
    parts: Sequence[str],
    width: float,
    theme: Theme,
    *,
    size: int = ROW,
    weight: int = 400,
    between: str = " · ",
) -> str:
    """Return as many parts as fit a width, the first one at least.

    What is least important stands last; half a word helps nobody.
    """
    kept = [part for part in parts if part]
    while len(kept) > 1 and theme.lines.width(between.join(kept), size, weight) > width:
        kept.pop()
    return between.join(kept)


def elide(
    text: str, width: float, theme: Theme, *, size: int = ROW, weight: int = 400
) -> str:
    """Return text shortened to a width, never inside a number.

    `12幢301` cut to `12幢3…` would be another flat.
    """
    if theme.lines.width(text, size, weight) <= width:
        return text
    return theme.lines.elided(text, width, size, weight)


def first_fitting(
    texts: Sequence[str],
    width: float,
    theme: Theme,
    *,
    size: int = ROW,
    weight: int = 400,
) -> str:
    """Return the first of ever shorter words that fits; else the last, shortened."""
    known = [each for each in texts if each] or [""]
    for text in known:
        if theme.lines.width(text, size, weight) <= width:
            return text
    return elide(known[-1], width, theme, size=size, weight=weight)


def shorten(
    text: str, width: float, theme: Theme, *, size: int = ROW, weight: int = 400
) -> str:
    """Return a place shortened to a width in its middle, never inside a number.

    How it begins says which road or estate it is, how it ends which house.
    """
    lines = theme.lines
    if lines.width(text, size, weight) <= width:
        return text
    for kept in range(len(text) - 1, SHORTEST - 1, -1):
        head, tail = kept - kept // 2, len(text) - kept // 2
        if joins(text[head - 1], text[head]) or joins(text[tail - 1], text[tail]):
            continue
        short = text[:head].rstrip() + ELLIPSIS + text[tail:].lstrip()
        if lines.width(short, size, weight) <= width:
            return short
    return elide(text, width, theme, size=size, weight=weight)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    *,
    colour: QColor | None = None,
    size: int = ROW,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw one line of text into a rectangle; return the width it took."""
    if not text or rect.width() <= 0:
        return 0.0
    shown = elide(text, rect.width(), theme, size=size, weight=weight)
    width = theme.lines.width(shown, size, weight)
    line = theme.lines.set(shown, size, weight)
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.center().x() - width / 2
    painter.setFont(theme.font(size, weight))
    painter.setPen(colour if colour is not None else theme.text)
    top = rect.center().y() - line.size().height() / 2
    painter.drawStaticText(QPointF(left, top), line)
    tell(painter, rect, text, theme, shown=shown, size=size, weight=weight, align=align)
    return width


def wrapped(
    text: str, width: float, theme: Theme, *, size: int = ROW, weight: int = 400
) -> list[str]:
    """Return a text's lines for a width; no line begins with a closing mark."""
    return list(theme.lines.wrapped(text, width, size, weight))


def text_width(text: str, theme: Theme, *, size: int = ROW, weight: int = 400) -> float:
    """Return how wide a line of text is."""
    return theme.lines.width(text, size, weight)


def draw_key(
    painter: QPainter, rect: QRectF, text: str, theme: Theme, *, live: bool = True
) -> float:
    """Draw the cap of a key at the left of a rectangle; return its width."""
    size = 19
    width = text_width(text, theme, size=size, weight=600) + theme.px(12)
    height = theme.px(28)
    box = QRectF(
        rect.left(), rect.center().y() - height / 2, max(width, height), height
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.edge if live else theme.line)
    painter.setBrush(theme.bg)
    painter.drawRoundedRect(
        box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(3), theme.px(3)
    )
    painter.restore()
    draw_text(
        painter,
        box,
        text,
        theme,
        colour=theme.text2 if live else theme.text3,
        size=size,
        weight=600,
        align=CENTRE,
    )
    return box.width()


class PaintedWidget(QWidget):
    """A widget that paints itself, and ends its painter whatever happens.

    An exception that leaves a painter active makes Qt complain at every frame.
    """

    def paint(self, painter: QPainter) -> None:
        """Paint the widget."""

    # Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self.paint(painter)
        finally:
            painter.end()
