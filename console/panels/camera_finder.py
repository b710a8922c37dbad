"""F3: a camera found while one types, called up with Enter, from any panel."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.camera_search import CameraSearch
from console.found import Found
from console.panels.finder import SHOWN, Finder
from console.panels.wall_parts import label
from console.theme import TITLE

if TYPE_CHECKING:
    from concurrent.futures import Future

    from console.desk import Desk
    from dispatch.cameras import Camera


class CameraFinder(Finder):
    """A finder of cameras, by number, name or initials; `chosen` brings its number.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._desk = desk
        self._search = CameraSearch()
        self.searched.connect(self._look)
        self.hurried.connect(self._look)

    def _look(self, text: str) -> None:
        cameras = tuple(self._desk.board.cameras.values())
        # Initials of thousands of names take longer than the window may stand still.
        future = self._desk.bridge.compute(
            lambda: self._search.find(cameras, text, limit=SHOWN)
        )
        self._desk.bridge.when_done(future, partial(self._show, text))

    def _show(self, text: str, future: "Future[list[Camera]]") -> None:
        found = [
            Found(each.camera_id, each.camera_id, each.name) for each in future.result()
        ]
        self.show_results(found, text)


class FindPage(HasKeys, QWidget):
    """The page of F3 in the middle column: type, choose, Enter.

    Thread: UI only.

    Signals:
        called: The number of the camera that is to be shown.
    """

    name = "find_page"
    called = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = desk.theme
        self._title = QLabel()
        self._title.setFont(theme.font(TITLE, 600))
        self.finder = CameraFinder(desk)
        self._hint = label(desk, "quiet")
        self._hint.setWordWrap(True)
        rows = QVBoxLayout(self)
        margin = theme.px(16)
        rows.setContentsMargins(margin, margin, margin, margin)
        rows.setSpacing(theme.px(12))
        for widget in (self._title, self.finder, self._hint):
            rows.addWidget(widget)
        rows.addStretch(1)
        self.setFocusProxy(self.finder)
        self.finder.chosen.connect(self._on_chosen)
        desk.looks.changed.connect(self._renew)
        self._renew()

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter and Esc do here."""
        show = QCoreApplication.translate("BarKeys", "Show it")
        back = QCoreApplication.translate("BarKeys", "Back")
        return BarKey(words.key("Num+Enter"), show, ANSWER), BarKey(
            words.key("Esc"), back, "back"
        )

    def answer(self) -> None:
        """Show the one that stands highlighted."""
        self.finder.take_highlighted()

    def _on_chosen(self, found: Found | None) -> None:
        if found is not None:
            self.finder.clear()
            self.called.emit(str(found.key))

    def _renew(self) -> None:
        self._title.setText(self.tr("Find a camera"))
        self.setAccessibleName(self._title.text())
        self.finder.line.setAccessibleName(self._title.text())
        self.finder.set_words(
            self.tr("Number, name or initials"),
            self.tr("No camera is called so. Type less of it."),
        )
        self._hint.setText(
            self.tr(
                "↑ ↓ chooses, ⏎ shows it in the chosen picture tile, Esc goes back."
            )
        )

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(560, 400)
