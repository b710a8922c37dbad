"""Ctrl+E: the town's rules over readings, as a table; altered only after a trial."""

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from console import rule_words, words
from console.bar_keys import ANSWER, BarKey, HasKeys, typed
from console.keys import OWN_KEYS
from console.panels.rule_field import RuleField, rule_field, texts_of
from console.panels.rule_table import RuleTable
from console.panels.wall_parts import label
from console.pending import refusal_in
from console.refusals import refusal
from console.theme import ROW, TITLE
from dispatch.board import Moved
from dispatch.commands import Refused
from dispatch.profiles import codes, load_taxonomy
from dispatch.rule_changes import (
    DAYS,
    SetRule,
    Trial,
    TryRule,
    as_data,
    not_a_rule,
    read_rule,
    sort_of,
)
from dispatch.rules import AnyRule, Watch

if TYPE_CHECKING:
    from console.desk import Desk
    from console.pending import Pending

ACTION = "rule"
IN_A_ROW = 2  # fields side by side


class RulesPage(HasKeys, QWidget):
    """Table of rules; Enter opens the chosen one's figures, tries them, goes by them.

    Nothing is gone by that was not tried as it stands there: the first Enter asks the
    service what it would have said of the last 30 days, the second sets it.

    Thread: UI only.

    Attributes:
        rows: The rules that are listed.
        fields: What takes each figure of the open rule, by its field; none: the table.
        trial: What the last trial came to, or None.
    """

    name = "rules_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self.rows: list[AnyRule] = []
        self.fields: dict[str, RuleField] = {}
        self.trial: Trial | None = None
        self._labels: dict[str, QLabel] = {}
        self._begun: AnyRule | None = None  # what is being altered
        self._seen: AnyRule | None = None  # what the town went by then
        self._tried: AnyRule | None = None  # what the trial is of
        self._asked = ""  # the command that sets it
        self._back = False  # the profile's again
        theme = desk.theme
        p = theme.px
        self._title = QLabel()
        self._title.setFont(theme.font(TITLE, 600))
        self._about = label(desk, size=ROW)
        self.table = RuleTable(desk, self)
        self.table.keyed.connect(self._on_key)
        self.table.cellDoubleClicked.connect(lambda *_at: self.answer())
        self.table.itemSelectionChanged.connect(self._say)
        self._editor = QWidget()
        self._grid = QGridLayout(self._editor)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(p(12))
        self._grid.setVerticalSpacing(p(6))
        for column in range(IN_A_ROW):
            self._grid.setColumnStretch(column, 1)
        self.said = label(desk, "framed", ROW)
        self._hint = label(desk, "quiet")
        layout = QVBoxLayout(self)
        margin = p(16)
        layout.setContentsMargins(margin, p(10), margin, p(12))
        layout.setSpacing(p(8))
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._editor)
        layout.addWidget(self.said)
        layout.addWidget(self._hint)
        self._editor.hide()
        self.said.hide()
        desk.moved.connect(self._on_moved)
        desk.looks.changed.connect(self._on_looks)
        desk.actions.answered.connect(self._on_answered)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter, N, Delete and Esc do here."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        cap = words.key("Num+Enter")
        if self.fields and not self._may():
            return (away,)
        if self.fields:
            text = self.tr("Go by it") if self._is_tried() else self.tr("Try it")
            return BarKey(cap, text, ANSWER), away
        if not self.rows:
            return (away,)
        new = typed("N", self.tr("Another like it"))
        return BarKey(cap, self.tr("Open the rule"), ANSWER), new, away

    def answer(self) -> None:
        """Open the chosen rule; try what is typed; go by what was tried."""
        if not self.fields:
            self._open(self._chosen())
        elif self._asked or not self._may() or self._is_overtaken():
            return
        elif self._is_tried():
            self._go_by()
        else:
            self._try()

    def go_back(self) -> bool:
        """Go from the figures to the table; return whether figures stood here."""
        if not self.isVisible() or not self.fields:
            return False
        self._close()
        return True

    # -- the table ---------------------------------------------------------------------

    def _watch(self) -> Watch:
        return self._desk.actions.taxonomy.watch

    def _chosen(self) -> AnyRule | None:
        row = self.table.currentRow()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def _renew(self) -> None:
        if not self.isVisible():
            return
        chosen, table = self._chosen(), self.table
        self.rows = [*self._watch().all()]
        table.blockSignals(True)
        table.show_rules(self.rows)
        ids = [each.rule_id for each in self.rows]
        kept = chosen.rule_id if chosen is not None else ""
        if ids:
            table.selectRow(ids.index(kept) if kept in ids else 0)
        table.blockSignals(False)
        self._say()

    def _on_key(self, key: int) -> None:
        rule = self._chosen()
        if rule is None:
            return
        if key == Qt.Key.Key_Return:
            self.answer()
        elif key == Qt.Key.Key_N:
            self._open(replace(rule, rule_id=self._free_id(rule.rule_id), off=False))
        else:
            self._give_back(rule)

    def _free_id(self, rule_id: str) -> str:
        held = {each.rule_id for each in self._watch().all()}
        stem = rule_id[:40]
        found = (f"{stem}-{n}" for n in range(2, len(held) + 3))
        return next(each for each in found if each not in held)

    def _give_back(self, rule: AnyRule) -> None:
        """Open the profile's words of a rule that the town has altered."""
        profile = self._desk.board.profile
        if rule.rule_id not in {each.rule_id for each in profile.altered}:
            self._desk.said.emit(self.tr("The town has not altered this rule."))
            return
        own = load_taxonomy(self._desk.actions.taxonomy.name).watch
        before = next((r for r in own.all() if r.rule_id == rule.rule_id), None)
        self._open(before or replace(rule, off=True), back=True)

    # -- the figures -------------------------------------------------------------------

    def _open(self, rule: AnyRule | None, *, back: bool = False) -> None:
        if rule is None:
            return
        self._close(keyboard=False)
        self._begun, self._back = rule, back
        self._seen = self._watch().find(rule.rule_id)
        desk, fixed = self._desk, back or not self._may()
        for at, figure in enumerate(rule_words.figures_of(rule)):
            row, column = divmod(at, IN_A_ROW)
            text, written = label(desk), figure.write(getattr(rule, figure.field))
            line = rule_field(
                desk, figure.field, written, fixed=fixed, changed=self._say
            )
            line.installEventFilter(self)
            self._labels[figure.field] = text
            self.fields[figure.field] = line
            self._grid.addWidget(text, 2 * row, column)
            self._grid.addWidget(line, 2 * row + 1, column)
        self._editor.show()
        self._take_keyboard()
        self.table.setEnabled(False)  # a click there would be an Enter here
        self._say_role()
        self._say()

    def _may(self) -> bool:
        return self._desk.actor.roles >= SetRule.needs

    def _say_role(self) -> None:
        """Say before any trial that this seat may look only."""
        if not self._may():
            roles = " ".join(sorted(SetRule.needs - self._desk.actor.roles))
            self._show(refusal(Refused("role", "not this seat's", roles=roles)))

    def _is_overtaken(self) -> bool:
        """Show the new figures where another seat has set the rule since it opened."""
        begun = self._begun
        now = None if begun is None else self._watch().find(begun.rule_id)
        if begun is None or now == self._seen:
            return False
        self._close()
        self._renew()
        self._open(now)
        self._show(
            self.tr("Another seat has set this rule meanwhile; what was typed is gone.")
        )
        return True

    def _close(self, *, keyboard: bool = True) -> None:
        self._begun = self._seen = self._tried = self.trial = None
        self._back, self._asked = False, ""
        self.fields.clear()
        self._labels.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._editor.hide()
        self.said.hide()
        self.table.setEnabled(True)
        if keyboard and self.isVisible():
            self._take_keyboard()
        self._say()

    def _typed(self) -> AnyRule | None:
        """Return the rule as it stands typed; say what is wrong where it is none."""
        begun = self._begun
        if begun is None:
            return None
        texts = texts_of(self.fields)
        try:
            rule = rule_words.typed_rule(begun, texts)
        except ValueError as error:
            wrong = self.tr("Not a figure: {field}.").format(field=error)
            self._show(wrong)
            return None
        try:
            known = codes(self._desk.actions.taxonomy)
            return read_rule(sort_of(rule), as_data(rule), known)
        except ValueError as error:
            self._show(refusal(not_a_rule(error)))
            return None

    def _is_tried(self) -> bool:
        texts = texts_of(self.fields)
        if self.trial is None or self._begun is None:
            return False
        try:
            return rule_words.typed_rule(self._begun, texts) == self._tried
        except ValueError:
            return False

    def _try(self) -> None:
        rule = self._typed()
        if rule is None:
            return
        self._tried, self.trial = rule, None
        if rule.off:
            self.trial = Trial.of_nothing()
            self._say_trial()
            self._say()
            return
        self._show(self.tr("The last {days} days are read …").format(days=DAYS))
        query = TryRule(
            sort=sort_of(rule), data=as_data(rule), until=self._desk.clock()
        )
        self._ask(rule, query, None)

    def _ask(self, rule: AnyRule, query: TryRule, so_far: Trial | None) -> None:
        answered = partial(self._on_trial, rule, query, so_far)
        self._desk.bridge.when_done(self._desk.ask(query), answered)

    def _on_trial(
        self,
        rule: AnyRule,
        query: TryRule,
        so_far: Trial | None,
        future: "Future[Any]",
    ) -> None:
        if rule is not self._tried:
            return
        refused = refusal_in(future)
        if refused is not None:
            self._show(refusal(refused))
            return
        part: Trial = future.result()
        trial = part if so_far is None else so_far.joined(part)
        if part.more_after:
            text = self.tr("{looked} of {n} are read …")
            self._show(text.format(looked=trial.looked, n=trial.subjects))
            self._ask(rule, replace(query, after=part.more_after), trial)
            return
        self.trial = trial
        self._say_trial()
        self._say()

    def _say_trial(self) -> None:
        rule, trial = self._tried, self.trial
        if rule is None or trial is None:
            return
        if rule.off:
            self._show(self.tr("Switched off it says nothing. ⏎ once more does it."))
            return
        lines = rule_words.trial_lines(rule, trial, days=DAYS)
        lines.append(self.tr("⏎ once more: the town goes by it from now on."))
        self._show("\n".join(lines))

    def _go_by(self) -> None:
        rule = self._tried
        if rule is None:
            return
        command = SetRule(
            actor=self._desk.actor,
            sort=sort_of(rule),
            rule_id=rule.rule_id,
            data="" if self._back else as_data(rule),
        )
        self._asked = command.command_id
        self._show("…")
        self._desk.actions.submit(command, action=ACTION, case_id=None)

    def _on_answered(self, pending: "Pending", refused: Refused | None) -> None:
        if pending.command_id != self._asked or not self._asked:
            return
        self._asked = ""
        if refused is not None:
            self._show(refusal(refused))
            return
        name = rule_words.name(self._tried) if self._tried is not None else ""
        self._close()
        self._desk.said.emit(
            self.tr("The town goes by it now: {rule}").format(rule=name)
        )
        self._renew()

    # -- inside ------------------------------------------------------------------------

    def _show(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _take_keyboard(self) -> None:
        first = next(iter(self.fields.values()), None)
        (first or self.table).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_moved(self, moved: Moved) -> None:
        if moved.everything and not self.fields:
            self._renew()

    def _on_looks(self) -> None:
        self._renew()
        if self.fields and self.trial is not None and not self._asked:
            self._say_trial()
        self._say()

    def _say(self, *_ignored: object) -> None:
        """Say what is shown, and what keys do."""
        title = self.tr("Rules over readings")
        if self._begun is not None:
            title = rule_words.name(self._begun)
        self._title.setText(title)
        self.setAccessibleName(title)
        self.table.setAccessibleName(title)
        for figure in rule_words.FIGURES:
            if figure.field in self._labels:
                called = rule_words.label(figure, self._begun)
                self._labels[figure.field].setText(called)
                self.fields[figure.field].setAccessibleName(called)
        off = sum(1 for each in self.rows if each.off)
        own = len(self._desk.board.profile.altered)
        about = self.tr("{n} rules, {off} off · ◆ {own} altered by the town")
        about = about.format(n=len(self.rows), off=off, own=own)
        if self._begun is not None:
            about = f"{rule_words.looks_for(self._begun)} · {self._begun.rule_id}"
            if self._back:
                about = self.tr("As the profile has it: {rule}").format(rule=about)
        elif not self.rows:
            about = self.tr("The town's profile has no rule over readings.")
        self._about.setText(about)
        if self.fields:
            self._hint.setText(
                self.tr(
                    "↑ ↓ field · ⏎ tries it over 30 days, then goes by it · Esc back"
                )
            )
        else:
            self._hint.setText(
                self.tr(
                    "↑ ↓ · ⏎ opens · N another like it, for a grid · Del as the"
                    " profile has it · Esc back"
                )
            )

    # Qt

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            lines = list(self.fields.values())
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and watched in lines:
                at = (lines.index(watched) + step) % len(lines)
                lines[at].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not event.isAutoRepeat():
                    self.answer()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._take_keyboard()
