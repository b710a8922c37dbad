"""How the window's columns share its width, and what is remembered of it."""

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtWidgets import QSplitter, QWidget

from console.right_column import RightColumn
from console.theme import Theme

COLUMN_WIDTHS = (560, 560, 800)
RIGHT_HEIGHTS = (514, 418)  # two rows of 225 and their captions; the map
NARROW = 1600  # below this the map becomes a tab of the pictures
MIDDLE_LEAST = 480  # a step with its key, a person with distance and age
GAP = 2
EDGE = 6
TAB_KEY = "window/tab"


class WindowLayout:
    """Arranges a window's columns, right column and edges for its size.

    What a person has set is remembered for each size of the window.

    Thread: UI only.
    """

    def __init__(
        self,
        window: QWidget,
        *,
        columns: QSplitter,
        right: RightColumn,
        theme: Theme,
        settings: QSettings,
    ) -> None:
        self._window = window
        self._columns = columns
        self._right = right
        self._theme = theme
        self._settings = settings
        self._sized_for = QSize()
        self.edges = [QWidget(window) for _ in range(4)]
        for edge in self.edges:
            edge.hide()
        columns.splitterMoved.connect(self.remember)
        right.moved.connect(self.remember)
        right.tab_chosen.connect(self._remember_tab)

    def arrange(self) -> None:
        """Fit everything to the window as it is now."""
        p = self._theme.px
        window = self._window
        self._right.set_narrow(window.width() < p(NARROW))
        if window.isVisible() and window.size() != self._sized_for:
            # What a person has set for this size, or the design's proportions.
            self._sized_for = window.size()
            columns = self._settings.value(self._key("columns"))
            if not (
                isinstance(columns, QByteArray) and self._columns.restoreState(columns)
            ):
                self._default_columns()
            right = self._settings.value(self._key("right"))
            if not (isinstance(right, QByteArray) and self._right.restore(right)):
                self._right.split([p(height) for height in RIGHT_HEIGHTS])
            tab = str(self._settings.value(TAB_KEY) or "")
            if tab.isdigit():
                self._right.show_tab(int(tab))
        width, height, edge = window.width(), window.height(), p(EDGE)
        for widget, box in zip(
            self.edges,
            (
                QRect(0, 0, width, edge),
                QRect(0, height - edge, width, edge),
                QRect(0, 0, edge, height),
                QRect(width - edge, 0, edge, height),
            ),
            strict=True,
        ):
            widget.setGeometry(box)

    def remember(self, *_: int) -> None:
        """Keep what a person has set for this size of the window."""
        if self._sized_for != self._window.size():
            return
        self._settings.setValue(self._key("columns"), self._columns.saveState())
        if not self._right.narrow:
            self._settings.setValue(self._key("right"), self._right.saved())

    def _remember_tab(self, index: int) -> None:
        if not self._sized_for.isEmpty():
            self._settings.setValue(TAB_KEY, str(index))

    def _key(self, part: str) -> str:
        return f"window/{part}/{self._window.width()}x{self._window.height()}"

    def _default_columns(self) -> None:
        p = self._theme.px
        width = self._window.width()
        widths = [p(each) for each in COLUMN_WIDTHS]
        if width < sum(widths):
            share = width / sum(widths)
            widths = [round(each * share) for each in widths]
            widths[1] = max(widths[1], p(MIDDLE_LEAST))
        widths[2] = max(1, width - widths[0] - widths[1] - 2 * p(GAP))
        self._columns.setSizes(widths)
