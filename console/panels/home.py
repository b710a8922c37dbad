"""The middle column with no case open: what this shift has in hand, and missed."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from console import words
from console.case_looks import look_of, time_look
from console.clicks import Clickable
from console.notices import dated
from console.painting import PaintedWidget, draw_key, draw_text, text_width, wrapped
from console.panels.first_steps import steps_left
from console.shapes import paint_severity, paint_time, paint_unit
from console.shift import (
    cameras_out,
    ended,
    never_heard,
    promised,
    silent_devices,
    to_call_back,
    wrong_views,
)
from console.theme import MIN, TITLE
from console.unit_kinds import UnitKind, kind_of, title_of
from console.who import has
from dispatch.cases import Case
from dispatch.joining import short_number
from dispatch.queueing import URGENT_SEVERITY, due_at
from dispatch.units import UnitStatus

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 60
SOON = timedelta(hours=2)
LATER_MS = 300  # what is known at rest need not be new at once
MOST_ROWS = 5
PEOPLE_HEIGHT = 12 + 36 + 36 + 36
HEADING = 40
LINE = 32
MOST_LINES = 3  # of what ended, of what is silent, of what is dark


class HomePage(Clickable, PaintedWidget):
    """Paints 本班: my cases, what is due, what ended, what is silent, what keys do now.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._boxes: list[tuple[QRectF, int]] = []
        self.setMouseTracking(True)
        # After what is more urgent: the panels' paintings are not to become one long one.
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self.update)
        desk.moved.connect(self._update_later)
        desk.second.connect(self._on_second)

    def mine(self) -> list[Case]:
        """Return the open cases this person has at this seat, worst first."""
        mine = [
            case
            for case in self._desk.board.cases.values()
            if has(self._desk.actor, case) and case.state.is_open
        ]
        return sorted(mine, key=lambda case: (case.severity, case.opened_at))

    def due_soon(self) -> list[Case]:
        """Return open cases due within two hours, the soonest first; none overdue."""
        now = self._desk.clock()
        soon = [
            case
            for case in self._desk.board.cases.values()
            # The urgent ones stand in the lane Now already.
            if case.state.is_open
            and case.severity > URGENT_SEVERITY
            and now <= due_at(case) <= now + SOON
        ]
        return sorted(soon, key=due_at)

    def next_due(self) -> Case | None:
        """Return the case that is due next after the next two hours, or None."""
        now = self._desk.clock()
        waiting = [
            case
            for case in self._desk.board.cases.values()
            if case.state.is_open and due_at(case) > now + SOON
        ]
        return min(waiting, key=due_at, default=None)

    def people(self) -> list[tuple[UnitStatus, int]]:
        """Return how many people are in each status."""
        units = self._desk.board.units.values()
        return [
            (status, sum(unit.status is status for unit in units))
            for status in UnitStatus
        ]

    def _next_words(self) -> str:
        case = self.next_due()
        if case is None:
            return self.tr("Nothing is due within 2 h.")
        return self.tr("Nothing is due within 2 h. Next: {place}, {left}").format(
            place=case.place_name, left=words.left(due_at(case) - self._desk.clock())
        )

    def _most_rows(self) -> int:
        """Return how many cases of each kind the height has room for."""
        p = self._desk.theme.px
        room = self.height() - p(52 + 2 * 36 + 12 + PEOPLE_HEIGHT)
        return min(MOST_ROWS, max(1, room // 2 // p(ROW_HEIGHT)))

    def _paint_people(self, painter: QPainter, top: float) -> float:
        """Paint how many people are free, under way, on scene and off duty."""
        if not self._desk.board.units:
            return top  # the first steps say how they come in
        theme = self._desk.theme
        p = theme.px
        top = self._heading(painter, top, dated(self._desk, self.tr("People")))
        box = QRectF(p(16), top, self.width() - p(32), p(36))
        for status, count in self.people():
            text = f"{words.unit_status(status)} {count}"
            width = p(18 + 8) + text_width(text, theme)
            if not count or box.left() + width > self.width() - p(16):
                continue
            mark = QRectF(box.left(), box.center().y() - p(9), p(18), p(18))
            paint_unit(painter, mark, status, theme)
            draw_text(painter, box.adjusted(p(26), 0, 0, 0), text, theme)
            box.setLeft(box.left() + width + p(20))
        return self._paint_free(painter, box.bottom())

    def free(self) -> list[tuple[UnitKind, int]]:
        """Return of which kinds the free people are, and how many of each."""
        kinds = Counter(
            kind_of(unit)
            for unit in self._desk.board.units.values()
            if unit.status is UnitStatus.FREE
        )
        return [(kind, kinds[kind]) for kind in UnitKind if kinds[kind]]

    def _paint_free(self, painter: QPainter, top: float) -> float:
        """Paint of which kinds the free ones are: what could be sent now."""
        kinds = self.free()
        if len(kinds) < 2:
            return top
        theme = self._desk.theme
        p = theme.px
        box = QRectF(p(16), top, self.width() - p(32), p(36))
        for kind, count in kinds:
            text = f"{title_of(kind)} {count}"
            width = p(18 + 8) + text_width(text, theme, size=MIN)
            if box.left() + width > self.width() - p(16):
                box = QRectF(p(16), box.bottom(), self.width() - p(32), p(36))
            mark = QRectF(box.left(), box.center().y() - p(9), p(18), p(18))
            paint_unit(painter, mark, UnitStatus.FREE, theme, kind=kind)
            beside = box.adjusted(p(26), 0, 0, 0)
            draw_text(painter, beside, text, theme, colour=theme.text2, size=MIN)
            box.setLeft(box.left() + width + p(14))
        return box.bottom()

    def _update_later(self, _moved: object) -> None:
        if not self._later.isActive():
            self._later.start()

    def _on_second(self) -> None:
        if self.isVisible():
            self.update()

    def clickable_at(self, point: QPointF) -> int | None:
        """Return the case whose row stands here."""
        return next((case for box, case in self._boxes if box.contains(point)), None)

    def clicked_on(self, what: object) -> None:
        """Open the case."""
        self._desk.open_case(cast("int", what))

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.clickable_at(event.position()) is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        self._boxes = []
        box = QRectF(p(16), 0, self.width() - p(32), p(52))
        draw_text(painter, box, self.tr("This shift"), theme, size=TITLE, weight=600)
        if not self._desk.board.heard:
            text = dated(self._desk, "")
            draw_text(painter, box.translated(0, p(52)), text, theme)
            return
        top = self._paint_first_steps(painter, float(p(52)))
        top = self._paint_cases(
            painter,
            top,
            self.tr("My cases"),
            self.mine(),
            dated(self._desk, self.tr("You have no open case.")),
        )
        top = self._paint_cases(
            painter,
            top + p(12),
            self.tr("Due within 2 h"),
            self.due_soon(),
            dated(self._desk, self._next_words()),
        )
        top = self._paint_people(painter, top + p(12))
        top = self._paint_lines(painter, top)
        self._paint_keys(painter, top + p(12))

    def _paint_first_steps(self, painter: QPainter, top: float) -> float:
        """Say what an installation without a whole town needs; else take no room."""
        steps = steps_left(self._desk.board)
        if not steps:
            return top
        theme = self._desk.theme
        p = theme.px
        whole = self.tr("Still missing; run one after the other:")
        top = self._heading(painter, top, whole)
        guide = self.tr('How those files look: user guide, "One\'s own town"')
        for name, text in (*steps, ("", guide)):
            box = QRectF(p(16), top, self.width() - p(32), p(30))
            draw_text(painter, box, name, theme, colour=theme.text2, size=MIN)
            box.setLeft(box.left() + (p(96) if name else 0))
            for line in wrapped(text, box.width(), theme, size=MIN):
                draw_text(painter, box, line, theme, size=MIN)
                box.translate(0, p(28))
            top = box.top() + p(4)
        return top + p(8)

    def _heading(self, painter: QPainter, top: float, text: str) -> float:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(QRectF(p(16), top, self.width() - p(32), 1), theme.line)
        box = QRectF(p(16), top + p(4), self.width() - p(32), p(36))
        draw_text(painter, box, text, theme, colour=theme.text2)
        return box.bottom()

    def _paint_cases(
        self, painter: QPainter, top: float, title: str, cases: list[Case], none: str
    ) -> float:
        theme = self._desk.theme
        p = theme.px
        count = f"  {len(cases)}" if cases else ""
        top = self._heading(painter, top, title + count)
        if not cases:
            box = QRectF(p(16), top + p(8), self.width() - p(32), p(28))
            for line in wrapped(none, box.width(), theme):
                draw_text(painter, box, line, theme)
                box.translate(0, p(28))
            return box.top() + p(8)
        for case in cases[: self._most_rows()]:
            row = QRectF(0, top, self.width(), p(ROW_HEIGHT))
            self._paint_case(painter, row, case)
            self._boxes.append((row, case.case_id))
            top += p(ROW_HEIGHT)
        return top

    def _paint_case(self, painter: QPainter, row: QRectF, case: Case) -> None:
        theme = self._desk.theme
        p = theme.px
        side = p(34)
        badge = QRectF(p(16), row.center().y() - side / 2, side, side)
        paint_severity(
            painter,
            badge,
            case.severity,
            theme,
            look=look_of(self._desk, case),
            doubt=bool(case.doubt),
        )
        line = QRectF(p(62), row.top() + p(3), self.width() - p(78), p(28))
        now = self._desk.clock()
        box = paint_time(
            painter,
            line,
            words.left(due_at(case) - now),
            theme,
            look=time_look(case, now),
        )
        line.setRight(box.left() - p(10))
        draw_text(painter, line, case.place_name, theme, weight=600)
        kind = words.category(self._desk.actions.taxonomy, case.category)
        draw_text(
            painter,
            QRectF(p(62), row.top() + p(30), self.width() - p(78), p(27)),
            f"{kind} · {words.state(case.state)}",
            theme,
            colour=theme.text2,
        )

    def _lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        """Return what is worth knowing at rest: headings with their lines.

        A line is its words, and the case that a click opens, or None.
        """
        return [
            *self._promise_lines(),
            *self._call_lines(),
            *self._ended_lines(),
            *self._silent_lines(),
            *self._cameras_out_lines(),
            *self._wrong_view_lines(),
        ]

    def _promise_lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        waiting = promised(self._desk)
        now = self._desk.clock()
        lines: list[tuple[str, int | None]] = [
            (
                f"{words.left(each.due_at - now)} {each.what} · {case.place_name}",
                case.case_id,
            )
            for each, case in waiting[:MOST_LINES]
        ]
        title = self.tr("Promised  {n}").format(n=len(waiting))
        return [(dated(self._desk, title), lines)] if lines else []

    def _call_lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        lines: list[tuple[str, int | None]] = [
            (
                " ".join([short_number(call.number), *self._ended_words(case)]),
                case.case_id,
            )
            for call, case in to_call_back(self._desk)
        ]
        title = self.tr("Ended, to be called back  {n}").format(n=len(lines))
        return [(dated(self._desk, title), lines[:MOST_LINES])] if lines else []

    def _ended_lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        cases = ended(self._desk)
        if not cases:
            return []
        now, zone = self._desk.clock(), self._desk.zone
        lines: list[tuple[str, int | None]] = [
            (
                words.clock_time(at, now=now, zone=zone)
                + " "
                + " · ".join(self._ended_words(case)),
                case.case_id,
            )
            for at, case in cases[:MOST_LINES]
        ]
        title = self.tr("Ended within 12 h  {n}").format(n=len(cases))
        return [(dated(self._desk, title), lines)]

    def _ended_words(self, case: Case) -> list[str]:
        kind = words.category(self._desk.actions.taxonomy, case.category)
        how = [words.outcome(case.outcome)] if case.outcome else []
        return [case.place_name, kind, *how]

    def _silent_lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        silent, never = silent_devices(self._desk), never_heard(self._desk)
        now = self._desk.as_of or self._desk.clock()
        lines: list[tuple[str, int | None]] = [
            (f"{words.ago(now - each.last_seen)} {each.device.name}", None)
            for each in silent[:MOST_LINES]
        ]
        named = never[: max(1, MOST_LINES - len(lines))]
        text = self.tr("never heard {name}")
        lines += [(text.format(name=each.name), None) for each in named]
        if len(never) > len(named):
            text = self.tr("{n} more have never been heard")
            lines.append((text.format(n=len(never) - len(named)), None))
        if not lines:
            return []
        title = self.tr("Devices not heard in time  {n}").format(n=len(silent))
        heading = title if silent else self.tr("Devices")
        return [(dated(self._desk, heading), lines)]

    def _cameras_out_lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        out = cameras_out(self._desk)
        if not out:
            return []
        cameras = self._desk.board.cameras
        lines: list[tuple[str, int | None]] = [
            (f"{camera_id} {cameras[camera_id].name}", None)
            for camera_id in out[:MOST_LINES]
        ]
        title = self.tr("Cameras without a picture  {n}").format(n=len(out))
        return [(title, lines)]

    def _wrong_view_lines(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        found = wrong_views(self._desk)
        lines: list[tuple[str, int | None]] = [
            (f"{each.camera_id} {each.name}  {self._desk.wrong_views.who(each)}", None)
            for each in found[:MOST_LINES]
        ]
        title = self.tr("Wrong view  {n}").format(n=len(found))
        return [(dated(self._desk, title), lines)] if lines else []

    def _paint_lines(self, painter: QPainter, top: float) -> float:
        """Paint what there is room for, whole headings only."""
        theme = self._desk.theme
        p = theme.px
        for title, lines in self._lines():
            if top + p(12 + HEADING + len(lines) * LINE) > self.height():
                continue
            top = self._heading(painter, top + p(12), title)
            for text, case_id in lines:
                box = QRectF(p(16), top, self.width() - p(32), p(LINE))
                draw_text(painter, box, text, theme)
                if case_id is not None:
                    self._boxes.append((box, case_id))
                top += p(LINE)
        return top

    def live_keys(self) -> list[tuple[str, str]]:
        """Return the keys that do something now, and what."""
        desk = self._desk
        found = [("F2", self.tr("take a report"))]
        if desk.actions.allowed("parked_report"):
            found.append(("⇧F2", self.tr("back to the report put aside")))
        if desk.actions.allowed("open_worst"):
            found.insert(0, ("⏎", desk.actions.action("open_worst").text(desk)))
        if any(case.state.is_open for case in desk.board.cases.values()):
            found.append(("↑ ↓", self.tr("walk through the lanes, ⏎ opens")))
        if desk.engine is not None and desk.board.cameras:
            found.append(("0–9 ⏎", self.tr("show a camera by its number")))
        return [*found, ("F1", self.tr("all keys"))]

    def _paint_keys(self, painter: QPainter, top: float) -> None:
        theme = self._desk.theme
        p = theme.px
        keys = self.live_keys()
        if top + p(HEADING + len(keys) * 40) > self.height():
            return  # F1 says it too
        top = self._heading(painter, top, self.tr("Keys"))
        for cap, text in keys:
            box = QRectF(p(16), top, self.width() - p(32), p(40))
            draw_key(painter, box, cap, theme)
            draw_text(
                painter,
                box.adjusted(p(92), 0, 0, 0),
                text,
                theme,
                colour=theme.text2,
                size=MIN,
            )
            top += p(40)
