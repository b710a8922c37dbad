"""The bottom bar: the keys that do something now, and what they do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from shiboken6 import isValid

from console import words
from console.bar_keys import ANSWER, TYPED, keys_at, keys_beside, type_key
from console.clicks import Clickable
from console.keys import is_typed_into
from console.one_action import Action
from console.painting import RIGHT, draw_key, draw_text, text_width
from console.step_rules import desk_step

if TYPE_CHECKING:
    from console.desk import Desk

HEIGHT = 44
SOON_MS = 80
NEXT_MS = 12  # not in the turn that opens a case, nor in that of its people
SAID_MS = 5000


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that can be done now, with every key that does it.

    Attributes:
        name: The action; "" where a click does nothing.
        caps: What stands on the keys.
        text: What they do.
        asked: They are the keys of a question that has the keyboard.
    """

    name: str
    caps: tuple[str, ...]
    text: str
    asked: bool = False


class ActionBar(Clickable, QWidget):
    """Shows only what exists and is allowed; a click does the same as the key.

    Thread: UI only.
    """

    name = "action_bar"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cells: list[Cell] = []
        self._painted: list[Cell] | None = None
        self._boxes: list[tuple[QRectF, str, str]] = []
        self._hover = -1
        self.setFixedHeight(desk.theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.renew)
        self._next = QTimer(self)  # what is opened or chosen changes much in one go
        self._next.setSingleShot(True)
        self._next.setInterval(NEXT_MS)
        self._next.timeout.connect(self.renew)
        self._said = ""
        self._said_over = QTimer(self)
        self._said_over.setSingleShot(True)
        self._said_over.setInterval(SAID_MS)
        self._said_over.timeout.connect(lambda: self.say(""))
        desk.said.connect(self.say)
        desk.moved.connect(self._renew_soon)
        for signal in (
            desk.case_opened,
            desk.pending_changed,
            desk.highlighted_changed,
            desk.suggestions_changed,
            desk.views_changed,
            desk.looks.changed,
            desk.hand_moved,
        ):
            signal.connect(self._next.start)
        desk.second.connect(self.renew)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._next.start)
        self.renew()

    def renew(self, *_ignored: object) -> None:
        """Ask again what is allowed, and repaint where that has changed."""
        if not isValid(self._desk.settings):
            return  # the focus moves once more while everything is being put away
        cells = self._now()
        if cells != self._cells:
            self._cells = cells
            self.update()

    def _held(self) -> list[Cell]:
        """Return what the bar holds, asked again where that is still to come."""
        if self._next.isActive():
            self._next.stop()
            self.renew()
        return self._cells

    def is_true(self) -> bool:
        """Return whether what was painted last is what holds now."""
        return self._painted == self._now()

    def _now(self) -> list[Cell]:
        """Return what is allowed; two keys for the same thing stand in one cell."""
        cells: dict[str, Cell] = {}
        focused = QApplication.focusWidget()
        asks = keys_at(focused)
        if asks is not None:
            for key in asks.bar_keys():
                cells[key.text] = Cell(key.press, (key.cap,), key.text, asked=True)
        for action in self._desk.actions.in_bar():
            if asks is not None and action.name not in asks.beside:
                continue  # the hand is at an answer, not at the case
            if not action.keys and is_typed_into(focused):
                continue  # the keypad belongs to what is typed into
            text = action.text(self._desk)
            before = cells.get(text)
            caps = before.caps if before is not None else ()
            # The step's own key comes first; what it is called is the other's name.
            cells[text] = Cell(action.name, (*caps, self._cap(action)), text)
        beside = [
            Cell(key.press, (words.key(key.cap),), key.text)
            for key in (keys_beside(focused) if asks is None else ())
            if key.text not in cells
        ]
        return [*cells.values(), *beside]

    def _cap(self, action: Action) -> str:
        if action.keys:
            return words.key(action.keys[0])
        # The main Enter does the same in the strip and in a lane nobody walks in.
        steps = getattr(QApplication.focusWidget(), "enter_steps", None)
        cap = words.key(action.keypad[0])
        if callable(steps) and steps():
            return cap
        return self.tr("Keypad {key}").format(key=cap)

    def _renew_soon(self, *_ignored: object) -> None:
        """Many changes in a row are asked about once."""
        if not self._soon.isActive():
            self._soon.start()

    def say(self, text: str) -> None:
        """Say something quietly at the right end, for five seconds."""
        self._said = text
        if text:
            self._said_over.start()
        self.update()

    def said(self) -> str:
        """Return what is being said quietly, or nothing."""
        return self._said

    def texts(self) -> list[str]:
        """Return what stands in the bar, as `F6 派遣 王建国`."""
        return [" ".join((*cell.caps, cell.text)) for cell in self._held()]

    def main(self) -> list[str]:
        """Return the texts that stand out: what leads the case on."""
        return [cell.text for cell in self._held() if self._is_main(cell)]

    def _is_main(self, cell: Cell) -> bool:
        if cell.asked:
            return cell.name == ANSWER
        if cell.name == "close":  # to void is a way out, not a way on
            case = self._desk.case
            return case is not None and not case.may("void")
        if cell.name == "next":  # whom a terminal tells needs no telephone
            case = self._desk.case
            return case is not None and desk_step(self._desk, case) is not None
        return cell.name in ("step", "send")

    def clickable_at(self, point: QPointF) -> tuple[str, str] | None:
        """Return the action that stands here, and its words as they were painted."""
        index = self._at(point)
        return self._boxes[index][1:] if index >= 0 and self._boxes[index][1] else None

    def clicked_on(self, what: object) -> None:
        """Do the action, unless it would do something else by now."""
        name, text = cast("tuple[str, str]", what)
        asks = keys_at(QApplication.focusWidget())
        if asks is not None and any(
            (key.press, key.text) == (name, text) for key in asks.bar_keys()
        ):
            if name == ANSWER:
                asks.answer()
            else:
                self._desk.actions.run(name)
            return
        if name == ANSWER:
            return
        if name.startswith(TYPED):
            type_key(QApplication.focusWidget(), name)
            return
        if self._desk.actions.action(name).text(self._desk) == text:
            self._desk.actions.run(name)

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(1200), self._desk.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.setCursor(
                Qt.CursorShape.PointingHandCursor
                if hover >= 0
                else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hover = -1
        self.update()

    def _at(self, point: QPointF) -> int:
        for index, (box, _name, _text) in enumerate(self._boxes):
            if box.contains(point):
                return index
        return -1

    def _paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.bg)
        painter.fillRect(0, 0, self.width(), 1, theme.line)
        self._boxes = []
        self._painted = self._held()
        left, right = float(p(12)), float(self.width())
        if self._said:
            room = QRectF(self.rect()).adjusted(right / 2, 0, -p(16), 0)
            used = draw_text(
                painter, room, self._said, theme, colour=theme.text2, align=RIGHT
            )
            right -= used + p(16 + 20)
        for index, cell in enumerate(self._cells):
            main = self._is_main(cell)
            weight = 600 if main else 400
            width = text_width(cell.text, theme, weight=weight) + p(20)
            for cap in cell.caps:
                key_width = text_width(cap, theme, size=19, weight=600) + p(12)
                width += max(key_width, p(28)) + p(8)
            if left + width > right:
                break  # the least important stand last
            box = QRectF(left, p(4), width, self.height() - p(8))
            if index == self._hover:
                painter.fillRect(box.toRect(), theme.raised)
            inner = box.adjusted(p(8), 0, -p(4), 0)
            for cap in cell.caps:
                used = draw_key(painter, inner, cap, theme)
                inner.setLeft(inner.left() + used + p(8))
            draw_text(
                painter,
                inner.adjusted(0, 0, p(8), 0),
                cell.text,
                theme,
                weight=weight,
                colour=theme.text if main else theme.text2,
            )
            self._boxes.append((box, cell.name, cell.text))
            left += width + p(6)
