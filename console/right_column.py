"""The right column of the window: what I see."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget


class RightColumn(QWidget):
    """Pictures above the map; in a narrow window the map is a tab of them.

    Thread: UI only.

    Signals:
        moved: Someone gave the panels other heights.
        tab_chosen: Another panel is in front, in a narrow window.
    """

    moved = Signal(int, int)
    tab_chosen = Signal(int)

    def __init__(self, gap: int, edge: int) -> None:
        super().__init__()
        # What stands here is read at the right: the edge of an alarm lies beside it.
        self.setContentsMargins(0, 0, edge, 0)
        self._panels: list[QWidget] = []
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setHandleWidth(gap)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self.moved)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.tabBar().setDrawBase(False)
        for button in self._tabs.tabBar().findChildren(QToolButton):
            button.setAccessibleName("")  # never shown, and in no language
        self._tabs.currentChanged.connect(self._on_tab)
        self._tabs.hide()
        self.narrow = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        layout.addWidget(self._tabs)

    def add(self, panel: QWidget) -> None:
        """Add a panel below the others."""
        self._panels.append(panel)
        self._splitter.addWidget(panel)

    def set_narrow(self, narrow: bool) -> None:
        """Show the panels as tabs, or one above the other."""
        if narrow == self.narrow:
            return
        self.narrow = narrow
        for panel in self._panels:
            if narrow:
                self._tabs.addTab(panel, panel.accessibleName())
            else:
                self._splitter.addWidget(panel)
                panel.show()
        self._tabs.setVisible(narrow)
        self._splitter.setVisible(not narrow)

    def renew_names(self) -> None:
        """Take the names of the tabs from their panels again."""
        for panel in self._panels:
            index = self._tabs.indexOf(panel)
            if index >= 0:
                self._tabs.setTabText(index, panel.accessibleName())

    def show_tab(self, index: int) -> None:
        """Bring a panel into view by its place among the tabs."""
        if self.narrow:
            self._tabs.setCurrentIndex(index)

    def _on_tab(self, index: int) -> None:
        if self.narrow and self._tabs.count() == len(self._panels):
            self.tab_chosen.emit(index)

    def show_panel(self, panel: QWidget) -> None:
        """Bring a panel into view."""
        if self.narrow and self._tabs.indexOf(panel) >= 0:
            self._tabs.setCurrentWidget(panel)

    def split(self, heights: list[int]) -> None:
        """Give each panel its height."""
        self._splitter.setSizes(heights)

    def restore(self, state: QByteArray) -> bool:
        """Take over remembered heights; return whether they were any."""
        return self._splitter.restoreState(state)

    def saved(self) -> QByteArray:
        """Return the heights to remember."""
        return self._splitter.saveState()
