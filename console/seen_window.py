"""Whether anybody can see a window: what nobody sees, nothing is fetched for."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

_TELLING = frozenset(
    {
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.WindowStateChange,
        QEvent.Type.Expose,
        QEvent.Type.ParentChange,
    }
)


class SeenWindow(QObject):
    """Watches the window that a widget stands in.

    A window that the system says is covered counts as hidden; where no system says so,
    one that is shown counts as seen.

    Thread: UI only.

    Signals:
        changed: Somebody can see it now, or nobody any more.
    """

    changed = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._window: QWidget | None = None
        self._handle: QWindow | None = None
        self._covered = False
        self._was = False
        widget.installEventFilter(self)

    def is_seen(self) -> bool:
        """Return whether the widget stands where somebody can see it."""
        widget = self._widget
        hidden = not widget.isVisible() or widget.window().isMinimized()
        return not (hidden or self._covered)

    def _follow(self) -> None:
        """Watch whatever window the widget stands in now."""
        window = self._widget.window()
        if window is not self._window and window is not self._widget:
            window.installEventFilter(self)
        self._window = window
        handle = window.windowHandle()
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._covered = False
        self._handle = handle

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _TELLING:
            return False
        if watched is self._widget or watched is self._window:
            self._follow()
        if watched is self._handle and kind is QEvent.Type.Expose:
            handle = self._handle
            self._covered = handle.isVisible() and not handle.isExposed()
        seen = self.is_seen()
        if seen != self._was:
            self._was = seen
            self.changed.emit()
        return False
