"""The walls in a scene: what stands on each is kept by its monitor, and put up again.

A wall whose monitor is away has it as well and shows it there when the monitor is back.
One that is closed has it when it is opened.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from console.kept_walls import KeptWall
from video import layouts, tile_content
from video.tile_content import TileRef
from video.wall_scenes import Scene, WallScene

if TYPE_CHECKING:
    from console.walls import Walls


class SceneWalls:
    """Takes what stands on the walls into a scene, and puts a scene up on them.

    Thread: UI only.
    """

    def __init__(self, walls: "Walls") -> None:
        self._walls = walls

    def present(self, known: Scene | None = None) -> tuple[WallScene, ...]:
        """Return what stands on each open wall at rest.

        Args:
            known: The scene that is overwritten: what it says of monitors that are not
                there is kept for when they come back.
        """
        found = [
            WallScene(
                key=key,
                name=self._walls.name(key),
                layout=str(window.wall.layout),
                tiles=tuple(
                    "" if each is None else str(each) for each in window.wall.resting
                ),
            )
            for key, window in self._walls.windows.items()
        ]
        for each in known.walls if known is not None else ():
            if each.key in self._walls.windows or self._walls.is_here(each.key):
                continue
            found.append(each)
        return tuple(found)

    def put_up(self, scene: Scene) -> None:
        """Put a scene up on every wall it names; the others stay as they are."""
        for each in scene.walls:
            window = self._walls.windows.get(each.key)
            if window is None:
                self._walls.keep_for(each.key, _kept(each))
                continue
            layout = layouts.known(each.layout) or window.wall.layout
            window.put_up(layout, contents_of(each.tiles[: layout.count]))


def contents_of(texts: Iterable[str]) -> list[TileRef | None]:
    """Return the contents that texts name; what nobody knows leaves its tile empty."""
    return [tile_content.known(each) for each in texts]


def _kept(wall: WallScene) -> KeptWall:
    return KeptWall(
        key=wall.key,
        name=wall.name,
        is_open=False,
        layout=wall.layout,
        tiles=wall.tiles,
    )
