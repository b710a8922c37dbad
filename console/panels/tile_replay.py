"""The keys with which a panel of pictures looks at its cameras again, and its slider."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from console.panels.replay_slider import HEIGHT, ReplaySlider
from console.replay import LONG_STEP_S, STEP_S

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


class TileReplay(QObject):
    """Looks at the tiles of one panel again.

    All of them together, so that one sees from several sides what happened; the
    enlarged one by itself; and with Shift only the focused one.

    Thread: UI only; it ends with its panel.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._replay = panel.desk.replay
        self._slider = ReplaySlider(panel.desk, panel)
        self._case_id = panel.desk.open_case_id
        self._replay.changed.connect(self._on_changed)
        panel.desk.tick.connect(self._on_tick)

    def room(self) -> QSize:
        """Return what the slider leaves for the tiles."""
        size = self._panel.size()
        high = self._slider.height() if not self._slider.isHidden() else 0
        return QSize(size.width(), max(size.height() - high, 1))

    def obey(self, event: QKeyEvent) -> bool:
        """Obey a key; return whether it was one of these."""
        key = event.key()
        if key in (Qt.Key.Key_Comma, Qt.Key.Key_Less):
            alone = key == Qt.Key.Key_Less or self._panel.enlarged
            self.back(STEP_S, alone=alone)
        elif key == Qt.Key.Key_Period and not _on_keypad(event):
            self._replay.forward()
        elif key == Qt.Key.Key_L:
            self._replay.live()
        elif key == Qt.Key.Key_P:
            self._replay.pause()
        else:
            return False
        return True

    def back(self, seconds: float, *, alone: bool = False) -> None:
        """Go back; at first with all tiles, or with the focused one alone."""
        panel = self._panel
        cameras = [panel.focused_camera] if alone else panel.shown
        self._replay.back([each for each in cameras if each is not None], seconds)

    def add_line(self, menu: QMenu) -> None:
        """Put 回看30秒 into a menu of the tiles."""
        text = QCoreApplication.translate("Replay", "Back 30 s")
        line = menu.addAction(f"{text}\t,")
        line.setEnabled(any(self._panel.shown))
        line.triggered.connect(
            lambda: self.back(LONG_STEP_S, alone=self._panel.enlarged)
        )
        menu.addSeparator()

    def follow(self) -> None:
        """Follow the tiles: another case is looked at live first."""
        case_id, self._case_id = self._case_id, self._panel.desk.open_case_id
        if case_id != self._case_id:
            self._replay.live()
        elif not self._slider.isHidden():
            self._replay.follow([each for each in self._panel.shown if each])

    def _on_tick(self) -> None:
        """Move the slider, and go on where the moment is kept no more."""
        if not self._slider.isHidden():  # behind another panel time goes on, too
            self._replay.step()
            self._slider.update()

    def fit(self) -> None:
        """Lie under the tiles."""
        high = round(self._panel.desk.theme.px(HEIGHT))
        size = self._panel.size()
        self._slider.setGeometry(0, size.height() - high, size.width(), high)

    def _on_changed(self) -> None:
        shows = any(map(self._replay.covers, filter(None, self._panel.shown)))
        if shows == self._slider.isHidden():
            self.fit()
            self._slider.setVisible(shows)
            self._panel.fit_tiles()
        self._panel.update_pictures()


def _on_keypad(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
