"""Sending by hand: a person is dropped on a case, or a case on a person.

It is the key's own command, with the key's own refusals; the target says beforehand
what letting go will do, or why it will not. Esc, or letting go elsewhere, does nothing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QObject,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from console import tile_drag, words
from console.action_rules import busy, send_refusal
from console.painting import CENTRE, draw_text, text_width
from console.refusals import refusal
from console.theme import ROW
from console.tile_drag import UnitRef
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.units import Unit
from video.tile_content import CASE

if TYPE_CHECKING:
    from console.desk import Desk

CASE_HIT, UNIT_HIT = "case", "unit"
MOVED_MS = 3000  # what was let go of over something else by then is read so long


class Hit(NamedTuple):
    """What is under the hand.

    Attributes:
        kind: `CASE_HIT` or `UNIT_HIT`.
        key: Its case id, or the unit's id.
        box: Where it stands, in pixels of the surface.
    """

    kind: str
    key: object
    box: QRectF


class Offer(NamedTuple):
    """What letting go would do.

    Attributes:
        box: Of what takes it, in pixels of the surface.
        text: In words.
        refused: Why it may not be done, or None.
        do: Does it, or says why it is not done.
        about: Tells it from what letting go elsewhere would do.
    """

    box: QRectF
    text: str
    refused: Refused | None
    do: Callable[[], object]
    about: tuple[object, ...]


class Drops(QObject):
    """Takes what the hand brings over a surface, where something comes of it.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        surface: What it is dropped on.
        offer: Returns what comes of letting go of something at a pixel, or None.
    """

    def __init__(
        self,
        desk: "Desk",
        surface: QWidget,
        offer: Callable[[QPointF, QMimeData], Offer | None],
    ) -> None:
        super().__init__(surface)
        self._offer = offer
        self._shown: tuple[object, ...] | None = None  # what was offered last
        self.target = Target(desk, surface)
        surface.setAcceptDrops(True)
        surface.installEventFilter(self)

    def _consider(self, event: QDropEvent) -> Offer | None:
        """Show what would be done; return it, None where nothing is."""
        offer = self._offer(event.position(), event.mimeData())
        self._shown = None if offer is None else offer.about
        if offer is None:
            self.target.hide()
            event.ignore()
            return None
        refused = offer.refused
        text = offer.text if refused is None else refusal(refused)
        self.target.show_at(offer.box, text, allowed=refused is None)
        event.acceptProposedAction()
        return offer

    def _put_away(self) -> None:
        if self._shown is None:  # nothing is carried over it by now
            self.target.hide()

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._consider(event)
            return True
        if isinstance(event, QDragLeaveEvent):
            self._shown = None
            self.target.hide()
            return True
        if isinstance(event, QDropEvent):
            shown, offer = self._shown, self._consider(event)
            self._shown = None
            if offer is None:
                return True
            if offer.about == shown:
                self.target.hide()
                offer.do()
            else:  # the rows moved under a still hand: nobody has read this one
                QTimer.singleShot(MOVED_MS, self.target, self._put_away)
            return True
        return False


class SendDrops(Drops):
    """Takes a person or a case on a surface where the other one stands.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        surface: What it is dropped on.
        hit: Returns what stands at a pixel of it, or None.
    """

    def __init__(
        self, desk: "Desk", surface: QWidget, hit: Callable[[QPointF], Hit | None]
    ) -> None:
        super().__init__(desk, surface, lambda at, data: sending(desk, data, hit(at)))


class Target(QWidget):
    """A frame round what would take it, with what letting go does.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", surface: QWidget) -> None:
        super().__init__(surface)
        self._desk, self._surface = desk, surface
        self._frame = QRectF()
        self._plate = QRectF()
        self.text = ""
        self.allowed = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, box: QRectF, text: str, *, allowed: bool) -> None:
        """Frame a box of the surface; the words stand under it, or above it."""
        theme, room = self._desk.theme, QRectF(self._surface.rect())
        self.text, self.allowed = text, allowed
        frame = box.adjusted(-4, -4, 4, 4) & room
        width = min(text_width(text, theme, weight=600) + theme.px(20), room.width())
        plate = QRectF(frame.left(), frame.bottom(), width, theme.px(ROW * 1.6))
        if plate.bottom() > room.bottom():
            above = frame.top() - plate.height() >= room.top()
            plate.moveBottom(frame.top() if above else room.bottom())
        plate.moveRight(min(plate.right(), room.right()))
        whole: QRect = (frame | plate).toAlignedRect().adjusted(-2, -2, 2, 2)
        self._frame = frame.translated(-QPointF(whole.topLeft()))
        self._plate = plate.translated(-QPointF(whole.topLeft()))
        self.setGeometry(whole)
        self.show()
        self.raise_()
        self.update()

    # Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._desk.theme
        painter = QPainter(self)
        try:
            pen = QPen(theme.focus, theme.px(3))
            if not self.allowed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRect(self._frame)
            painter.fillRect(self._plate, theme.plate)
            draw_text(
                painter,
                self._plate,
                self.text,
                theme,
                colour=theme.plate_text,
                weight=600,
                align=CENTRE,
            )
        finally:
            painter.end()


class UnitPull(QObject):
    """Begins to carry a person off a surface on which a press chooses them.

    Thread: UI only.
    """

    def __init__(
        self, desk: "Desk", surface: QWidget, unit_at: Callable[[QPointF], str]
    ) -> None:
        super().__init__(surface)
        self._desk, self._surface, self._unit_at = desk, surface, unit_at
        self._pressed: QPointF | None = None
        surface.installEventFilter(self)

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonPress:
            left = event.button() is Qt.MouseButton.LeftButton
            self._pressed = event.position() if left else None
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif event.type() is QEvent.Type.MouseMove and self._pressed is not None:
            way = (event.position() - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance():
                unit_id, self._pressed = self._unit_at(self._pressed), None
                if unit_id:
                    tile_drag.drag(self._surface, self._desk, UnitRef(unit_id))
        return False


def let_open_case_take(desk: "Desk", head: QWidget) -> SendDrops:
    """Let the head of the open case take whom the hand brings."""

    def hit(_at: QPointF) -> Hit | None:
        case_id = desk.open_case_id
        box = QRectF(head.rect())
        return None if case_id is None else Hit(CASE_HIT, case_id, box)

    return SendDrops(desk, head, hit)


def sending(desk: "Desk", data: QMimeData, hit: Hit | None) -> Offer | None:
    """Return the sending that comes of letting go of a person or a case there."""
    pair = None if hit is None else _pair(desk, data, hit)
    if hit is None or pair is None:
        return None
    case, unit = pair
    refused = busy(desk, case) or send_refusal(desk, case, unit)
    text = QCoreApplication.translate("SendDrops", "Send {name} to {number}")
    number = f"{words.case_number(case)} {case.place_name}"

    def do() -> None:
        if refused is None:
            desk.actions.send(case, unit)
        else:  # in words at the row, as the key says it
            desk.actions.refuse_here(case.case_id, "send", refused)

    said = text.format(name=unit.name, number=number)
    return Offer(hit.box, said, refused, do, (case.case_id, unit.unit_id))


def _pair(desk: "Desk", data: QMimeData, hit: Hit) -> tuple[Case, Unit] | None:
    """Return the case and the unit that come together, None where nothing does."""
    unit_ref = tile_drag.unit_of(desk, data)
    if unit_ref is not None and hit.kind == CASE_HIT:
        case_id, unit_id = hit.key, unit_ref.unit_id
    elif unit_ref is None and hit.kind == UNIT_HIT:
        content = tile_drag.content_of(desk, data)
        if content is None or content.kind != CASE or not content.value.isdecimal():
            return None
        case_id, unit_id = int(content.value), str(hit.key)
    else:
        return None
    case = desk.board.cases.get(case_id) if isinstance(case_id, int) else None
    unit = desk.board.units.get(unit_id)
    return None if case is None or unit is None else (case, unit)
