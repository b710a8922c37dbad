"""The window of a station: its cases at the left, the open one beside them, five deeds.

Made of the desk's own panels; what it has of the town is what the service gives it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.keys import Keys
from console.panels.action_bar import ActionBar
from console.panels.case import CasePanel
from console.panels.keys_page import KeysPage
from console.panels.settings_page import SettingsPage
from console.panels.station_deeds import StationDeeds, StationHome, window_title
from console.panels.station_list import StationList
from console.panels.top_bar import TopBar

if TYPE_CHECKING:
    from console.desk import Desk

LEFT, MIDDLE = 480, 800
LEFT_LEAST, MIDDLE_LEAST = 340, 460


class StationWindow(QMainWindow):
    """One window for everything a station does.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.desk = desk
        p = desk.theme.px
        ground = QWidget()
        ground.setObjectName("ground")
        self.setCentralWidget(ground)
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.list = StationList(desk)
        self.case = CasePanel(desk, StationHome(desk))
        self.keys_page = KeysPage(desk)
        self.settings_page = SettingsPage(desk)
        self.deeds = StationDeeds(desk)
        self.action_bar = ActionBar(desk)
        self._middle = QStackedWidget()
        for page in (self.case, self.keys_page, self.settings_page):
            self._middle.addWidget(page)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setChildrenCollapsible(False)
        self.list.setMinimumWidth(p(LEFT_LEAST))
        self._middle.setMinimumWidth(p(MIDDLE_LEAST))
        self._columns.addWidget(self.list)
        self._columns.addWidget(self._middle)
        self._columns.setSizes([p(LEFT), p(MIDDLE)])
        self._columns.setStretchFactor(0, 2)
        self._columns.setStretchFactor(1, 3)
        rows.addWidget(TopBar(desk))
        rows.addWidget(self._columns, 1)
        rows.addWidget(self.deeds)
        rows.addWidget(self.action_bar)
        self._keys = Keys(desk, self)
        desk.actions.is_covered = lambda: not self.case.head.isVisibleTo(self)
        desk.actions.wanted.connect(self._on_wanted)
        desk.case_opened.connect(self._on_case)
        desk.case_asked_again.connect(self._on_case)
        desk.moved.connect(self._name)
        desk.looks.changed.connect(self._on_looks)
        self.case.answered.connect(self.list.start)
        self.keys_page.put_away.connect(self._back)
        self._on_looks()
        self.list.start()

    # -- inside -----------------------------------------------------------------------

    def _name(self, *_ignored: object) -> None:
        self.setWindowTitle(window_title(self.desk))

    def _on_looks(self) -> None:
        self.setStyleSheet(self.desk.theme.style_sheet())
        self.setFont(self.desk.theme.font())
        self._name()
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()
            widget.update()

    def _on_case(self, _case_id: int | None) -> None:
        self._middle.setCurrentWidget(self.case)

    def _on_wanted(self, what: str) -> None:
        if what == "keys":
            if self._middle.currentWidget() is not self.keys_page:
                self.keys_page.begin("lanes")
            self._toggle(self.keys_page)
        elif what == "settings":
            self._toggle(self.settings_page)
        elif what == "back":
            self._back()
        elif what == "focus_1":
            self.list.start()
        elif what == "focus_3":
            self._middle.setCurrentWidget(self.case)
            self.case.start()
        else:  # asked in the case itself
            self._middle.setCurrentWidget(self.case)

    def _toggle(self, page: QWidget) -> None:
        shown = self._middle.currentWidget() is page
        self._middle.setCurrentWidget(self.case if shown else page)
        if shown:
            self.list.start()
        else:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _back(self) -> None:
        """Take one step back, nearest to the hand first."""
        if self._middle.currentWidget() is not self.case:
            self._middle.setCurrentWidget(self.case)
        elif not self.case.go_back():
            self.desk.open_case(None)
        if not self.case.asks():
            self.list.start()

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.desk.leaving.may_close():
            self.desk.pending_changed.emit()  # the top bar asks
            event.ignore()
            return
        super().closeEvent(event)
