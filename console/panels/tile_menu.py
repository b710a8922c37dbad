"""What the menu of a tile says of its camera, and what one can say of it."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu

from console import view_words, words
from console.desk import Desk

WALLS: Final = ("to_wall", "choose_wall", "turn_wall")


def add_camera(menu: QMenu, desk: Desk, camera_id: str | None) -> None:
    """Add a camera's lines to a menu: why it is here, 画面不符; and those of walls."""
    _add_lines(menu, desk, camera_id)
    for name in WALLS:
        action = desk.actions.action(name)
        if action.refusal(desk) is None:
            line = menu.addAction(f"{action.text(desk)}\t{words.key(action.keys[0])}")
            line.triggered.connect(partial(desk.actions.run, name))
    if not menu.isEmpty():
        menu.addSeparator()


def _add_lines(menu: QMenu, desk: Desk, camera_id: str | None) -> None:
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
    heard = menu.addAction(f"{desk.listening.offer(camera.camera_id)}\tV")
    heard.triggered.connect(lambda: desk.listening.turn(camera_id))
    menu.addSeparator()
