"""A field that finds while one types, its results under it, all by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from console.painting import RIGHT, PaintedWidget, draw_text
from console.shapes import paint_severity
from console.theme import MIN, ROW

if TYPE_CHECKING:
    from console.desk import Desk

RESULT_HEIGHT = 44
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One result.

    Attributes:
        key: What it is, for whoever asked.
        text: As it is called.
        about: What tells it from others of that name.
        severity: Badge in front, or 0.
    """

    key: object
    text: str
    about: str = ""
    severity: int = 0


class _Results(PaintedWidget):
    picked = Signal(int)

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.results: list[Found] = []
        self.current = 0
        self.empty_text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        return QSize(p(300), max(1, len(self.results)) * p(RESULT_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().y() // self._desk.theme.px(RESULT_HEIGHT))
        if index < len(self.results):
            self.picked.emit(index)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.bg)
        if not self.results:
            box = QRectF(self.rect()).adjusted(p(12), 0, -p(12), 0)
            draw_text(painter, box, self.empty_text, theme, colour=theme.text2)
            return
        for index, found in enumerate(self.results):
            row = QRectF(0, index * p(RESULT_HEIGHT), self.width(), p(RESULT_HEIGHT))
            if index == self.current:
                painter.fillRect(row.toRect(), theme.raised)
                painter.fillRect(
                    QRectF(0, row.top(), p(6), row.height()).toRect(), theme.text
                )
            box = row.adjusted(p(16), 0, -p(12), 0)
            if found.severity:
                side = p(26)
                paint_severity(
                    painter,
                    QRectF(box.left(), row.center().y() - side / 2, side, side),
                    found.severity,
                    theme,
                )
                box.setLeft(box.left() + side + p(12))
            used = draw_text(
                painter,
                box,
                found.text,
                theme,
                weight=600 if index == self.current else 400,
            )
            box.setLeft(box.left() + used + p(16))
            draw_text(
                painter,
                box,
                found.about,
                theme,
                colour=theme.text2,
                size=MIN,
                align=RIGHT,
            )


class Finder(QWidget):
    """A text field with results; who listens fills them in as the text changes.

    Thread: UI only.

    Signals:
        searched: The text, after each change by hand.
        chosen: `Found`, or None when the text no longer is what was chosen.
        confirmed: Enter while something is chosen.
    """

    searched = Signal(str)
    chosen = Signal(object)
    confirmed = Signal()

    def __init__(self, desk: "Desk", hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.line = _Line(self)
        self.line.setFont(desk.theme.font(ROW))
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._on_edit)
        self.line.walked.connect(self._walk)
        self.line.entered.connect(self._on_enter)
        self.line.left.connect(self._on_left)
        self._results = _Results(desk, self)
        self._results.picked.connect(self._pick)
        layout.addWidget(self.line)
        layout.addWidget(self._results)
        self.setFocusProxy(self.line)
        self.value: Found | None = None

    @property
    def has_results(self) -> bool:
        """Return whether there is something to choose from."""
        return bool(self._results.results)

    def set_empty_text(self, text: str) -> None:
        """Say what stands there when nothing is found: what to do instead."""
        self._results.empty_text = text

    def show_results(self, results: Sequence[Found]) -> None:
        """Show what was found for the present text."""
        if self.value is not None:
            return
        self._results.results = list(results[:SHOWN])
        self._results.current = 0
        wanted = bool(self.line.text().strip()) and self.line.hasFocus()
        self._results.setVisible(wanted)
        self._results.updateGeometry()
        self._results.update()

    def results(self) -> list[Found]:
        """Return the results on show."""
        return list(self._results.results)

    def set_value(self, found: Found | None) -> None:
        """Choose from outside, such as by a click on the map."""
        self.value = found
        self.line.setText(found.text if found is not None else "")
        self._results.hide()
        self.chosen.emit(found)

    def clear(self) -> None:
        """Start anew."""
        self.value = None
        self.line.clear()
        self._results.results = []
        self._results.hide()

    def take_highlighted(self) -> bool:
        """Choose the highlighted result; return whether something is chosen."""
        if self.value is None and self._results.results and self.line.text().strip():
            self._pick(self._results.current)
        return self.value is not None

    def _on_edit(self, text: str) -> None:
        if self.value is not None:
            self.value = None
            self.chosen.emit(None)
        self.searched.emit(text.strip())

    def _walk(self, step: int) -> None:
        count = len(self._results.results)
        if count and self._results.isVisible():
            self._results.current = (self._results.current + step) % count
            self._results.update()

    def _pick(self, index: int) -> None:
        self.set_value(self._results.results[index])

    def _on_enter(self) -> None:
        if self.take_highlighted():
            self.confirmed.emit()

    def _on_left(self) -> None:
        # Leaving by Tab takes what is highlighted: place, Tab, kind, Enter.
        self.take_highlighted()
        self._results.hide()


class _Line(QLineEdit):
    walked = Signal(int)
    entered = Signal()
    left = Signal()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.walked.emit(1)
        elif event.key() == Qt.Key.Key_Up:
            self.walked.emit(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.left.emit()
