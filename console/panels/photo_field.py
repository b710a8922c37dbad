"""Photos for what was done: chosen from files, made small beside the window."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.fit_photo import fit_photo
from console.theme import MIN, ROW
from dispatch.commands import Photo

if TYPE_CHECKING:
    from console.desk import Desk

FILES = "*.jpg *.jpeg *.png *.webp *.bmp"


class PhotoField(QWidget):
    """A button that adds photos, one that takes the last out, and their names.

    Thread: UI only; photos are made small on another.

    Args:
        desk: What every panel receives.
        most: How many there may be.

    Signals:
        changed: Photos were added or taken out.
    """

    changed = Signal()

    def __init__(self, desk: "Desk", most: int) -> None:
        super().__init__()
        self._desk = desk
        self._most = most
        self._photos: list[Photo] = []
        self._waits = 0
        self._wrong: list[str] = []
        p = desk.theme.px
        self.add_button = QPushButton(self.tr("Add photos…"))
        self.drop_button = QPushButton(self.tr("Take the last out"))
        self.names = QLabel()
        self.names.setFont(desk.theme.font(MIN))
        self.names.setProperty("look", "second")
        self.names.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(p(8))
        for button in (self.add_button, self.drop_button):
            button.setFont(desk.theme.font(ROW))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(p(4))
        column.addLayout(row)
        column.addWidget(self.names)
        self.add_button.clicked.connect(self.choose)
        self.drop_button.clicked.connect(self.drop)
        self._show()

    def choose(self) -> None:
        """Have files chosen in the machine's own dialogue."""
        dialogue = QFileDialog(self, self.tr("Photos"), "", FILES)
        dialogue.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogue.filesSelected.connect(
            lambda names: self.add([Path(name) for name in names])
        )
        dialogue.open()

    def add(self, paths: Sequence[Path]) -> None:
        """Add photos from files, as many as there is room for."""
        room = max(0, self._most - len(self._photos) - self._waits)
        self._wrong = [path.name for path in paths[room:]]
        for path in paths[:room]:
            self._waits += 1
            bridge = self._desk.bridge
            bridge.when_done(
                bridge.compute(partial(fit_photo, path)), partial(self._take, path)
            )
        self._show()

    def drop(self) -> None:
        """Take the last one out again."""
        if self._photos:
            self._photos.pop()
        self._wrong = []
        self._show()

    def value(self) -> object:
        """Return the photos, as they will be sent."""
        return tuple(self._photos)

    def problem(self) -> str:
        """Return that some are not ready yet, or ""."""
        return self.tr("The photos are being made ready.") if self._waits else ""

    def take_keyboard(self) -> None:
        """Take the keyboard; Space adds."""
        self.add_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside -----------------------------------------------------------------------

    def _take(self, path: Path, future: "Future[Any]") -> None:
        self._waits -= 1
        photo = None
        if not future.cancelled() and future.exception() is None:
            photo = future.result()
        if photo is None:
            self._wrong.append(path.name)
        else:
            self._photos.append(photo)
        self._show()

    def _show(self) -> None:
        named = " · ".join(photo.name for photo in self._photos)
        hint = self.tr("None yet; Space adds, at most {most}.")
        lines = [named or hint.format(most=self._most)]
        if self._waits:
            lines.append(self.problem())
        if self._wrong:
            lines.append(
                self.tr("Left out, unreadable or too many: {names}").format(
                    names=" · ".join(self._wrong)
                )
            )
        self.names.setText("\n".join(lines))
        self.drop_button.setEnabled(bool(self._photos))
        self.changed.emit()
