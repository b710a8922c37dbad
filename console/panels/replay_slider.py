"""The slider under the pictures that are looked at again: what is kept, and where."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from console import words
from console.painting import RIGHT, PaintedWidget, draw_key, draw_text, text_width
from console.replay import LIVE_WITHIN_S
from console.theme import MIN, TITLE

if TYPE_CHECKING:
    from console.desk import Desk

HEIGHT: Final = 68
_TRACK: Final = 26  # of that, with the bars of what is kept
_LEAST_BAR: Final = 2


class ReplaySlider(PaintedWidget):
    """Paints one track for all cameras, a bar for what is kept of each.

    Keys stay with the tiles.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name_words()
        desk.looks.changed.connect(self._name_words)
        self.hide()

    def _name_words(self) -> None:
        self.setAccessibleName(self.tr("Looked at again"))

    def track(self) -> QRectF:
        """Return where the bars lie."""
        p = self._desk.theme.px
        return QRectF(
            p(12), self.height() - p(_TRACK + 6), self.width() - p(24), p(_TRACK)
        )

    def x_of(self, moment: float) -> float:
        """Return where a moment lies on the track."""
        begins, ends = self._desk.replay.reach()
        track = self.track()
        share = (moment - begins) / max(ends - begins, 0.001)
        return track.left() + min(max(share, 0.0), 1.0) * track.width()

    def moment_at(self, x: float) -> float:
        """Return the moment at a place of the track."""
        begins, ends = self._desk.replay.reach()
        track = self.track()
        share = (x - track.left()) / max(track.width(), 1.0)
        return begins + min(max(share, 0.0), 1.0) * (ends - begins)

    def paint(self, painter: QPainter) -> None:
        """Paint the moment, the keys or what is to be said, and the track."""
        desk = self._desk
        theme, replay, p = desk.theme, desk.replay, desk.theme.px
        painter.fillRect(self.rect(), theme.raised)
        painter.fillRect(QRectF(0, 0, self.width(), p(1)), theme.line)
        if not replay.active:
            return
        line = QRectF(p(12), p(2), self.width() - p(24), p(32))
        taken = draw_text(
            painter, line, self._words(), theme, size=TITLE, weight=600
        ) + p(24)
        rest = line.adjusted(taken, 0, 0, 0)
        if replay.note:
            draw_text(
                painter, rest, replay.note, theme, colour=theme.doubt, align=RIGHT
            )
        else:
            self._paint_keys(painter, rest)
        self._paint_track(painter)

    def _words(self) -> str:
        desk = self._desk
        replay = desk.replay
        at = words.seconds_time(
            replay.time_of(replay.moment), now=desk.clock(), zone=desk.zone
        )
        said = self.tr("Back at {time}").format(time=at)
        still = self.tr(
            "standing still"
        )  # apart: what extracts words reads no f-string
        return f"{said} · {still}" if replay.paused else said

    def _paint_keys(self, painter: QPainter, room: QRectF) -> None:
        theme = self._desk.theme
        gap = theme.px(8)
        keys = (
            ("L", self.tr("live")),
            ("P", self.tr("go on") if self._desk.replay.paused else self.tr("stop")),
            (".", self.tr("10 s forward")),
            (",", self.tr("10 s back")),
        )
        right = room.right()
        for cap, text in keys:
            width = text_width(text, theme, size=MIN)
            wide = width + gap + theme.px(40)
            if right - wide < room.left():
                return
            box = QRectF(right - wide, room.top(), wide, room.height())
            cap_wide = draw_key(painter, box, cap, theme)
            draw_text(
                painter,
                box.adjusted(cap_wide + gap, 0, 0, 0),
                text,
                theme,
                colour=theme.text2,
                size=MIN,
            )
            right -= wide + gap

    def _paint_track(self, painter: QPainter) -> None:
        theme, replay = self._desk.theme, self._desk.replay
        track, kept = self.track(), replay.kept()
        painter.fillRect(track, theme.bg)
        high = track.height() / max(len(kept), 1)
        gap = 1.0 if high > 2 * _LEAST_BAR else 0.0
        for row, spans in enumerate(kept.values()):
            for begins, ends in spans:
                left, right = self.x_of(begins), self.x_of(ends)
                painter.fillRect(
                    QRectF(
                        left,
                        track.top() + row * high + gap,
                        max(right - left, 1.0),
                        max(high - 2 * gap, 1.0),
                    ),
                    theme.edge,
                )
        case = self._desk.case
        if case is not None:
            # Where the case began: what lies left of it is what happened before.
            ago = (self._desk.clock() - case.opened_at).total_seconds()
            begins, now = replay.reach()
            if begins <= now - ago:
                at = self.x_of(now - ago)
                painter.fillRect(
                    QRectF(at, track.top(), theme.px(3), track.height()), theme.doubt
                )
        at = self.x_of(replay.moment)
        painter.fillRect(
            QRectF(
                at - theme.px(3),
                track.top() - theme.px(4),
                theme.px(6),
                track.height() + theme.px(8),
            ),
            theme.text,
        )

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Let go at the end it is live; on the way there the slider stays in hand.
        if event.position().x() >= self.track().right():
            self._desk.replay.live()

    def _drag(self, at: QPointF) -> None:
        _, now = self._desk.replay.reach()
        nearly = now - 1.5 * LIVE_WITHIN_S
        self._desk.replay.seek(min(self.moment_at(at.x()), nearly))
