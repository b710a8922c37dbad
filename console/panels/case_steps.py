"""The procedure of the open case as a list to be ticked off, and skipping with a reason."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.bar_keys import BarKey, typed
from console.clicks import Clickable
from console.painting import RIGHT, PaintedWidget, draw_text, text_width
from console.report_words import still_owed
from console.shapes import paint_focus
from console.theme import MIN
from dispatch.case_commands import MarkStep
from dispatch.case_steps import (
    ANSWERED,
    DONE,
    SKIPPED,
    UNDONE,
    StepNow,
    condition_of,
    steps_now,
)
from dispatch.cases import Case
from dispatch.taxonomy import ProcedureStep, StepAnswer

if TYPE_CHECKING:
    from console.desk import Desk

HEAD, HEAD_LOW = 36, 30
ROW_HEIGHT, ROW_LOW = 36, 32
BOX = 20


def closing_question(desk: "Desk", case: Case) -> tuple[str, list[str]]:
    """Return how closing is asked and its answers: what handled means, what is left out."""
    taxonomy = desk.actions.taxonomy
    text = QCoreApplication.translate("StepsView", "Close {number}: how did it end?")
    parts = [text.format(number=words.case_number(case))]
    condition = condition_of(case, taxonomy)
    if condition:
        text = QCoreApplication.translate(
            "StepsView",
            '"Handled" only if: "{condition}"',
        )
        parts.append(text.format(condition=condition))
    left = [each for each in steps_now(case, taxonomy) if each.is_passed_over]
    if left:
        said = [f"{words.procedure_step(each.step)} ({each.skipped})" for each in left]
        text = QCoreApplication.translate("StepsView", "Skipped: {steps}")
        parts.append(text.format(steps=" · ".join(said)))
    if owed := still_owed(case):
        parts.append(owed)
    handled, *others = (words.outcome(each) for each in words.OUTCOMES)
    return "\n".join(parts), [handled_answer(desk, case, handled), *others]


def voiding_question(case: Case) -> str:
    """Return how it is asked why a case is void, with what is owed to people in it."""
    text = QCoreApplication.translate("StepsView", "Void {number} for good: why?")
    parts = [text.format(number=words.case_number(case)), still_owed(case)]
    return "\n".join(part for part in parts if part)


def handled_answer(desk: "Desk", case: Case, answer: str) -> str:
    """Return the answer handled, which says that the closing condition is met."""
    if not condition_of(case, desk.actions.taxonomy):
        return answer
    text = QCoreApplication.translate("StepsView", "{outcome}, condition met")
    return text.format(outcome=answer)


def still_alarmed(desk: "Desk", case: Case) -> bool:
    """Return whether an alarm of the case has not gone: handled would be refused."""
    alarms = desk.board.alarms_of(case.case_id)
    return any(each.active and not each.test for each in alarms)


class StepsView(Clickable, PaintedWidget):
    """Paints the steps; unfolded while somebody is sent or the keyboard is here.

    The space bar ticks a step off, or takes the tick back; a digit answers one that asks,
    and S skips it.

    Thread: UI only.

    Signals:
        folded: It takes another room than before.
        skip_wanted: A step is to be skipped, once somebody says why.
    """

    folded = Signal()
    skip_wanted = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.low = False  # the window is too low for all of them
        self.covered = False  # a question stands in its place
        self._at = 0
        self._on = ""  # the step that stood there: an answer moves those after it
        self._skipping: ProcedureStep | None = None
        self._asked: dict[str, str] = {}  # steps that wait for an answer, by command
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.actions.answered.connect(self._on_answered)
        desk.case_opened.connect(self._on_opened)

    def steps(self) -> tuple[StepNow, ...]:
        """Return the steps of the open case as they stand."""
        case = self._desk.case
        return () if case is None else steps_now(case, self._desk.actions.taxonomy)

    @property
    def is_unfolded(self) -> bool:
        """Return whether every step has its row."""
        return self.hasFocus() or (self._is_sent() and not self.low)

    def title(self, width: float = math.inf) -> str:
        """Return the heading: how many are done, and folded what comes next.

        Args:
            width: The room in pixels; without enough, what stands in brackets goes.
        """
        steps = self.steps()
        done = sum(each.at is not None for each in steps)
        text = self.tr("Steps {done}/{all}").format(done=done, all=len(steps))
        following = next((each for each in steps if each.at is None), None)
        if following is None or self.is_unfolded:
            return text
        text += f" · {words.procedure_step(following.step)}"
        if text_width(text, self._desk.theme) > width:
            text = text.partition(" (")[0].partition("（")[0]
        return text

    def start(self) -> None:
        """Take the keyboard, at the first step that is not done."""
        steps = self.steps()
        todo = (at for at, each in enumerate(steps) if each.at is None)
        self._choose(next(todo, 0))
        if steps and not self.covered:
            self.show()
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark(
        self, step_id: str, deed: str, *, reason: str = "", answer: str = ""
    ) -> str:
        """Have it noted of a step that it is done, answered or so; return the id."""
        case = self._desk.case
        if case is None:
            return ""
        sent = self._desk.actions.submit_case(
            MarkStep,
            case,
            action="steps",
            step=step_id,
            deed=deed,
            reason=reason,
            answer=answer,
        )
        self._asked[sent] = step_id
        self.update()
        return sent

    def skip_question(self) -> str:
        """Return how it is asked why a step is left out."""
        name = words.procedure_step(self._skipping) if self._skipping else ""
        return self.tr('Skip "{step}": why?').format(step=name)

    def skip(self, reason: str) -> str:
        """Have it noted why the step that was asked about is left out; return the id."""
        step = self._skipping
        return self.mark(step.step_id, SKIPPED, reason=reason) if step else ""

    def cover(self, covered: bool) -> None:
        """Have a question stand in its place, or not any more."""
        self.covered = covered
        self.renew()

    def renew(self) -> None:
        """Show the steps as they are now; not without any, nor under a question.

        In a low window whoever can be sent comes first; the keyboard brings them back.
        """
        ids = [each.step.step_id for each in self.steps()]
        self._choose(ids.index(self._on) if self._on in ids else self._at)
        has_room = not self.low or self._is_sent() or self.hasFocus()
        self.setVisible(bool(self.steps()) and not self.covered and has_room)
        self.updateGeometry()
        self.update()

    def keys_here(self) -> tuple[BarKey, ...]:
        """Return what the keys of the list do."""
        chosen = self._chosen()
        if chosen is None:
            return ()
        answers = enumerate(chosen.step.answers, start=1)
        keys = [typed(str(at), words.step_answer(each)) for at, each in answers]
        if chosen.at is not None:
            keys.append(typed("Space", self.tr("Not done yet"), "Space"))
        elif not keys:
            keys.append(typed("Space", self.tr("Step done"), "Space"))
        if chosen.is_missing:
            keys.append(typed("S", self.tr("Skip it, say why")))
        return tuple(keys)

    def clickable_at(self, point: QPointF) -> tuple[str, str] | None:
        """Return the step under a point, and which answer of it, or None."""
        steps = self.steps()
        if not self.is_unfolded:
            return ("", "") if steps else None
        index = int((point.y() - self._head()) // self._row())
        if point.y() < self._head() or index not in range(len(steps)):
            return None
        each = steps[index]
        if point.x() < self._desk.theme.px(16 + BOX + 12):
            asks = each.step.answers and each.at is None
            return None if asks else (each.step.step_id, "")
        for rect, answer in self._answers(index, each):
            if rect.contains(point):
                return each.step.step_id, answer.answer_id
        return None

    def clicked_on(self, what: object) -> None:
        """Tick the step whose box was clicked on, or answer it; folded, unfold."""
        assert isinstance(what, tuple)
        step_id, answer = what
        ids = [each.step.step_id for each in self.steps()]
        if not step_id:
            self.start()
        elif step_id in ids:
            self._choose(ids.index(step_id))
            self._answer(answer) if answer else self._tick()

    # -- inside -----------------------------------------------------------------------

    def _is_sent(self) -> bool:
        """Return whether somebody is out, or was, for the open case."""
        case = self._desk.case
        return case is not None and not case.state.is_unsent and case.state.is_open

    def _head(self) -> int:
        return self._desk.theme.px(HEAD_LOW if self.low else HEAD)

    def _row(self) -> int:
        return self._desk.theme.px(ROW_LOW if self.low else ROW_HEIGHT)

    def _chosen(self) -> StepNow | None:
        """Return the step that the keys are about; None once an answer took it away."""
        return next((e for e in self.steps() if e.step.step_id == self._on), None)

    def _choose(self, index: int) -> None:
        steps = self.steps()
        self._at = min(index, max(0, len(steps) - 1))
        self._on = steps[self._at].step.step_id if steps else ""

    def _answer(self, answer_id: str) -> None:
        chosen = self._chosen()
        if chosen is None or chosen.step.step_id in self._asked.values():
            return
        if chosen.answer != answer_id:
            self.mark(chosen.step.step_id, ANSWERED, answer=answer_id)

    def _tick(self) -> None:
        chosen = self._chosen()
        if chosen is None or chosen.step.step_id in self._asked.values():
            return
        if chosen.step.answers and chosen.at is None:
            return  # the space bar gives no answer, it only takes one back
        said = chosen.by or chosen.skipped
        if chosen.at is not None and not said:
            return  # a moment of the case proves it: nothing is to be taken back
        self.mark(chosen.step.step_id, UNDONE if said else DONE)

    def _on_answered(self, pending: object, _refused: object) -> None:
        self._asked.pop(getattr(pending, "command_id", ""), None)
        self.update()

    def _on_opened(self, _case_id: object) -> None:
        self._at, self._on = 0, ""
        self.renew()

    # Qt

    def sizeHint(self) -> QSize:
        rows = len(self.steps()) if self.is_unfolded else 0
        p = self._desk.theme.px
        return QSize(p(520), self._head() + rows * self._row() + (p(6) if rows else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen, count = self._chosen(), len(self.steps())
        walks = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in walks and count:
            self._choose((self._at + walks[Qt.Key(event.key())]) % count)
            self._desk.hand_moved.emit()
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._tick()
        elif chosen is not None and (
            answer := dict(enumerate(chosen.step.answers, start=1)).get(
                event.key() - Qt.Key.Key_0
            )
        ):
            self._answer(answer.answer_id)
        elif event.key() == Qt.Key.Key_S and chosen is not None and chosen.is_missing:
            self._skipping = chosen.step
            self.skip_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.renew()
        self.folded.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.renew()
        self.folded.emit()

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(p(16), 0, self.width() - p(32), 1, theme.line)
        head = QRectF(p(16), 0, self.width() - p(32), self._head())
        if not self.is_unfolded:
            draw_text(
                painter, head, "Alt+7", theme, colour=theme.text3, size=MIN, align=RIGHT
            )
            head.setRight(head.right() - p(80))
        title = self.title(head.width())
        draw_text(painter, head, title, theme, colour=theme.text2)
        if not self.is_unfolded:
            return
        for index, each in enumerate(self.steps()):
            self._paint_row(painter, index, each)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), theme)

    def _paint_row(self, painter: QPainter, index: int, each: StepNow) -> None:
        theme = self._desk.theme
        p = theme.px
        height = self._row()
        row = QRectF(0, self._head() + index * height, self.width(), height)
        chosen = self.hasFocus() and each.step.step_id == self._on
        if chosen:
            painter.fillRect(row.toRect(), theme.raised)
            painter.fillRect(
                QRectF(0, row.top(), p(6), row.height()).toRect(), theme.text
            )
        side = p(BOX)
        box = QRectF(p(16), row.center().y() - side / 2, side, side)
        self._paint_box(painter, box, each)
        line = row.adjusted(box.right() + p(10), 0, -p(16), 0)
        beside = self._beside(each)
        width = text_width(beside, theme, size=MIN)
        draw_text(
            painter, line, beside, theme, colour=theme.text2, size=MIN, align=RIGHT
        )
        line.setRight(line.right() - width - p(10))
        answers = list(self._answers(index, each))
        if answers:
            line.setRight(answers[0][0].left() - p(10))
        name = words.procedure_step(each.step)
        used = draw_text(
            painter,
            line,
            name,
            theme,
            weight=600 if chosen or each.is_missing else 400,
            colour=theme.text if each.at is None else theme.text2,
        )
        if each.skipped:
            line.setLeft(line.left() + used + p(10))
            draw_text(painter, line, each.skipped, theme, colour=theme.text2)
            return
        for at, (rect, answer) in enumerate(answers, start=1):
            given = each.answer == answer.answer_id
            if given:
                painter.fillRect(rect.toRect(), theme.text)
            painter.setPen(QPen(theme.edge, max(1.0, theme.scale)))
            painter.drawRect(rect)
            draw_text(
                painter,
                rect.adjusted(p(8), 0, 0, 0),
                f"{at} {words.step_answer(answer)}",
                theme,
                colour=theme.surface if given else theme.text,
            )

    def _answers(
        self, index: int, each: StepNow
    ) -> Iterator[tuple[QRectF, StepAnswer]]:
        """Yield where the answers of a step stand in its row: after its name."""
        theme = self._desk.theme
        p = theme.px
        if each.skipped or not each.step.answers:
            return
        top = self._head() + index * self._row() + p(3)
        said = [words.step_answer(answer) for answer in each.step.answers]
        wide = [
            text_width(f"{at} {text}", theme) + p(16) for at, text in enumerate(said, 1)
        ]
        name = text_width(words.procedure_step(each.step), theme, weight=600)
        beside = text_width(self._beside(each), theme, size=MIN)
        room = self.width() - p(16 + 10) - beside - sum(wide) - p(8) * (len(wide) - 1)
        left = min(p(16 + BOX + 10 + 12) + name, room)  # a long name is shortened
        for answer, width in zip(each.step.answers, wide, strict=True):
            yield QRectF(left, top, width, self._row() - p(6)), answer
            left += width + p(8)

    def _beside(self, each: StepNow) -> str:
        """Return what stands at the end of a row: who and when, or that it must be."""
        if each.step.step_id in self._asked.values():
            return "…"
        if each.at is None:
            return self.tr("required") if each.step.required else self.tr("optional")
        at = words.clock_time(each.at, now=self._desk.clock(), zone=self._desk.zone)
        said = f"{at} {each.by}".strip()
        return self.tr("skipped {said}").format(said=said) if each.skipped else said

    def _paint_box(self, painter: QPainter, box: QRectF, each: StepNow) -> None:
        theme = self._desk.theme
        painter.setPen(QPen(theme.edge, max(1.0, 1.5 * theme.scale)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if each.at is None:
            return
        painter.setPen(QPen(theme.text, max(2.0, 2.5 * theme.scale)))
        side = box.width()
        tick = ((0.2, 0.55), (0.42, 0.78), (0.8, 0.26))
        if each.skipped:
            tick = ((0.2, 0.5), (0.5, 0.5), (0.8, 0.5))
        painter.drawPolyline(
            QPolygonF(
                [QPointF(box.left() + x * side, box.top() + y * side) for x, y in tick]
            )
        )
