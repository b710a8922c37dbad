"""The best views of a place, from what the board, the streams and the map know now."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dispatch.cameras import Camera
from dispatch.geo import Point, distance_m, moved, offset_m
from video.contract import GONE_REASONS, StreamState, StreamStatus
from video.obstacles import Obstacles
from video.views import Candidate, View, best_views

if TYPE_CHECKING:
    from dispatch.board import Board
    from video.workers import VideoEngine

WITHIN_M = 600.0
LOGIN_COMES_WITHIN = timedelta(seconds=3)  # until then that it is missing is no fault

#: Corners in degrees of longitude and latitude, n rows of two.
Degrees = NDArray[np.float64]
#: Which streams can be believed, and where vehicles can: what time alone changes.
Hopes = tuple[tuple[str, bool, bool, bool], ...]


def is_gone(status: StreamStatus, now: datetime) -> bool:
    """Return whether no picture is to be expected of a stream now."""
    if status.state is StreamState.LIVE:
        return False
    if status.reason == "login_missing":  # for a moment it always is
        return now - status.since > LOGIN_COMES_WITHIN
    return status.state is StreamState.STALLED or status.reason in GONE_REASONS


def is_at_hand(status: StreamStatus, now: datetime) -> bool:
    """Return whether a stream shows a picture as soon as it is called up."""
    live = status.state is StreamState.LIVE
    return live or (status.ready and not is_gone(status, now))


class ViewFinder:
    """Finds the best views, by one rule for the order and for who takes over.

    Thread: UI only.

    Attributes:
        refused: Why the service lets nobody see a camera, or None; the pictures say.
    """

    def __init__(
        self,
        board: "Board",
        engine: "VideoEngine | None",
        clock: Callable[[], datetime],
    ) -> None:
        self.refused: Callable[[str], object | None] = lambda _camera_id: None
        self._board = board
        self._engine = engine
        self._clock = clock
        self._buildings = _Buildings()
        self._between: tuple[Point, Obstacles] | None = None
        self._hopes: Hopes = ()
        self._near: tuple[str, ...] = ()

    def know_buildings(self, outlines: Iterable[Degrees]) -> None:
        """Take the outlines that the map has, not closed; what stands there hides."""
        self._buildings = _Buildings(outlines)
        self._between = None

    def views_of(self, point: Point) -> list[View]:
        """Return the cameras near a place, best first; of this one `is_late` tells."""
        candidates = self._candidates(point)
        self._near = tuple(each.camera_id for each in candidates)
        self._hopes = self._hopes_now()
        return best_views(candidates, between=self._obstacles(point))

    def views_about(self, point: Point) -> list[View]:
        """Return the same of a place that is only asked about in passing."""
        between = self._buildings.about(point)
        return best_views(self._candidates(point), between=between)

    def _candidates(self, point: Point) -> list[Candidate]:
        now = self._clock()
        candidates = []
        for camera in self._board.cameras.values():
            stands = self._board.standing(camera)
            if distance_m(point, stands.point) > WITHIN_M:
                continue
            east, north = offset_m(point, stands.point)
            verified = camera.verified_at
            candidates.append(
                Candidate(
                    camera_id=camera.camera_id,
                    east_m=east,
                    north_m=north,
                    bearing_deg=stands.bearing_deg,
                    fov_deg=camera.fov_deg,
                    range_m=camera.range_m,
                    healthy=not self.is_dark(camera.camera_id),
                    ready=self.shines(camera.camera_id),
                    place_age_s=stands.age(now).total_seconds(),
                    sure=stands.aimed and stands.is_sure(now),
                    # Whole days: a figure that ran would make the views new each time.
                    verified_days=None if verified is None else (now - verified).days,
                    wrong_view=camera.wrong_since is not None,
                )
            )
        return candidates

    def is_late(self) -> bool:
        """Return whether time alone made the last answer another one.

        A stream came or went, or the position of a vehicle grew too old.
        """
        return self._hopes_now() != self._hopes

    def is_dark(self, camera_id: str) -> bool:
        """Return whether no picture is to be expected of a camera now."""
        if self.refused(camera_id) is not None:
            return True
        if self._engine is None:
            return False
        return is_gone(self._engine.status(camera_id), self._clock())

    def shines(self, camera_id: str) -> bool:
        """Return whether a camera shows a picture as soon as it is called up."""
        if self._engine is None or self.refused(camera_id) is not None:
            return False
        return is_at_hand(self._engine.status(camera_id), self._clock())

    def _hopes_now(self) -> Hopes:
        cameras = self._board.cameras
        carried = {each.camera_id for each in self._board.carried()}
        return tuple(
            (key, self.is_dark(key), self.shines(key), self._is_sure(cameras[key]))
            for key in sorted({*self._near, *carried})
            if key in cameras
        )

    def _is_sure(self, camera: Camera) -> bool:
        return self._board.standing(camera).is_sure(self._clock())

    def _obstacles(self, place: Point) -> Obstacles:
        """Return what stands about a place; worked out once a place."""
        if self._between is None or self._between[0] != place:
            self._between = place, self._buildings.about(place)
        return self._between[1]


class _Buildings:
    """A town's buildings, and the box round each: most are far from any one place.

    Thread: UI only.
    """

    def __init__(self, outlines: Iterable[Degrees] = ()) -> None:
        self._outlines = [each for each in outlines if len(each) > 2]
        if self._outlines:
            starts = np.cumsum([0, *map(len, self._outlines[:-1])])
            corners = np.concatenate(self._outlines)
            self._low = np.minimum.reduceat(corners, starts)
            self._high = np.maximum.reduceat(corners, starts)

    def about(self, place: Point) -> Obstacles:
        """Return what stands about a place."""
        if not self._outlines:
            return Obstacles()
        # So near, a degree is the same number of metres everywhere.
        corner = moved(moved(place, 0.0, WITHIN_M), 90.0, WITHIN_M)
        here = np.array((place.lon, place.lat))
        reach = np.array((corner.lon, corner.lat)) - here
        metres = np.array(offset_m(place, corner)) / reach
        near = (self._low <= here + reach) & (self._high >= here - reach)
        closed = []
        for index in np.flatnonzero(near.all(axis=1)):
            # Plain figures at once: one by one out of the array takes four times that.
            corners = ((self._outlines[index] - here) * metres).tolist()
            closed.append([*map(tuple, corners), tuple(corners[0])])
        return Obstacles(closed)
