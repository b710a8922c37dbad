"""What the desk's window does with its walls: sends, chooses, checks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.panels.wall_check_page import WallCheckPage
from console.panels.wall_pages import WallsPage
from console.wall_check import Checked, CheckRow, WallCheck
from console.walls import Walls
from video.tile_content import TileRef

if TYPE_CHECKING:
    from console.main_window import MainWindow
    from console.panels.pictures import PicturesPanel

DESK = ""


class WallDriving(QObject):
    """Ties the walls to the pictures and the pages of one desk's window.

    Thread: UI only.

    Attributes:
        walls: The walls.
        pages: The pages of the middle column, by what the actions call them.
    """

    def __init__(
        self,
        window: "MainWindow",
        pictures: "PicturesPanel",
        *,
        page: WallsPage,
        check_page: WallCheckPage,
    ) -> None:
        super().__init__(window)
        self._desk = window.desk
        self._pictures = pictures
        self._restored = False
        self.walls = window.desk.walls = Walls(window.desk, window)
        self.pages: dict[str, WallsPage | WallCheckPage] = {
            "choose_wall": page,
            "wall_check": check_page,
        }
        check = WallCheck(window.desk, self._all, pictures.contents.look)
        check_page.join(check, pictures.contents)
        check_page.replace.connect(self._replace)
        check_page.lead.connect(self._lead)

    def restore(self) -> None:
        """Open the walls of the last time, once."""
        if not self._restored:
            self._restored = True
            self.walls.restore()

    def show_walls(self) -> None:
        """Open the walls that were open before, one at least: somebody asked for them."""
        self.walls.restore()
        if not self.walls.windows:
            self.walls.open(self.walls.best_monitor())

    def send(self, section: str) -> None:
        """Send the focused tile where the keyboard is in the pictures, else the case."""
        case_id, content = self._desk.open_case_id, self._pictures.wall.focused_content
        if case_id is not None and section != self._pictures.name:
            self.walls.send_case(case_id)
        elif content is not None:
            self.walls.send(content)

    def _all(self) -> dict[str, Checked]:
        return {DESK: self._pictures, **self.walls.windows}

    def _replace(self, row: CheckRow, content: TileRef) -> None:
        if row.wall == DESK:
            self._pictures.show_content(content, row.tile)
        elif row.wall in self.walls.windows:
            self.walls.windows[row.wall].show_content(content, row.tile)

    def _lead(self, row: CheckRow) -> None:
        """Have the hand at a tile of the desk; what stands elsewhere is called up here.

        A wall's tile is also the one that is sent to from now on.
        """
        if row.wall == DESK and not row.is_stop:
            self._pictures.choose_tile(row.tile)
        elif row.camera_id in self._pictures.shown:
            self._pictures.choose_tile(self._pictures.shown.index(row.camera_id))
        elif row.camera_id in self._desk.board.cameras:
            self._pictures.show_camera(row.camera_id)
        if row.wall:
            self.walls.choose(row.wall, row.tile)
        self._desk.actions.wanted.emit("focus_4")
