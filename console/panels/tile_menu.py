"""What the menu of a tile says of its camera, and what one can say of it."""

from PySide6.QtWidgets import QMenu

from console import view_words
from console.desk import Desk


def add_camera(menu: QMenu, desk: Desk, camera_id: str | None) -> None:
    """Add a camera's lines to a menu: why it is here, 画面不符."""
    camera = desk.board.cameras.get(camera_id or "")
    if camera is None:
        return
    for view in desk.views:
        if view.camera_id == camera_id:
            for text in view_words.reasons(view):
                menu.addAction(text).setEnabled(False)
            menu.addSeparator()
    flag = menu.addAction(f"{desk.wrong_views.offer(camera)}\tN")
    flag.setEnabled(not desk.wrong_views.is_asked(camera.camera_id))
    flag.triggered.connect(lambda: desk.wrong_views.turn(camera_id))
    menu.addSeparator()
