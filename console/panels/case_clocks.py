"""The clocks of a case: when each thing happened, how long it took, by when it should."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.painting import PaintedWidget, draw_text, text_width
from console.theme import MIN, ROW, TITLE
from dispatch.case_log import stood
from dispatch.cases import Case
from dispatch.commands import Moment
from dispatch.queueing import begun_at, sign_within
from dispatch.targets import start_of, target

if TYPE_CHECKING:
    from console.desk import Desk

SHOWN = (
    Moment.SIGNAL,
    Moment.ON_SCREEN,
    Moment.ACKNOWLEDGED,
    Moment.FIRST_PICTURE,
    Moment.DISPATCHED,
    Moment.SIGNED,
    Moment.ARRIVED,
    Moment.CLOSED,
)
# What runs while it is missing; a screen and a picture are not waited for by people.
AWAITED = (
    Moment.ACKNOWLEDGED,
    Moment.DISPATCHED,
    Moment.SIGNED,
    Moment.ARRIVED,
    Moment.CLOSED,
)
COLUMNS = 4
# Size and weight of a time that stands, and of one that runs: not a fact yet.
STANDS = (TITLE, 600)
RUNS = (ROW, 400)
CELL = 84
CELL_LOW = 56


def taken(desk: "Desk", case: Case, at: datetime) -> timedelta:
    """Return how long a case had taken at a moment, without what it stood 挂账."""
    return at - start_of(case) - stood(desk.board.entries(case.case_id), at)


def too_long(desk: "Desk", case: Case, moment: Moment, at: datetime) -> bool:
    """Return whether a moment that came, or is waited for, at a time is late.

    Signing is counted from the sending; sending, after a recall or a return, from that
    as the queue does; everything else from the signal, without what the case stood.
    """
    if moment is Moment.SIGNED:
        sent_at = case.clocks.get(Moment.DISPATCHED)
        return sent_at is not None and at - sent_at > sign_within(case.severity)
    limit = target(moment, case.severity)
    if moment is Moment.DISPATCHED:
        spent = at - begun_at(case)
    else:
        spent = taken(desk, case, at)
    return limit is not None and spent > limit


def awaited(case: Case) -> Moment | None:
    """Return the moment that is waited for now."""
    if not case.state.is_open:
        return None
    return next((each for each in AWAITED if each not in case.clocks), None)


class ClocksView(PaintedWidget):
    """Paints eight clocks in two rows.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: Case | None = None
        self.low = False  # the window is too low for the targets
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.second.connect(self.update)

    def show_case(self, case: Case | None) -> None:
        """Show the clocks of a case."""
        self._case = case
        self.update()

    def texts(self, now: datetime) -> list[tuple[str, str, bool]]:
        """Return label, value and whether it is past its target, cell by cell."""
        case = self._case
        if case is None:
            return []
        start = start_of(case)
        waits_for = awaited(case)
        cells = []
        for moment in SHOWN:
            at = case.clocks.get(moment)
            late = False
            if moment is Moment.SIGNAL:
                value = words.seconds_time(start, now=now, zone=self._desk.zone)
            elif at is not None:
                value = words.fine(taken(self._desk, case, at))
                late = too_long(self._desk, case, moment, at)
            elif moment is waits_for:
                spent = taken(self._desk, case, now)
                value = self._waiting(words.running(spent))
                late = too_long(self._desk, case, moment, now)
            else:
                value = "–"
            cells.append((words.moment(moment), value, late))
        return cells

    def _waiting(self, span: str) -> str:
        """Return a time that runs in words that no finished one has."""
        return self.tr("waiting {span}").format(span=span)

    def _fitted(self, moment: Moment, value: str, width: float, now: datetime) -> str:
        """Return a clock as 04:57 where its words have no room."""
        case = self._case
        if case is None or moment is Moment.SIGNAL:
            return value
        runs = moment not in case.clocks
        size, weight = RUNS if runs else STANDS
        length = taken(self._desk, case, case.clocks.get(moment, now))
        counted = words.counting(length)
        tries = [value, counted]
        if runs:
            tries = [value, self._waiting(words.span(length)), f"{counted} …"]
        for text in tries[:-1]:
            if text_width(text, self._desk.theme, size=size, weight=weight) <= width:
                return text
        return tries[-1]

    def cell_at(self, at: QPointF) -> tuple[Moment, QRectF] | None:
        """Return the clock at a pixel, and its cell."""
        p = self._desk.theme.px
        width, high = (self.width() - p(32)) / COLUMNS, p(self._cell())
        column, row = int((at.x() - p(16)) // width), int((at.y() - p(6)) // high)
        index = row * COLUMNS + column
        if not 0 <= column < COLUMNS or not 0 <= index < len(SHOWN):
            return None
        box = QRectF(p(16) + column * width, p(6) + row * high, width - p(6), high)
        return SHOWN[index], box

    # Qt

    def sizeHint(self) -> QSize:
        rows = (len(SHOWN) + COLUMNS - 1) // COLUMNS
        return QSize(
            self._desk.theme.px(520), self._desk.theme.px(rows * self._cell() + 8)
        )

    def _cell(self) -> int:
        return CELL_LOW if self.low else CELL

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(p(16), 0, self.width() - p(32), 1, theme.line)
        case = self._case
        if case is None:
            return
        now = self._desk.clock()
        waits_for = awaited(case)
        width = (self.width() - p(32)) / COLUMNS
        for index, (label, value, late) in enumerate(self.texts(now)):
            row, column = divmod(index, COLUMNS)
            moment = SHOWN[index]
            x = p(16) + column * width
            y = p(6) + row * p(self._cell())
            done = moment in case.clocks or moment is Moment.SIGNAL
            runs = moment is waits_for
            draw_text(
                painter,
                QRectF(x, y, width, p(26)),
                label,
                theme,
                colour=theme.text2 if done or runs else theme.text3,
                size=MIN,
            )
            box = QRectF(x, y + p(25), width - p(6), p(32))
            if done or runs:
                value = self._fitted(moment, value, box.width(), now)
            colour = theme.text if done else theme.text2 if runs else theme.text3
            size, weight = RUNS if runs else STANDS
            if text_width(value, theme, size=size, weight=weight) > box.width():
                size, weight = RUNS  # 11-23 10:42: a signal of another day
            if late:
                taken = text_width(value, theme, size=size, weight=weight)
                painter.fillRect(
                    QRectF(x - p(4), box.top(), taken + p(8), box.height()).toRect(),
                    theme.text,
                )
                colour = theme.bg
            draw_text(
                painter, box, value, theme, colour=colour, size=size, weight=weight
            )
            limit = target(moment, case.severity)
            said = self.tr("max {span}")
            if moment is Moment.SIGNED and Moment.DISPATCHED in case.clocks:
                limit = sign_within(case.severity)
                said = self.tr("sent + {span}")
            if limit is not None and (late or not done) and not self.low:
                draw_text(
                    painter,
                    QRectF(x, y + p(56), width - p(6), p(26)),
                    said.format(span=words.span(limit)),
                    theme,
                    colour=theme.text2 if late or runs else theme.text3,
                    size=MIN,
                )
