"""Head of a case: what, where, how it stands, what one must know; and its next step."""

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from console import call_rules, part_words, report_words, seat_rules, words
from console.case_looks import look_of, time_look
from console.case_marks import marks, may_decide, waiting_for
from console.clicks import Clickable
from console.forecasts import Forecasts
from console.keys import is_typed_into
from console.painting import (
    CENTRE,
    RIGHT,
    PaintedWidget,
    draw_key,
    draw_text,
    text_width,
    wrapped,
)
from console.refusals import refusal
from console.shapes import paint_dashes, paint_severity, paint_time
from console.step_rules import desk_step, step_name
from console.theme import MIN, ROW, TITLE
from dispatch.cases import Case, CaseState
from dispatch.queueing import due_at, unsigned_too_long

if TYPE_CHECKING:
    from console.desk import Desk

LOW_FACTS = 4
LOW_FACTS_CROWDED = 2
FACT, FACT_LOW = 30, 28


class CaseHead(PaintedWidget):
    """Paints the head of the open case.

    Thread: UI only.

    Attributes:
        forecasts: Whether it will be late.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.forecasts = Forecasts(desk, self)
        self.low = False  # the window is too low for everything
        self.crowded = False  # what may be the same thing has to be seen, too
        self._left_out = 0  # facts a question needs the room of
        self._look: object = None
        self._phase: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.forecasts.changed.connect(self.renew)
        desk.tick.connect(self._on_tick)
        desk.second.connect(self.update)
        desk.pending_changed.connect(self.renew)  # who else looks is a row more

    def renew(self) -> None:
        """Show the open case as it is now."""
        self.updateGeometry()
        self.update()

    def leave_out(self, height: int) -> None:
        """Make so many pixels of room: the last facts, which the log has, go first."""
        left_out = math.ceil(max(0, height) / self._desk.theme.px(self._row()))
        if left_out != self._left_out:
            self._left_out = left_out
            self.renew()

    def state_text(self) -> str:
        """Return what stands in place of the state: the state, … or 等待服务."""
        case = self._desk.case
        if case is None:
            return ""
        pending = self._desk.actions.pending(case.case_id)
        if pending is None:
            waited = unsigned_too_long(case, self._desk.clock())
            state = part_words.state_text(self._desk, case)
            own = part_words.own(self._desk, case)
            late = waited is not None and own is None
            return f"{state} {words.span(waited)}" if late and waited else state
        if pending.waits(self._desk.clock()):
            return self.tr("Waiting for the service")
        return "…"

    def facts(self) -> list[tuple[str, str]]:
        """Return the labelled lines under the place."""
        case = self._desk.case
        if case is None:
            return []
        found: list[tuple[str, str]] = []
        place = self._desk.place_of(case.place_name, case.point)
        grid = self._desk.board.grids.get(case.grid_code)
        where = grid.name if grid is not None else ""
        if place is not None and place.address and place.address != case.place_name:
            both = f"{place.address} · {where}" if where else place.address
            room = self.width() - self._desk.theme.px(110)
            if text_width(both, self._desk.theme) <= room:
                where = both
            else:  # an address is never cut short
                found.append((self.tr("Where"), place.address))
        if where:
            label = self.tr("Grid") if found else self.tr("Where")
            found.append((label, where))
        if place is not None and place.hazards:
            found.append((self.tr("Hazards"), " · ".join(place.hazards)))
        found += report_words.facts(self._desk, case)
        found += call_rules.facts(self._desk, case)
        late = self.forecasts.said(case)
        if late:
            found.append((self.tr("Forecast"), late))
        people = []
        if place is not None and place.contact:
            people.append(words.masked(place.contact))
        if case.reporter_name:
            people.append(
                self.tr("reporter {name}").format(name=words.masked(case.reporter_name))
            )
        if people:
            found.append((self.tr("Contact"), " · ".join(people) + "  F9"))
        waits = waiting_for(self._desk, case)
        if waits:  # in a low window too
            decide = may_decide(self._desk, case)
            found.insert(0, (self.tr("To decide"), waits + "  Ctrl+M" * decide))
        looked = self._desk.lookers.seats(case.case_id)
        if looked:
            found.insert(0, (self.tr("Also open at"), looked))
        found = seat_rules.change(self._desk, case) + found
        stands = marks(self._desk, case)
        if stands:
            found.append((self.tr("Marks"), " · ".join(stands)))
        found += seat_rules.in_charge(self._desk, case)
        if case.outcome:
            found.append((self.tr("Outcome"), words.outcome(case.outcome)))
        if case.details:
            found.append((self.tr("Said"), case.details))
        # What was said stands in the log too.
        least = LOW_FACTS_CROWDED if self.crowded else LOW_FACTS
        most = least if self.low else len(found)
        return found[: max(0, min(most, len(found)) - self._left_out)]

    def _on_tick(self) -> None:
        now = self._desk.clock()
        phase = (now.second % 2, now.microsecond < 500_000)
        if phase == self._phase:
            return
        self._phase = phase
        case = self._desk.case
        if case is not None and look_of(self._desk, case) is not self._look:
            self.update()

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        case = self._desk.case
        lines = len(self.facts()) + (1 if case is not None and case.doubt else 0)
        return QSize(p(520), p(98) + lines * p(self._row()) + p(8))

    def _row(self) -> int:
        return FACT_LOW if self.low else FACT

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        case = self._desk.case
        if case is None:
            return
        look = look_of(self._desk, case)
        self._look = look
        badge = QRectF(p(16), p(10), p(40), p(40))
        paint_severity(
            painter, badge, case.severity, theme, look=look, doubt=bool(case.doubt)
        )
        line = QRectF(p(68), p(8), self.width() - p(84), p(44))
        kind = words.category(self._desk.actions.taxonomy, case.category)
        if case.drill:
            kind = self.tr("DRILL {kind}").format(kind=kind)
        beside = text_width(kind, theme, size=TITLE, weight=600)
        line.setRight(self._paint_state(painter, line, case, beside=beside) - p(12))
        used = draw_text(painter, line, kind, theme, size=TITLE, weight=600)
        room = line.adjusted(used + p(12), 0, 0, 0)
        number = words.case_number(case)
        if text_width(number, theme) <= room.width():
            draw_text(painter, room, number, theme, colour=theme.text2)
        line = QRectF(p(16), p(54), self.width() - p(32), p(38))
        if case.state.is_open:
            now = self._desk.clock()
            box = paint_time(
                painter,
                line,
                words.left(due_at(case) - now),
                theme,
                look=time_look(case, now),
            )
            line.setRight(box.left() - p(12))
        draw_text(painter, line, case.place_name, theme, size=TITLE, weight=600)
        top = p(94)
        if case.doubt:
            self._paint_doubt(painter, top, case)
            top += p(self._row())
        facts = self.facts()
        column = max(
            (text_width(label, theme, size=MIN) for label, _ in facts), default=0.0
        )
        for label, text in facts:
            if top + p(self._row()) > self.height():
                break  # its room comes with the next layout; half a row says nothing
            box = QRectF(p(16), top, self.width() - p(32), p(30))
            draw_text(painter, box, label, theme, colour=theme.text3, size=MIN)
            draw_text(painter, box.adjusted(column + p(14), 0, 0, 0), text, theme)
            top += p(self._row())

    def _paint_state(
        self, painter: QPainter, line: QRectF, case: Case, *, beside: float
    ) -> float:
        theme = self._desk.theme
        p = theme.px
        text = self.state_text()
        pending = self._desk.actions.pending(case.case_id) is not None
        room = line.width() - beside - p(12 + 20)
        if text_width(text, theme, weight=600) > room:
            text = "…" if pending else text  # the step below says it in full
        width = max(text_width(text, theme, weight=600) + p(20), p(64))
        box = QRectF(line.right() - width, line.top() + p(6), width, p(32))
        painter.setPen(theme.edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.toRect().adjusted(0, 0, -1, -1))
        quiet = not case.state.is_open
        late = unsigned_too_long(case, self._desk.clock()) is not None and not pending
        if late:
            painter.fillRect(box.toRect(), theme.text)
        draw_text(
            painter,
            box,
            text,
            theme,
            weight=600,
            align=CENTRE,
            colour=theme.bg if late else theme.text3 if quiet else theme.text,
        )
        return box.left()

    def _paint_doubt(self, painter: QPainter, top: float, case: Case) -> None:
        theme = self._desk.theme
        p = theme.px
        word = self.tr("Doubtful")
        width = text_width(word, theme, size=MIN) + p(16)
        box = QRectF(p(16), top, width, p(28))
        paint_dashes(painter, box, theme)
        draw_text(painter, box, word, theme, colour=theme.doubt, size=MIN, align=CENTRE)
        draw_text(
            painter,
            QRectF(box.right() + p(10), top, self.width() - box.right() - p(26), p(28)),
            words.doubt(case.doubt),
            theme,
        )


class StepView(Clickable, PaintedWidget):
    """Paints the highlighted step, or whom the case waits for; a click does it.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.second.connect(self.update)
        desk.highlighted_changed.connect(self.renew)
        desk.pending_changed.connect(self.renew)
        desk.refused.connect(self.renew)
        desk.moved.connect(self._on_hand)  # Enter may be of a newer alarm
        desk.hand_moved.connect(self._on_hand)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_hand)

    def _on_hand(self, *_ignored: object) -> None:
        self.update()

    def renew(self, *_ignored: object) -> None:
        """Show what is next now."""
        self.updateGeometry()
        self.update()

    def step(self) -> tuple[str, str, bool]:
        """Return the key, the words and whether it can be done from here."""
        case = self._desk.case
        if case is None:
            return "", "", False
        actions = self._desk.actions
        name = desk_step(self._desk, case)
        if name is not None and (
            actions.allowed(name) or actions.ledger.blocking(case.case_id)
        ):
            action = actions.action(name)
            return self._cap(name), action.text(self._desk), True
        if name is not None:
            refused = actions.refusal(name)
            text = refusal(refused) if refused is not None else ""
            return "", text, False
        unit = self._desk.board.units.get(case.unit_id)
        who = unit.name if unit is not None else case.department
        waits = {
            CaseState.DISPATCHED: self.tr("Waiting for {name} to sign"),
            CaseState.HANDLING: self.tr("Waiting for {name} to leave"),
            CaseState.EN_ROUTE: self.tr("{name} is under way"),
            CaseState.ON_SCENE: self.tr("{name} is on scene"),
        }
        text = waits.get(case.state, words.state(case.state))
        return "", text.format(name=who), False

    def _cap(self, name: str) -> str:
        """Return the key that does a step now, wherever the keyboard is."""
        typing = is_typed_into(QApplication.focusWidget())
        if self._desk.actor.scope is not None:
            return words.key(self._desk.actions.action(name).keys[0])
        if name == "close":
            return "F8"
        if name == "send":
            return "F6" if typing else "+"
        enter = not typing and step_name(self._desk) == name
        return "⏎" if enter else "F7"

    def refusal_text(self) -> str:
        """Return the refusal that stands at the open case, in words."""
        standing = self._desk.actions.standing_refusal(self._desk.open_case_id)
        return refusal(standing.refused) if standing is not None else ""

    def _refusal_lines(self) -> list[str]:
        text = self.refusal_text()
        if not text:
            return []
        theme = self._desk.theme
        room = max(theme.px(200), self.width() - theme.px(56))
        return wrapped(f"✕ {text}", room, theme)

    def clickable_at(self, point: QPointF) -> tuple[int, str, str] | None:
        """Return the case, the action and its words; no action: the refusal."""
        case = self._desk.case
        if case is None:
            return None
        name = desk_step(self._desk, case)
        if point.y() < self._desk.theme.px(60) and name is not None:
            return case.case_id, name, self.step()[1]
        text = self.refusal_text()
        return (case.case_id, "", text) if text else None

    def clicked_on(self, what: object) -> None:
        """Do the step, or take away the refusal that was read."""
        case_id, name, _text = cast("tuple[int, str, str]", what)
        if name:
            self._desk.actions.run(name)
        else:
            self._desk.actions.forget_refusal(case_id)

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        lines = len(self._refusal_lines())
        extra = lines * p(27) + p(16) if lines else 0
        return QSize(p(520), p(64) + extra)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        cap, text, live = self.step()
        row = QRectF(0, p(4), self.width(), p(54))
        if live:
            painter.fillRect(row.toRect(), theme.raised)
            painter.fillRect(
                QRectF(0, row.top(), p(6), row.height()).toRect(), theme.text
            )
        box = row.adjusted(p(16), 0, -p(16), 0)
        label = self.tr("Next") if live else self.tr("Now")
        draw_text(painter, box, label, theme, colour=theme.text2, size=MIN)
        box.setLeft(box.left() + p(72))
        case = self._desk.case
        case_id = case.case_id if case is not None else None
        pending = self._desk.actions.ledger.blocking(case_id)
        if case_id is not None and pending:
            waits = pending[0].waits(self._desk.clock())
            said = self.tr("Waiting for the service") if waits else "…"
            taken = draw_text(painter, box, said, theme, weight=600, align=RIGHT)
            box.setRight(box.right() + p(60) - max(float(p(60)), taken + p(12)))
        elif cap:
            width = max(text_width(cap, theme, size=MIN, weight=600) + p(12), p(28))
            draw_key(painter, box.adjusted(box.width() - width, 0, 0, 0), cap, theme)
        else:
            box.setRight(box.right() + p(60))  # no key's cap stands there
        box.setRight(box.right() - p(60))
        told = [text] if live else wrapped(text, box.width(), theme)
        told = [*told[:1], " ".join(told[1:])] if len(told) > 1 else told
        box.setHeight(box.height() / max(1, len(told)))
        for line in told:  # what is told, not offered, may take a second line
            draw_text(
                painter,
                box,
                line,
                theme,
                size=TITLE if live else ROW,
                weight=600 if live else 400,
                colour=theme.text if live else theme.text2,
            )
            box.translate(0, box.height())
        lines = self._refusal_lines()
        if not lines:
            return
        frame = QRectF(p(16), p(64), self.width() - p(32), len(lines) * p(27) + p(10))
        painter.fillRect(frame.toRect(), theme.raised)
        painter.setPen(QPen(theme.text, max(2.0, 2.0 * theme.scale)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.toRect().adjusted(1, 1, -1, -1))
        for index, line in enumerate(lines):
            draw_text(
                painter,
                QRectF(
                    frame.left() + p(12),
                    frame.top() + p(5) + index * p(27),
                    frame.width() - p(24),
                    p(27),
                ),
                line,
                theme,
            )
