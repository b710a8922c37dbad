"""The log of a case, newest first, with its photos."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console import call_rules, notice_words, words
from console.box_rules import note_picture, seen_by_a_box
from console.deed_choices import meeting, outside
from console.painting import CENTRE, PaintedWidget, draw_text, wrapped
from console.photos import PhotoShelf, in_place_of
from console.shapes import paint_focus
from console.theme import MIN
from dispatch.case_forces import FORCES
from dispatch.case_log import NO_TERMINAL, SENDS
from dispatch.case_steps import DEEDS
from dispatch.cases import LogEntry, PhotoRef
from dispatch.commands import Moment
from dispatch.meetings import KINDS
from dispatch.people import SYSTEM
from dispatch.phone_calls import LINES
from dispatch.stages import RELIMITED

if TYPE_CHECKING:
    from console.desk import Desk

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole + 1
THUMB = (128, 96)
_SENDS = (*SENDS, "reinforce")  # each is a task at a terminal, or a telephone call
TIME_WIDTH = 118  # 11-23 10:42, of another day


def _is_untold(text: str) -> bool:
    """Return whether a line of `_SENDS` says that no terminal tells it."""
    return text.partition(" ")[0] == NO_TERMINAL


class LogModel(QAbstractListModel):
    """The entries of one case, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[LogEntry] = []

    def set_entries(self, entries: tuple[LogEntry, ...], *, same_case: bool) -> None:
        """Show these entries; only the new ones are inserted where possible."""
        newest = list(reversed(entries))
        old = self._entries
        added = len(newest) - len(old)
        if same_case and added >= 0 and newest[added:] == old:
            if added:
                self.beginInsertRows(QModelIndex(), 0, added - 1)
                self._entries = newest
                self.endInsertRows()
            return
        self.beginResetModel()
        self._entries = newest
        self.endResetModel()

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{words.log_action(entry.action)} {entry.actor} {entry.text}"
        return None


class LogDelegate(QStyledItemDelegate):
    """Paints one entry: time, what, who, the words, the photos."""

    def __init__(self, desk: "Desk", shelf: PhotoShelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = shelf

    def lines(self, entry: LogEntry) -> tuple[str, str]:
        """Return the heading and the words of an entry."""
        what = words.log_action(entry.action)
        if entry.action == "moment":
            try:
                what = words.moment(Moment(entry.text))
            except ValueError:
                what = entry.text
            return what, ""
        unit = self._desk.board.units.get(entry.unit_id)
        if entry.action == "notify":
            sending = self._last_sending(entry)
            rang = unit is not None and sending is not None and not _is_untold(sending)
            what, then = notice_words.delivery(entry.text, words.notice, rang=rang)
            return f"{what}  {'' if unit is None else unit.name}", then
        who = entry.actor
        text = entry.text
        if entry.by_phone:
            what = self.tr("{what} by telephone").format(what=what)
            by = f"{entry.actor} {entry.seat}".strip()  # none at others' stations
            name = unit.name if unit is not None else entry.unit_id
            said = self.tr("{name}, entered by {by}").format(name=name, by=by)
            return f"{what}  {said if by else name}", text
        if entry.action in _SENDS and _is_untold(text):
            text = text.removeprefix(NO_TERMINAL).strip()
        if self._is_told_by_phone(entry):
            said = self.tr("No terminal: to be told by telephone")
            text = f"{text} · {said}" if text else said
        if entry.action in FORCES and not entry.unit_id:
            name, _, text = text.partition(" ")
            what = f"{what} {outside(name)}"
        if unit is not None and entry.actor == entry.unit_id:
            who = unit.name  # their own word, at their terminal
        elif entry.action in (*SENDS, "recall", "return", *FORCES) and unit is not None:
            what = f"{what} {unit.name}"
            text = " · ".join(each for each in (text, words.doubt(entry.doubt)) if each)
        elif unit is not None and who and not entry.seat and who != SYSTEM.name:
            who = unit.name
        elif entry.actor in self._desk.board.devices:
            who = self._desk.board.devices[entry.actor].name
        if entry.actor == SYSTEM.name:
            text = words.reminder(entry.text)
        if entry.action == "file":
            standard = self._desk.actions.taxonomy.standard(entry.text)
            text = standard.condition if standard is not None else entry.text
            case = self._desk.past.known().get(entry.case_id)
            taxonomy = self._desk.actions.taxonomy
            if case is not None and text == taxonomy.category(case.category).name_zh:
                text = words.category(taxonomy, case.category)
            if case is not None and case.department:
                text = f"{text} · {case.department}"
        elif entry.action in KINDS:
            text = meeting(text)
        elif entry.action == RELIMITED:
            text = words.stages(text)
        elif entry.action in LINES.values():
            text = call_rules.said_in_log(text)
        elif entry.action in DEEDS:
            case = self._desk.board.cases.get(entry.case_id)
            code = case.category if case is not None else ""
            text = words.step_said(self._desk.actions.taxonomy, code, text)
        elif entry.action in ("close", "void"):
            case = self._desk.past.known().get(entry.case_id)
            if case is not None and case.outcome:
                ended = words.outcome(case.outcome)
                if case.course.condition_met:
                    ended = self.tr("{outcome}, closing condition met").format(
                        outcome=ended
                    )
                text = f"{ended} · {text}" if text else ended
            if entry.action == "void" and unit is not None:
                text = f"{text} · {words.log_action('recall')} {unit.name}"
        seat = f" {entry.seat}" if entry.seat else ""
        return f"{what}  {who}{seat}", text

    def _is_told_by_phone(self, entry: LogEntry) -> bool:
        """Return whether a sending, or its end, reached no terminal."""
        if entry.action not in (*_SENDS, "recall") or not entry.unit_id:
            return False
        return _is_untold(self._last_sending(entry) or "")

    def _last_sending(self, entry: LogEntry) -> str | None:
        """Return what stands with the last sending of its unit up to an entry."""
        sendings = [
            each
            for each in self._desk.past.entries(entry.case_id)
            if each.action in _SENDS
            and each.unit_id == entry.unit_id
            and each.at <= entry.at
        ]
        return sendings[-1].text if sendings else None

    def photo_boxes(self, entry: LogEntry, rect: QRect) -> list[tuple[QRect, PhotoRef]]:
        """Return where an entry's photos stand."""
        p = self._desk.theme.px
        boxes = []
        top = rect.bottom() - p(THUMB[1]) - p(8)
        left = rect.left() + p(16) + p(TIME_WIDTH)
        for index, ref in enumerate(entry.photos):
            x = left + index * (p(THUMB[0]) + p(8))
            boxes.append((QRect(x, top, p(THUMB[0]), p(THUMB[1])), ref))
        return boxes

    def _lines(self, text: str, width: int) -> list[str]:
        p = self._desk.theme.px
        room = max(p(60), width - p(32) - p(TIME_WIDTH) - p(14))
        return wrapped(text, room, self._desk.theme)

    # Qt

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: LogEntry = index.data(ENTRY)
        p = self._desk.theme.px
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else p(560)
        height = p(34)
        text = self.lines(entry)[1]
        if text:
            height += len(self._lines(text, width)) * p(27)
        if entry.photos:
            height += p(THUMB[1]) + p(14)
        return QSize(width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        entry: LogEntry = index.data(ENTRY)
        theme = self._desk.theme
        p = theme.px
        rect: QRect = option.rect
        painter.save()
        quiet = entry.action == "moment" or entry.text.startswith("log ")
        heading, text = self.lines(entry)
        first = QRectF(rect.left() + p(16), rect.top() + p(3), p(TIME_WIDTH), p(28))
        draw_text(
            painter,
            first,
            words.seconds_time(entry.at, now=self._desk.clock(), zone=self._desk.zone),
            theme,
            colour=theme.text3 if quiet else theme.text2,
            size=MIN,
        )
        body = QRectF(
            first.right(), first.top(), rect.right() - first.right() - p(14), p(28)
        )
        what, _, rest = heading.partition("  ")
        used = draw_text(
            painter,
            body,
            what,
            theme,
            weight=400 if quiet else 600,
            colour=theme.text3 if quiet else theme.text,
        )
        draw_text(
            painter,
            body.adjusted(used + p(10), 0, 0, 0),
            rest,
            theme,
            colour=theme.text2,
        )
        for line in self._lines(text, rect.width()) if text else ():
            body.translate(0, p(27))
            draw_text(painter, body, line, theme)
        for box, ref in self.photo_boxes(entry, rect):
            self._paint_photo(painter, box, ref)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, QRectF(rect), theme)
        painter.restore()

    def _paint_photo(self, painter: QPainter, box: QRect, ref: PhotoRef) -> None:
        theme = self._desk.theme
        painter.fillRect(box, theme.bg)
        image = self._shelf.photo(ref)
        if image is not None and not image.isNull():
            size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
            note_picture(self._desk)
        else:
            room = QRectF(box).adjusted(theme.px(4), 0, -theme.px(4), 0)
            lines = wrapped(in_place_of(image), room.width(), theme, size=MIN)
            room.setHeight(theme.px(26))
            room.translate(0, (box.height() - len(lines) * room.height()) / 2)
            for line in lines:
                draw_text(
                    painter,
                    room,
                    line,
                    theme,
                    colour=theme.text2,
                    size=MIN,
                    align=CENTRE,
                )
                room.translate(0, room.height())
        painter.setPen(theme.edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class LogView(QListView):
    """The log; a click on a photo, or Enter on its entry, enlarges it.

    Thread: UI only.

    Signals:
        photo_wanted: `PhotoRef` to enlarge.
    """

    photo_wanted = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id: int | None = None
        self._home = 0  # where it scrolls to by itself
        self.shelf = PhotoShelf(desk, self)
        self._model = LogModel(self)
        self._delegate = LogDelegate(desk, self.shelf, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.shelf.arrived.connect(self.viewport().update)

    def show_case(self, case_id: int | None) -> None:
        """Show a case's log; new lines appear at the top, in view.

        Of what a box has seen the picture stays in view until somebody scrolls.
        """
        entries = self._desk.past.entries(case_id) if case_id is not None else ()
        same = case_id == self._case_id
        at_home = self.verticalScrollBar().value() == self._home
        self._case_id = case_id
        self._model.set_entries(entries, same_case=same)
        if at_home or not same:
            self._go_home(entries)

    def _go_home(self, entries: tuple[LogEntry, ...]) -> None:
        case, view = self._desk.case, QAbstractItemView.ScrollHint.PositionAtBottom
        boxed = (
            case is not None and case.may("void") and seen_by_a_box(self._desk, case)
        )
        shots = [at for at, each in enumerate(reversed(entries)) if each.photos]
        self.scrollToTop()
        if boxed and shots:
            self.scrollTo(self._model.index(shots[0], 0), view)
        self._home = self.verticalScrollBar().value()

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._photo_at(event.position().toPoint()) is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        ref = self._photo_at(event.position().toPoint())
        if ref is not None:
            self.photo_wanted.emit(ref)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            entry = self.currentIndex().data(ENTRY)
            if entry is not None and entry.photos:
                self.photo_wanted.emit(entry.photos[0])
                return
        super().keyPressEvent(event)

    def _photo_at(self, point: QPoint) -> PhotoRef | None:
        index = self.indexAt(point)
        entry = index.data(ENTRY)
        if entry is None or not entry.photos:
            return None
        for box, ref in self._delegate.photo_boxes(entry, self.visualRect(index)):
            if box.contains(point):
                return ref
        return None


class SectionHead(PaintedWidget):
    """Paints the grey heading over a part of the case.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", text: str) -> None:
        super().__init__()
        self._desk = desk
        self.text = text
        self.setFixedHeight(desk.theme.px(36))

    # Qt

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(p(16), 0, self.width() - p(32), 1, theme.line)
        box = QRectF(self.rect()).adjusted(p(16), 0, -p(16), 0)
        draw_text(painter, box, self.text, theme, colour=theme.text2)
