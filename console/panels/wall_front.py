"""What the page 画面墙 asks of the wall itself, and does to it."""

from typing import TYPE_CHECKING

from console.panels.wall_layout import layout_words
from console.scene_walls import contents_of
from video import layouts
from video.tile_content import TOUR, TileRef
from video.tours import TourRun
from video.wall_scenes import Scene, WallScene

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


class WallFront:
    """The wall as the page sees it: what stands there, put a scene up, run a tour.

    Thread: UI only.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        self._panel = panel

    def present(self) -> tuple[str, tuple[str, ...]]:
        """Return the layout's text and what stands in each tile at rest."""
        wall = self._panel.wall
        return str(wall.layout), tuple(
            "" if each is None else str(each) for each in wall.resting
        )

    def shows(self, scene: Scene) -> bool:
        """Return whether what stands is the scene, here and on every open wall of it."""
        layout, tiles = self.present()
        walls = self._panel.desk.walls
        now = {} if walls is None else {each.key: each for each in self.walls(None)}
        return _alike(layout, tiles, scene.layout, scene.tiles) and all(
            _alike(now[each.key].layout, now[each.key].tiles, each.layout, each.tiles)
            for each in scene.walls
            if each.key in now
        )

    def walls(self, known: Scene | None) -> tuple[WallScene, ...]:
        """Return what stands on the walls, as a scene keeps it.

        Args:
            known: The scene that is overwritten, or None.
        """
        walls = self._panel.desk.walls
        return () if walls is None else walls.scenes.present(known)

    def put_up(self, scene: Scene) -> None:
        """Put a scene up; what of it is no more leaves its tile empty."""
        panel = self._panel
        layout = layouts.known(scene.layout) or panel.wall.layout
        panel.wall.enlarged = False
        panel.wall.reshape(layout)
        panel.wall.pin(contents_of(scene.tiles[: layout.count]))
        panel.wall.forget(panel.desk.board.cameras)
        panel.pinned.keep()
        panel.layouts.choose(layout)  # which has everything looked at again

    @property
    def focused_tile(self) -> int:
        """Return the index of the tile that keys act on."""
        return self._panel.focused_tile

    def show_tour(self, key: str) -> None:
        """Let a tour run in the focused tile."""
        self._panel.show_content(TileRef(TOUR, key))

    def cameras(self) -> list[str]:
        """Return the cameras that stand in the tiles at rest, in order, each once."""
        found = [each.camera_id for each in self._panel.wall.resting if each]
        return list(dict.fromkeys(each for each in found if each is not None))

    def runs_of(self, key: str) -> list[TourRun]:
        """Return a tour where it runs: at the desk, then on the walls."""
        walls = self._panel.desk.walls
        windows = () if walls is None else walls.windows.values()
        tours = [self._panel.tours, *(each.tours for each in windows)]
        found = [each.run_of(TileRef(TOUR, key)) for each in tours]
        return [each for each in found if each is not None]

    def lead(self, key: str, step: int) -> bool:
        """Lead a tour wherever it runs: on, back (-1), 0 holds it; False if nowhere."""
        runs = self.runs_of(key)
        held = any(each.paused for each in runs)
        for each in runs:
            if step or each.paused == held:  # held here and not there: all go on
                each.lead(step)
        self._panel.desk.wall.changed.emit()
        return bool(runs)

    @staticmethod
    def layout_words(layout: str) -> str:
        """Return what a layout is called."""
        known = layouts.known(layout)
        return layout if known is None else layout_words(known)


def _alike(
    layout: str, tiles: tuple[str, ...], meant: str, contents: tuple[str, ...]
) -> bool:
    """Return whether a wall is as a scene has it; what a scene leaves out is empty."""
    wanted = (*contents, *([""] * len(tiles)))[: len(tiles)]
    return layout == meant and tiles == wanted
