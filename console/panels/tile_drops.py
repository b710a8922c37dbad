"""Dragging in a wall: a tile's content into another tile, and from elsewhere into one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from console import tile_drag

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


class TileDrops(QObject):
    """Watches what is dragged from the tiles, over them and into them.

    What stands in another tile of the wall changes places with what is there.

    Thread: UI only.

    Attributes:
        over: The tile that would take what is dragged, or None.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._pressed: QPointF | None = None
        self.over: int | None = None
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)

    def _begin(self, at: QPointF) -> None:
        tile = self._panel.tile_at(at)
        content = self._panel.wall.tiles[tile] if tile >= 0 else None
        if content is not None:
            tile_drag.drag(self._panel, self._panel.desk, content)
            self._show_over(None)

    def _is_far(self, at: QPointF) -> bool:
        if self._pressed is None:
            return False
        way = (at - self._pressed).manhattanLength()
        return way >= QApplication.startDragDistance()

    def _consider(self, event: QDropEvent) -> bool:
        """Accept what a tile may show; else the hand sees that it may not be dropped."""
        tile = self._panel.tile_at(event.position())
        content = tile_drag.content_of(self._panel.desk, event.mimeData())
        if tile < 0 or content is None:
            self._show_over(None)
            event.ignore()
            return False
        self._show_over(tile)
        event.acceptProposedAction()
        return True

    def _drop(self, event: QDropEvent) -> None:
        content = tile_drag.content_of(self._panel.desk, event.mimeData())
        if self._consider(event) and content is not None:
            tile = self._panel.tile_at(event.position())
            self._panel.choose_tile(tile)
            self._panel.show_content(content, tile)
        self._show_over(None)

    def _show_over(self, tile: int | None) -> None:
        if tile != self.over:
            self.over = tile
            self._panel.update_pictures()

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() is QEvent.Type.MouseButtonPress:
                left = event.button() is Qt.MouseButton.LeftButton
                self._pressed = event.position() if left else None
            elif event.type() is QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() is QEvent.Type.MouseMove and self._is_far(
                event.position()
            ):
                pressed, self._pressed = self._pressed, None
                if pressed is not None:
                    self._begin(pressed)
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._consider(event)
            return True
        elif isinstance(event, QDragLeaveEvent):
            self._show_over(None)
            return True
        elif isinstance(event, QDropEvent):
            self._drop(event)
            return True
        return False
