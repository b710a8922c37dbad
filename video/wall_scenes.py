"""Scenes of the wall: what stands where, under a number one key calls.

Pure. A scene keeps a layout and the content of each tile as texts, such as
`camera:1203` or `tour:north`; what they mean is the wall's business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

FIRST: Final = 1
LAST: Final = 99  # 1 to 9 have a key of their own, all of them `0` and the number
TOUR: Final = "tour:"


@dataclass(frozen=True, kw_only=True, slots=True)
class WallScene:
    """What stands on one wall besides the desk's own tiles.

    Attributes:
        key: Of the monitor that carries the wall.
        layout: The layout's own text.
        tiles: Content of each tile in order, "" for an empty one.
        name: Of that monitor, for people.
    """

    key: str
    layout: str
    tiles: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One scene: the desk's own tiles, and the walls that were open.

    Attributes:
        number: What it is called by.
        name: What people call it.
        layout: The layout's own text.
        tiles: Content of each tile in order, "" for an empty one.
        walls: What stands on walls, each by its monitor; one that is not named here
            stays as it is.
    """

    number: int
    name: str
    layout: str
    tiles: tuple[str, ...]
    walls: tuple[WallScene, ...] = ()

    @property
    def every_tile(self) -> tuple[str, ...]:
        """Return the contents of all tiles, those of walls too."""
        return self.tiles + tuple(tile for wall in self.walls for tile in wall.tiles)


def free_number(scenes: Iterable[Scene]) -> int | None:
    """Return the lowest number that no scene has, or None."""
    taken = {scene.number for scene in scenes}
    return next((n for n in range(FIRST, LAST + 1) if n not in taken), None)


def faults(scene: Scene) -> tuple[str, ...]:
    """Return why a scene cannot stand: "name", "number", "layout"."""
    found = []
    if not scene.name.strip():
        found.append("name")
    if not FIRST <= scene.number <= LAST:
        found.append("number")
    if not scene.layout:
        found.append("layout")
    return tuple(found)


def with_scene(scenes: Sequence[Scene], scene: Scene) -> tuple[Scene, ...]:
    """Return the scenes with this one, in place of the one of its number."""
    rest = [each for each in scenes if each.number != scene.number]
    return tuple(sorted([*rest, scene], key=lambda each: each.number))


def without_tour(scenes: Sequence[Scene], key: str) -> tuple[Scene, ...]:
    """Return the scenes with the tiles of a tour that is no more left empty."""
    gone = TOUR + key

    def without(tiles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("" if tile == gone else tile for tile in tiles)

    return tuple(
        replace(
            scene,
            tiles=without(scene.tiles),
            walls=tuple(
                replace(wall, tiles=without(wall.tiles)) for wall in scene.walls
            ),
        )
        if gone in scene.every_tile
        else scene
        for scene in scenes
    )


def scenes_with_tour(scenes: Iterable[Scene], key: str) -> tuple[int, ...]:
    """Return the numbers of the scenes in which a tour stands."""
    return tuple(scene.number for scene in scenes if TOUR + key in scene.every_tile)
