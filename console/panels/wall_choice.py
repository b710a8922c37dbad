"""What the chosen tile of a wall shall show: from a menu at the desk, never at the wall."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from console.panels.tile_choice import NoticeLine, add_contents, add_nothing
from console.panels.tile_menu import add_tour
from video.tile_content import TileRef

if TYPE_CHECKING:
    from console.desk import Desk
    from console.walls import Walls

INSET = 8


def wall_menu(page: QWidget, desk: "Desk", walls: "Walls") -> QMenu:
    """Return the menu of what the chosen tile can show besides cameras.

    Args:
        page: The desk's page on which it opens, and a notice is written.
        desk: Its tours and its open case.
        walls: One at least is open.
    """
    key, tile = walls.target
    window = walls.windows[key]
    present = window.wall.tiles[tile]
    menu = QMenu(QCoreApplication.translate("Tile", "What the tile shows"), page)

    def show(content: TileRef) -> None:
        walls.show(content, key, tile)

    def write() -> None:
        NoticeLine(page, desk, page.rect(), present, show)

    add_tour(menu, window.tours, tile)
    add_contents(menu, desk, present, show=show, write=write)
    add_nothing(menu, present, lambda: window.empty(tile))
    return menu


def ask(page: QWidget, desk: "Desk", walls: "Walls") -> None:
    """Open that menu on a page of the desk."""
    menu = wall_menu(page, desk, walls)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(page.mapToGlobal(QPoint(INSET, INSET)))
    menu.setActiveAction(menu.actions()[0])
