"""A field that finds while one types, its results under it, all by keyboard."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from console.found import Found
from console.painting import RIGHT, PaintedWidget, draw_text, text_width
from console.shapes import paint_severity
from console.theme import MIN, ROW

if TYPE_CHECKING:
    from console.desk import Desk

RESULT_HEIGHT = 44
SHOWN = 5


class _Results(PaintedWidget):
    picked = Signal(int)

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.results: list[Found] = []
        self.current = 0
        self.stale = False  # they belong to a text that stands there no more
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
            current = index == self.current and not self.stale
            if current:
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
                colour=theme.text3 if self.stale else theme.text,
                weight=600 if current else 400,
            )
            box.setLeft(box.left() + used + p(16))
            about = found.about
            if text_width(about, theme, size=MIN) > box.width() and found.severity:
                continue  # half of a code is another code
            draw_text(
                painter,
                box,
                about,
                theme,
                colour=theme.text2,
                size=MIN,
                align=RIGHT,
            )


class Finder(QWidget):
    """A text field with results; who listens fills them in as the text changes.

    What is taken always belongs to the text that stands there: a key that comes
    before its results asks for them at once, and waits.

    Thread: UI only.

    Signals:
        searched: The text, after each change by hand.
        hurried: The text; its results are wanted now.
        chosen: `Found`, or None when the text no longer is what was chosen.
        confirmed: Enter while something is chosen.

    Args:
        twice: The Enter that chooses does not confirm too; the next one does.
    """

    searched = Signal(str)
    hurried = Signal(str)
    chosen = Signal(object)
    confirmed = Signal()

    def __init__(
        self, desk: "Desk", parent: QWidget | None = None, *, twice: bool = False
    ) -> None:
        super().__init__(parent)
        self._twice = twice
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.line = SearchLine(self)
        self.line.setFont(desk.theme.font(ROW))
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
        self.awaiting = False  # a key came before its results
        self._most = SHOWN
        self._then: Callable[[], object] | None = None

    def text(self) -> str:
        """Return what is searched for."""
        return self.line.text().strip()

    def set_words(self, hint: str, empty: str) -> None:
        """Say what to type, and what to do instead when nothing is found."""
        self.line.setPlaceholderText(hint)
        self._results.empty_text = empty
        self._results.update()

    def show_at_most(self, count: int) -> None:
        """Show no more results than this: there is room for no more."""
        self._most = count

    def show_results(self, results: Sequence[Found], text: str) -> None:
        """Show what was found for a text; passed over where it stands there no more."""
        if self.value is not None or text != self.text():
            return
        self._results.results = list(results[: self._most])
        self._results.current = 0
        self._results.stale = False
        wanted = bool(text) and self.line.hasFocus()
        self._results.setVisible(wanted)
        self._results.updateGeometry()
        self._results.update()
        if self.awaiting:
            then = self._forget_waiting()
            self.take_highlighted()
            if then is not None:
                then()

    def results(self) -> list[Found]:
        """Return the results of the present text."""
        return [] if self._results.stale else list(self._results.results)

    def set_value(self, found: Found | None) -> None:
        """Choose from outside, such as by a click on the map."""
        self._forget_waiting()
        self.value = found
        self.line.setText(found.text if found is not None else "")
        self._results.hide()
        self.chosen.emit(found)

    def clear(self) -> None:
        """Start anew."""
        self._forget_waiting()
        self.value = None
        self.line.clear()
        self._results.results = []
        self._results.stale = False
        self._results.hide()

    def take_highlighted(self, then: Callable[[], object] | None = None) -> bool:
        """Choose the highlighted result; return whether something is chosen.

        Args:
            then: Called once the results are there, where they had to be waited
                for; `awaiting` says so.
        """
        if self.value is None and self.text():
            if self._results.stale:
                self.awaiting = True
                self._then = then or self._then
                self.hurried.emit(self.text())
            elif self._results.results:
                self._pick(self._results.current)
        return self.value is not None

    def _forget_waiting(self) -> Callable[[], object] | None:
        then, self._then = self._then, None
        self.awaiting = False
        return then

    def _on_edit(self, text: str) -> None:
        self._forget_waiting()
        if self.value is not None:
            self.value = None
            self.chosen.emit(None)
        self._results.stale = True
        self._results.update()
        self.searched.emit(text.strip())

    def _walk(self, step: int) -> None:
        count = len(self._results.results)
        if count and self._results.isVisible() and not self._results.stale:
            self._results.current = (self._results.current + step) % count
            self._results.update()

    def _pick(self, index: int) -> None:
        self.set_value(self._results.results[index])

    def _on_enter(self) -> None:
        stood = self.value is not None or not self._twice
        if self.take_highlighted(self._confirm_waited) and stood:
            self.confirmed.emit()

    def _confirm_waited(self) -> None:
        if self.value is not None and self.line.hasFocus():
            self.confirmed.emit()

    def _on_left(self) -> None:
        # Going on by Tab takes what is highlighted: place, Tab, kind, Enter.
        self.take_highlighted()
        self._results.hide()


class SearchLine(QLineEdit):
    """A line of words that leaves arrows and Enter to what is listed under it.

    Thread: UI only.

    Signals:
        walked: One row down (1) or up (-1).
        entered: Enter.
        left: Tab, before the keyboard goes on.
    """

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

    def event(self, event: QEvent) -> bool:
        # The key itself: a form that is put away also hands the focus on.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            self.left.emit()
        return super().event(event)
