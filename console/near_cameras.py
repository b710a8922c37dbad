"""Which cameras stand near a place, and which stand well apart: worked out once.

The desk asks whenever anything on its board changes, and a town's cameras hardly move.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from dispatch.cameras import Camera
from dispatch.geo import MapFrame, Point

if TYPE_CHECKING:
    from dispatch.board import Board

WITHIN_M: Final = 600.0
EACH: Final = 8  # cameras of one place
KEY_PLACE: Final = "key_place"
_MOST_PLACES: Final = 500  # remembered


class NearCameras:
    """Where the cameras of a board stand, without the sealed ones.

    Thread: UI only.

    Attributes:
        cameras: Those it is about, as of the last `look`.
        looked_up: How many places were worked out so far.
    """

    def __init__(self) -> None:
        self.cameras: list[Camera] = []
        self.looked_up = 0
        self._frame: MapFrame | None = None
        self._at: NDArray[np.float64] = np.empty((0, 2))
        self._moving: list[int] = []
        self._stood: list[Point | None] = []
        self._near: dict[Point, tuple[str, ...]] = {}
        self._key_places: list[Point] = []
        self._apart: tuple[str, ...] = ()

    def look(self, board: "Board", frame: MapFrame, now: datetime) -> None:
        """Take over where the cameras are, as far as that changed."""
        cameras = [each for each in board.cameras.values() if not each.sealed]
        keys = [each.point for each in board.places.values() if each.kind == KEY_PLACE]
        other = cameras != self.cameras or frame != self._frame
        if other:
            self.cameras, self._frame = cameras, frame
            self._at = _on_map(frame, [board.standing(each).point for each in cameras])
            self._moving = [n for n, each in enumerate(cameras) if each.unit_id]
            self._stood = []
            self._near.clear()
        stands = [board.standing(cameras[n]) for n in self._moving]
        stood = [each.point if each.is_sure(now) else None for each in stands]
        if stood != self._stood:
            self._stood = stood
            self._near.clear()
            for n, point in zip(self._moving, stood, strict=True):  # near to nothing
                self._at[n] = np.inf if point is None else frame.to_map(point)
        if other or keys != self._key_places:
            self._key_places = keys
            self._apart = tuple(_well_apart(cameras, self._at, _on_map(frame, keys)))

    def near(self, place: Point) -> tuple[str, ...]:
        """Return the few cameras near a place, the nearest first."""
        frame, found = self._frame, self._near.get(place)
        if found is not None or frame is None or not self.cameras:
            return found or ()
        if len(self._near) >= _MOST_PLACES:
            self._near.clear()
        self.looked_up += 1
        # Map units do for "near": nobody is shown this distance.
        reach = WITHIN_M / frame.ground_m_per_unit
        away = np.hypot(*(self._at - np.array(frame.to_map(place))).T)
        nearest = np.argsort(away, kind="stable")[:EACH]
        found = tuple(self.cameras[n].camera_id for n in nearest if away[n] <= reach)
        self._near[place] = found
        return found

    @property
    def apart(self) -> tuple[str, ...]:
        """Return all cameras, so that the first ones of them stand all over the town.

        One of each grid in turn, that nearest to a key place first: a grid is as large
        as some hundred homes, so the many stand where many live.
        """
        return self._apart


def _on_map(frame: MapFrame, points: Sequence[Point]) -> NDArray[np.float64]:
    return np.array([frame.to_map(each) for each in points], float).reshape(-1, 2)


def _well_apart(
    cameras: Sequence[Camera], at: NDArray[np.float64], keys: NDArray[np.float64]
) -> Iterator[str]:
    away = np.zeros(len(cameras))
    if len(keys) and len(cameras):
        away = np.hypot(*(at[:, None] - keys[None]).transpose(2, 0, 1)).min(axis=1)
    grids: dict[str, list[str]] = defaultdict(list)
    for n in np.argsort(away, kind="stable"):
        grids[cameras[n].grid_code].append(cameras[n].camera_id)
    for turn in zip_longest(*(grids[code] for code in sorted(grids))):
        yield from (each for each in turn if each is not None)
