"""The map's legend: the layers as boxes to tick, with what their marks mean."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.layers.layer import LegendLine
from console.painting import draw_text
from console.shapes import paint_focus
from console.theme import MIN, Theme

if TYPE_CHECKING:
    from console.panels.map_panel import MapPanel

ICON = 24


class Legend(QFrame):
    """The layers as boxes to tick, with what their marks mean.

    Thread: UI only.
    """

    def __init__(self, panel: "MapPanel") -> None:
        super().__init__(panel)
        theme = panel.desk.theme
        self.setObjectName("legend")
        inner = QWidget()
        rows = QGridLayout(inner)
        rows.setContentsMargins(theme.px(12), theme.px(8), theme.px(16), theme.px(8))
        rows.setHorizontalSpacing(theme.px(10))
        rows.setVerticalSpacing(theme.px(4))
        row = 0
        first: QCheckBox | None = None
        for layer in reversed(panel.canvas.layers):
            sample = next(
                (
                    _sample(line, panel)
                    for line in layer.legend()
                    if line.text == layer.title()
                ),
                None,
            )
            box = LayerBox(layer.title(), sample, theme)
            box.setChecked(layer.shown)
            box.toggled.connect(lambda on, name=layer.name: panel.show_layer(name, on))
            rows.addWidget(box, row, 0, 1, 2)
            first = first or box
            row += 1
            for line in layer.legend():
                if line.text == layer.title():
                    continue
                picture = QLabel()
                picture.setPixmap(_sample(line, panel))
                words = QLabel(line.text)
                words.setFont(theme.font(MIN))
                rows.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignRight)
                rows.addWidget(words, row, 1)
                row += 1
        rows.setColumnStretch(1, 1)
        scroll = QScrollArea(self)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        self._inner = inner
        self._rows = rows
        rows.activate()
        if first is not None:
            self.setFocusProxy(first)

    def show_whole_rows(self) -> None:
        """Let no row be cut by the lower edge; the rest is a scroll away."""
        if self.sizeHint().height() <= self.height():
            return
        least = 0
        items = [self._rows.itemAt(index) for index in range(self._rows.count())]
        for end in [item.geometry().bottom() for item in items if item is not None]:
            if least < end <= self.height() - 6:
                least = end
        if least:
            self.resize(self.width(), least + 6)

    # Qt

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint() + QSize(24, 4)


class LayerBox(QCheckBox):
    """A layer's box to tick, with its sample.

    Thread: UI only.
    """

    def __init__(self, text: str, sample: QPixmap | None, theme: Theme) -> None:
        super().__init__(text)
        self._sample = sample
        self._theme = theme
        self.setFont(theme.font(MIN, 600))

    # Qt

    def sizeHint(self) -> QSize:
        theme = self._theme
        words = theme.metrics(MIN, 600).horizontalAdvance(self.text())
        return QSize(round(words) + theme.px(2 * ICON + 28), theme.px(30))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = theme.px(18)
            middle = self.height() / 2
            box = QRectF(theme.px(4), middle - side / 2, side, side)
            painter.setPen(QPen(theme.edge, theme.px(1.5)))
            painter.setBrush(theme.bg)
            painter.drawRect(box)
            if self.isChecked():
                tick = QPen(theme.text, theme.px(3))
                painter.setPen(tick)
                painter.drawPolyline(
                    [
                        QPointF(box.left() + side * 0.22, middle),
                        QPointF(box.left() + side * 0.42, middle + side * 0.22),
                        QPointF(box.left() + side * 0.8, middle - side * 0.25),
                    ]
                )
            left = box.right() + theme.px(8)
            if self._sample is not None:
                painter.drawPixmap(
                    QPointF(left, middle - theme.px(ICON) / 2), self._sample
                )
                left += theme.px(ICON + 6)
            draw_text(
                painter,
                QRectF(left, 0, self.width() - left, self.height()),
                self.text(),
                theme,
                colour=theme.text if self.isChecked() else theme.text3,
                size=MIN,
                weight=600,
            )
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), theme)
        finally:
            painter.end()


def _sample(line: LegendLine, panel: "MapPanel") -> QPixmap:
    """Return a line's sample as a picture."""
    theme = panel.desk.theme
    ratio = panel.devicePixelRatioF()
    side = theme.px(ICON)
    image = QPixmap(round(side * ratio), round(side * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line.paint(painter, QRectF(0, 0, side, side), theme)
    finally:
        painter.end()
    return image
