"""The alarm strip: the worst unacknowledged alarm, never covered by anything."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from console import words
from console.action_rules import unacknowledged
from console.clicks import Clickable
from console.keys import is_typed_into
from console.notices import dated
from console.painting import RIGHT, draw_key, draw_text, text_width
from console.shapes import badge_look, paint_focus, paint_severity
from console.theme import CLOCK, ROW, STRIP, TITLE
from dispatch.alarms import Alarm

if TYPE_CHECKING:
    from console.desk import Desk

HEIGHT = 60


class AlarmStrip(Clickable, QWidget):
    """Shows one alarm large; at rest one grey line.

    Thread: UI only.
    """

    name = "strip"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._alarms: list[Alarm] = []
        self._look: object = None
        self._boxes: list[tuple[QRectF, str]] = []
        self.setFixedHeight(desk.theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.moved.connect(self.renew)
        desk.second.connect(self.update)
        desk.pending_changed.connect(self.update)
        desk.case_opened.connect(self._on_focus)
        desk.tick.connect(self._on_tick)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.renew()

    def renew(self, *_ignored: object) -> None:
        """Look which alarm is the worst now."""
        self._alarms = unacknowledged(self._desk)
        self.update()

    def shown(self) -> Alarm | None:
        """Return the alarm in the strip, or None at rest."""
        return self._alarms[0] if self._alarms else None

    def enter_steps(self) -> bool:
        """Return whether Enter does the highlighted step: it always does here."""
        return True

    def text(self) -> str:
        """Return in words what the strip shows, for a reader and for tests."""
        alarm = self.shown()
        if alarm is None:
            return self._rest()
        kind = words.category(self._desk.actions.taxonomy, alarm.category)
        return f"{alarm.severity} {kind} {alarm.place_name}"

    def offers(self) -> tuple[tuple[str, str, str], ...]:
        """Return the buttons: action, the key that does it from here, words.

        While someone types, the keypad belongs to the text: the chord is named
        instead, and where there is none, no key. Where the alarm's case is open,
        Enter is of that case's step.
        """
        typing = is_typed_into(QApplication.focusWidget())
        alarm, opened = self.shown(), self._desk.open_case_id
        enter = not typing and (alarm is None or alarm.case_id != opened)
        chord = words.key(self._desk.actions.action("acknowledge").keys[0])
        return (
            ("acknowledge", chord if typing else "−", self.tr("Acknowledge")),
            ("open_worst", "⏎" if enter else "", self.tr("Open")),
        )

    def _on_focus(self, *_ignored: object) -> None:
        self.update()

    def _rest(self) -> str:
        alarms = self._desk.board.alarms.values()
        last = max(alarms, key=lambda alarm: alarm.last_at, default=None)
        none = dated(self._desk, self.tr("No unacknowledged alarm"))
        if last is None:
            return none
        return self.tr("{none}  ·  last {time}  {kind}  {place}").format(
            none=none,
            time=words.clock_time(
                last.last_at, now=self._desk.clock(), zone=self._desk.zone
            ),
            kind=words.category(self._desk.actions.taxonomy, last.category),
            place=last.place_name,
        )

    def _badge(self, alarm: Alarm) -> object:
        return badge_look(
            acknowledged=False,
            active=alarm.active,
            now=self._desk.clock(),
            reduced_motion=self._desk.theme.reduced_motion,
        )

    def _on_tick(self) -> None:
        alarm = self.shown()
        if alarm is not None and self._badge(alarm) is not self._look:
            size = self.height() + self._desk.theme.px(20)
            self.update(0, 0, size, self.height())

    def clickable_at(self, point: QPointF) -> tuple[str, int] | None:
        """Return the button here, and the alarm it stands beside."""
        alarm = self.shown()
        if alarm is not None:
            for box, name in self._boxes:
                if box.contains(point):
                    return name, alarm.alarm_id
        return None

    def clicked_on(self, what: object) -> None:
        """Do what the button says."""
        name, _alarm_id = cast("tuple[str, int]", what)
        if name == "others":
            self._desk.actions.wanted.emit("focus_1")
        else:
            self._desk.actions.run(name)

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(1200), self._desk.theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._desk.actions.run("step")
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.clickable_at(event.position()) is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            alarm = self.shown()
            if alarm is None:
                self._paint_rest(painter)
            else:
                self._paint_alarm(painter, alarm)
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), self._desk.theme)
        finally:
            painter.end()
        self._desk.strip_shows.paint(alarm.alarm_id if alarm is not None else None)
        if alarm is not None and alarm.case_id is not None:
            self._desk.note_painted("on_screen", alarm.case_id)

    def _paint_rest(self, painter: QPainter) -> None:
        theme = self._desk.theme
        self._boxes = []
        painter.fillRect(self.rect(), theme.surface)
        box = QRectF(self.rect()).adjusted(theme.px(20), 0, -theme.px(20), 0)
        draw_text(painter, box, self._rest(), theme, colour=theme.text3)

    def _paint_alarm(self, painter: QPainter, alarm: Alarm) -> None:
        theme = self._desk.theme
        p = theme.px
        look = badge_look(
            acknowledged=False,
            active=alarm.active,
            now=self._desk.clock(),
            reduced_motion=theme.reduced_motion,
        )
        self._look = look
        self._boxes = []
        painter.fillRect(self.rect(), theme.raised)
        side = p(46)
        badge = QRectF(p(16), (self.height() - side) / 2, side, side)
        paint_severity(
            painter, badge, alarm.severity, theme, look=look, doubt=bool(alarm.doubt)
        )
        box = QRectF(
            badge.right() + p(14),
            0,
            self.width() - badge.right() - p(30),
            self.height(),
        )
        box.setRight(self._paint_right(painter, box, alarm) - p(20))
        kind = words.category(self._desk.actions.taxonomy, alarm.category)
        left = box.left() + draw_text(painter, box, kind, theme, size=TITLE, weight=600)
        box.setLeft(left + p(20))
        used = draw_text(painter, box, alarm.place_name, theme, size=STRIP, weight=600)
        box.setLeft(box.left() + used + p(20))
        draw_text(painter, box, self._about(alarm), theme, colour=theme.text2)

    def _about(self, alarm: Alarm) -> str:
        parts = []
        if alarm.drill:
            parts.append(self.tr("DRILL"))
        if alarm.test:
            parts.append(self.tr("TEST"))
        if not alarm.active:
            parts.append(self.tr("Restored"))
        if alarm.doubt:
            parts.append(self.tr("Doubtful"))
        place = self._desk.place_of(alarm.place_name, alarm.point)
        if place is not None:
            parts += place.hazards
            if place.contact:
                parts.append(words.masked(place.contact))
        return " · ".join(parts)

    def _paint_right(self, painter: QPainter, box: QRectF, alarm: Alarm) -> float:
        theme = self._desk.theme
        p = theme.px
        box = QRectF(box)
        others = len(self._alarms) - 1
        if others:
            flooding = self._desk.flooding
            text = self.tr("{n} more ▸").format(n=others)
            first = sum(each.severity == 1 for each in self._alarms) - (
                alarm.severity == 1
            )
            if flooding.on and first:
                text = self.tr("{n} more, {first} of them P1 ▸").format(
                    n=others, first=first
                )
            used = draw_text(painter, box, text, theme, align=RIGHT)
            self._boxes.append((_right_of(box, used), "others"))
            box.setRight(box.right() - used - p(20))
        waiting = self._desk.actions.ledger.acknowledging(alarm.case_id)
        if waiting is not None:
            text = (
                self.tr("Waiting for the service")
                if waiting.waits(self._desk.clock())
                else "…"
            )
            used = draw_text(
                painter, box, text, theme, size=TITLE, weight=600, align=RIGHT
            )
            box.setRight(box.right() - used - p(20))
        else:
            for name, cap, text in self.offers():
                box.setRight(self._button(painter, box, name, cap, text) - p(12))
            box.setRight(box.right() - p(8))
        if alarm.count > 1:
            text = self.tr("{n} reports here").format(n=alarm.count)
            used = draw_text(painter, box, text, theme, colour=theme.text2, align=RIGHT)
            box.setRight(box.right() - used - p(20))
        age = words.counting(self._desk.clock() - alarm.first_at)
        width = text_width(age, theme, size=CLOCK, weight=600)
        draw_text(painter, box, age, theme, size=CLOCK, weight=600, align=RIGHT)
        box.setRight(box.right() - width - p(8))
        used = draw_text(
            painter,
            box,
            self.tr("for"),
            theme,
            colour=theme.text2,
            size=ROW,
            align=RIGHT,
        )
        return box.right() - used

    def _button(
        self, painter: QPainter, box: QRectF, name: str, cap: str, text: str
    ) -> float:
        theme = self._desk.theme
        p = theme.px
        key_width = max(text_width(cap, theme, size=19, weight=600) + p(12), p(28))
        key_width = key_width + p(10) if cap else 0
        width = text_width(text, theme, weight=600) + key_width + p(24)
        cell = QRectF(box.right() - width, p(10), width, self.height() - p(20))
        painter.setPen(theme.edge)
        painter.setBrush(theme.surface)
        painter.drawRect(cell.toRect().adjusted(0, 0, -1, -1))
        inner = cell.adjusted(p(12), 0, -p(10), 0)
        used = draw_text(painter, inner, text, theme, weight=600)
        if cap:
            draw_key(painter, inner.adjusted(used + p(10), 0, 0, 0), cap, theme)
        self._boxes.append((cell, name))
        return cell.left()


def _right_of(box: QRectF, width: float) -> QRectF:
    return QRectF(box.right() - width, box.top(), width, box.height())
