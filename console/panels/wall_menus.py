"""Scenes and tours in the menu of a tile."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from console import wall_rules
from video.tile_content import TOUR, TileRef

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.pictures import PicturesPanel

KEYED = 9  # scenes that have a key of their own


def add_tours(
    menu: QMenu, desk: "Desk", present: TileRef | None, show: Callable[[TileRef], None]
) -> None:
    """Add a line for each tour: it runs in the tile."""
    text = QCoreApplication.translate("Wall", "Tour {name}")
    for tour in desk.wall.plan.tours:
        ref = TileRef(TOUR, tour.key)
        line = menu.addAction(text.format(name=tour.name))
        line.setCheckable(True)
        line.setChecked(ref == present)
        line.triggered.connect(partial(_show, show, ref))


def add_scenes(menu: QMenu, panel: "PicturesPanel") -> None:
    """Add the scenes to a menu, and the page on which they are made."""
    desk = panel.desk
    within = menu.addMenu(QCoreApplication.translate("Wall", "Scene"))
    standing = desk.wall.standing
    for scene in desk.wall.plan.scenes:
        key = f"\tCtrl+{scene.number}" if scene.number <= KEYED else ""
        line = within.addAction(f"{scene.number} {scene.name}{key}")
        line.setCheckable(True)
        line.setChecked(scene == standing)
        line.triggered.connect(partial(_call, panel, scene.number))
    within.addSeparator()
    text = QCoreApplication.translate("Wall", "Scenes, tours, schedule …")
    page = within.addAction(f"{text}\tCtrl+W")
    page.triggered.connect(lambda _checked=False: desk.actions.run("wall"))


def _show(
    show: Callable[[TileRef], None], ref: TileRef, _checked: bool = False
) -> None:
    show(ref)


def _call(panel: "PicturesPanel", number: int, _checked: bool = False) -> None:
    wall_rules.call_scene(panel.desk, number=number)
