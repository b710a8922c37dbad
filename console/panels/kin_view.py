"""What may be the same thing, with the key that joins; what was joined, with its own."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.clicks import Clickable
from console.painting import PaintedWidget, draw_key, draw_text, fitting, text_width
from console.report_words import reasons
from console.same_thing import KinFinder
from console.shapes import BadgeLook, paint_focus, paint_severity
from console.theme import MIN
from dispatch.cases import Case, CaseState
from dispatch.joining import short_number

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 62
MOST, MOST_LOW = 3, 1
LOW = 800  # below this there is room for one
JOIN, PART = "join", "separate"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a case that is like this one, or one that was joined.

    Attributes:
        deed: The action that its key does: `JOIN` or `PART`.
        case_id: Of the other case.
        severity: For its badge; 0: not known here.
        heading: What it is.
        place: Where.
        parts: What is to be said of it, the most important first.
        chosen: Its key is about this one.
    """

    deed: str
    case_id: int
    severity: int
    heading: str
    place: str
    parts: tuple[str, ...]
    chosen: bool


class KinView(Clickable, PaintedWidget):
    """Paints up to three of them; not to be seen while there are none.

    Thread: UI only.

    Signals:
        changed: Other rows stand there, or none.

    Args:
        desk: What every panel receives.
        finder: Which knows what may be the same thing.
        of_case: It is the open case's, and shows what was joined to that, too.
    """

    changed = Signal()

    def __init__(
        self,
        desk: "Desk",
        finder: KinFinder,
        parent: QWidget | None = None,
        *,
        of_case: bool,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finder = finder
        self._of_case = of_case
        self._rows: list[Row] = []
        self._covered = False  # what is asked stands in its place
        self._cursor: tuple[str, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        finder.changed.connect(self.renew)
        desk.looks.changed.connect(self.renew)
        if of_case:
            desk.case_opened.connect(self.renew)
            desk.moved.connect(self.renew)

    def rows(self) -> list[Row]:
        """Return what is shown."""
        return list(self._rows)

    def renew(self, *_ignored: object) -> None:
        """Show what there is now."""
        found = self._kin_rows()
        if self._of_case and self._desk.actor.scope is None:  # a station parts nothing
            found += self._joined_rows()
        if found == self._rows:
            return
        self._rows = found
        self.setVisible(bool(found) and not self._covered)
        self.updateGeometry()
        self.update()
        self.changed.emit()
        self._desk.hand_moved.emit()  # the bar names another case

    def cover(self, covered: bool) -> None:
        """Have what is asked stand in its place, or not any more."""
        self._covered = covered
        self.setVisible(bool(self._rows) and not covered)

    # -- inside -----------------------------------------------------------------------

    def _kin_rows(self) -> list[Row]:
        chosen = self._finder.chosen
        taxonomy = self._desk.actions.taxonomy
        found = []
        for kin in self._finder.kin[:MOST]:
            parts = reasons(kin.why)
            if self._of_case and self._desk.same.was_parted(kin):
                parts.insert(0, self.tr("was parted before"))
            kind = words.category(taxonomy, kin.category)
            if self._of_case and len(self._finder.kin) > 1:
                more = self.tr("{n} more, ↑ ↓").format(n=len(self._finder.kin) - 1)
                parts.append(more)
            found.append(
                Row(
                    deed=JOIN,
                    case_id=kin.case_id,
                    severity=kin.severity,
                    heading=self.tr("Same thing? {number} {kind}").format(
                        number=short_number(kin.number), kind=kind
                    ),
                    place=kin.place_name,
                    parts=(*parts, words.state(kin.state)),
                    chosen=chosen is kin,
                )
            )
        return found

    def _joined_rows(self) -> list[Row]:
        case = self._desk.case
        if case is None:
            return []
        to_part = self._desk.same.to_part()
        if case.state is CaseState.MERGED:
            main_id = case.course.merged_into or 0
            main = self._desk.board.cases.get(main_id)
            number = short_number(main.number) if main is not None else ""
            heading = self.tr("Joined to {number}").format(number=number)
            return [self._joined_row(main_id, heading, main, "", chosen=True)]
        found = []
        for each in reversed(case.course.joined[-MOST:]):
            heading = self.tr("Joined: {number}").format(
                number=short_number(each.number)
            )
            owed = each.caller and not each.called_back
            found.append(
                self._joined_row(
                    each.case_id,
                    heading,
                    self._desk.board.cases.get(each.case_id),
                    self.tr("caller not called back yet") if owed else "",
                    severity=each.severity,
                    chosen=each.case_id == to_part,
                )
            )
        left_out = len(case.course.joined) - len(found)
        if left_out > 0:
            more = self.tr("{n} joined before that").format(n=left_out)
            found[-1] = replace(found[-1], parts=(*found[-1].parts, more))
        return found

    def _joined_row(
        self,
        case_id: int,
        heading: str,
        other: Case | None,
        owed: str,
        *,
        chosen: bool,
        severity: int = 0,
    ) -> Row:
        parts = [owed]
        if other is not None:
            kind = words.category(self._desk.actions.taxonomy, other.category)
            heading = f"{heading} {kind}"
            parts.append(words.channel(other.channel))
            parts.append(other.details)
        return Row(
            deed=PART,
            case_id=case_id,
            severity=other.severity if other is not None else severity,
            heading=heading,
            place=other.place_name if other is not None else "",
            parts=tuple(each for each in parts if each),
            chosen=chosen,
        )

    def _shown(self) -> list[Row]:
        """Return the rows there is room for: in a case, what the keys are about."""
        parent = self.parentWidget()
        low = parent is not None and parent.height() < self._desk.theme.px(LOW)
        if not low and not self._of_case:
            return self._rows[:MOST]
        return [row for row in self._rows if row.chosen][: MOST_LOW if low else MOST]

    def _choose(self, row: Row) -> None:
        if row.deed == JOIN:
            self._finder.choose(row.case_id)
        elif self._desk.case is not None and self._desk.case.state.is_open:
            self._desk.same.choose_to_part(row.case_id)

    def _at(self, rows: list[Row]) -> int:
        """Return where the arrows stand: at a row they went to, else a chosen one."""
        for at, row in enumerate(rows):
            if (row.deed, row.case_id) == self._cursor:
                return at
        return next((at for at, row in enumerate(rows) if row.chosen), 0)

    def _walk(self, step: int) -> None:
        rows = self._rows
        if rows:
            row = rows[(self._at(rows) + step) % len(rows)]
            self._cursor = (row.deed, row.case_id)
            self._choose(row)
            self.update()

    def clickable_at(self, point: QPointF) -> tuple[str, int, bool] | None:
        """Return the row that stands here, and whether its key is about it."""
        at = int(point.y() // self._desk.theme.px(ROW_HEIGHT))
        rows = self._shown()
        if not 0 <= at < len(rows):
            return None
        return rows[at].deed, rows[at].case_id, rows[at].chosen

    def clicked_on(self, what: object) -> None:
        """Choose a row; do what the key of the chosen one does."""
        deed, case_id, chosen = cast("tuple[str, int, bool]", what)
        if chosen:
            self._desk.actions.run(deed)
            return
        for row in self._rows:
            if (row.deed, row.case_id) == (deed, case_id):
                self._choose(row)

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        return QSize(p(300), max(1, len(self._shown())) * p(ROW_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            rows = self._shown()
            if rows and not event.isAutoRepeat():
                row = rows[self._at(rows)]
                self._choose(row)
                self._desk.actions.run(row.deed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        painter.fillRect(self.rect(), theme.surface)
        for index, row in enumerate(self._shown()):
            self._paint_row(painter, index, row)
        if self.hasFocus():
            height = theme.px(ROW_HEIGHT)
            box = QRectF(0, self._at(self._shown()) * height, self.width(), height)
            paint_focus(painter, box, theme)

    def _paint_row(self, painter: QPainter, index: int, row: Row) -> None:
        theme = self._desk.theme
        p = theme.px
        box = QRectF(0, index * p(ROW_HEIGHT), self.width(), p(ROW_HEIGHT))
        if row.chosen:
            painter.fillRect(box.adjusted(0, p(1), 0, -p(1)).toRect(), theme.raised)
            bar = QRectF(0, box.top() + p(1), p(6), box.height() - p(2))
            painter.fillRect(bar.toRect(), theme.text)
        box.adjust(p(16), p(3), -p(16), -p(3))
        if row.chosen:
            action = self._desk.actions.action(row.deed)
            cap = words.key(action.keys[0])
            width = text_width(cap, theme, size=MIN, weight=600) + p(16)
            draw_key(
                painter,
                QRectF(box.right() - width, box.top(), width, box.height()),
                cap,
                theme,
                live=action.refusal(self._desk) is None,
            )
            box.setRight(box.right() - width - p(10))
        if row.severity:
            side = p(26)
            badge = QRectF(box.left(), box.top() + p(2), side, side)
            look = BadgeLook.FILLED if row.deed == JOIN else BadgeLook.GREY
            paint_severity(painter, badge, row.severity, theme, look=look)
        box.setLeft(box.left() + p(38))
        line = QRectF(box.left(), box.top(), box.width(), p(30))
        used = draw_text(painter, line, row.heading, theme, weight=600)
        rest = line.adjusted(used + p(12), 0, 0, 0)
        if text_width(row.place, theme) <= rest.width():
            draw_text(painter, rest, row.place, theme, colour=theme.text2)
        line.translate(0, p(27))
        text = fitting(row.parts, line.width(), theme, size=MIN)
        draw_text(painter, line, text, theme, colour=theme.text2, size=MIN)
