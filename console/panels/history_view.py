"""What to know beside a report: hazards of its place, what came before, there and by whom."""

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.painting import PaintedWidget, draw_text, fitting, text_width
from console.theme import MIN
from dispatch.joining import short_number
from dispatch.numbers import MATCHED, REPORTER, NumberOf
from dispatch.places import Place
from dispatch.questions import Earlier, FindEarlier

if TYPE_CHECKING:
    from console.desk import Desk

LINE = 30
ASK_AFTER_MS = 300
NAMED = 3  # cases of a line; of the others only how many


class HistoryView(PaintedWidget):
    """Paints lines for the place and one for the number; nothing where there is none.

    That a number was matched with whoever reported a case, is written down once for each.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query = FindEarlier()
        self._found: tuple[Earlier, ...] = ()
        self._hazards: tuple[str, ...] = ()  # of the place
        self._matched: set[int] = set()  # written down already
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ASK_AFTER_MS)
        self._soon.timeout.connect(self._ask)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        desk.looks.changed.connect(self.update)

    def look(self, place: Place | None, phone: str) -> None:
        """Say what is known of a place; look for what came before there, by a number."""
        point = None if place is None else place.point
        query = FindEarlier(point=point, phone=phone)
        known = place and self._desk.place_of(place.name, place.point)
        hazards = known.hazards if known is not None else ()
        if hazards != self._hazards:
            self._hazards = hazards
            self._show(self._found)
        if query == self._query:
            return
        self._query = query
        if point is None and not phone:
            self._soon.stop()
            self._matched.clear()
            self._show(())
        else:
            self._soon.start()

    def lines(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the lines: what it is about, and the cases, the newest first."""
        here = [each for each in self._found if each.here]
        called = [each for each in self._found if each.same_caller]
        found = []
        if self._hazards:
            found.append((self.tr("Hazards"), self._hazards))
        if here:
            label = self.tr("Within {metres} m: {n}")
            metres = round(self._query.within_m)
            found.append((label.format(metres=metres, n=len(here)), self._said(here)))
        if called:
            label = self.tr("This number: {n}").format(n=len(called))
            found.append((label, self._said(called)))
        return found

    # -- inside -----------------------------------------------------------------------

    def _said(self, cases: list[Earlier]) -> tuple[str, ...]:
        now, zone = self._desk.clock(), self._desk.zone
        taxonomy = self._desk.actions.taxonomy
        return tuple(
            f"{words.clock_time(each.opened_at, now=now, zone=zone)}"
            f" {words.category(taxonomy, each.category)}"
            f" {short_number(each.number)} {words.state(each.state)}"
            for each in cases[:NAMED]
        )

    def _ask(self) -> None:
        link = self._desk.link
        if link is not None and link.connected:
            future = self._desk.ask(self._query)
            self._desk.bridge.when_done(future, partial(self._take, self._query))

    def _take(self, query: FindEarlier, future: "Future[Any]") -> None:
        if query == self._query and not future.cancelled():
            self._show(() if future.exception() is not None else future.result())

    def _show(self, found: tuple[Earlier, ...]) -> None:
        self._found = found
        for each in found:
            if each.same_caller and each.case_id not in self._matched:
                self._matched.add(each.case_id)
                self._desk.actions.note_numbers(
                    each.case_id, (NumberOf(kind=REPORTER),), deed=MATCHED
                )
        self.setVisible(bool(self.lines()))
        self.updateGeometry()
        self.update()

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        return QSize(p(300), max(1, len(self.lines())) * p(LINE))

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        for index, (label, cases) in enumerate(self.lines()):
            line = QRectF(0, index * p(LINE), self.width(), p(LINE))
            draw_text(painter, line, label, theme, colour=theme.text3, size=MIN)
            line.setLeft(text_width(label, theme, size=MIN) + p(12))
            text = fitting(cases, line.width(), theme, size=MIN)
            draw_text(painter, line, text, theme, colour=theme.text2, size=MIN)
