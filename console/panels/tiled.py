"""What the desk's tiles and a wall on a monitor share: which of them are painted now."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.panels.tour_tiles import TourTiles
from video.tile_content import TileRef
from video.wall import TileWall

if TYPE_CHECKING:
    from console.desk import Desk
    from console.tiles.pages import Pages


class Tiled(QWidget):
    """Tiles side by side: all are painted where something was said to have changed.

    Else only those whose next picture or page is there.

    Thread: UI only.

    Attributes:
        desk: Whose cameras and cases they show.
        wall: What stands in them.
        tours: Of which some show a camera after the other.
    """

    desk: "Desk"
    wall: TileWall
    tours: TourTiles

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True  # all tiles wait to be painted
        self._only: frozenset[int] | None = None  # those painted now, or None: all

    @property
    def shown(self) -> tuple[str | None, ...]:
        """Return the camera of each tile, that of a tour as it is now; None: none."""
        return self.tours.cameras

    def paint_all(self) -> None:
        """Have every tile painted again."""
        self._stale = True
        self.update()

    def _follow(self, pages: "Pages") -> None:
        """Paint what is new from now on, pictures and pages."""
        pages.painted.connect(self._on_pages)
        self.desk.pictures_came.connect(self._show_new)

    def _show_new(self) -> None:
        """Paint the pictures that were just moved on to."""
        fresh = self.desk.fresh
        self._update_tiles([at for at, each in enumerate(self.shown) if each in fresh])

    def _on_pages(self, contents: Collection[TileRef]) -> None:
        tiles = enumerate(self.wall.tiles)
        self._update_tiles([at for at, each in tiles if each in contents])

    def _update_tiles(self, tiles: Collection[int]) -> None:
        """Paint some tiles again, now, unless all of them wait for it anyway.

        The rest stays. A region of tiles costs more: Qt is quick in one rectangle.
        """
        if tiles and self.isVisible() and not self._stale:
            self._only = frozenset(tiles)
            self.repaint()
            self._only = None
