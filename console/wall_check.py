"""大屏检查: every tile that is not live, on all walls and the desk, the worst first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from console.panels.tile_look import Look
from dispatch.cameras import Camera
from dispatch.geo import Point, moved
from video.tile_content import TileRef, camera

if TYPE_CHECKING:
    from console.desk import Desk
    from video.wall import TileWall

WORST_FIRST = (Look.OFF, Look.FROZEN, Look.WAITING)
AT_ONCE = 3  # places looked up in one go: each asks what stands between


class Checked(Protocol):
    """A wall as the check sees it."""

    wall: "TileWall"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dark:
    """A tile that is not live.

    Attributes:
        wall: The key of its wall, "" for the desk.
        tile: Its index.
        camera_id: The camera in it.
        look: What it shows instead of a live picture.
        replacement: What could stand there now, or None while nothing is known.
        previous: That is what stood there before, not another view of the place.
    """

    wall: str
    tile: int
    camera_id: str
    look: Look
    replacement: TileRef | None = None
    previous: bool = False


class WallCheck:
    """Finds what is not live, and what could stand there instead.

    Thread: UI only.
    """

    def __init__(
        self,
        desk: "Desk",
        walls: Callable[[], dict[str, Checked]],
        look: Callable[[str | None], Look],
    ) -> None:
        self._desk = desk
        self._walls = walls
        self._look = look
        self._views: dict[str, tuple[str, ...]] = {}

    def forget(self) -> None:
        """Look up places anew: streams and vehicles go on."""
        self._views.clear()

    def count(self) -> int:
        """Return how many cameras stand in tiles."""
        return sum(
            each is not None
            for checked in self._walls().values()
            for each in checked.wall.cameras
        )

    def rows(self) -> list[Dark]:
        """Return the tiles that are not live, the worst first."""
        found = []
        for key, checked in self._walls().items():
            for tile, camera_id in enumerate(checked.wall.cameras):
                look = self._look(camera_id)
                if camera_id is None or (key and self._is_sealed(camera_id)):
                    continue  # a wall does not show it, and that is no fault
                if look in WORST_FIRST:
                    found.append((key, tile, camera_id, look))
        found.sort(key=lambda row: WORST_FIRST.index(row[3]))
        self._look_up([camera_id for _, _, camera_id, _ in found])
        return [self._row(*each) for each in found]

    def _is_sealed(self, camera_id: str) -> bool:
        known = self._desk.board.cameras.get(camera_id)
        return known is not None and known.sealed

    def _row(self, key: str, tile: int, camera_id: str, look: Look) -> Dark:
        wall = self._walls()[key].wall
        replacement, previous = self._other_view(wall, camera_id), False
        if replacement is None:
            replacement = wall.previous(tile)
            previous = replacement is not None
        return Dark(
            wall=key,
            tile=tile,
            camera_id=camera_id,
            look=look,
            replacement=replacement,
            previous=previous,
        )

    def _other_view(self, wall: "TileWall", camera_id: str) -> TileRef | None:
        """Return the best view of the same place that the wall does not show yet."""
        finder, shown = self._desk.finder, wall.cameras
        for other in self._views.get(camera_id, ()):
            if other not in shown and not finder.is_dark(other):
                return camera(other)
        return None

    def _look_up(self, camera_ids: Sequence[str]) -> None:
        board = self._desk.board
        unknown = [each for each in camera_ids if each not in self._views]
        for camera_id in unknown[:AT_ONCE]:
            known = board.cameras.get(camera_id)
            if known is not None:
                place = self._looks_at(known)
                self._views[camera_id] = tuple(
                    view.camera_id
                    for view in self._desk.finder.views_about(place)
                    if view.covers and view.camera_id != camera_id
                )

    def _looks_at(self, known: Camera) -> Point:
        """Return the middle of what a camera shows: that is its place."""
        stands = self._desk.board.standing(known)
        if stands.bearing_deg is None:
            return stands.point
        return moved(stands.point, stands.bearing_deg, known.range_m / 2)
