"""The top bar: where, who, how loaded, what is connected, what time it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtNetwork import QNetworkInterface
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import seat_rules, words
from console.clicks import Clickable
from console.notices import (
    link_text,
    open_text,
    refused_text,
    shut_text,
    unheard_text,
)
from console.painting import CENTRE, RIGHT, draw_text, fitting, text_width
from console.shapes import paint_dashes, paint_speaker
from console.theme import ROW, TITLE
from console.who import ENTERED_FOR
from video.contract import StreamState

if TYPE_CHECKING:
    from console.desk import Desk

HEIGHT = 44
SIGNS = 520  # what load, connections and sound take
NET_CHECK_SECONDS = 5


class TopBar(Clickable, QWidget):
    """Paints one line; quiet grey as long as everything is as it should be.

    What concerns the whole desk takes the place of town and person: a band of its
    own would move every row under the hand.

    Thread: UI only.
    """

    name = "top_bar"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._network = True
        self._seconds = 0
        self._sound_box = QRectF()
        self._load_box = QRectF()
        self._visitors_box = QRectF()
        self.setFixedHeight(desk.theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.second.connect(self._on_second)
        desk.link_changed.connect(self.update)
        desk.pending_changed.connect(self.update)
        desk.moved.connect(self.update)
        desk.sounds.changed.connect(self.update)
        self._look_at_network()

    def connections(self) -> list[tuple[str, bool]]:
        """Return network, service and video, and whether each is there."""
        link = self._desk.link
        served = link is not None and link.connected and not link.not_storing_since
        found = [(self.tr("Network"), self._network), (self.tr("Service"), served)]
        if self._desk.actor.scope is None:  # a station has no cameras
            found.append((self.tr("Video net"), self._video()))
        return found

    def notice(self) -> str:
        """Return what concerns the whole desk now, or nothing."""
        desk = self._desk
        asked = desk.leaving.text()
        asked = asked or seat_rules.notice_text(desk)
        asked = asked or refused_text(desk) or link_text(desk) or shut_text(desk)
        return asked or unheard_text(desk)

    def _video(self) -> bool:
        engine = self._desk.engine
        if engine is None:
            return True
        states = {engine.status(each).state for each in self._desk.board.cameras}
        states.discard(StreamState.OFF)
        return not states or bool(states & {StreamState.LIVE, StreamState.STANDBY})

    def _on_second(self) -> None:
        self._seconds += 1
        if self._seconds % NET_CHECK_SECONDS == 0:
            self._look_at_network()
        self.update()

    def _look_at_network(self) -> None:
        flags = QNetworkInterface.InterfaceFlag
        self._network = any(
            each.flags() & flags.IsUp
            and each.flags() & flags.IsRunning
            and not each.flags() & flags.IsLoopBack
            for each in QNetworkInterface.allInterfaces()
        )

    def _who(self) -> list[str]:
        actor = self._desk.actor
        # What it enters for others goes without saying, until it is chosen alone.
        its = actor.roles if self._desk.seat.part else actor.roles - ENTERED_FOR
        roles = "·".join(words.role(each) for each in sorted(its))
        return [actor.seat, actor.name, roles]

    def sound(self) -> tuple[str, bool]:
        """Return what is heard here now, and whether that is as it should be."""
        sounds = self._desk.sounds
        if not sounds.works():
            return self.tr("No sound"), False
        silent = sounds.silent_for()
        if silent:
            return self.tr("Silent {span}").format(span=words.span(silent)), False
        if sounds.only_p1:
            return self.tr("Life only"), False
        return f"{sounds.volume} %", True

    def clickable_at(self, point: QPointF) -> str | None:
        """Return the action of what stands here."""
        if self._visitors_box.contains(point):
            return "visitors"
        if self._load_box.contains(point) and self._desk.actor.scope is None:
            return "load"  # a station has no page of it
        return "settings" if self._sound_box.contains(point) else None

    def clicked_on(self, what: object) -> None:
        """Do that action."""
        self._desk.actions.run(str(what))

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(1200), self._desk.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.bg)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
        notice = self.notice()
        right = self._paint_right(painter, beside=notice)
        box = QRectF(p(16), 0, right - p(32), self.height())
        if notice:
            # Of what is no notice the marks stay: they hold whatever else is the matter.
            box.setLeft(self._paint_visitors(painter, box))
            box.setLeft(self._paint_demo(painter, box))
            self._paint_notice(painter, box, notice)
            return
        town = self._desk.board.town
        box.setLeft(
            box.left()
            + draw_text(painter, box, self.tr("Lookout"), theme, size=TITLE, weight=600)
            + p(10)
        )
        if town.name:
            box.setLeft(
                box.left()
                + draw_text(painter, box, town.name, theme, size=TITLE)
                + p(18)
            )
            box.setLeft(self._paint_demo(painter, box))
        box.setLeft(self._paint_visitors(painter, box))
        signed = self.tr("Not signed in")
        room = box.width() - text_width(signed, theme, size=19) - p(16 + 12)
        who = fitting(self._who(), room, theme, between="  ")
        box.setLeft(
            box.left() + draw_text(painter, box, who, theme, colour=theme.text2) + p(12)
        )
        box.setLeft(self._tag(painter, box, signed) + p(12))
        if open_to := open_text(self._desk):
            self._tag(painter, box, open_to)

    def _is_visited(self) -> bool:
        walls = self._desk.walls
        return walls is not None and walls.visitors.on

    def _paint_demo(self, painter: QPainter, box: QRectF) -> float:
        """Paint that nothing here is real; return where the rest begins."""
        if not self._desk.board.town.is_demo:
            return box.left()
        return self._tag(painter, box, self.tr("Demo data")) + self._desk.theme.px(18)

    def _paint_visitors(self, painter: QPainter, box: QRectF) -> float:
        """Paint that visitors stand before the walls; a click on it ends that."""
        theme = self._desk.theme
        self._visitors_box = QRectF()
        if not self._is_visited():
            return box.left()
        key = words.key(self._desk.actions.action("visitors").keys[0])
        text = self.tr("Visitor mode · {key} ends it").format(key=key)
        if self.notice() or text_width(text, theme, weight=600) > box.width() / 2:
            text = self.tr("Visitor mode")
        width = text_width(text, theme, weight=600) + theme.px(20)
        cell = QRectF(box.left(), theme.px(6), width, self.height() - theme.px(12))
        painter.fillRect(cell.toRect(), theme.text)
        draw_text(painter, cell, text, theme, colour=theme.bg, weight=600, align=CENTRE)
        self._visitors_box = cell
        return cell.right() + theme.px(14)

    def _paint_sound(
        self, painter: QPainter, box: QRectF, text: str, *, heard: bool
    ) -> float:
        """Paint the speaker and what is heard; return where it begins."""
        theme = self._desk.theme
        p = theme.px
        side = p(20)
        width = text_width(text, theme) + side + p(6)
        cell = QRectF(box.right() - width, p(6), width, self.height() - p(12))
        colour = theme.text3 if heard else theme.text
        if not heard:
            cell.setLeft(cell.left() - p(16))
            if self._desk.sounds.works():
                painter.setPen(QPen(theme.text, p(1)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(cell.toRect().adjusted(0, 0, -1, -1))
            else:
                paint_dashes(painter, cell, theme)
                colour = theme.doubt
            cell.adjust(p(8), 0, -p(8), 0)
        icon = QRectF(cell.left(), cell.center().y() - side / 2, side, side)
        paint_speaker(painter, icon, colour, crossed=not heard)
        room = cell.adjusted(side + p(6), 0, 0, 0)
        draw_text(painter, room, text, theme, colour=colour)
        self._sound_box = QRectF(cell)
        return cell.left() - p(14 if heard else 22)

    def _paint_notice(self, painter: QPainter, box: QRectF, text: str) -> None:
        theme = self._desk.theme
        p = theme.px
        if not text.startswith("✕"):
            room = box.width() - p(24)
            text = fitting(text.split(" · "), room, theme, weight=600)
        width = min(text_width(text, theme, weight=600) + p(24), box.width())
        cell = QRectF(box.left(), p(5), width, self.height() - p(10))
        refused = text.startswith("✕")
        if refused:
            painter.setPen(QPen(theme.text, p(2)))
            painter.drawRect(cell.toRect().adjusted(1, 1, -1, -1))
        else:
            paint_dashes(painter, cell, theme)
        draw_text(
            painter,
            cell.adjusted(p(12), 0, -p(12), 0),
            text,
            theme,
            colour=theme.text if refused else theme.doubt,
            weight=600,
        )

    def _tag(self, painter: QPainter, box: QRectF, text: str) -> float:
        theme = self._desk.theme
        width = text_width(text, theme, size=19) + theme.px(16)
        if width > box.width():
            return box.left()
        tag = QRectF(box.left(), 0, width, theme.px(29))
        tag.moveCenter(QRectF(tag.left(), 0, width, self.height()).center())
        painter.setPen(theme.edge)
        painter.drawRect(tag.toRect().adjusted(0, 0, -1, -1))
        draw_text(painter, tag, text, theme, colour=theme.text2, size=19, align=CENTRE)
        return tag.right()

    def _paint_right(self, painter: QPainter, *, beside: str = "") -> float:
        """Paint clock, load and connections; for a long refusal the clock alone.

        Returns:
            Where it begins.
        """
        theme = self._desk.theme
        p = theme.px
        now = self._desk.clock().astimezone(self._desk.zone)
        box = QRectF(0, 0, self.width() - p(16), self.height())
        used = draw_text(
            painter, box, f"{now:%H:%M:%S}", theme, size=TITLE, weight=600, align=RIGHT
        )
        box.setRight(box.right() - used - p(12))
        used = draw_text(
            painter, box, f"{now:%m-%d}", theme, colour=theme.text2, align=RIGHT
        )
        box.setRight(box.right() - used - p(28))
        marks = 0.0
        if self._desk.board.town.is_demo:
            marks += text_width(self.tr("Demo data"), theme, size=19) + p(16 + 18)
        if self._is_visited():
            marks += text_width(self.tr("Visitor mode"), theme, weight=600) + p(34)
        needed = text_width(beside, theme, weight=600) + p(24 + 32) + marks
        if beside.startswith("✕") and needed > box.right() - p(SIGNS):
            return box.right()
        sound, heard = self.sound()
        box.setRight(self._paint_sound(painter, box, sound, heard=heard))
        for text, there in reversed(self.connections()):
            width = text_width(text, theme)
            if there:
                draw_text(painter, box, text, theme, colour=theme.text3, align=RIGHT)
                box.setRight(box.right() - width - p(14))
                continue
            cell = QRectF(
                box.right() - width - p(16), p(6), width + p(16), self.height() - p(12)
            )
            paint_dashes(painter, cell, theme)
            draw_text(painter, cell, text, theme, colour=theme.doubt, align=CENTRE)
            box.setRight(cell.left() - p(14))
        box.setRight(box.right() - p(14))
        flooding = self._desk.flooding
        heard = self._desk.board.heard
        text = self.tr("Alarms {n}/10 min").format(n=flooding.load if heard else "–")
        bold = 600 if flooding.on else 400
        width = text_width(text, theme, weight=bold) + p(16)
        cell = QRectF(box.right() - width, p(6), width, self.height() - p(12))
        self._load_box = cell
        if flooding.on:
            painter.fillRect(cell.toRect(), theme.text)
            draw_text(
                painter, cell, text, theme, colour=theme.bg, weight=600, align=CENTRE
            )
            return cell.left()
        used = draw_text(
            painter, box, text, theme, colour=theme.text3, size=ROW, align=RIGHT
        )
        return box.right() - used
