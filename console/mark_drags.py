"""Dragging cameras, cases and people off the map, where a click means what it did."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.layers.layer import Mark
from console.tile_drag import UnitRef
from video import tile_content
from video.tile_content import CASE, TileRef


def content_of(mark: Mark | None) -> TileRef | UnitRef | None:
    """Return what the hand takes of a mark, None where it takes nothing."""
    if mark is None:
        return None
    if mark.kind == "camera":
        return tile_content.camera(str(mark.key))
    if mark.kind == "case":
        return TileRef(CASE, str(mark.key))
    if mark.kind == "unit":
        return UnitRef(str(mark.key))
    return None


class MarkDrags(QObject):
    """Holds a press on a mark back until it is a click or a drag.

    The map pans with the same button: a press that it has not seen cannot pan.

    Thread: UI only.

    Args:
        surface: What the mouse is pressed on.
        mark_at: What is drawn at a pixel.
        drag: Lets the hand carry a content; returns when it has let go.
    """

    def __init__(
        self,
        surface: QWidget,
        mark_at: Callable[[QPointF], Mark | None],
        drag: Callable[[TileRef | UnitRef], None],
    ) -> None:
        super().__init__(surface)
        self._surface = surface
        self._mark_at = mark_at
        self._drag = drag
        self._held: tuple[QMouseEvent, TileRef | UnitRef] | None = None
        self._passing = False
        surface.installEventFilter(self)

    def _pass_on(self, *events: QMouseEvent) -> None:
        self._passing = True
        try:
            for event in events:
                QApplication.sendEvent(self._surface, event)
        finally:
            self._passing = False

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._passing or not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonPress:
            content = None
            if event.button() is Qt.MouseButton.LeftButton:
                content = content_of(self._mark_at(event.position()))
            self._held = None if content is None else (event.clone(), content)
            return self._held is not None
        if self._held is None:
            return False
        press, content = self._held
        if event.type() is QEvent.Type.MouseButtonRelease:
            self._held = None
            self._pass_on(press, event.clone())
            return True
        if event.type() is QEvent.Type.MouseMove:
            way = (event.position() - press.position()).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._held = None
                self._drag(content)
            return True
        return False
