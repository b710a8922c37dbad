"""The table of a town's rules over readings: what each looks for, where, and means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from console import rule_words
from console.theme import MIN, ROW
from dispatch.rules import AnyRule

if TYPE_CHECKING:
    from console.desk import Desk

LINE = 62  # two lines of text
ALTERED = "◆"  # before a rule that the town has altered
COLUMNS = 2


class RuleTable(QTableWidget):
    """A row for each rule; arrows walk.

    Thread: UI only.

    Signals:
        keyed: Enter, N or Delete.
    """

    keyed = Signal(int)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(0, COLUMNS, parent)
        self._desk = desk
        theme = desk.theme
        self.setFont(theme.font(ROW))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(LINE))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(theme.font(MIN))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_rules(self, rules: Sequence[AnyRule]) -> None:
        """Show these."""
        taxonomy = self._desk.actions.taxonomy
        altered = {each.rule_id for each in self._desk.board.profile.altered}
        self.setHorizontalHeaderLabels(
            [
                self.tr("Rule, what it looks at"),
                self.tr("When, and what alarm"),
            ]
        )
        self.setRowCount(len(rules))
        for row, rule in enumerate(rules):
            mark = f"{ALTERED} " if rule.rule_id in altered else ""
            holds = self.tr("off") if rule.off else rule_words.looks_for(rule)
            cells = (
                f"{mark}{rule_words.name(rule)}\n{rule_words.whom(rule)}",
                f"{holds}\n{rule_words.means(taxonomy, rule)}",
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if rule.off:
                    item.setForeground(self._desk.theme.text2)
                self.setItem(row, column, item)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        key = Qt.Key.Key_Return if key == Qt.Key.Key_Enter else key
        if key in (Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_Delete):
            if not event.isAutoRepeat():
                self.keyed.emit(int(key))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()
