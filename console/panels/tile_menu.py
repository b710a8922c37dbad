"""What the menu of a tile says of its camera, and what one can say of it."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from console import view_words, words
from console.camera_advice import said_of
from console.desk import Desk
from console.panels.tour_tiles import TourTiles

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


def add_tour(menu: QMenu, tours: TourTiles, tile: int) -> QMenu:
    """Add the lines that lead the tour of a tile, where it runs one; return the menu."""
    said = tours.said(tile)
    if said is None:
        return menu
    hold = QCoreApplication.translate("Tour", "Hold this camera")
    if said.held:
        hold = QCoreApplication.translate("Tour", "Let the tour go on")
    for text, key, step in (
        (QCoreApplication.translate("Tour", "Next camera of the tour"), "PgDn", 1),
        (QCoreApplication.translate("Tour", "Camera before it"), "PgUp", -1),
        (hold, "J", 0),
    ):
        menu.addAction(f"{text}\t{key}").triggered.connect(
            partial(tours.lead, tile, step)
        )
    menu.addSeparator()
    return menu


def _add_lines(menu: QMenu, desk: Desk, camera_id: str | None) -> None:
    camera = desk.board.cameras.get(camera_id or "")
    if camera is None:
        return
    for view in desk.views:
        if view.camera_id == camera_id:
            for text in view_words.reasons(view):
                menu.addAction(text).setEnabled(False)
            menu.addSeparator()
    if desk.engine is not None:
        status, say = desk.engine.status(camera.camera_id), QCoreApplication.translate
        better = say("TileMenu", "Its settings: {advice}")
        for advice in said_of(status, camera, say):
            menu.addAction(better.format(advice=advice)).setEnabled(False)
    flag = menu.addAction(f"{desk.wrong_views.offer(camera)}\tN")
    flag.setEnabled(not desk.wrong_views.is_asked(camera.camera_id))
    flag.triggered.connect(lambda: desk.wrong_views.turn(camera_id))
    heard = menu.addAction(f"{desk.listening.offer(camera.camera_id)}\tV")
    heard.triggered.connect(lambda: desk.listening.turn(camera_id))
    menu.addSeparator()
