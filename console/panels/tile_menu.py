"""What the menu of a tile says of its camera, and what one can say of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from console import view_words
from console.desk import Desk

#: Keys that act on the camera of the focused tile.
CAMERA_KEYS: dict[int, Callable[[Desk, str | None], None]] = {
    Qt.Key.Key_N: lambda desk, camera_id: desk.wrong_views.turn(camera_id),
    Qt.Key.Key_V: lambda desk, camera_id: desk.listening.turn(camera_id),
    Qt.Key.Key_M: lambda desk, _camera_id: desk.listening.mute(),
}


def add_camera(menu: QMenu, desk: Desk, camera_id: str | None) -> None:
    """Put a camera's lines before those that a menu has: why it is here, 画面不符."""
    camera = desk.board.cameras.get(camera_id or "")
    if camera is None:
        return
    first = menu.actions()[0]
    for view in desk.views:
        if view.camera_id == camera_id:
            for text in view_words.reasons(view):
                line = menu.addAction(text)
                line.setEnabled(False)
                menu.insertAction(first, line)
            menu.insertSeparator(first)
    flag = menu.addAction(f"{desk.wrong_views.offer(camera)}\tN")
    flag.setEnabled(not desk.wrong_views.is_asked(camera.camera_id))
    flag.triggered.connect(lambda: desk.wrong_views.turn(camera_id))
    menu.insertAction(first, flag)
    heard = menu.addAction(f"{desk.listening.offer(camera.camera_id)}\tV")
    heard.triggered.connect(lambda: desk.listening.turn(camera_id))
    menu.insertAction(first, heard)
    menu.insertSeparator(first)
