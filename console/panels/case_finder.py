"""Ctrl+F: a case found while one types, open or closed long ago, opened with Enter."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.painting import (
    RIGHT,
    PaintedWidget,
    draw_text,
    fitting,
    shorten,
    text_width,
    wrapped,
)
from console.panels.finder import SearchLine
from console.panels.wall_parts import label
from console.pending import refusal_in
from console.refusals import refusal
from console.shapes import BadgeLook, paint_severity
from console.theme import ROW, TITLE
from dispatch.case_terms import words_of
from dispatch.joining import short_number
from dispatch.questions import FindCases, FoundCase, FoundCases

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime
    from typing import Any

    from console.desk import Desk
    from dispatch.commands import Refused

ROW_HEIGHT = 60
BADGE = 36
PAGE = 50  # cases at once; the next follow when one walks there
SOON_MS = 120  # after the last key, so that not every half syllable is asked for

# In what a case's words were found, where its row does not show it.
FOUND_IN = {
    "phone": QT_TRANSLATE_NOOP("FoundIn", "by its telephone number"),
    "name": QT_TRANSLATE_NOOP("FoundIn", "by the reporter's name"),
    "details": QT_TRANSLATE_NOOP("FoundIn", "by what was said"),
}


class FoundRows(PaintedWidget):
    """Cases that were found, two lines each, as many as the height has room for.

    Thread: UI only.

    Attributes:
        cases: All that were found so far, the newest first.
        current: Which one stands chosen.
        said: What stands there where there is none.

    Signals:
        picked: A row was clicked.
        near_end: The last of them stands chosen.
    """

    picked = Signal(int)
    near_end = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._top = 0
        self.cases: list[FoundCase] = []
        self.current = 0
        self.said = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_cases(self, cases: list[FoundCase], said: str = "") -> None:
        """Show these from the first on, or say what is to be said instead."""
        self.cases, self.said, self.current = cases, said, 0
        self.update()

    def walk(self, step: int) -> None:
        """Choose the row so many farther down."""
        self.current = min(max(self.current + step, 0), max(0, len(self.cases) - 1))
        if self.cases and self.current == len(self.cases) - 1:
            self.near_end.emit()
        self.update()

    def lines(self, case: FoundCase, width: float = 1e6) -> tuple[str, str]:
        """Return the place and what else tells a case from others."""
        desk, theme = self._desk, self._desk.theme
        kind = words.category(desk.actions.taxonomy, case.category)
        if case.drill:
            kind = self.tr("DRILL {kind}").format(kind=kind)
        unit = desk.board.units.get(case.unit_id)
        parts = [
            kind,
            words.state(case.state),
            short_number(case.number),
            unit.name if unit is not None else case.owner,
            *(
                QCoreApplication.translate("FoundIn", str(FOUND_IN[each]))
                for each in case.by
                if each in FOUND_IN
            ),
        ]
        return shorten(case.place_name, width, theme, weight=600), fitting(
            parts, width, theme
        )

    def when(self, at: "datetime") -> str:
        """Return when a case came in; with its year where that is another one."""
        now, zone = self._desk.clock(), self._desk.zone
        local = at.astimezone(zone)
        if local.year != now.astimezone(zone).year:
            return f"{local:%Y-%m-%d}"
        return words.clock_time(at, now=now, zone=zone)

    def _room(self) -> int:
        return max(1, self.height() // self._desk.theme.px(ROW_HEIGHT))

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._desk.theme.px(ROW_HEIGHT)) + self._top
        if row < len(self.cases):
            self.picked.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.walk(-1 if event.angleDelta().y() > 0 else 1)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        if not self.cases:
            room = QRectF(self.rect()).adjusted(0, p(4), 0, 0)
            for line in wrapped(self.said, room.width(), theme):
                box = QRectF(room.left(), room.top(), room.width(), p(28))
                draw_text(painter, box, line, theme, colour=theme.text2)
                room.setTop(box.bottom())
            return
        room_for = self._room()
        self._top = min(self._top, self.current)
        self._top = max(self._top, self.current - room_for + 1, 0)
        shown = self.cases[self._top : self._top + room_for]
        for index, case in enumerate(shown):
            box = QRectF(0, index * p(ROW_HEIGHT), self.width(), p(ROW_HEIGHT))
            self._paint_row(painter, box, case, self._top + index == self.current)

    def _paint_row(
        self, painter: QPainter, box: QRectF, case: FoundCase, chosen: bool
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        if chosen:
            painter.fillRect(box.toRect(), theme.raised)
            painter.fillRect(QRectF(0, box.top(), p(6), box.height()), theme.text)
        painter.fillRect(
            QRectF(p(16), box.bottom() - 1, box.width() - p(32), 1), theme.line
        )
        badge = QRectF(p(16), box.top() + (box.height() - p(BADGE)) / 2, p(BADGE), 0)
        badge.setHeight(p(BADGE))
        look = BadgeLook.FILLED if case.state.is_open else BadgeLook.GREY
        paint_severity(painter, badge, case.severity, theme, look=look)
        left = badge.right() + p(14)
        line = QRectF(left, box.top() + p(3), box.right() - left - p(12), p(28))
        second = line.translated(0, p(27))
        when = self.when(case.opened_at)
        draw_text(painter, line, when, theme, colour=theme.text2, align=RIGHT)
        line.setRight(line.right() - text_width(when, theme) - p(12))
        place, _ = self.lines(case, line.width())
        _, rest = self.lines(case, second.width())
        ink = theme.text if case.state.is_open else theme.text2
        draw_text(painter, line, place, theme, colour=ink, weight=600)
        draw_text(painter, second, rest, theme, colour=theme.text2)


class FindCasePage(HasKeys, QWidget):
    """The page of Ctrl+F in the middle column: type, choose, Enter.

    An answer belongs to the text it was asked for: one that comes when another text
    stands there is passed over.

    Thread: UI only.
    """

    name = "find_case_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._answered = ""  # the text whose cases stand there
        self._before: int | None = None  # where its next page begins
        self._asked: tuple[str, int | None] | None = None
        self._opens = False  # Enter came before the answer
        theme = desk.theme
        self._title = QLabel()
        self._title.setFont(theme.font(TITLE, 600))
        self.line = SearchLine(self)
        self.line.setFont(theme.font(ROW))
        self.rows = FoundRows(desk)
        self._hint = label(desk, "quiet")
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        margin = theme.px(16)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.px(12))
        for widget in (self._title, self.line):
            layout.addWidget(widget)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self._hint)
        self.setFocusProxy(self.line)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.line.textEdited.connect(self._on_edit)
        self.line.walked.connect(self.rows.walk)
        self.line.entered.connect(self.answer)
        self.rows.picked.connect(self._open)
        self.rows.near_end.connect(self._ask_on)
        desk.looks.changed.connect(self._renew)
        desk.link_changed.connect(self._on_link)
        self._renew()

    def text(self) -> str:
        """Return what is searched for."""
        return self.line.text().strip()

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter and Esc do here."""
        back = BarKey(
            words.key("Esc"), QCoreApplication.translate("BarKeys", "Back"), "back"
        )
        if not self.rows.cases:
            return (back,)
        opens = QCoreApplication.translate("Action", "Open the case")
        return BarKey(words.key("Num+Enter"), opens, ANSWER), back

    def answer(self) -> None:
        """Open the case that stands chosen, once it is of the text that stands there."""
        if self._answered == self.text():
            self._open(self.rows.current)
        elif words_of(self.text()):
            self._opens = True
            self._ask()

    # -- inside -----------------------------------------------------------------------

    def _on_edit(self, _text: str) -> None:
        self._opens = False
        if words_of(self.text()):
            self._soon.start()
            return
        self._soon.stop()
        self._answered, self._before, self._asked = "", None, None
        self._say(self._what_to_type())

    def _ask(self) -> None:
        """Ask for what stands there, from the newest case on."""
        self._soon.stop()
        text = self.text()
        link = self._desk.link
        if link is None or not link.connected:
            self._answered, self._asked = "", None
            self._say(self.tr("The service is away; it is searched once it is back."))
        elif self._asked != (text, None):
            self._send(text, None)

    def _ask_on(self) -> None:
        """Ask for the next page of what stands there."""
        before = self._before
        if before is not None and self._asked != (self._answered, before):
            self._send(self._answered, before)

    def _send(self, text: str, before: int | None) -> None:
        self._asked = (text, before)
        future = self._desk.ask(FindCases(text=text, limit=PAGE, before=before))
        self._desk.bridge.when_done(future, partial(self._take, text, before))

    def _take(self, text: str, before: int | None, future: "Future[Any]") -> None:
        if self._asked == (text, before):
            self._asked = None
        if text != self.text() or (before is not None and before != self._before):
            return  # of an older text, or of a page that stands there already
        refused = refusal_in(future)
        if refused is not None:
            self._say(refusal(refused))
            return
        found: FoundCases = future.result()
        self._before = found.before
        if before is not None:
            self.rows.cases.extend(found.cases)
            self.rows.update()
            if not self.rows.cases:
                self._ask_on()
            return
        self._answered = text
        self.rows.show_cases(list(found.cases), self._nothing())
        self._desk.hand_moved.emit()  # Enter does something now
        if not found.cases and found.before is not None:
            self._ask_on()  # the pairs stood there, the word did not: further back
        opens, self._opens = self._opens, False
        if opens and found.cases:
            self._open(0)

    def _open(self, row: int) -> None:
        if row < len(self.rows.cases):
            case_id = self.rows.cases[row].case_id
            self._desk.past.open_found(case_id, self._opened)

    def _opened(self, refused: "Refused | None") -> None:
        if refused is not None:
            self._answered = ""
            self._say(refusal(refused))

    def _on_link(self, _link: object) -> None:
        if self.isVisible() and self._answered != self.text() and words_of(self.text()):
            self._ask()

    def _say(self, text: str) -> None:
        self.rows.show_cases([], text)
        self._desk.hand_moved.emit()

    def _what_to_type(self) -> str:
        if not self.text():
            return self.tr(
                "Type two characters or more: of a place, a report or a name, pinyin"
                " initials, the end of a case's number, a telephone number or its last"
                " four digits."
            )
        return self.tr("One more character is needed.")

    def _nothing(self) -> str:
        return self.tr(
            "No case has all of these words. Type less of it, or another word."
        )

    def _renew(self) -> None:
        self._title.setText(self.tr("Find a case"))
        self.setAccessibleName(self._title.text())
        self.line.setAccessibleName(self._title.text())
        self.line.setPlaceholderText(
            self.tr("Place, words, number, telephone, initials")
        )
        self._hint.setText(
            self.tr(
                "↑ ↓ chooses, ⏎ opens, Esc goes back. Who opens a case from here is"
                " written down."
            )
        )
        if not self.rows.cases:
            self._say(self._nothing() if self._answered else self._what_to_type())
        self.rows.update()
