"""Which monitors carry a wall, and what stands on it: kept from one start to the next."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final

from PySide6.QtCore import QSettings

from console.wall_sizes import DISTANCE_M, DISTANCES_M
from video import layouts, tile_content
from video.layouts import FOUR, Layout
from video.tile_content import TileRef

_KEY: Final = "walls/all"
MOST: Final = 16  # walls of one desk


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptWall:
    """One wall.

    Attributes:
        key: Of the monitor that carries it.
        name: Of that monitor, for while it is away.
        is_open: It is shown wherever that monitor is.
        layout: As text.
        tiles: What stands in the tiles, as text; "" for an empty one.
        case_tiles: The tiles that an urgent case takes; none: it takes no tile.
        distance_m: From where it is read.
    """

    key: str
    name: str = ""
    is_open: bool = True
    layout: str = FOUR.name
    tiles: tuple[str, ...] = ()
    case_tiles: tuple[int, ...] = ()
    distance_m: float = DISTANCE_M

    def parsed_layout(self) -> Layout:
        """Return the layout; four tiles where the text names none."""
        return layouts.known(self.layout) or FOUR

    def contents(self) -> list[TileRef | None]:
        """Return what stands in the tiles; what nobody knows is left away."""
        return [tile_content.known(each) for each in self.tiles]


def read_walls(settings: QSettings) -> list[KeptWall]:
    """Return what was kept; what cannot be read is left away."""
    found: list[KeptWall] = []
    with suppress(ValueError):
        read = json.loads(str(settings.value(_KEY, "[]")))
        for each in read if isinstance(read, list) else []:
            wall = _wall(each)
            if wall is not None and all(wall.key != known.key for known in found):
                found.append(wall)
    return found[:MOST]


def keep_walls(settings: QSettings, walls: Sequence[KeptWall]) -> None:
    """Keep walls for the next start."""
    settings.setValue(_KEY, json.dumps([asdict(each) for each in walls]))


def _wall(read: object) -> KeptWall | None:
    if not isinstance(read, dict) or not isinstance(read.get("key"), str):
        return None
    tiles, cases = read.get("tiles"), read.get("case_tiles")
    distance = read.get("distance_m")
    return KeptWall(
        key=read["key"],
        name=str(read.get("name", "")),
        is_open=read.get("is_open") is True,
        layout=str(read.get("layout", "")),
        tiles=tuple(map(str, tiles)) if isinstance(tiles, list) else (),
        case_tiles=tuple(each for each in cases if type(each) is int)
        if isinstance(cases, list)
        else (),
        distance_m=distance if distance in DISTANCES_M else DISTANCE_M,
    )
